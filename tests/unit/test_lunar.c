#include "lib/test.h"

#include "app/calendar/lunar.h"

static void agrees_with_every_known_year(void **state)
{
	(void)state;
	FILE *f = fopen("tests/cases/lunar.cases", "r");
	char line[200], tet[16], hung[16], text[DATE_TEXT];
	int year, leap, n = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%d %15s %15s %d", &year, tet, hung, &leap) != 4)
			continue;
		assert_string_equal(date_iso(lunar_to_solar(year, 1, 1), text), tet);
		assert_string_equal(date_iso(lunar_to_solar(year, 3, 10), text), hung);
		assert_int_equal(lunar_leap_month(year), leap);
		n++;
	}
	fclose(f);
	assert_int_equal(n, 20);
}

/* Months are 29 or 30 days, years 353 to 385; nothing jumps at either end. */
static void months_follow_each_other(void **state)
{
	(void)state;
	for (int year = LUNAR_FIRST_YEAR; year < LUNAR_LAST_YEAR; year++) {
		int length =
		        lunar_to_solar(year + 1, 1, 1).days - lunar_to_solar(year, 1, 1).days;
		bool leap = lunar_leap_month(year) != 0;

		assert_in_range(length, leap ? 383 : 353, leap ? 385 : 355);
		for (int month = 1; month < 12; month++) {
			int days = lunar_to_solar(year, month + 1, 1).days -
			           lunar_to_solar(year, month, 1).days;
			bool doubled = lunar_leap_month(year) == month;

			assert_in_range(days, doubled ? 58 : 29, doubled ? 60 : 30);
		}
	}
}

static void refuses_what_it_does_not_know(void **state)
{
	(void)state;
	assert_true(date_is_none(lunar_to_solar(LUNAR_FIRST_YEAR - 1, 1, 1)));
	assert_true(date_is_none(lunar_to_solar(LUNAR_LAST_YEAR + 1, 1, 1)));
	assert_true(date_is_none(lunar_to_solar(2024, 13, 1)));
	assert_true(date_is_none(lunar_to_solar(2024, 1, 31)));
	assert_true(date_is_none(lunar_to_solar(2024, 0, 1)));
	assert_int_equal(lunar_leap_month(1900), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_every_known_year),
		cmocka_unit_test(months_follow_each_other),
		cmocka_unit_test(refuses_what_it_does_not_know),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
