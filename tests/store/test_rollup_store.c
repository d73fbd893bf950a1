/* Rolled-up figures from the store, against plain SQL over what was sent: random trees,
 * periods, states, late edits, merges and row rules.  The SQL and what is made of its numbers
 * share nothing with the code under test. */
#include "lib/rollup_oracle.h"

#include "app/rollup/rollup_store.h"
#include "app/rollup/rollup_why.h"

enum { WORLDS = 22, LONG_WORLDS = 220, EDITS = 3, MOST_PARENTS = 6 };

struct world {
	struct rollup_office o;
	struct period periods[2];
	size_t parents[MOST_PARENTS], n_parents;
	size_t cells; /* compared so far */
};

static int start(void **state)
{
	*state = calloc(1, sizeof(struct world));
	return *state ? 0 : -1;
}

static int stop(void **state)
{
	free(*state);
	return 0;
}

/* ---- comparing ---- */

static struct rollup_sheet open_sheet(struct world *w, size_t unit, const char *period)
{
	row_id id = { w->o.units[unit].id };
	struct form_sheet_of of = { .scope = id, .unit = id };
	struct rollup_sheet sheet;

	assert_true(period_parse(&of.period, period));
	assert_ok(rollup_sheet_open(&sheet, w->o.t.db, &w->o.arena, w->o.set, &of));
	return sheet;
}

static void same_number(const char *what, const struct form_row *row, dec_t got, int64_t want)
{
	if (got.micro == want)
		return;
	print_error("row %s (%s): %s %lld, not %lld\n", row->code,
	            form_rollup_name(row->rollup), what, (long long)got.micro, (long long)want);
	fail();
}

static void compare(struct world *w, size_t unit, const char *period)
{
	static struct oracle x;
	struct rollup_sheet sheet = open_sheet(w, unit, period);

	x.o = &w->o;
	x.unit = &w->o.units[unit];
	oracle_ask(&x, period);
	assert_non_null(sheet.rollup);
	for (size_t i = 0; i < w->o.set->n_rows; i++) {
		const struct form_row *row = &w->o.set->rows[i];
		const struct rollup_value *v = &sheet.values[i];
		struct expected e = oracle_expect(&x, row);

		same_number("value", row, v->value, e.known ? e.value : INT64_MIN);
		if (e.numerator != INT_NONE) {
			same_number("numerator", row, v->numerator, e.numerator);
			same_number("denominator", row, v->denominator, e.denominator);
		}
		if (e.owed != INT_NONE) {
			same_number("owed", row, dec_from_int((int64_t)v->owed),
			            e.owed * DEC_ONE);
			same_number("given", row, dec_from_int((int64_t)v->n_given),
			            e.given * DEC_ONE);
		}
		w->cells++;
	}
}

/* ---- worlds ---- */

static const char *const periods[] = { "2024-Q1", "2024-H1" };
static const char *const states[] = { "sent",     "sent",      "accepted", "accepted",
	                              "accepted", "compiling", "returned", "exempt" };

static void report_of(struct world *w, size_t unit, const char *period)
{
	struct rollup_office *o = &w->o;
	const char *state = states[office_draw(o, ARRAY_LEN(states))];

	office_add_report(o, unit, period, state);
	/* What was sent and returned is there, and does not count. */
	if (!str_eq(state, "compiling") && !str_eq(state, "exempt"))
		office_send(o, unit);
}

static void fill_period(struct world *w, const char *period)
{
	struct rollup_office *o = &w->o;

	for (size_t i = 1; i < o->n_units; i++)
		report_of(w, i, period);
	office_add_report(o, 0, period, "compiling");
	/* Somebody owes. */
	office_add_report(o, office_add_unit(o, 0, FORM_COMMUNE), period, "accepted");
	office_send(o, o->n_units - 1);
	for (size_t i = 0; i < w->n_parents; i++)
		office_enter(o, w->parents[i], period);
	office_flush(o);
}

