#include "lib/rollup_office.h"

#include "app/form/form_load.h"
#include "app/form/period.h"
#include "db/engine.h"

unsigned office_draw(struct rollup_office *o, unsigned n)
{
	o->seed = o->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(o->seed >> 33) % n;
}

void office_start(struct rollup_office *o, uint64_t seed)
{
	memset(o, 0, sizeof(*o));
	o->seed = seed;
	o->last_id = 1000;
	arena_init(&o->arena, (size_t)1 << 32);
	str_init(&o->sql, NULL, (size_t)1 << 30);
	str_init(&o->lists, NULL, (size_t)1 << 30);
	test_db_open(&o->t);
	test_db_exec(o->t.db, "insert into change_log (id, at, origin, action) values"
	                      " (1, 0, 'test', 'test')");
	/* What stands in lists, so that plain SQL can count codes. */
	test_db_tables(o->t.db,
	               "create table t_code (frozen int not null, indicator text not null,"
	               " code text not null);"
	               "create index t_code_by_cell on t_code (frozen, indicator);"
	               "create table t_row (at int primary key, indicator text not null,"
	               " has_p int not null, has_d int not null, has_c int not null,"
	               " ratio int not null);");
}

void office_stop(struct rollup_office *o)
{
	str_release(&o->sql);
	str_release(&o->lists);
	test_db_close(&o->t);
	arena_release(&o->arena);
}

void office_flush(struct rollup_office *o)
{
	if (o->sql.len == 0)
		return;
	assert_ok(str_check(&o->sql));
	test_db_exec(o->t.db, "begin");
	test_db_exec(o->t.db, o->sql.data);
	test_db_exec(o->t.db, "commit");
	str_clear(&o->sql);
}

/* ---- form sets ---- */

static const char *const rules[] = { "sum", "sum", "own", "catalogue", "count_units" };
static const char *const levels[] = { "province",          "commune",
	                              "district, commune", "province, district",
	                              "province, commune", "province, district, commune" };

static void put_row(struct str *s, struct rollup_office *o, int at)
{
	static int plain[8]; /* the last rows of all levels that are added or counted once */
	unsigned kind = office_draw(o, 10);
	const char *level = levels[office_draw(o, ARRAY_LEN(levels))];
	const char *rule = rules[office_draw(o, ARRAY_LEN(rules))];

	if (at <= 8) {
		kind = 0;
		rule = at % 2 ? "sum" : "catalogue";
		level = levels[5];
		plain[at - 1] = at;
	}
	str_printf(s, "row %d\n  id r%d\n  label Chỉ tiêu %d\n  unit x\n  time period\n", at,
	           at, at);
	if (kind == 8 || kind == 9) {
		int a = plain[office_draw(o, 8)], b = plain[office_draw(o, 8)];

		str_printf(s, "  levels %s\n  rollup recompute\n", levels[5]);
		if (kind == 8)
			str_printf(s, "  kind count\n  value [%d] + [%d]\n\n", a, b);
		else
			str_printf(s,
			           "  kind ratio\n  range any\n  value 100 * [%d] / [%d]\n\n",
			           a, b);
	} else if (kind == 7) {
		str_printf(
		        s,
		        "  levels %s\n  rollup %s\n  kind ratio\n  range any\n  value entered\n"
		        "  parts A / B\n\n",
		        level, office_draw(o, 2) ? "recompute" : "count_units");
	} else {
		str_printf(s, "  levels %s\n  rollup %s\n  kind count\n  value entered\n\n",
		           level, rule);
	}
}

static void put_rows_table(struct rollup_office *o)
{
	str_put(&o->sql, "delete from t_row;");
	for (size_t i = 0; i < o->set->n_rows; i++) {
		const struct form_row *row = &o->set->rows[i];

		str_printf(&o->sql, "insert into t_row values (%d, '%s', %u, %u, %u, %d);",
		           row->at, row->id, row->tiers & 1, row->tiers >> 1 & 1,
		           row->tiers >> 2 & 1, row->kind == FORM_RATIO);
	}
	office_flush(o);
}

