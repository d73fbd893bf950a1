#include "lib/test.h"

#include "app/calendar/calendar.h"
#include "base/err.h"

struct fixture {
	struct arena arena;
	struct calendar_rules rules;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	arena_init(&f->arena, 16 << 20);
	assert_int_equal(calendar_built_in(&f->rules, &f->arena), ERR_OK);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	free(f);
	return 0;
}

static date_t on(const char *text)
{
	date_t d;

	assert_true(date_parse_iso(&d, text));
	return d;
}

static struct calendar *compiled(struct fixture *f)
{
	struct calendar *cal;

	assert_int_equal(calendar_compile(&cal, &f->arena, &f->rules, 2005, 2049), ERR_OK);
	return cal;
}

/* Days off of the decided years, other than weekly rest, as they were announced. */
static void knows_the_days_off_of_decided_years(void **state)
{
	static const struct {
		int year;
		const char *off; /* days off from Monday to Friday, month/day */
	} years[] = {
		{ 2023, "1/2 1/20 1/23 1/24 1/25 1/26 5/1 5/2 5/3 9/1 9/4" },
		{ 2024, "1/1 2/8 2/9 2/12 2/13 2/14 4/18 4/29 4/30 5/1 9/2 9/3" },
		{ 2025, "1/1 1/27 1/28 1/29 1/30 1/31 4/7 4/30 5/1 5/2 9/1 9/2" },
		{ 2026, "1/1 1/2 2/16 2/17 2/18 2/19 2/20 4/27 4/30 5/1 8/31 9/1 9/2" },
	};
	const struct calendar *cal = compiled(*state);

	for (size_t i = 0; i < ARRAY_LEN(years); i++) {
		char got[200] = "";
		size_t n = 0;
		date_t day = date_make(years[i].year, 1, 1);

		for (; date_year(day) == years[i].year; day = date_add(day, 1)) {
			int y, m, d;

			date_split(day, &y, &m, &d);
			if (date_weekday(day) < 5 && !calendar_is_working(cal, day))
				n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%d/%d",
				                      n ? " " : "", m, d);
		}
		assert_string_equal(got, years[i].off);
	}
}

static void says_why_a_day_is_off_and_by_which_document(void **state)
{
	static const struct {
		const char *day, *name, *source;
		enum day_kind kind;
		bool verified;
	} rows[] = {
		{ "2026-04-25", "Thứ Bảy", "188/1999/QĐ-TTg", DAY_WEEKLY_REST, true },
		{ "2026-04-26", "Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Điều 112", DAY_HOLIDAY,
		  true },
		{ "2026-04-27", "Nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Điều 111",
		  DAY_COMPENSATORY, true },
		{ "2026-04-28", "", "", DAY_WORKING, true },
		{ "2026-02-17", "Tết Âm lịch", "năm 2026", DAY_HOLIDAY, false },
		{ "2026-08-31", "Nghỉ hoán đổi, làm bù thứ Bảy 22/08/2026", "năm 2026", DAY_OFF,
		  false },
		{ "2026-08-22", "Làm bù cho ngày nghỉ hoán đổi 31/08/2026", "năm 2026",
		  DAY_MADE_UP, false },
		{ "2027-02-06", "Tết Âm lịch", "Bộ luật Lao động 2019, Điều 112", DAY_HOLIDAY,
		  true },
		{ "2015-04-30", "Ngày Chiến thắng (30/4)", "Bộ luật Lao động 2012", DAY_HOLIDAY,
		  true },
	};
	const struct calendar *cal = compiled(*state);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct calendar_day day = calendar_day(cal, on(rows[i].day));

		assert_string_equal(day.name, rows[i].name);
		assert_non_null(strstr(day.source, rows[i].source));
		assert_int_equal(day.kind, rows[i].kind);
		assert_int_equal(day.verified, rows[i].verified);
	}
}

/* Three days of one Tết on a weekend would give three days; here Saturday and Sunday. */
static void each_lost_day_of_tet_is_made_good(void **state)
{
	const struct calendar *cal = compiled(*state);
	const char *off[] = { "2024-02-13", "2024-02-14", "2023-01-25", "2023-01-26" };

	for (size_t i = 0; i < ARRAY_LEN(off); i++)
		assert_int_equal(calendar_day(cal, on(off[i])).kind, DAY_COMPENSATORY);
	assert_true(calendar_is_working(cal, on("2024-02-15")));
}

static void the_last_exception_of_a_day_counts(void **state)
{
	struct fixture *f = *state;
	struct day_sessions morning = { { { 450, 660 } }, 1 };
	const struct calendar_exception exceptions[] = {
		{ on("2026-04-27"), EXCEPTION_OFF, { .n = 0 }, "Nghỉ bù", "CV 1", true },
		{ on("2026-04-30"), EXCEPTION_WORKED, morning, "Trực", "CV 2", true },
		{ on("2026-05-04"), EXCEPTION_OFF, { .n = 0 }, "Nghỉ", "CV 3", true },
		{ on("2026-05-04"), EXCEPTION_WORKED, { .n = 0 }, "Làm việc", "CV 4", true },
		{ on("2099-01-01"), EXCEPTION_OFF, { .n = 0 }, NULL, NULL, true },
	};

	f->rules.exceptions = exceptions;
	f->rules.n_exceptions = ARRAY_LEN(exceptions);
	const struct calendar *cal = compiled(f);
	/* A decree that names the compensatory day itself gives no further one. */
	assert_false(calendar_is_working(cal, on("2026-04-27")));
	assert_true(calendar_is_working(cal, on("2026-04-28")));
	assert_int_equal(calendar_day(cal, on("2026-04-30")).minutes, 210);
	assert_int_equal(calendar_day(cal, on("2026-05-04")).minutes, 480);
	assert_string_equal(calendar_day(cal, on("2026-05-04")).source, "CV 4");
}