static void grow_tree(struct world *w)
{
	struct rollup_office *o = &w->o;
	unsigned districts = office_draw(o, 4), communes = 1 + office_draw(o, 8);

	w->parents[w->n_parents++] = office_add_unit(o, 0, FORM_PROVINCE);
	for (unsigned i = 0; i < communes; i++)
		office_add_unit(o, 0, FORM_COMMUNE);
	for (unsigned i = 0; i < districts; i++) {
		size_t district = office_add_unit(o, 0, FORM_DISTRICT);

		w->parents[w->n_parents++] = district;
		for (unsigned k = 2 + office_draw(o, 5); k > 0; k--)
			office_add_unit(o, district, FORM_COMMUNE);
	}
}

static bool has_children_that_owe(struct world *w, size_t parent, const char *period)
{
	char text[300];

	snprintf(text, sizeof(text),
	         "select count(*) from report where receiver_id = %lld and period = '%s'"
	         " and current = 1 and state <> 'exempt'",
	         (long long)w->o.units[parent].id, period);
	return test_db_int(w->o.t.db, text) > 0;
}

static void compare_all(struct world *w)
{
	for (size_t i = 0; i < w->n_parents; i++)
		for (size_t p = 0; p < 2; p++)
			if (has_children_that_owe(w, w->parents[i], periods[p]))
				compare(w, w->parents[i], periods[p]);
}

/* ---- late edits ---- */

static void set_state(struct world *w, size_t unit, const char *state)
{
	str_printf(&w->o.sql, "update report set state = '%s' where id = %lld;", state,
	           (long long)w->o.units[unit].report);
}

/* A corrected document replaces the one that was sent. */
static void amend(struct world *w, size_t unit)
{
	struct office_unit *u = &w->o.units[unit];

	if (!u->frozen)
		return;
	str_printf(&w->o.sql, "update report set current = 0 where id = %lld;",
	           (long long)u->report);
	office_add_report(&w->o, unit, periods[1], "sent");
	office_send(&w->o, unit);
}

static void adjust(struct world *w, size_t parent)
{
	struct rollup_office *o = &w->o;
	const struct form_row *row = &o->set->rows[office_draw(o, OFFICE_ROWS)];
	struct rollup_adjustment x = { row->at, DEC_NONE, DEC_NONE, DEC_NONE, "Xã A gửi sau" };
	struct period p;

	assert_true(period_parse(&p, periods[1]));
	if (row->kind == FORM_RATIO || row->rollup == FORM_COUNT_UNITS) {
		x.numerator = dec_from_int(1 + office_draw(o, 5));
		x.denominator = dec_from_int(1 + office_draw(o, 5));
	} else {
		x.value = dec_from_int(1 + office_draw(o, 50));
	}
	if (rollup_adjustment_problem(o->set, &x) || !oracle_fills(row, o->units[parent].tier))
		return;
	str_printf(&o->sql,
	           "update rollup_adjustment set to_change = 1 where indicator = '%s'"
	           " and unit_id = %lld and to_change is null;"
	           "insert into rollup_adjustment (id, unit_id, set_code, form, indicator,"
	           " from_on, to_on, value, numerator, denominator, reason, from_change) values"
	           " (%lld, %lld, '%s', '1', '%s', %d, %d, %s, %s, %s, '%s', 1);",
	           row->id, (long long)o->units[parent].id, (long long)++o->last_id,
	           (long long)o->units[parent].id, o->set->code, row->id, p.from.days,
	           p.to.days, dec_is_none(x.value) ? "null" : "7000000",
	           dec_is_none(x.value) ? "2000000" : "null",
	           dec_is_none(x.value) ? "3000000" : "null", x.reason);
}

static void edit(struct world *w)
{
	struct rollup_office *o = &w->o;

	for (int i = 0; i < 4; i++) {
		size_t unit = 1 + office_draw(o, (unsigned)o->n_units - 1);

		switch (office_draw(o, 4)) {
		case 0:
			set_state(w, unit, states[office_draw(o, ARRAY_LEN(states) - 1)]);
			break;
		case 1:
			office_take_back(o, unit);
			break;
		case 2:
			amend(w, unit);
			break;
		default:
			adjust(w, w->parents[office_draw(o, (unsigned)w->n_parents)]);
		}
		office_flush(o);
	}
}

/* ---- why ---- */