void office_random_set(struct rollup_office *o)
{
	struct form_text files[2] = { { "set.form", NULL }, { "1.form", NULL } };
	struct problems problems;
	struct str s;

	str_init(&s, &o->arena, 1 << 20);
	str_put(&s, "form 1\n  title Biểu 1\n\n");
	for (int at = 1; at <= OFFICE_ROWS; at++)
		put_row(&s, o, at);
	assert_ok(str_finish(&s, &files[1].text));
	files[0].text = "set thu\n  title Thử\n  issuer X\n  document Y\n  valid 2022-02-21\n"
	                "  printed Biểu mẫu\n  forms 1\n";
	problems_init(&problems, &o->arena);
	assert_ok(form_set_load(&o->set, &problems, &o->arena, files, 2));
	for (const struct problem *p = problems.first; p; p = p->next)
		print_error("%s:%d: %s\n", p->field, p->line, p->message);
	assert_non_null(o->set);
	put_rows_table(o);
}

/* ---- units ---- */

size_t office_add_unit(struct rollup_office *o, size_t parent, enum form_tier tier)
{
	static const char *const codes[] = { "province", "district", "commune" };
	int64_t id = ++o->last_id, above = o->n_units ? o->units[parent].id : 0;

	assert_true(o->n_units < OFFICE_MOST_UNITS);
	str_printf(
	        &o->sql,
	        "insert into unit (id, code, name, level, letterhead, valid_from, from_change)"
	        " values (%lld, 'U%lld', 'Đơn vị %lld', '%s', 'X', 18000, 1);"
	        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
	        " (%lld, %lld, 0, 18000);",
	        (long long)id, (long long)id, (long long)id, codes[tier], (long long)id,
	        (long long)id);
	if (above)
		str_printf(
		        &o->sql,
		        "insert into unit_parent (id, unit_id, parent_id, from_on, change_id)"
		        " values (%lld, %lld, %lld, 18000, 1);"
		        "insert into unit_closure (ancestor_id, unit_id, depth, from_on)"
		        " select ancestor_id, %lld, depth + 1, 18000 from unit_closure"
		        " where unit_id = %lld;",
		        (long long)++o->last_id, (long long)id, (long long)above, (long long)id,
		        (long long)above);
	o->units[o->n_units] = (struct office_unit){ .id = id, .parent = above, .tier = tier };
	return o->n_units++;
}

void office_add_report(struct rollup_office *o, size_t unit, const char *code,
                       const char *state)
{
	struct office_unit *u = &o->units[unit];
	struct period p;
	char parent[32] = "null";

	assert_true(period_parse(&p, code));
	if (u->parent)
		snprintf(parent, sizeof(parent), "%lld", (long long)u->parent);
	u->report = ++o->last_id;
	u->frozen = 0;
	str_printf(
	        &o->sql,
	        "insert into report (id, unit_id, receiver_id, regime_id, regime_code, period,"
	        " period_name, from_on, to_on, send_by_on, set_code, state, revision,"
	        " from_change) values (%lld, %lld, %s, 1, 'bnv-581', '%s', '%s', %d, %d, %d,"
	        " '%s', '%s', 1, 1);",
	        (long long)u->report, (long long)u->id, parent, code, code, p.from.days,
	        p.to.days, p.to.days, o->set->code, state);
}

/* ---- cells ---- */

static const char *number(struct rollup_office *o, char out[32], unsigned most)
{
	snprintf(out, 32, "%lld", (long long)office_draw(o, most) * DEC_ONE);
	return out;
}

static size_t put_list(struct rollup_office *o, struct str *codes, int64_t frozen,
                       const char *indicator)
{
	int first = o->listed ? (int)office_draw(o, 2000) : 0;
	size_t n = 0;

	for (int code = first; code < first + (o->listed ? o->listed : OFFICE_CODES); code++) {
		if (!o->listed && office_draw(o, 3))
			continue;
		str_printf(codes, "%s1.%06d\tcommune\tĐất đai %d\t", n ? "\n" : "", code,
		           code % 5);
		if (!o->listed)
			str_printf(&o->lists, "%s(%lld, '%s', '1.%06d')",
			           o->lists.len ? "," : "", (long long)frozen, indicator, code);
		n++;
	}
	return n;
}

/* Formulas read the first rows: every unit has those. */
static bool is_plain(const struct form_row *row)
{
	return row->at < 8;
}

