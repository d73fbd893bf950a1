#include "lib/test.h"

#include "lib/reading_text.h"

static void check_cell(const char *cell, const char *unit, const char *expected)
{
	struct figure f;
	struct arena a;
	struct str s;
	const char *got = "no figure";

	arena_init(&a, 1 << 16);
	str_init(&s, &a, 1 << 12);
	if (reading_of_cell(&f, cell, unit)) {
		reading_put_figure(&s, &f, cell);
		assert_int_equal(str_finish(&s, &got), ERR_OK);
	}
	if (strcmp(got, expected) != 0)
		fail_msg("\"%s\" (%s): %s, expected %s", cell, unit, got, expected);
	arena_release(&a);
}

static void a_bare_number_takes_the_unit_of_its_column(void **state)
{
	(void)state;
	check_cell("05", "Văn bản", "5 {padded}");
	check_cell("0", "Thủ tục", "0");
	check_cell("36,8", "%", "36,8% {comma}");
	check_cell("100", "%", "100%");
	check_cell("3,887", "%", "3,887% {comma}");
	check_cell("12.345", "Tỷ lệ %", "12.345 {dots}");
	check_cell("1.965.892", "Triệu đồng", "1.965.892.000.000 đồng {dots}");
	check_cell("3,887", "Triệu đồng", "3.887.000.000 đồng {comma3}");
	check_cell("450", "Nghìn đồng", "450.000 đồng");
	check_cell("1,5", "(Tỷ đồng)", "1.500.000.000 đồng {comma}");
	check_cell("302.000", "đồng", "302.000 đồng {dots}");
	check_cell("96.35", "", "96,35 {point}");
	check_cell("100.00", "", "100,00 {point}");
	check_cell("0.00", "", "0,00 {point}");
	check_cell("-5", "%", "-5%");
}

static void a_sign_of_its_own_is_not_applied_twice(void **state)
{
	(void)state;
	check_cell("36%", "%", "36%");
	check_cell("99,02%", "%", "99,02% {comma}");
	check_cell("30 %", "", "30%");
	check_cell(" ≥ 95% ", "%", ">=95%");
	check_cell("Tối thiểu 95%", "%", ">=95%");
	check_cell("35% trở lên", "%", ">=35%");
	check_cell("250 triệu đồng", "Triệu đồng", "250.000.000 đồng");
}

static void parts_ranges_and_nouns_are_figures(void **state)
{
	(void)state;
	check_cell("27/27", "Cơ quan, đơn vị", "27/27");
	check_cell("06/11", "", "6/11 {padded}");
	check_cell("1.544/1.759", "", "1.544/1.759 {dots}");
	check_cell("1-2", "Sáng kiến", "1..2");
	check_cell("12 hồ sơ", "", "12 \"hồ sơ\"");
	check_cell("45 TTHC", "", "45 \"TTHC\"");
	check_cell("02 lần/năm", "", "2 {padded per} \"lần\"");
	check_cell("100% (18/18)", "%", "no figure");
}

static void everything_else_is_none(void **state)
{
	static const char *const cells[] = {
		"",
		" ",
		"-",
		"–",
		"Không",
		"x",
		"15/02/2024",
		"12/2021",
		"15.02.2024",
		"Quý II",
		"3 Kiểm tra nội bộ",
		"1.",
		"2.1.1",
		"01/02/2024-05/02/2024",
		"Có = 1; Không = 0",
		"140/BC-UBND",
		"Không có",
		"12; 15",
		"a5",

		"100% văn bản được ban hành đúng quy định và kịp thời trong năm"
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		check_cell(cells[i], "", "no figure");
	char longer[4096];

	memset(longer, '1', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	check_cell(longer, "%", "no figure");
	check_cell("5", longer, "5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bare_number_takes_the_unit_of_its_column),
		cmocka_unit_test(a_sign_of_its_own_is_not_applied_twice),
		cmocka_unit_test(parts_ranges_and_nouns_are_figures),
		cmocka_unit_test(everything_else_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