static int64_t or_0(int64_t n)
{
	return n == INT_NONE ? 0 : n;
}

static int64_t sum_of(const struct rollup_why_parts *parts)
{
	int64_t sum = 0;

	for (size_t i = 0; i < parts->n; i++)
		sum += parts->at[i].change.micro;
	return sum;
}

static void explain(struct world *w, const struct rollup_sheet *before,
                    const struct rollup_sheet *after)
{
	for (int i = 0; i < 40; i++) {
		struct rollup_why_question q = { before->rollup, after->rollup,
			                         (int)office_draw(&w->o, OFFICE_ROWS), NULL,
			                         0 };
		ARENA_CLEANUP struct arena a;
		struct rollup_why why;

		arena_init(&a, 64 << 20);
		assert_ok(rollup_why(&why, &a, &q));
		int64_t change = or_0(after->rollup->figures[q.row].value.micro) -
		                 or_0(before->rollup->figures[q.row].value.micro);
		assert_int_equal(why.change.micro, change);
		assert_int_equal(sum_of(&why.units), change);
		if (why.procedures.n > 0)
			assert_int_equal(sum_of(&why.procedures), change);
		if (why.fields.n > 0)
			assert_int_equal(sum_of(&why.fields), change);
	}
}

static struct rollup_sheet open_beside(struct world *w, const struct rollup_sheet *first,
                                       const char *period)
{
	struct form_sheet_of of = { .scope = first->scope, .unit = first->unit.id };
	struct rollup_sheet sheet;

	assert_true(period_parse(&of.period, period));
	assert_ok(rollup_sheet_open_beside(&sheet, w->o.t.db, &w->o.arena, first, &of));
	return sheet;
}

/* ---- order ---- */

/* The content of every child again, under other ids and in another order. */
static void send_again(struct world *w)
{
	struct rollup_office *o = &w->o;

	for (size_t i = o->n_units; i-- > 1;) {
		struct office_unit *u = &o->units[i];
		long long old = u->frozen, id = ++o->last_id;

		if (!old)
			continue;
		str_printf(&o->sql,
		           "update package_content set to_change = 1 where id = %lld;"
		           "insert into package_content (id, report_id, received, sha256,"
		           " pinned, from_change) select %lld, report_id, received, sha256, "
		           " pinned, 1 from package_content where id = %lld;"
		           "update package_cell set content_id = %lld where content_id = %lld;"
		           "update t_code set frozen = %lld where frozen = %lld;",
		           old, id, old, id, old, id, old);
		u->frozen = id;
	}
	office_flush(o);
}

static void same_values(const struct rollup_sheet *a, const struct rollup_sheet *b)
{
	for (size_t i = 0; i < a->set->n_rows; i++) {
		const struct rollup_value *x = &a->values[i], *y = &b->values[i];

		assert_int_equal(x->value.micro, y->value.micro);
		assert_int_equal(x->numerator.micro, y->numerator.micro);
		assert_int_equal(x->denominator.micro, y->denominator.micro);
		assert_int_equal(x->owed, y->owed);
		assert_int_equal(x->n_given, y->n_given);
		assert_int_equal(x->n_codes, y->n_codes);
		assert_int_equal(x->source, y->source);
		assert_int_equal(x->incomplete, y->incomplete);
		for (size_t k = 0; k < x->n_codes; k++)
			assert_string_equal(x->codes[k]->procedure, y->codes[k]->procedure);
	}
}

/* ---- merges ---- */

