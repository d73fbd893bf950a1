/* Rolled-up figures from the store, against plain SQL over what was sent: random trees,
 * periods, states, late edits, merges and row rules.  The SQL and what is made of its numbers
 * share nothing with the code under test. */
#include "lib/rollup_office.h"

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

/* ---- what plain SQL says ---- */

enum { COUNTS = 8, COUNTED = 5, OWN = 4 };

struct expected {
	bool known;
	int64_t value, numerator, denominator; /* millionths; INT_NONE: not compared */
	int64_t owed, given;
};

struct oracle {
	struct rollup_office *o;
	const struct office_unit *unit;
	int64_t sums[OFFICE_ROWS]
	            [COUNTS]; /* at, owed, values, sum, parts, top, bottom, unlisted */
	int64_t listed[OFFICE_ROWS], distinct[OFFICE_ROWS];
	int64_t counted[OFFICE_ROWS][COUNTED]; /* at, owed, given, top, bottom */
	int64_t own[OFFICE_ROWS][OWN];         /* at, value, top, bottom */
	int64_t adjusted[OFFICE_ROWS][OWN];
};

static const char children[] =
        "with k as materialized (select r.id, r.unit_id, r.to_on,"
        " case u.level when 'commune' then 2 when 'district' then 1 else 0 end as tier,"
        " (select p.id from package_content p where p.report_id = r.id and p.to_change is null"
        "  and r.state in ('sent', 'accepted')) as frozen,"
        " (select count(*) from report b join unit_closure c on c.unit_id = b.unit_id"
        "  join unit v on v.id = b.unit_id where c.ancestor_id = r.unit_id and b.current = 1"
        "  and b.state <> 'exempt' and b.period = r.period and v.level = 'commune') as n_c,"
        " (select count(*) from report b join unit_closure c on c.unit_id = b.unit_id"
        "  join unit v on v.id = b.unit_id where c.ancestor_id = r.unit_id and b.current = 1"
        "  and b.state <> 'exempt' and b.period = r.period and v.level = 'district') as n_d"
        " from report r join unit u on u.id = r.unit_id"
        " where r.receiver_id = {unit} and r.period = '{period}' and r.current = 1"
        " and r.state <> 'exempt') ";

/* A child owes rows of its own level and of those below. */
static const char joined[] =
        " from t_row w join k on (w.has_c = 1 or (k.tier <= 1 and w.has_d = 1)"
        " or (k.tier = 0 and w.has_p = 1))"
        " left join package_cell c on c.content_id = k.frozen and c.form = '1' and c.indicator "
        "= w.indicator"
        " where (k.frozen is null or (c.indicator is not null and c.not_owed = 0))";

static void spread(int64_t *out, const int64_t *rows, size_t n, size_t columns)
{
	for (size_t i = 0; i < OFFICE_ROWS; i++)
		for (size_t c = 0; c < columns; c++)
			out[i * columns + c] = c == 0 ? 0 : INT_NONE;
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < columns; c++)
			out[(size_t)rows[i * columns] * columns + c] = rows[i * columns + c];
}

/* Puts the unit and the period in where they are named. */
static void fill_in(char out[2000], const struct oracle *x, const char *text,
                    const char *period)
{
	size_t n = 0;

	for (; *text; text++) {
		if (str_starts(text, "{unit}"))
			n += (size_t)snprintf(out + n, 2000 - n, "%lld",
			                      (long long)x->unit->id);
		else if (str_starts(text, "{period}"))
			n += (size_t)snprintf(out + n, 2000 - n, "%s", period);
		else
			out[n++] = *text;
		if (*text == '{')
			text = strchr(text, '}');
		assert_true(n < 1900);
	}
	out[n] = '\0';
}

static void ask(struct oracle *x, int64_t *out, size_t columns, const char *head,
                const char *period, const char *select, const char *tail)
{
	static int64_t rows[OFFICE_ROWS * COUNTS];
	char text[6000], first[2000];
	size_t n;

	fill_in(first, x, head, period);
	snprintf(text, sizeof(text), "%s%s%s", first, select, tail);
	n = office_select(x->o, text, rows, columns, OFFICE_ROWS);
	spread(out, rows, n, columns);
}

static void ask_sums(struct oracle *x, const char *period)
{
	char tail[1500];

	snprintf(tail, sizeof(tail), "%s group by w.at", joined);
	ask(x, &x->sums[0][0], COUNTS, children, period,
	    "select w.at, count(*), count(c.value), cast(sum(c.value) as bigint),"
	    " sum(case when c.numerator is not null and c.denominator is not null then 1 else "
	    "0 end),"
	    " cast(sum(case when c.denominator is not null then c.numerator end) as bigint),"
	    " cast(sum(case when c.numerator is not null then c.denominator end) as bigint),"
	    " sum(case when c.listed = 0 and c.value <> 0 then 1 else 0 end)",
	    tail);
}

