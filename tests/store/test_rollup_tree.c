/* Trees in time: series under another day's tree, gaps, heirs; own part and reports as records.
 */
#include "lib/rollup_office.h"

#include "app/form/form_load.h"
#include "app/rollup/rollup_tree_store.h"

struct world {
	struct rollup_office o;
	size_t a, b, merged;
	struct period periods[2];
};

static const char form_text[] =
        "form 1\n  title Một\n\n"
        "row 1\n  id total\n  label Tổng\n  unit x\n  kind count\n  levels province, commune\n"
        "  time period\n  value entered\n  rollup sum\n\n"
        "row 2\n  id due\n  label Báo cáo\n  unit x\n  kind count\n  levels province\n"
        "  time period\n  value count(report where due in period)\n  rollup own\n\n"
        "row 3\n  id done\n  label Đúng hạn\n  unit x\n  kind count\n  levels province\n"
        "  time period\n  value count(report where due in period and in_time and tier = "
        "commune)\n"
        "  rollup own\n";

static void load_set(struct rollup_office *o)
{
	struct form_text files[] = {
		{ "set.form",
		  "set thu\n  title Thử\n  issuer X\n  document Y\n  valid 2022-02-21\n"
		  "  printed Biểu mẫu\n  forms 1\n" },
		{ "1.form", form_text },
	};
	struct problems problems;

	problems_init(&problems, &o->arena);
	assert_ok(form_set_load(&o->set, &problems, &o->arena, files, 2));
	assert_int_equal(problems.n, 0);
}

static void enter(struct rollup_office *o, size_t unit, const char *period, int value)
{
	struct period p;

	assert_true(period_parse(&p, period));
	str_printf(
	        &o->sql,
	        "insert into form_cell (id, unit_id, set_code, form, indicator, from_on, to_on,"
	        " value, from_change) values (%lld, %lld, 'thu', '1', 'total', %d, %d, "
	        "%d000000,"
	        " 1);",
	        (long long)++o->last_id, (long long)o->units[unit].id, p.from.days, p.to.days,
	        value);
}

/* Communes A and B became N on 01/7/2025. */
static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct rollup_office *o = &w->o;
	int day = date_make(2025, 7, 1).days;

	office_start(o, 3);
	load_set(o);
	office_add_unit(o, 0, FORM_PROVINCE);
	w->a = office_add_unit(o, 0, FORM_COMMUNE);
	w->b = office_add_unit(o, 0, FORM_COMMUNE);
	w->merged = office_add_unit(o, 0, FORM_COMMUNE);
	str_printf(&o->sql, "update unit set valid_to = %d where id in (%lld, %lld);", day - 1,
	           (long long)o->units[w->a].id, (long long)o->units[w->b].id);
	str_printf(&o->sql, "update unit set valid_from = %d where id = %lld;", day,
	           (long long)o->units[w->merged].id);
	for (size_t old = w->a; old <= w->b; old++)
		str_printf(
		        &o->sql,
		        "insert into unit_successor (id, unit_id, successor_id, kind, on_day,"
		        " change_id) values (%lld, %lld, %lld, 'merge', %d, 1);"
		        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
		        " (%lld, %lld, 1, %d);",
		        (long long)++o->last_id, (long long)o->units[old].id,
		        (long long)o->units[w->merged].id, day,
		        (long long)o->units[w->merged].id, (long long)o->units[old].id, day);
	enter(o, w->a, "2025-Q1", 30);
	enter(o, w->b, "2025-Q1", 12);
	enter(o, w->merged, "2026-Q1", 50);
	office_flush(o);
	assert_true(period_parse(&w->periods[0], "2025-Q1"));
	assert_true(period_parse(&w->periods[1], "2026-Q1"));
	*state = w;
	return 0;
}

static int stop(void **state)
{
	struct world *w = *state;

	office_stop(&w->o);
	free(w);
	return 0;
}

static const struct rollup_point *series(struct world *w)
{
	row_id unit = { w->o.units[w->merged].id };
	struct rollup_series_of of = { w->o.set, unit, unit, 0, w->periods, 2 };
	const struct rollup_point *points;

	assert_ok(rollup_series(&points, w->o.t.db, &w->o.arena, &of));
	return points;
}

static void a_series_is_rebased_and_says_so(void **state)
{
	struct world *w = *state;
	const struct rollup_point *points = series(w);

	assert_int_equal(points[0].kind, ROLLUP_POINT_REBASED);
	assert_int_equal(points[0].value.micro, 42 * DEC_ONE);
	assert_non_null(strstr(points[0].of, "Đơn vị"));
	assert_non_null(strchr(points[0].of, ','));
	assert_int_equal(points[1].kind, ROLLUP_POINT_OWN);
	assert_int_equal(points[1].value.micro, 50 * DEC_ONE);
	assert_true(strlen(rollup_point_text(points[0].kind)) > 10);
}