/* What a unit rolled up, as it sends it. */
static void send_rolled_up(struct world *w, size_t unit)
{
	struct rollup_sheet sheet = open_sheet(w, unit, periods[0]);
	struct rollup_office *o = &w->o;

	office_add_report(o, unit, periods[0], "sent");
	str_printf(&o->sql,
	           "insert into package_content (id, report_id, received, sha256, pinned,"
	           " from_change) values (%lld, %lld, 0, '', 0, 1);",
	           (long long)++o->last_id, (long long)o->units[unit].report);
	for (size_t i = 0; i < o->set->n_rows; i++) {
		struct rollup_cell cell = rollup_cell_of(&sheet.rollup->figures[i]);
		char numbers[3][32];
		struct str codes;

		str_init(&codes, NULL, 1 << 20);
		for (size_t k = 0; k < cell.n_codes; k++)
			str_printf(&codes, "%s%s\tcommune\t%s\t", k ? "\n" : "",
			           cell.codes[k]->procedure, cell.codes[k]->field);
		for (size_t k = 0; k < 3; k++) {
			dec_t d = k == 0   ? cell.value
			          : k == 1 ? cell.numerator
			                   : cell.denominator;

			snprintf(numbers[k], 32, "%lld", (long long)d.micro);
			if (dec_is_none(d))
				snprintf(numbers[k], 32, "null");
		}
		str_printf(
		        &o->sql,
		        "insert into package_cell (content_id, form, indicator, source, value,"
		        " numerator, denominator, given, owed, listed, unlisted, incomplete,"
		        " not_owed, codes) values (%lld, '1', '%s', 'rolled-up', %s, %s, %s, "
		        "0, 0,"
		        " %d, %d, %d, 0, '%s');",
		        (long long)o->last_id, o->set->rows[i].id, numbers[0], numbers[1],
		        numbers[2], cell.listed, cell.unlisted, cell.incomplete,
		        codes.len ? codes.data : "");
		str_release(&codes);
	}
	office_flush(o);
}

/* Communes straight under the province, and the same communes under a new unit that took them
 * over: the province's totals are the same. */
static void merge(struct world *w)
{
	struct rollup_office *o = &w->o;
	size_t n = o->n_units, heir = office_add_unit(o, 0, FORM_DISTRICT);
	struct rollup_sheet apart = open_sheet(w, 0, periods[0]), merged;

	for (size_t i = 1; i < n; i++)
		if (o->units[i].parent == o->units[0].id && o->units[i].tier == FORM_COMMUNE)
			str_printf(&o->sql,
			           "update report set receiver_id = %lld where unit_id = %lld"
			           " and period = '%s';",
			           (long long)o->units[heir].id, (long long)o->units[i].id,
			           periods[0]);
	office_flush(o);
	send_rolled_up(w, heir);
	merged = open_sheet(w, 0, periods[0]);
	for (size_t i = 0; i < o->set->n_rows; i++) {
		const struct form_row *row = &o->set->rows[i];

		/* The new unit may be one of those that are counted; of rows that none of the
		 * communes owes it owes some. */
		if (row->rollup == FORM_COUNT_UNITS || apart.values[i].owed == 0)
			continue;
		assert_int_equal(apart.values[i].value.micro, merged.values[i].value.micro);
		assert_int_equal(apart.values[i].n_codes, merged.values[i].n_codes);
		w->cells++;
	}
}

/* ---- */

static void one_world(struct world *w, uint64_t seed)
{
	struct rollup_sheet first, second;

	w->n_parents = 0;
	office_start(&w->o, seed);
	office_random_set(&w->o);
	grow_tree(w);
	fill_period(w, periods[0]);
	fill_period(w, periods[1]);
	compare_all(w);
	first = open_sheet(w, 0, periods[0]);
	second = open_beside(w, &first, periods[1]);
	explain(w, &first, &second);
	for (int i = 0; i < EDITS; i++) {
		struct rollup_sheet before = open_sheet(w, 0, periods[1]), after;

		edit(w);
		compare_all(w);
		after = open_beside(w, &before, periods[1]);
		explain(w, &before, &after);
	}
	first = open_sheet(w, 0, periods[1]);
	send_again(w);
	second = open_sheet(w, 0, periods[1]);
	same_values(&first, &second);
	merge(w);
	office_stop(&w->o);
}

static void test_store_against_plain_sql(void **state)
{
	struct world *w = *state;
	bool is_long = getenv("LONG") && *getenv("LONG");
	int worlds = is_long ? LONG_WORLDS : WORLDS;

	for (int i = 0; i < worlds; i++)
		one_world(w, (uint64_t)i * 77 + 5);
	print_message("%zu rolled-up cells\n", w->cells);
	assert_true(w->cells >= (is_long ? 1000000 : 100000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_store_against_plain_sql, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