static void ask_lists(struct oracle *x, const char *period)
{
	int64_t pairs[OFFICE_ROWS][2];
	char tail[1600];

	snprintf(tail, sizeof(tail), "%s and (c.listed = 1 or c.value = 0) group by w.at",
	         joined);
	ask(x, &pairs[0][0], 2, children, period, "select w.at, count(*)", tail);
	for (size_t i = 0; i < OFFICE_ROWS; i++)
		x->listed[i] = pairs[i][1] == INT_NONE ? 0 : pairs[i][1];
	ask(x, &pairs[0][0], 2, children, period,
	    "select w.at, count(distinct t.code) from t_row w join k on (w.has_c = 1 or (k.tier"
	    " <= 1 and w.has_d = 1) or (k.tier = 0 and w.has_p = 1))"
	    " join t_code t on t.frozen = k.frozen and t.indicator = w.indicator"
	    " join package_cell c on c.content_id = k.frozen and c.form = '1' and c.indicator "
	    "= w.indicator"
	    " where c.not_owed = 0 group by w.at",
	    "");
	for (size_t i = 0; i < OFFICE_ROWS; i++)
		x->distinct[i] = pairs[i][1] == INT_NONE ? 0 : pairs[i][1];
}

/* Who behind a child the row asks after; itself too when it owes a report. */
#define UNITS  "(k.n_c * w.has_c + k.n_d * w.has_d)"
#define PARTED "(c.numerator is not null and c.denominator > 0)"
#define DID                                                                                    \
	"(case when w.ratio = 0 then case when c.value > 0 then 1 else 0 end"                  \
	" when " PARTED " then case when c.numerator >= c.denominator then 1 else 0 end"       \
	" when c.value >= 100000000 then 1 else 0 end)"
#define GAVE                                                                                   \
	"(k.frozen is not null and ((k.tier < 2 and " PARTED                                   \
	") or ((c.value is not null or " PARTED ") and " UNITS " = 1)))"

static void ask_counted(struct oracle *x, const char *period)
{
	char tail[1600];

	snprintf(tail, sizeof(tail), "%s and " UNITS " > 0 group by w.at", joined);
	ask(x, &x->counted[0][0], COUNTED, children, period,
	    "select w.at, count(*), sum(case when " GAVE " then 1 else 0 end),"
	    " cast(sum(case when not " GAVE " then 0 when k.tier < 2 and " PARTED
	    " then c.numerator else 1000000 * " DID " end) as bigint),"
	    " cast(sum(case when " GAVE " and k.tier < 2 and " PARTED
	    " then c.denominator else 1000000 * " UNITS " end) as bigint)",
	    tail);
}

static void ask_all(struct oracle *x, const char *period)
{
	struct period p;
	char where[400];

	assert_true(period_parse(&p, period));
	ask_sums(x, period);
	ask_lists(x, period);
	ask_counted(x, period);
	snprintf(where, sizeof(where), " and c.from_on = %d and c.to_on = %d", p.from.days,
	         p.to.days);
	ask(x, &x->own[0][0], OWN,
	    "select w.at, c.value, c.numerator, c.denominator from t_row w join form_cell c"
	    " on c.indicator = w.indicator where c.to_change is null and c.unit_id = {unit}",
	    period, "", where);
	ask(x, &x->adjusted[0][0], OWN,
	    "select w.at, c.value, c.numerator, c.denominator from t_row w"
	    " join rollup_adjustment c on c.indicator = w.indicator where c.to_change is null"
	    " and c.unit_id = {unit}",
	    period, "", where);
}

/* ---- the rules, over these numbers ---- */

static int64_t or_0(int64_t n)
{
	return n == INT_NONE ? 0 : n;
}

static bool fills_by(const struct form_row *row, enum form_tier tier)
{
	return row->tiers >> tier != 0;
}

static bool adds_own(const struct oracle *x, const struct form_row *row)
{
	return row->tiers >> x->unit->tier & 1;
}

static int64_t percent(int64_t top, int64_t bottom)
{
	__extension__ __int128 n = (__int128)top * 100 * 100;

	return (int64_t)((2 * n + bottom) / (2 * bottom)) * (DEC_ONE / 100);
}

static struct expected nothing(int64_t owed)
{
	return (struct expected){ false, INT_NONE, INT_NONE, INT_NONE, owed, 0 };
}

static struct expected of_own(const struct oracle *x, const struct form_row *row)
{
	struct expected e = nothing(0);

	e.value = x->own[row->at][1];
	e.known = e.value != INT_NONE;
	return e;
}

static struct expected of_sum(const struct oracle *x, const struct form_row *row)
{
	const int64_t *s = x->sums[row->at];
	int64_t own = adds_own(x, row) ? x->own[row->at][1] : INT_NONE;
	int64_t adjusted = x->adjusted[row->at][1];
	struct expected e = nothing(or_0(s[1]));

	e.given = or_0(s[2]);
	e.known = e.given > 0 || own != INT_NONE || adjusted != INT_NONE;
	e.value = or_0(s[3]) + or_0(own) + or_0(adjusted);
	return e;
}

