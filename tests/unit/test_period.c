#include "lib/test.h"

#include "app/form/period.h"
#include "base/str.h"

static void check(const char *text, const char *from, const char *to, const char *year_from)
{
	char a[DATE_TEXT], b[DATE_TEXT], c[DATE_TEXT];
	struct period p;

	assert_true(period_parse(&p, text));
	assert_string_equal(date_iso(p.from, a), from);
	assert_string_equal(date_iso(p.to, b), to);
	assert_string_equal(date_iso(p.year_from, c), year_from);
}

static void test_periods_of_the_ministry(void **state)
{
	(void)state;
	check("2024-Q1", "2023-12-15", "2024-03-14", "2023-12-15");
	check("2024-H1", "2023-12-15", "2024-06-14", "2023-12-15");
	check("2024-Q3", "2024-06-15", "2024-09-14", "2023-12-15");
	check("2024-Y", "2023-12-15", "2024-12-14", "2023-12-15");
	check("2024-q1", "2023-12-15", "2024-03-14", "2023-12-15");
}

static void test_days_that_a_report_states(void **state)
{
	(void)state;
	check("2023-12-15..2024-03-08", "2023-12-15", "2024-03-08", "2023-12-15");
	/* A figure cumulative over the year reaches back to the report year, or to the first
	 * day of a period that began before it. */
	check("2022-12-05..2023-12-04", "2022-12-05", "2023-12-04", "2022-12-05");
	check("2024-04-01..2024-06-30", "2024-04-01", "2024-06-30", "2023-12-15");
	check("2024-12-15..2024-12-31", "2024-12-15", "2024-12-31", "2024-12-15");
	check("2024-12-14..2024-12-14", "2024-12-14", "2024-12-14", "2023-12-15");
}

static void test_refuses_what_is_no_period(void **state)
{
	static const char *const texts[] = { "",
		                             "2024",
		                             "2024-Q2",
		                             "2024-Q4",
		                             "2024-Q11",
		                             "24-Q1",
		                             "2024Q1",
		                             "0000-Q1",
		                             "2200-Y",
		                             "2024-03-08..2023-12-15",
		                             "2024-02-30..2024-03-08",
		                             "2023-12-15..2024-03-0x",
		                             "2023-12-15--2024-03-08",
		                             "2020-01-01..2024-01-01",
		                             "2024-Q1 " };
	struct period p;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (period_parse(&p, texts[i]))
			print_error("%s\n", texts[i]);
		assert_false(period_parse(&p, texts[i]));
	}
}

static void test_names_and_codes(void **state)
{
	static const char *const cases[][3] = {
		{ "2024-Q1", "2024-Q1", "quý I năm 2024" },
		{ "2023-12-15..2024-06-14", "2024-H1", "6 tháng đầu năm 2024" },
		{ "2024-Q3", "2024-Q3", "quý III năm 2024" },
		{ "2024-Y", "2024-Y", "năm 2024" },
		{ "2023-12-15..2024-03-08", "2023-12-15..2024-03-08",
		  "từ 15/12/2023 đến 08/03/2024" },
	};
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 1 << 16);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct period p;
		const char *name;

		assert_true(period_parse(&p, cases[i][0]));
		assert_string_equal(p.code, cases[i][1]);
		assert_int_equal(period_name(&name, &a, &p), ERR_OK);
		assert_string_equal(name, cases[i][2]);
	}
}

static void test_the_period_due_next(void **state)
{
	static const struct {
		int year, month, day;
		const char *code;
	} cases[] = {
		{ 2024, 1, 10, "2024-Q1" },  { 2024, 3, 14, "2024-Q1" },
		{ 2024, 3, 15, "2024-H1" },  { 2024, 6, 14, "2024-H1" },
		{ 2024, 6, 15, "2024-Q3" },  { 2024, 9, 15, "2024-Y" },
		{ 2024, 12, 14, "2024-Y" },  { 2024, 12, 15, "2025-Q1" },
		{ 2024, 12, 31, "2025-Q1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct period p =
		        period_current(date_make(cases[i].year, cases[i].month, cases[i].day));

		assert_string_equal(p.code, cases[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_periods_of_the_ministry),
		cmocka_unit_test(test_days_that_a_report_states),
		cmocka_unit_test(test_refuses_what_is_no_period),
		cmocka_unit_test(test_names_and_codes),
		cmocka_unit_test(test_the_period_due_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
