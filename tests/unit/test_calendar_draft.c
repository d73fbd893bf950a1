#include "lib/test.h"

#include "app/calendar/calendar_draft.h"
#include "base/err.h"
#include "base/str.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void reads_sessions_as_people_write_them(void **state)
{
	static const struct {
		const char *typed, *text; /* NULL: refused */
	} rows[] = {
		{ "07:00-11:30, 13:30-17:00", "07:00-11:30, 13:30-17:00" },
		{ " 7h - 11h30 ,13h30-17h", "07:00-11:30, 13:30-17:00" },
		{ "", "" },
		{ "  ", "" },
		{ "7:00-11:30", "07:00-11:30" },
		{ "11:30-7:00", NULL },
		{ "07:00-11:30, 11:30-12:00", NULL },
		{ "07:00-11:30, 09:00-12:00", NULL },
		{ "07:00", NULL },
		{ "07:00-", NULL },
		{ "7-11", NULL },
		{ "07:00-25:00", NULL },
		{ "07:60-08:00", NULL },
		{ "a-b", NULL },
		{ "07:00-11:30,", NULL },
		{ "1:00-2:00,3:00-4:00,5:00-6:00,7:00-8:00,9:00-10:00", NULL },
		{ "07:000-11:30", NULL },
	};
	char text[DAY_SESSIONS_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct day_sessions s = { .n = 99 };

		assert_int_equal(day_sessions_parse(&s, rows[i].typed), rows[i].text != NULL);
		if (rows[i].text)
			assert_string_equal(day_sessions_text(&s, text), rows[i].text);
		else
			assert_int_equal(s.n, 99);
	}
}

static void takes_a_span_of_days(void **state)
{
	struct exception_draft d = { "2026-08-31", "02/9/2026", "off", "", "Nghỉ", "TB 1" };
	struct exceptions_checked c = { .n_days = -1 };
	struct problems p;

	(void)state;
	problems_init(&p, &arena);
	assert_int_equal(exception_draft_check(&c, &p, &d), ERR_OK);
	assert_int_equal(p.n, 0);
	assert_int_equal(c.n_days, 3);
	assert_true(c.exception.verified);
}

static void says_what_is_wrong_beside_each_field(void **state)
{
	static const struct {
		struct exception_draft draft;
		const char *field;
	} rows[] = {
		{ { "x", "", "off", "", "Nghỉ", "TB" }, "on" },
		{ { NULL, "", "off", "", "Nghỉ", "TB" }, "on" },
		{ { "2099-01-01", "", "off", "", "Nghỉ", "TB" }, "on" },
		{ { "2026-08-31", "2026-08-30", "off", "", "Nghỉ", "TB" }, "to" },
		{ { "2026-08-31", "2026-12-30", "off", "", "Nghỉ", "TB" }, "to" },
		{ { "2026-08-31", "z", "off", "", "Nghỉ", "TB" }, "to" },
		{ { "2026-08-31", "", "closed", "", "Nghỉ", "TB" }, "kind" },
		{ { "2026-08-31", "", "worked", "8-9", "Làm", "TB" }, "sessions" },
		{ { "2026-08-31", "", "off", "", " ", "TB" }, "name" },
		{ { "2026-08-31", "", "off", "", "Nghỉ", NULL }, "source" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct exceptions_checked c = { .n_days = -1 };
		struct problems p;

		problems_init(&p, &arena);
		assert_int_equal(exception_draft_check(&c, &p, &rows[i].draft), ERR_OK);
		assert_int_equal(p.n, 1);
		assert_non_null(problems_for(&p, rows[i].field));
		assert_int_equal(c.n_days, -1);
	}
}

static void checks_weeks_and_decisions(void **state)
{
	struct week_draft week = { "01/4/2026", { "7h-11h" }, "QĐ 1" };
	struct decision_draft decision = { "2027", "2", "after", "TB 2" };
	struct year_decision d;
	struct work_week w;
	struct problems p;

	(void)state;
	problems_init(&p, &arena);
	assert_int_equal(week_draft_check(&w, &p, &week), ERR_OK);
	assert_int_equal(decision_draft_check(&d, &p, &decision), ERR_OK);
	assert_int_equal(p.n, 0);
	assert_int_equal(w.days[0].n, 1);
	assert_int_equal(w.days[6].n, 0);
	assert_int_equal(d.year, 2027);
	assert_false(d.national_day_before);
	week.days[0] = "";
	assert_int_equal(week_draft_check(&w, &p, &week), ERR_OK);
	assert_non_null(problems_for(&p, "day0"));
	week.days[4] = "sáng";
	assert_int_equal(week_draft_check(&w, &p, &week), ERR_OK);
	assert_non_null(problems_for(&p, "day4"));
	decision = (struct decision_draft){ "27", "5", NULL, "" };
	assert_int_equal(decision_draft_check(&d, &p, &decision), ERR_OK);
	assert_non_null(problems_for(&p, "year"));
	assert_non_null(problems_for(&p, "tet_days_before"));
	assert_non_null(problems_for(&p, "national_day"));
	assert_non_null(problems_for(&p, "source"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_sessions_as_people_write_them),
		cmocka_unit_test(takes_a_span_of_days),
		cmocka_unit_test(says_what_is_wrong_beside_each_field),
		cmocka_unit_test(checks_weeks_and_decisions),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
