/* The formula language, one example a line in tests/cases/formula.cases. */
#include "lib/test.h"

#include "app/form/form_load.h"
#include "base/str.h"
#include "calc/eval.h"

/* ---- a world in which the examples run ---- */

static const char *choices(const void *self, const char *setting)
{
	(void)self;
	if (str_eq(setting, "base"))
		return "all|few";
	return str_eq(setting, "whose") ? "receiving_unit|competent_unit" : NULL;
}

static bool named(const void *self, const char *condition, const char *set)
{
	(void)self;
	return str_eq(condition, "busy") && str_eq(set, "dossier");
}

static struct calc_schema schema(void)
{
	struct calc_schema s = *form_schema();

	s.choices = choices;
	s.named = named;
	return s;
}

static struct calc_value value_of_row(void *self, const struct calc_ref *ref)
{
	static const int values[] = { 0, 7, 19, 0, 0, 0, 96, 51 };
	struct calc_value v = calc_known(DEC_NONE);
	int row = ref->code[0] - '0';

	(void)self;
	if (ref->form)
		return calc_known(dec_from_int(132));
	v.state = row == 5 ? CALC_ABSENT : CALC_BLANK;
	return row == 4 || row == 5 ? v : calc_known(dec_from_int(values[row]));
}

static struct calc_value ten(void *self, const struct calc_total *total)
{
	(void)self;
	(void)total;
	return calc_known(dec_from_int(10));
}

static struct calc_value no_denominator(void *self)
{
	(void)self;
	return calc_known(DEC_NONE);
}

static bool first_is_entered(void *self, const struct calc_ref *ref)
{
	(void)self;
	return str_eq(ref->code, "1");
}

static const char *all(void *self, const char *setting)
{
	(void)self;
	(void)setting;
	return "all";
}

static const struct calc_env world = { NULL,           value_of_row,     ten,
	                               no_denominator, first_is_entered, all,
	                               "commune" };

static const char *evaluated(struct arena *a, const struct calc *c)
{
	struct calc_report report = { 0 };
	struct calc_value v = calc_number(c->root, &world, &report);
	char number[DEC_TEXT];
	const char *text, *state = v.state == CALC_ABSENT ? "absent" : "blank";

	if (v.state == CALC_KNOWN)
		state = dec_text(calc_round(v, 2), number);
	assert_int_equal(arena_printf(a, &text, "%s%s%s%s", state,
	                              report.partial ? " partial" : "",
	                              report.divided_by_zero ? " zero" : "",
	                              report.overflow ? " overflow" : ""),
	                 ERR_OK);
	return text;
}

/* "! 1:5 words" */
static void check_refusal(const char *line, const char *expected, enum err e,
                          const struct calc_error *error)
{
	char place[32];

	assert_int_equal(e, ERR_INPUT);
	snprintf(place, sizeof(place), "! %d:%d ", error->line, error->column);
	if (!str_starts(expected, place) || !strstr(error->message, expected + strlen(place)))
		print_error("%s\n  -> %s%s\n", line, place, error->message);
	assert_true(str_starts(expected, place));
	assert_non_null(strstr(error->message, expected + strlen(place)));
}

static void check_line(const char *line)
{
	ARENA_CLEANUP struct arena a;
	const char *bar = strrchr(line, '|'), *text, *expected;
	const struct calc_schema s = schema();
	const struct calc *c = NULL;
	struct calc_error error;

	/* Lists of words in a message hold bars too. */
	const char *refusal = strstr(line, "| ! ");
	if (refusal)
		bar = refusal;
	arena_init(&a, 1 << 20);
	assert_non_null(bar);
	struct slice left = slice_trim((struct slice){ line, (size_t)(bar - line) });
	assert_int_equal(arena_strndup(&a, &text, left.at, left.len), ERR_OK);
	struct slice right = slice_trim(slice_of(bar + 1));
	assert_int_equal(arena_strndup(&a, &expected, right.at, right.len), ERR_OK);
	enum err e = calc_parse_number(&c, &error, &a, text, &s);
	if (expected[0] == '!') {
		check_refusal(line, expected, e, &error);
		return;
	}
	if (e != ERR_OK)
		print_error("%s\n  -> %d:%d %s\n", line, error.line, error.column,
		            error.message);
	assert_int_equal(e, ERR_OK);
	if (!str_eq(evaluated(&a, c), expected))
		print_error("%s\n", line);
	assert_string_equal(evaluated(&a, c), expected);
}

static void test_cases(void **state)
{
	FILE *f = fopen("tests/cases/formula.cases", "r");
	char line[512];
	int n = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || !line[0])
			continue;
		check_line(line);
		n++;
	}
	fclose(f);
	assert_true(n > 70);
}

/* ---- checks ---- */

static struct calc_verdict check(struct arena *a, const char *text)
{
	const struct calc_schema s = schema();
	struct calc_report report = { 0 };
	struct calc_error error;
	const struct calc *c;

	assert_int_equal(calc_parse_check(&c, &error, a, text, &s), ERR_OK);
	return calc_check(c->root, &world, &report);
}

