#include "lib/test.h"

#include "text/number.h"

static struct number n(int64_t digits, int places)
{
	return (struct number){ digits, places };
}

static void compares_by_value(void **state)
{
	(void)state;
	assert_int_equal(number_cmp(n(1000, 1), n(100, 0)), 0);
	assert_true(number_eq(n(9635, 2), n(963500, 4)));
	assert_false(number_eq(n(9635, 2), n(9636, 2)));
	assert_false(number_eq(NUMBER_NONE, NUMBER_NONE));
	assert_true(number_cmp(n(-5, 0), n(-49, 1)) < 0);
	assert_true(number_cmp(n(INT64_MAX, 0), n(INT64_MAX, 9)) > 0);
	assert_true(number_is_whole(n(1500, 2)));
	assert_false(number_is_whole(n(1501, 2)));
	assert_false(number_is_whole(NUMBER_NONE));
}

static void adds_exactly_or_not_at_all(void **state)
{
	(void)state;
	assert_true(number_eq(number_add(n(15, 1), n(25, 2)), n(175, 2)));
	assert_int_equal(number_add(n(15, 1), n(25, 2)).places, 2);
	assert_true(number_eq(number_sub(number_int(3), n(5, 1)), n(25, 1)));
	assert_true(number_is_none(number_add(n(INT64_MAX, 0), number_int(1))));
	assert_true(number_is_none(number_sub(NUMBER_NONE, number_int(1))));
	assert_true(number_is_none(number_sub(number_int(1), NUMBER_NONE)));
	assert_true(number_is_none(number_add(n(INT64_MAX, 0), n(1, 9))));
}

static void multiplies_by_magnitudes(void **state)
{
	(void)state;
	assert_true(number_eq(number_times_ten(n(1305, 1), 6), number_int(130500000)));
	assert_int_equal(number_times_ten(n(1305, 1), 6).places, 0);
	assert_true(number_eq(number_times_ten(n(12345, 4), 3), n(12345, 1)));
	assert_true(number_is_none(number_times_ten(number_int(INT64_MAX / 10), 2)));
	assert_true(number_is_none(number_times_ten(NUMBER_NONE, 3)));
}

static void fits_into_a_decimal_when_it_can(void **state)
{
	(void)state;
	assert_int_equal(number_dec(n(9635, 2)).micro, 96350000);
	assert_int_equal(number_dec(n(1234500, 8)).micro, 12345);
	assert_true(dec_is_none(number_dec(n(1234501, 8))));
	assert_true(dec_is_none(number_dec(number_int(INT64_MAX))));
	assert_true(dec_is_none(number_dec(NUMBER_NONE)));
	assert_int_equal(number_of_dec((dec_t){ 12500000 }).digits, 125);
	assert_int_equal(number_of_dec((dec_t){ 12500000 }).places, 1);
	assert_true(number_is_none(number_of_dec(DEC_NONE)));
}

static void rates_are_rounded_half_up(void **state)
{
	(void)state;
	assert_int_equal(number_percent(number_int(51), number_int(96), 2).digits, 5313);
	assert_int_equal(number_percent(number_int(1), number_int(3), 0).digits, 33);
	assert_int_equal(number_percent(number_int(2), number_int(3), 1).digits, 667);
	assert_true(number_is_none(number_percent(number_int(1), number_int(0), 1)));
	assert_true(number_is_none(number_percent(NUMBER_NONE, number_int(2), 1)));
	assert_int_equal(number_percent(n(15, 1), number_int(3), 0).digits, 50);
	assert_int_equal(number_percent(number_int(-1), number_int(3), 0).digits, -33);
}

static void check_fit(struct number printed, int part, int whole, enum number_fit fit)
{
	assert_int_equal(number_fits_percent(printed, number_int(part), number_int(whole)),
	                 fit);
}

static void a_rate_fits_within_half_of_its_last_digit(void **state)
{
	(void)state;
	check_fit(n(5312, 2), 51, 96, NUMBER_FITS); /* 53,125: both sides of the tie */
	check_fit(n(5313, 2), 51, 96, NUMBER_FITS);
	check_fit(n(5311, 2), 51, 96, NUMBER_DIFFERS);
	check_fit(n(1277, 2), 23, 180, NUMBER_TRUNCATED); /* 12,777... */
	check_fit(n(1278, 2), 23, 180, NUMBER_FITS);
	check_fit(n(124, 1), 12344, 100000, NUMBER_DIFFERS);
	check_fit(n(100, 0), 18, 18, NUMBER_FITS);
	check_fit(n(10000, 2), 18, 18, NUMBER_FITS);
	check_fit(n(100, 0), 5, 0, NUMBER_NO_RATE);
	check_fit(n(0, 0), 0, 7, NUMBER_FITS);
	check_fit(NUMBER_NONE, 5, 7, NUMBER_NO_RATE);
	check_fit(n(99, 0), 997, 1000, NUMBER_TRUNCATED);
	assert_int_equal(number_fits_percent(n(INT64_MAX, 9), n(INT64_MAX, 0), n(1, 9)),
	                 NUMBER_NO_RATE);
}

static void prints_as_offices_do(void **state)
{
	char out[NUMBER_TEXT];

	(void)state;
	assert_string_equal(number_vn(number_int(1302826000), out), "1.302.826.000");
	assert_string_equal(number_vn(n(5312, 2), out), "53,12");
	assert_string_equal(number_vn(n(123450, 2), out), "1.234,50");
	assert_string_equal(number_vn(n(5, 2), out), "0,05");
	assert_string_equal(number_vn(n(-1234, 0), out), "-1.234");
	assert_string_equal(number_vn(number_int(0), out), "0");
	assert_string_equal(number_vn(number_int(999), out), "999");
	assert_string_equal(number_vn(NUMBER_NONE, out), "");
	assert_string_equal(number_vn(number_int(INT64_MAX), out), "9.223.372.036.854.775.807");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_by_value),
		cmocka_unit_test(adds_exactly_or_not_at_all),
		cmocka_unit_test(multiplies_by_magnitudes),
		cmocka_unit_test(fits_into_a_decimal_when_it_can),
		cmocka_unit_test(rates_are_rounded_half_up),
		cmocka_unit_test(a_rate_fits_within_half_of_its_last_digit),
		cmocka_unit_test(prints_as_offices_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