static void what_was_split_is_not_taken_apart(void **state)
{
	struct world *w = *state;
	struct rollup_office *o = &w->o;
	size_t other = office_add_unit(o, 0, FORM_COMMUNE);

	str_printf(&o->sql,
	           "insert into unit_successor (id, unit_id, successor_id, kind, on_day, "
	           "change_id)"
	           " values (%lld, %lld, %lld, 'split', 20270, 1);",
	           (long long)++o->last_id, (long long)o->units[w->b].id,
	           (long long)o->units[other].id);
	office_flush(o);
	assert_int_equal(series(w)[0].kind, ROLLUP_POINT_SPLIT);
	assert_true(dec_is_none(series(w)[0].value));
}

static void a_gap_in_the_tree_is_said(void **state)
{
	struct world *w = *state;
	struct rollup_office *o = &w->o;
	row_id province = { o->units[0].id };
	const char *problem;

	assert_ok(rollup_tree_problem(&problem, o->t.db, &o->arena, province,
	                              date_make(2026, 3, 14)));
	assert_null(problem);
	str_printf(&o->sql, "delete from unit_parent where unit_id = %lld;",
	           (long long)o->units[w->merged].id);
	office_flush(o);
	assert_ok(rollup_tree_problem(&problem, o->t.db, &o->arena, province,
	                              date_make(2026, 3, 14)));
	assert_non_null(problem);
	assert_non_null(strstr(problem, "14/03/2026"));
	/* Before it was founded nothing is missing. */
	assert_ok(rollup_tree_problem(&problem, o->t.db, &o->arena, province,
	                              date_make(2025, 3, 14)));
	assert_null(problem);
}

static struct rollup_sheet open_sheet(struct world *w, size_t unit, const struct period *p)
{
	row_id id = { w->o.units[unit].id };
	struct form_sheet_of of = { .scope = id, .unit = id, .period = *p };
	struct rollup_sheet sheet;

	assert_ok(rollup_sheet_open(&sheet, w->o.t.db, &w->o.arena, w->o.set, &of));
	return sheet;
}

static void heirs_answer_for_units_that_ended(void **state)
{
	struct world *w = *state;
	struct rollup_office *o = &w->o;
	struct rollup_heir *heirs;
	size_t n;

	office_add_report(o, 0, "2025-Q1", "compiling");
	office_add_report(o, w->a, "2025-Q1", "accepted");
	office_add_report(o, w->b, "2025-Q1", "compiling");
	office_flush(o);
	struct rollup_sheet sheet = open_sheet(w, 0, &w->periods[0]);
	assert_int_equal(sheet.n_children, 2);
	assert_ok(rollup_heirs(&heirs, &n, o->t.db, &o->arena, &sheet, date_make(2026, 3, 14)));
	assert_int_equal(n, 2);
	assert_int_equal(heirs[0].now.value, o->units[w->merged].id);
	assert_ok(rollup_heirs(&heirs, &n, o->t.db, &o->arena, &sheet, date_make(2025, 3, 14)));
	assert_int_equal(n, 0);
}

/* Completeness and timeliness of what is owed below, as formulas count them. */
static void reports_are_records(void **state)
{
	struct world *w = *state;
	struct rollup_office *o = &w->o;

	office_add_report(o, w->merged, "2026-Q1", "sent");
	str_printf(&o->sql,
	           "update report set first_sent_on = send_by_on where id = %lld;"
	           "update report set send_by_on = to_on;",
	           (long long)o->units[w->merged].report);
	office_add_report(o, office_add_unit(o, 0, FORM_COMMUNE), "2026-Q1", "compiling");
	office_add_report(o, office_add_unit(o, 0, FORM_COMMUNE), "2026-Q1", "exempt");
	office_flush(o);
	struct rollup_sheet sheet = open_sheet(w, 0, &w->periods[1]);
	assert_int_equal(sheet.own.cells[1].value.micro, 2 * DEC_ONE);
	assert_int_equal(sheet.own.cells[2].value.micro, DEC_ONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_series_is_rebased_and_says_so, start, stop),
		cmocka_unit_test_setup_teardown(what_was_split_is_not_taken_apart, start, stop),
		cmocka_unit_test_setup_teardown(a_gap_in_the_tree_is_said, start, stop),
		cmocka_unit_test_setup_teardown(heirs_answer_for_units_that_ended, start, stop),
		cmocka_unit_test_setup_teardown(reports_are_records, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