static struct expected of_parts(const struct oracle *x, const struct form_row *row)
{
	const int64_t *s = x->sums[row->at], *own = x->own[row->at];
	struct expected e = nothing(or_0(s[1]));
	bool has_own = adds_own(x, row) && own[2] != INT_NONE && own[3] != INT_NONE;

	e.given = or_0(s[4]);
	if (e.given == 0 && !has_own && x->adjusted[row->at][2] == INT_NONE)
		return e;
	e.numerator = or_0(s[5]) + (has_own ? own[2] : 0) + or_0(x->adjusted[row->at][2]);
	e.denominator = or_0(s[6]) + (has_own ? own[3] : 0) + or_0(x->adjusted[row->at][3]);
	e.known = e.denominator > 0;
	if (e.known)
		e.value = percent(e.numerator, e.denominator);
	return e;
}

static struct expected of_catalogue(const struct oracle *x, const struct form_row *row)
{
	const int64_t *s = x->sums[row->at];
	int64_t own = adds_own(x, row) ? x->own[row->at][1] : INT_NONE;
	struct expected e = nothing(or_0(s[1]));

	e.given = x->listed[row->at];
	e.known = or_0(s[7]) == 0 && or_0(own) == 0 && (e.given > 0 || own == 0);
	e.value = x->distinct[row->at] * DEC_ONE + or_0(x->adjusted[row->at][1]);
	return e;
}

/* Where no unit below owes the row, only adjusted, the unit itself is the one that is counted.
 */
static void count_itself(struct expected *e, const struct oracle *x, const struct form_row *row)
{
	const int64_t *own = x->own[row->at];
	bool parted = own[2] != INT_NONE && own[3] != INT_NONE && own[3] > 0;

	if (e->owed > 0 || !adds_own(x, row))
		return;
	e->numerator += parted ? own[2] : (own[1] != INT_NONE && own[1] > 0) * DEC_ONE;
	e->denominator += parted ? own[3] : DEC_ONE;
}

static struct expected of_counted(const struct oracle *x, const struct form_row *row)
{
	const int64_t *c = x->counted[row->at];
	struct expected e = nothing(or_0(c[1]));

	e.given = or_0(c[2]);
	e.known = e.given > 0 || x->adjusted[row->at][2] != INT_NONE;
	if (!e.known)
		return e;
	e.numerator = or_0(c[3]) + or_0(x->adjusted[row->at][2]);
	e.denominator = or_0(c[4]) + or_0(x->adjusted[row->at][3]);
	count_itself(&e, x, row);
	e.value = row->kind == FORM_RATIO ? percent(e.numerator, e.denominator) : e.numerator;
	return e;
}

static struct expected expect(const struct oracle *x, const struct form_row *row);

static struct expected of_formula(const struct oracle *x, const struct form_row *row)
{
	struct expected part[2], e = nothing(INT_NONE);
	int at[2];

	assert_int_equal(sscanf(row->value->text,
	                        row->kind == FORM_RATIO ? "100 * [%d] / [%d]" : "[%d] + [%d]",
	                        &at[0], &at[1]),
	                 2);
	for (size_t i = 0; i < 2; i++)
		part[i] = expect(x, &x->o->set->rows[at[i] - 1]);
	e.given = INT_NONE;
	e.known = part[0].known && part[1].known;
	if (row->kind == FORM_RATIO)
		e.known = e.known && part[1].value > 0;
	if (e.known)
		e.value = row->kind == FORM_RATIO ? percent(part[0].value, part[1].value)
		                                  : part[0].value + part[1].value;
	return e;
}

static bool counts(const struct form_row *row)
{
	return row->rollup == FORM_COUNT_UNITS;
}

static struct expected expect(const struct oracle *x, const struct form_row *row)
{
	int64_t owed = or_0(counts(row) ? x->counted[row->at][1] : x->sums[row->at][1]);

	if (!fills_by(row, x->unit->tier))
		return of_own(x, row); /* entered all the same */
	if (row->value)
		return of_formula(x, row);
	if (row->rollup == FORM_OWN ||
	    (owed == 0 && x->adjusted[row->at][1] == INT_NONE &&
	     x->adjusted[row->at][2] == INT_NONE && x->adjusted[row->at][3] == INT_NONE))
		return of_own(x, row);
	if (counts(row))
		return of_counted(x, row);
	if (row->rollup == FORM_CATALOGUE)
		return of_catalogue(x, row);
	return row->kind == FORM_RATIO ? of_parts(x, row) : of_sum(x, row);
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
	ask_all(&x, period);
	assert_non_null(sheet.rollup);
	for (size_t i = 0; i < w->o.set->n_rows; i++) {
		const struct form_row *row = &w->o.set->rows[i];
		const struct rollup_value *v = &sheet.values[i];
		struct expected e = expect(&x, row);

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
	if (rollup_adjustment_problem(o->set, &x) || !fills_by(row, o->units[parent].tier))
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
