/* The figures that a commune really reported, entered into xa-2024: exactly the faults that a
 * careful reader finds, and none besides. */
#include "lib/test_form.h"

#include "base/str.h"

static char *read_fixture(void)
{
	FILE *f = fopen("tests/fixtures/huong_son_xa_2024.tsv", "rb");
	char *text = calloc(1, 65536);

	assert_non_null(f);
	assert_true(fread(text, 1, 65535, f) > 1000);
	fclose(f);
	return text;
}

/* Enters every line; what is refused is written to `refused`. */
static size_t enter_all(struct arena *a, struct form_input *in, const char *text,
                        struct str *refused)
{
	struct slice rest = slice_of(text), line, cell;
	size_t n = 0;

	while (slice_cut(&rest, '\n', &line)) {
		const char *column[4] = { "", "", "", "" };
		char row[32];

		if (line.len == 0 || line.at[0] == '#' || str_starts(line.at, "form\t"))
			continue;
		for (int i = 0; i < 4 && slice_cut(&line, '\t', &cell); i++)
			assert_int_equal(arena_strndup(a, &column[i], cell.at, cell.len),
			                 ERR_OK);
		snprintf(row, sizeof(row), "%s/%s", column[0], column[1]);
		if (test_form_row(in->set, row)->kind == FORM_GROUP && !*column[2])
			continue;
		const char *question = test_form_state(a, in, row, column[2]);
		if (question)
			str_printf(refused, "%s: %s\n", row, question);
		n++;
	}
	return n;
}

static void test_raises_exactly_the_known_faults(void **state)
{
	ARENA_CLEANUP struct arena a;
	struct str refused;
	const char *text;
	char *fixture = read_fixture();

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *set = test_form_set(&a, "xa-2024");
	struct form_input in = test_form_input(&a, set, "2023-12-15..2024-03-08");
	str_init(&refused, &a, 10000);
	assert_int_equal(enter_all(&a, &in, fixture, &refused), 131);
	assert_int_equal(str_finish(&refused, &text), ERR_OK);
	assert_string_equal(
	        text,
	        "7/1.1.: \"3,887\" là 3.887 hay 3,8870? Dấu phẩy trước đúng ba chữ số đọc được "
	        "hai cách. Nếu là 3.887, hãy gõ 3.887; nếu là số thập phân, hãy gõ 3,8870.\n"
	        "7/1.2.: \"2,929\" là 2.929 hay 2,9290? Dấu phẩy trước đúng ba chữ số đọc được "
	        "hai cách. Nếu là 2.929, hãy gõ 2.929; nếu là số thập phân, hãy gõ 2,9290.\n");

	const struct form_cell *cells = test_form_cells(&a, &in);
	assert_string_equal(test_form_problems(&a, set, cells),
	                    "3/1 error missing-value [1 1.3]  : 0\n"
	                    "8/2 error enum [2] 3 : \n"
	                    "8/6.3.1 error sum [6.3.1 6.1.2 6.2.2] 140 : 132\n"
	                    "8/6.3.1 error cross-form [6.3.1 4/1.4] 140 : 132\n");
	free(fixture);
}

static void test_keeps_what_is_stated_beside_what_is_computed(void **state)
{
	ARENA_CLEANUP struct arena a;
	struct str refused;
	char *fixture = read_fixture();
	static const struct {
		const char *row, *value, *computed;
		enum form_source source;
	} wanted[] = {
		{ "2/2", "36.8", "36.84", FORM_ENTERED },
		{ "3/1", "", "0", FORM_BLANK },
		{ "4/1.4", "132", "132", FORM_ENTERED },
		{ "4/3.1", "", "", FORM_BLANK },
		{ "4/3.4", "", "", FORM_BLANK },
		{ "7/1", "75.4", "", FORM_ENTERED },
		{ "7/1.1", "", "", FORM_BLANK },
		{ "8/6.3.1", "140", "132", FORM_OVERRIDDEN },
		{ "8/6.4", "53.12", "53.13", FORM_ENTERED },
	};

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *set = test_form_set(&a, "xa-2024");
	struct form_input in = test_form_input(&a, set, "2023-12-15..2024-03-08");
	str_init(&refused, &a, 10000);
	enter_all(&a, &in, fixture, &refused);
	const struct form_cell *cells = test_form_cells(&a, &in);
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		const struct form_cell *cell = &cells[test_form_row(set, wanted[i].row)->at];
		char value[DEC_TEXT], computed[DEC_TEXT];

		assert_string_equal(dec_text(cell->value, value), wanted[i].value);
		assert_string_equal(dec_text(cell->computed, computed), wanted[i].computed);
		assert_int_equal(cell->source, wanted[i].source);
	}
	free(fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_raises_exactly_the_known_faults),
		cmocka_unit_test(test_keeps_what_is_stated_beside_what_is_computed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