static void test_checks_are_three_valued(void **state)
{
	static const struct {
		const char *text;
		enum calc_truth truth;
	} cases[] = {
		{ "[1] <= [2]", CALC_TRUE },
		{ "[2] <= [1]", CALC_FALSE },
		{ "[1] <= [4]", CALC_UNKNOWN },
		{ "[1] <= [4] or [1] = 7", CALC_TRUE },
		{ "[1] <= [4] and [1] = 8", CALC_FALSE },
		{ "[1] <= [4] and [1] = 7", CALC_UNKNOWN },
		{ "not [1] = 7", CALC_FALSE },
		{ "if [3] = 0 then [1] = 0", CALC_FALSE },
		{ "if [3] = 1 then [1] = 0", CALC_TRUE },
		{ "if [4] = 1 then [1] = 0", CALC_UNKNOWN },
		{ "1/3 + 1/3 + 1/3 = 1", CALC_TRUE },
	};
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (check(&a, cases[i].text).truth != cases[i].truth)
			print_error("%s\n", cases[i].text);
		assert_int_equal(check(&a, cases[i].text).truth, cases[i].truth);
	}
}

static void test_a_failed_check_gives_both_sides(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	struct calc_verdict v = check(&a, "if [3] = 0 then [1] + [2] <= [7] - 40");
	assert_int_equal(v.truth, CALC_FALSE);
	assert_int_equal(calc_round(v.left, 0).micro, 26 * DEC_ONE);
	assert_int_equal(calc_round(v.right, 0).micro, 11 * DEC_ONE);
}

/* ---- rounding, bounds ---- */

static void test_rounds_once_and_half_up(void **state)
{
	static const struct {
		const char *text;
		int places;
		int64_t micro;
	} cases[] = {
		{ "100 * 51 / 96", 2, 53130000 },
		{ "-100 * 51 / 96", 2, -53130000 },
		{ "1 / 2", 0, 1000000 },
		{ "53.1249996", 2, 53120000 },
		{ "100 * 2 / 3", 2, 66670000 },
		{ "100 * 2 / 3", 0, 67000000 },
		{ "100 * 685 / 727", 2, 94220000 },
		{ "1 / 3", 6, 333333 },
	};
	ARENA_CLEANUP struct arena a;
	const struct calc_schema s = schema();

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct calc_report report = { 0 };
		struct calc_error error;
		const struct calc *c;

		/* 53.1249996 rounded to six places first would become 53.13. */
		assert_int_equal(
		        calc_parse_number(&c, &error, &a,
		                          i == 3 ? "531249996 / 10000000" : cases[i].text, &s),
		        ERR_OK);
		assert_int_equal(
		        calc_round(calc_number(c->root, &world, &report), cases[i].places)
		                .micro,
		        cases[i].micro);
	}
}

static void refused(const char *text)
{
	ARENA_CLEANUP struct arena a;
	const struct calc_schema s = schema();
	struct calc_error error;
	const struct calc *c;

	arena_init(&a, 4 << 20);
	assert_int_equal(calc_parse_number(&c, &error, &a, text, &s), ERR_INPUT);
	assert_true(strlen(error.message) > 10);
}

static void test_is_bounded(void **state)
{
	static char text[CALC_LONGEST + 10];

	(void)state;
	memset(text, '(', 100);
	refused(text);
	memset(text, '-', 100);
	refused(text);
	for (size_t i = 0; i + 2 < CALC_LONGEST; i += 2)
		memcpy(text + i, "1+", 2);
	text[CALC_LONGEST - 1] = '1';
	text[CALC_LONGEST] = '\0';
	refused(text);
	memset(text, '1', CALC_LONGEST + 5);
	refused(text);
}

static void test_keeps_the_lines_of_the_file(void **state)
{
	ARENA_CLEANUP struct arena a;
	const struct calc_schema s = schema();
	struct calc_error error;
	const struct calc *c;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(calc_parse_number(&c, &error, &a, "[1] +\n   [2] +\n  house", &s),
	                 ERR_INPUT);
	assert_int_equal(error.line, 3);
	assert_int_equal(error.column, 3);
}

static bool write_cell(struct str *out, const void *self, const struct calc_ref *ref)
{
	(void)self;
	str_printf(out, "D%s", ref->code);
	return ref->form == NULL;
}

static void test_writes_formulas_for_a_spreadsheet(void **state)
{
	static const char *const cases[][2] = {
		{ "100 * [7] / [6]", "((100*D7)/D6)" },
		{ "[1] + [2] - [3]", "((D1+D2)-D3)" },
		{ "-[1]", "-D1" },
		{ "[8/1] + 1", NULL },
		{ "count(dossier)", NULL },
		{ "if [1] = 1 then 2", NULL },
	};
	ARENA_CLEANUP struct arena a;
	const struct calc_schema s = schema();

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct calc_error error;
		const struct calc *c;
		struct str out;

		str_init(&out, &a, 1000);
		assert_int_equal(calc_parse_number(&c, &error, &a, cases[i][0], &s), ERR_OK);
		assert_int_equal(calc_spreadsheet(&out, c->root, write_cell, NULL),
		                 cases[i][1] != NULL);
		if (cases[i][1])
			assert_string_equal(out.data, cases[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_checks_are_three_valued),
		cmocka_unit_test(test_a_failed_check_gives_both_sides),
		cmocka_unit_test(test_rounds_once_and_half_up),
		cmocka_unit_test(test_is_bounded),
		cmocka_unit_test(test_keeps_the_lines_of_the_file),
		cmocka_unit_test(test_writes_formulas_for_a_spreadsheet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
