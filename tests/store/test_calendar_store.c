#include "lib/test_db.h"

#include "app/calendar/calendar_store.h"
#include "app/deadline/deadline_store.h"

/* A province and two communes; the writer runs on this thread. */
struct world {
	struct test_db t;
	struct arena a;
	struct db_writer *writer;
	struct id_source ids;
};
enum { PROVINCE = 1, COMMUNE = 2, OTHER = 3 };

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct clock clock = { instant_local(date_make(2026, 3, 2), 8 * 60) };

	assert_non_null(w);
	test_db_open(&w->t);
	arena_init(&w->a, 64 << 20);
	assert_ok(db_writer_inline(&w->writer, w->t.where, clock, &w->ids));
	test_db_exec(
	        w->t.db,
	        "insert into unit (id, code, name, level, letterhead, valid_from, from_change)"
	        " values (1, 'H15', 'Tỉnh', 'province', 'T', 10000, 1),"
	        " (2, 'H15.1', 'Xã Một', 'commune', 'X', 10000, 1),"
	        " (3, 'H15.2', 'Xã Hai', 'commune', 'X', 10000, 1);"
	        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
	        " (1, 1, 0, 10000), (2, 2, 0, 10000), (3, 3, 0, 10000),"
	        " (1, 2, 1, 10000), (1, 3, 1, 10000);");
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	db_writer_stop(w->writer);
	arena_release(&w->a);
	test_db_close(&w->t);
	free(w);
	return 0;
}

static date_t today(void)
{
	return date_make(2026, 3, 2);
}

static struct change by(int64_t unit)
{
	return (struct change){ .unit_id = { unit },
		                .at = INSTANT_NONE,
		                .action = "calendar.test",
		                .origin = "test" };
}

static const struct calendar *calendar_of(struct world *w, struct calendar_cache *cache,
                                          int64_t unit)
{
	const struct calendar *cal;

	assert_ok(calendar_load(&cal, w->t.db, &w->a, cache, (row_id){ unit }, today()));
	return cal;
}

static row_id add_day_off(struct world *w, int64_t unit, date_t on, int n)
{
	struct calendar_exception e = {
		.on = on, .kind = EXCEPTION_OFF, .name = "Quốc tang", .source = "Thông báo số 1"
	};
	struct change change = by(unit);

	assert_ok(calendar_except(w->writer, &change, &e, n));
	return change.result;
}

static void a_day_off_holds_for_the_unit_and_below(void **state)
{
	struct world *w = *state;
	date_t day = date_make(2026, 3, 9);

	add_day_off(w, COMMUNE, day, 2);
	assert_false(calendar_is_working(calendar_of(w, NULL, COMMUNE), day));
	assert_false(calendar_is_working(calendar_of(w, NULL, COMMUNE), date_add(day, 1)));
	assert_true(calendar_is_working(calendar_of(w, NULL, COMMUNE), date_add(day, 2)));
	assert_true(calendar_is_working(calendar_of(w, NULL, OTHER), day));
	assert_true(calendar_is_working(calendar_of(w, NULL, PROVINCE), day));
	add_day_off(w, PROVINCE, date_add(day, 7), 1);
	assert_false(calendar_is_working(calendar_of(w, NULL, OTHER), date_add(day, 7)));
	struct calendar_day d = calendar_day(calendar_of(w, NULL, OTHER), date_add(day, 7));
	assert_string_equal(d.name, "Quốc tang");
	assert_string_equal(d.source, "Thông báo số 1");
}

static void the_version_moves_only_where_something_changed(void **state)
{
	struct world *w = *state;

	assert_int_equal(calendar_version(calendar_of(w, NULL, OTHER)), 1);
	add_day_off(w, COMMUNE, date_make(2026, 3, 9), 1);
	assert_int_equal(calendar_version(calendar_of(w, NULL, COMMUNE)), 2);
	assert_int_equal(calendar_version(calendar_of(w, NULL, OTHER)), 1);
	add_day_off(w, PROVINCE, date_make(2026, 3, 10), 1);
	assert_int_equal(calendar_version(calendar_of(w, NULL, COMMUNE)), 3);
	assert_int_equal(calendar_version(calendar_of(w, NULL, OTHER)), 3);
}

static void units_with_the_same_rules_share_a_calendar(void **state)
{
	struct world *w = *state;
	struct calendar_cache *cache;

	assert_ok(calendar_cache_new(&cache));
	const struct calendar *one = calendar_of(w, cache, COMMUNE);
	assert_ptr_equal(one, calendar_of(w, cache, COMMUNE));
	assert_ptr_equal(one, calendar_of(w, cache, OTHER));
	add_day_off(w, COMMUNE, date_make(2026, 3, 9), 1);
	const struct calendar *own = calendar_of(w, cache, COMMUNE);
	assert_ptr_not_equal(own, one);
	assert_ptr_equal(own, calendar_of(w, cache, COMMUNE));
	assert_ptr_equal(one, calendar_of(w, cache, OTHER));
	assert_false(calendar_is_working(own, date_make(2026, 3, 9)));
	calendar_cache_free(cache);
}

