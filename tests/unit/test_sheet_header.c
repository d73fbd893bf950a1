/* Finding the row of titles, and which column is which. */
#include "lib/test.h"

#include "doc/csv.h"
#include "doc/sheet_header.h"

enum { CODE, NAME, CHANNEL, WANTED };
static const struct sheet_column wanted[] = { { "ma ho so|so ho so" },
	                                      { "chu ho so|ten" },
	                                      { "hinh thuc nop|hinh thuc" } };

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static bool find(struct sheet_header *header, struct sheet *sheet, const char *text)
{
	struct problems problems;
	bool found;

	problems_init(&problems, &arena);
	assert_int_equal(csv_read(sheet, &arena, text, strlen(text), &problems), ERR_OK);
	assert_int_equal(sheet_header_find(&found, header, &arena, sheet, wanted, WANTED),
	                 ERR_OK);
	return found;
}

static void test_below_title_rows(void **state)
{
	struct sheet_header header;
	struct sheet sheet;

	(void)state;
	assert_true(find(&header, &sheet,
	                 "UBND XÃ,,\nDanh sách hồ sơ,,\n\nSTT,Mã hồ sơ,Chủ hồ sơ\n1,H1,An\n"));
	assert_int_equal(header.row, 2);
	assert_int_equal(header.n_found, 2);
	assert_string_equal(sheet_header_cell(&header, &sheet.rows[3], CODE), "H1");
	assert_string_equal(sheet_header_cell(&header, &sheet.rows[3], NAME), "An");
	assert_string_equal(sheet_header_cell(&header, &sheet.rows[3], CHANNEL), "");
}

static void test_whole_title_before_its_beginning(void **state)
{
	struct sheet_header header;
	struct sheet sheet;

	(void)state;
	assert_true(find(
	        &header, &sheet,
	        "Mã hồ sơ,Hình thức trả kết quả,Hình thức nộp\nH1,Bưu chính,Trực tuyến\n"));
	assert_string_equal(sheet_header_cell(&header, &sheet.rows[1], CHANNEL), "Trực tuyến");
	/* A title is a whole word: "Tênh" is no "Tên". */
	assert_false(find(&header, &sheet, "Mã hồ sơ,Tênh\nH1,x\n"));
}

static void test_none(void **state)
{
	struct sheet_header header;
	struct sheet sheet;

	(void)state;
	assert_false(find(&header, &sheet, "a,b\n1,2\n"));
	assert_false(find(&header, &sheet, "Mã hồ sơ,b\n1,2\n"));
}

static void test_csv_of_a_sheet(void **state)
{
	struct sheet_header header;
	struct sheet sheet, again;
	const char *text;

	(void)state;
	find(&header, &sheet, "a;b\n\n\"x;\"\"y\"\"\";=1\n");
	assert_int_equal(sheet_to_csv(&text, &arena, &sheet), ERR_OK);
	assert_string_equal(text, "a,b\r\n\r\n\"x;\"\"y\"\"\",=1\r\n");
	find(&header, &again, text);
	assert_int_equal(again.n_rows, 2);
	assert_int_equal(again.rows[1].line, 3);
	assert_string_equal(again.rows[1].cells[0], "x;\"y\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_below_title_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whole_title_before_its_beginning, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(test_none, setup, teardown),
		cmocka_unit_test_setup_teardown(test_csv_of_a_sheet, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
