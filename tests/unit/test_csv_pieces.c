#include "lib/test.h"

#include "doc/csv_pieces.h"

static struct csv_piece next(struct csv_pieces *p)
{
	struct csv_piece piece;

	assert_int_equal(csv_pieces_next(&piece, p), ERR_OK);
	return piece;
}

static void cuts_between_records_and_counts_lines(void **state)
{
	enum { ROWS = CSV_PIECE_RECORDS + 500 };
	FILE *f = tmpfile();
	struct csv_pieces p;

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < ROWS; i++)
		fprintf(f, "%d;\"two\nlines\"\r\n", i);
	rewind(f);
	assert_int_equal(csv_pieces_open(&p, f), ERR_OK);
	assert_int_equal(next(&p).line, 1);
	struct csv_piece second = next(&p);
	assert_int_equal(second.line, 2 * CSV_PIECE_RECORDS + 1);
	assert_memory_equal(second.text.at, "2000;", 5);
	assert_int_equal(next(&p).text.len, 0);
	csv_pieces_close(&p);
	fclose(f);
}

static void finds_the_end_of_a_record(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		int lines;
	} cases[] = {
		{ "a,b\nc", 4, 1 },          { "a,b\r\nc", 5, 1 }, { "\"a\nb\",c\nd", 8, 2 },
		{ "\"a\"\"\n\",c\n", 9, 2 }, { "a\"b\nc", 4, 1 },  { "a,b", 0, 0 },
		{ "\"a\nb", 0, 0 },          { "a\r", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int lines = 0;

		assert_int_equal(csv_record(slice_of(cases[i].text), ',', &lines), cases[i].n);
		assert_int_equal(lines, cases[i].lines);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_between_records_and_counts_lines),
		cmocka_unit_test(finds_the_end_of_a_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