static void what_is_taken_back_no_longer_holds(void **state)
{
	struct world *w = *state;
	date_t day = date_make(2026, 3, 9);
	row_id id = add_day_off(w, COMMUNE, day, 1);
	struct change stranger = by(OTHER), change = by(COMMUNE), again = by(COMMUNE);

	assert_err(calendar_withdraw(w->writer, &stranger, id), ERR_NOT_FOUND);
	assert_false(calendar_is_working(calendar_of(w, NULL, COMMUNE), day));
	assert_ok(calendar_withdraw(w->writer, &change, id));
	assert_true(calendar_is_working(calendar_of(w, NULL, COMMUNE), day));
	assert_err(calendar_withdraw(w->writer, &again, id), ERR_NOT_FOUND);
	assert_int_equal(calendar_version(calendar_of(w, NULL, COMMUNE)), 3);
}

static void own_sessions_follow_those_of_the_ancestors(void **state)
{
	struct world *w = *state;
	struct work_week summer = calendar_default_week, own = calendar_default_week;
	struct change a = by(PROVINCE), b = by(COMMUNE);

	summer.from = date_make(2026, 4, 1);
	assert_true(day_sessions_parse(&summer.days[0], "06:30-11:00, 13:30-17:00"));
	own.from = date_make(2026, 6, 1);
	assert_true(day_sessions_parse(&own.days[0], "7h-11h30"));
	assert_true(day_sessions_parse(&own.days[5], "07:00-11:30"));
	assert_ok(calendar_set_week(w->writer, &a, &summer, "QĐ 1"));
	assert_ok(calendar_set_week(w->writer, &b, &own, "QĐ 2"));
	const struct calendar *cal = calendar_of(w, NULL, COMMUNE);
	char text[DAY_SESSIONS_TEXT];
	assert_string_equal(
	        day_sessions_text(calendar_day(cal, date_make(2026, 3, 30)).sessions, text),
	        "07:00-11:30, 13:30-17:00");
	assert_string_equal(
	        day_sessions_text(calendar_day(cal, date_make(2026, 5, 25)).sessions, text),
	        "06:30-11:00, 13:30-17:00");
	assert_string_equal(
	        day_sessions_text(calendar_day(cal, date_make(2026, 6, 1)).sessions, text),
	        "07:00-11:30");
	assert_true(calendar_is_working(cal, date_make(2026, 6, 6)));
	assert_false(calendar_is_working(calendar_of(w, NULL, OTHER), date_make(2026, 6, 6)));
}

static void a_decision_ends_the_provisional_year(void **state)
{
	struct world *w = *state;
	struct year_decision d = { .year = 2027,
		                   .tet_days_before = 2,
		                   .national_day_before = false,
		                   .source = "TB 2027" };
	struct change change = by(PROVINCE);
	date_t tet = date_make(2027, 2, 6), day = date_add(tet, -2);

	assert_true(calendar_is_provisional(calendar_of(w, NULL, OTHER), tet, tet));
	assert_true(calendar_is_working(calendar_of(w, NULL, OTHER), day));
	assert_ok(calendar_decide(w->writer, &change, &d));
	assert_false(calendar_is_provisional(calendar_of(w, NULL, OTHER), tet, tet));
	assert_false(calendar_is_working(calendar_of(w, NULL, OTHER), day));
	struct calendar_settings s;
	assert_ok(calendar_settings_load(&s, w->t.db, &w->a, (row_id){ OTHER }, today()));
	assert_int_equal(s.n_decisions, 1);
	assert_string_equal(s.decisions[0].decision.source, "TB 2027");
	assert_string_equal(s.decisions[0].unit_name, "Tỉnh");
}

static void stored_rule_sets_come_after_the_shipped_ones(void **state)
{
	struct world *w = *state;
	struct rule_set set = { .code = "nd999",
		                .name = "Mới",
		                .basis = "Nghị định số 999",
		                .from = date_make(2027, 1, 1),
		                .to = DATE_NONE,
		                .start = START_NEXT_WORKING_DAY,
		                .same_day_cutoff = 870,
		                .day_minutes = 420,
		                .supplement = SUPPLEMENT_RESTARTS,
		                .rest_day = REST_DAY_AS_IS,
		                .early = EARLY_DAY };
	struct change change = by(PROVINCE), again = by(PROVINCE);
	struct problems problems;
	struct rule_sets sets;

	problems_init(&problems, &w->a);
	assert_ok(rule_set_add(w->writer, &change, &set, &problems));
	assert_ok(rule_sets_load(&sets, w->t.db, &w->a));
	assert_string_equal(rule_set_find(sets.at, sets.n, date_make(2026, 12, 31))->code,
	                    "nd118");
	const struct rule_set *found = rule_set_find(sets.at, sets.n, date_make(2027, 1, 1));
	assert_string_equal(found->code, "nd999");
	assert_int_equal(found->start, START_NEXT_WORKING_DAY);
	assert_int_equal(found->supplement, SUPPLEMENT_RESTARTS);
	assert_int_equal(found->rest_day, REST_DAY_AS_IS);
	assert_int_equal(found->early, EARLY_DAY);
	assert_int_equal(found->day_minutes, 420);
	assert_int_equal(found->same_day_cutoff, 870);
	assert_ptr_equal(rule_sets_by_code(&sets, "nd999"), found);
	assert_null(rule_sets_by_code(&sets, "none"));
	assert_err(rule_set_add(w->writer, &again, &set, &problems), ERR_INPUT);
	assert_non_null(problems_for(&problems, "code"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_day_off_holds_for_the_unit_and_below),
		TEST(the_version_moves_only_where_something_changed),
		TEST(units_with_the_same_rules_share_a_calendar),
		TEST(what_is_taken_back_no_longer_holds),
		TEST(own_sessions_follow_those_of_the_ancestors),
		TEST(a_decision_ends_the_provisional_year),
		TEST(stored_rule_sets_come_after_the_shipped_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