static void put_cell(struct rollup_office *o, int64_t frozen, const struct form_row *row,
                     bool first)
{
	char value[32] = "null", numerator[32] = "null", denominator[32] = "null";
	bool catalogue = row->rollup == FORM_CATALOGUE,
	     listed = catalogue && office_draw(o, 40);
	bool not_owed = !is_plain(row) && office_draw(o, 30) == 0;
	struct str codes;

	str_init(&codes, NULL, 1 << 20);
	if (office_draw(o, 10))
		number(o, value, 500);
	if ((row->kind == FORM_RATIO || row->rollup == FORM_COUNT_UNITS) &&
	    office_draw(o, 10)) {
		number(o, denominator, 9);
		number(o, numerator, 9);
	}
	if (listed)
		snprintf(value, sizeof(value), "%lld",
		         (long long)put_list(o, &codes, frozen, row->id) * DEC_ONE);
	str_printf(&o->sql,
	           "%s(%lld, '%s', '%s', 'entered', %s, %s, %s, 0, 0, %d, 0, 0, %d, '%s')",
	           first ? "" : ",", (long long)frozen, row->form->code, row->id, value,
	           numerator, denominator, listed, not_owed, codes.len ? codes.data : "");
	str_release(&codes);
}

void office_send(struct rollup_office *o, size_t unit)
{
	struct office_unit *u = &o->units[unit];
	bool first = true;

	u->frozen = ++o->last_id;
	str_printf(&o->sql,
	           "insert into package_content (id, report_id, received, sha256, pinned,"
	           " from_change) values (%lld, %lld, 0, '', 0, 1);",
	           (long long)u->frozen, (long long)u->report);
	str_put(&o->sql, "insert into package_cell (content_id, form, indicator, source, value,"
	                 " numerator, denominator, given, owed, listed, unlisted, incomplete,"
	                 " not_owed, codes) values ");
	for (size_t i = 0; i < o->set->n_rows; i++) {
		const struct form_row *row = &o->set->rows[i];

		if (row->kind == FORM_GROUP || (!is_plain(row) && office_draw(o, 40) == 0))
			continue;
		put_cell(o, u->frozen, row, first);
		first = false;
	}
	str_put(&o->sql, ";");
	if (o->lists.len)
		str_printf(&o->sql, "insert into t_code values %s;", o->lists.data);
	str_clear(&o->lists);
}

void office_take_back(struct rollup_office *o, size_t unit)
{
	struct office_unit *u = &o->units[unit];

	if (!u->frozen)
		return;
	str_printf(&o->sql,
	           "delete from package_cell where content_id = %lld;"
	           "delete from t_code where frozen = %lld;"
	           "delete from package_content where id = %lld;",
	           (long long)u->frozen, (long long)u->frozen, (long long)u->frozen);
	u->frozen = 0;
}

void office_enter(struct rollup_office *o, size_t unit, const char *code)
{
	struct period p;

	assert_true(period_parse(&p, code));
	for (size_t i = 0; i < o->set->n_rows; i++) {
		const struct form_row *row = &o->set->rows[i];
		char value[32], numerator[32] = "null", denominator[32] = "null";

		if (row->value || row->kind == FORM_GROUP || office_draw(o, 4) == 0)
			continue;
		number(o, value, 300);
		if (row->kind == FORM_RATIO) {
			number(o, numerator, 9);
			number(o, denominator, 9);
		}
		if (row->rollup == FORM_CATALOGUE && office_draw(o, 20))
			snprintf(value, sizeof(value), "0");
		str_printf(&o->sql,
		           "insert into form_cell (id, unit_id, set_code, form, indicator,"
		           " from_on, to_on, value, numerator, denominator, from_change) values"
		           " (%lld, %lld, '%s', '%s', '%s', %d, %d, %s, %s, %s, 1);",
		           (long long)++o->last_id, (long long)o->units[unit].id, o->set->code,
		           row->form->code, row->id, p.from.days, p.to.days, value, numerator,
		           denominator);
	}
}

size_t office_select(struct rollup_office *o, const char *select, int64_t *out, size_t columns,
                     size_t most)
{
	static const struct db_signature nothing = { .n = 0 };
	struct db *db = o->t.db;
	struct db_statement *s;
	size_t n = 0;
	bool row;

	assert_ok(db_statement_composed(&s, db, select, &nothing));
	for (;;) {
		assert_ok(db->engine->step(db, s->handle, &row));
		if (!row)
			break;
		assert_true(n < most);
		for (size_t c = 0; c < columns; c++)
			db_read(db, s, (int)c, DB_INT, &out[n * columns + c]);
		n++;
	}
	db_statement_return(db, s);
	return n;
}

void office_analyze(struct rollup_office *o)
{
	test_db_exec(o->t.db, "analyze");
}