static void sessions_change_from_a_day_on(void **state)
{
	struct fixture *f = *state;
	struct work_week week = calendar_default_week;

	week.from = on("2026-11-02");
	week.to = on("2027-03-31");
	week.days[0] = (struct day_sessions){ { { 450, 690 }, { 780, 990 } }, 2 };
	week.days[5] = (struct day_sessions){ { { 450, 690 } }, 1 };
	f->rules.weeks = &week;
	f->rules.n_weeks = 1;
	const struct calendar *cal = compiled(f);
	assert_int_equal(calendar_day(cal, on("2026-10-26")).minutes, 480);
	assert_int_equal(calendar_day(cal, on("2026-11-02")).minutes, 450);
	assert_false(calendar_is_working(cal, on("2026-10-31")));
	assert_true(calendar_is_working(cal, on("2026-11-07")));
	assert_false(calendar_is_working(cal, on("2027-04-03")));
}

/* Position and instant are inverse to each other; the n-th working day is the n-th. */
static void positions_and_instants_agree(void **state)
{
	const struct calendar *cal = compiled(*state);
	int64_t first = calendar_position(cal, instant_local(on("2026-01-01"), 0));
	int64_t last = calendar_position(cal, instant_local(on("2026-12-31"), 1439));

	for (int64_t p = first + 1; p < last; p += 7) {
		instant_t end = calendar_at_end(cal, p), start = calendar_at_start(cal, p);

		assert_int_equal(calendar_position(cal, end), p);
		assert_int_equal(calendar_position(cal, start), p);
		assert_true(instant_cmp(end, start) <= 0);
	}
	for (date_t day = on("2026-01-01"); date_year(day) == 2026; day = date_add(day, 1))
		if (calendar_is_working(cal, day)) {
			int n = calendar_working_days(cal, day);

			assert_int_equal(calendar_nth_working_day(cal, n).days, day.days);
		}
	assert_int_equal(calendar_position(cal, instant_local(on("2004-12-31"), 0)), -1);
	assert_true(date_is_none(calendar_nth_working_day(cal, 0)));
	assert_true(date_is_none(calendar_nth_working_day(cal, 1000000)));
	assert_true(instant_is_none(calendar_at_end(cal, INT64_C(1) << 40)));
}

static void is_provisional_without_a_decision(void **state)
{
	const struct calendar *cal = compiled(*state);

	assert_false(calendar_is_provisional(cal, on("2021-01-01"), on("2026-12-31")));
	assert_true(calendar_is_provisional(cal, on("2026-12-31"), on("2027-01-04")));
	assert_true(calendar_is_provisional(cal, on("2020-12-31"), on("2021-01-04")));
}

static void refuses_bad_sessions_and_years(void **state)
{
	struct fixture *f = *state;
	const struct day_sessions bad[] = {
		{ { { 420, 420 } }, 1 }, { { { 420, 690 }, { 690, 800 } }, 2 },
		{ { { -1, 690 } }, 1 },  { { { 420, 1440 } }, 1 },
		{ { { 0, 1 } }, 5 },
	};
	struct calendar *cal = NULL;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct work_week week = calendar_default_week;

		week.days[3] = bad[i];
		f->rules.weeks = &week;
		f->rules.n_weeks = 1;
		assert_false(day_sessions_valid(&bad[i]));
		assert_int_equal(calendar_compile(&cal, &f->arena, &f->rules, 2020, 2030),
		                 ERR_INPUT);
	}
	f->rules.n_weeks = 0;
	assert_int_equal(calendar_compile(&cal, &f->arena, &f->rules, 1900, 2030), ERR_RANGE);
	assert_int_equal(calendar_compile(&cal, &f->arena, &f->rules, 2030, 2029), ERR_RANGE);
	const struct year_decision bad_year = { .year = 2030, .tet_days_before = 5 };
	f->rules.decisions = &bad_year;
	f->rules.n_decisions = 1;
	assert_int_equal(calendar_compile(&cal, &f->arena, &f->rules, 2020, 2030), ERR_INPUT);
	assert_null(cal);
}

/* Every allocation may fail; nothing is lost or half made. */
static void survives_every_failing_allocation(void **state)
{
	struct fixture *f = *state;
	enum err e = ERR_NO_MEMORY;
	int n = 0;

	while (e != ERR_OK && n < 1000) {
		struct calendar *cal = NULL;
		struct calendar_rules rules;
		struct arena a;

		arena_init(&a, 16 << 20);
		arena_fail_after(++n);
		e = calendar_built_in(&rules, &a);
		if (e == ERR_OK)
			e = calendar_compile(&cal, &a, &f->rules, 2024, 2026);
		arena_fail_after(0);
		assert_int_equal(e == ERR_OK, cal != NULL);
		if (e != ERR_OK)
			assert_int_equal(e, ERR_NO_MEMORY);
		arena_release(&a);
	}
	assert_in_range(n, 20, 999);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(knows_the_days_off_of_decided_years, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(says_why_a_day_is_off_and_by_which_document,
		                                set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_lost_day_of_tet_is_made_good, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(the_last_exception_of_a_day_counts, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(sessions_change_from_a_day_on, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(positions_and_instants_agree, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(is_provisional_without_a_decision, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(refuses_bad_sessions_and_years, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(survives_every_failing_allocation, set_up,
		                                tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
