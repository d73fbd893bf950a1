#include "lib/test.h"

#include "doc/csv.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 64 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct problems read_text(struct sheet *sheet, const char *text)
{
	struct problems problems;

	problems_init(&problems, &arena);
	assert_int_equal(csv_read(sheet, &arena, text, strlen(text), &problems), ERR_OK);
	return problems;
}

static void expect_row(const struct sheet *sheet, size_t i, int line, const char *joined)
{
	char got[512] = "";
	size_t len = 0;

	assert_true(i < sheet->n_rows);
	for (size_t c = 0; c < sheet->rows[i].n; c++)
		len += (size_t)snprintf(got + len, sizeof(got) - len, "%s%s", c ? "|" : "",
		                        sheet->rows[i].cells[c]);
	assert_string_equal(got, joined);
	assert_int_equal(sheet->rows[i].line, line);
}

static void test_separators(void **state)
{
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_text(&sheet, "mã;tên\r\n1;Khai sinh\r\n").n, 0);
	assert_int_equal(sheet.n_rows, 2);
	expect_row(&sheet, 1, 2, "1|Khai sinh");
	assert_int_equal(read_text(&sheet, "\xef\xbb\xbf"
	                                   "a,b\n1,\"x, \"\"y\"\"\"\n")
	                         .n,
	                 0);
	expect_row(&sheet, 0, 1, "a|b");
	expect_row(&sheet, 1, 2, "1|x, \"y\"");
	assert_int_equal(read_text(&sheet, "a\tb\tc\n1\t\t3").n, 0);
	expect_row(&sheet, 1, 2, "1||3");
	assert_int_equal(read_text(&sheet, "sep=;\na,b;c\n").n, 0);
	expect_row(&sheet, 0, 2, "a,b|c");
}

/* Official lists have title rows with commas in prose above a table with semicolons. */
static void test_title_rows(void **state)
{
	struct sheet sheet;

	(void)state;
	read_text(&sheet, "DANH MỤC THỦ TỤC, kèm theo Quyết định số 1, ngày 2\n\n"
	                  "TT;Mã;Tên\n1;1.001;Khai sinh, khai tử\n2;1.002;Kết hôn\n");
	assert_int_equal(sheet.n_rows, 4);
	expect_row(&sheet, 1, 3, "TT|Mã|Tên");
	expect_row(&sheet, 2, 4, "1|1.001|Khai sinh, khai tử");
}

static void test_cleaning(void **state)
{
	struct sheet sheet;

	(void)state;
	/* NFD becomes NFC, a no-break blank a blank, a line break in a cell a blank. */
	read_text(&sheet, "  Ho\xcc\x80"
	                  "a\xc2\xa0,\"hai\ndòng\"\n,,\nx,\n");
	assert_int_equal(sheet.n_rows, 2);
	expect_row(&sheet, 0, 1, "Hòa|hai dòng");
	expect_row(&sheet, 1, 4, "x");
	assert_string_equal(sheet_cell(&sheet.rows[1], 7), "");
}

static void expect_problem(const char *text, int line, const char *part)
{
	struct sheet sheet;
	struct problems problems = read_text(&sheet, text);

	assert_int_equal(problems.n, 1);
	assert_int_equal(problems.first->line, line);
	assert_non_null(strstr(problems.first->message, part));
	assert_int_equal(sheet.n_rows, 0);
}

static void test_refusals(void **state)
{
	(void)state;
	expect_problem("a,b\n1,\"x\n2,y\n", 2, "Dòng 2");
	expect_problem("a,b\n1,\"x\"y\n", 2, "sau dấu ngoặc kép");
	expect_problem("a\nT\xear b\xe2n\n", 2, "UTF-8");
	expect_problem("\xff\xfe"
	               "a",
	               0, "UTF-16");
	expect_problem("", 0, "không có dòng");
	expect_problem("\n\n ,\n", 0, "không có dòng");
}

static void test_limits(void **state)
{
	struct sheet sheet;
	struct problems problems;
	size_t n = 3 * SHEET_MOST_COLUMNS;
	char *wide = arena_alloc(&arena, n + 1);

	(void)state;
	assert_non_null(wide);
	for (size_t i = 0; i < n; i++)
		wide[i] = i % 2 ? ',' : 'x';
	problems = read_text(&sheet, wide);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, "256 cột"));
	char *bytes = arena_alloc(&arena, SHEET_MOST_CELL + 8);
	assert_non_null(bytes);
	memset(bytes, 'y', SHEET_MOST_CELL + 7);
	assert_int_equal(read_text(&sheet, bytes).n, 1);
}

static void test_writer(void **state)
{
	struct str out;
	struct csv csv;
	const char *text;

	(void)state;
	str_init(&out, &arena, 4096);
	csv_start(&csv, &out);
	csv_text(&csv, "Nguyễn \"Tí\", An");
	csv_text(&csv, "=HYPERLINK(1)");
	csv_number(&csv, "-12.5");
	csv_text(&csv, NULL);
	csv_text(&csv, "-1");
	csv_end_row(&csv);
	csv_text(&csv, "hai\ndòng");
	csv_end_row(&csv);
	assert_int_equal(str_finish(&out, &text), ERR_OK);
	assert_string_equal(text,
	                    "\xef\xbb\xbf\"Nguyễn \"\"Tí\"\", An\",\"'=HYPERLINK(1)\",-12.5,,"
	                    "\"'-1\"\r\n\"hai\ndòng\"\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_separators, setup, teardown),
		cmocka_unit_test_setup_teardown(test_title_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cleaning, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_writer, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
