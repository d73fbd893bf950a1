/* How figures are printed in real reports, one a line in tests/cases/number.cases. */
#include "lib/test.h"

#include "app/form/number_read.h"
#include "base/str.h"

static enum form_kind kind_of(const char *word)
{
	static const char *const words[] = { "group", "count", "ratio", "enum", "money" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i], word))
			return (enum form_kind)i;
	print_error("no kind %s\n", word);
	assert_true(false);
	return FORM_GROUP;
}

static const char *shown(struct arena *a, const struct number_read *n)
{
	char value[DEC_TEXT], part[DEC_TEXT], whole[DEC_TEXT];
	const char *text;

	if (dec_is_none(n->value))
		return "blank";
	dec_text(n->value, value);
	if (dec_is_none(n->numerator))
		assert_int_equal(arena_strdup(a, &text, value), ERR_OK);
	else
		assert_int_equal(arena_printf(a, &text, "%s, %s/%s", value,
		                              dec_text(n->numerator, part),
		                              dec_text(n->denominator, whole)),
		                 ERR_OK);
	return text;
}

/* What number_text() writes is read as the same figure. */
static void check_written(struct arena *a, const struct number_read *n, enum form_kind kind)
{
	struct number_read again;
	const char *text, *question;

	assert_int_equal(number_text(&text, a, n, kind), ERR_OK);
	assert_int_equal(number_read(&again, &question, a, text, kind, "%"), ERR_OK);
	if (question)
		print_error("\"%s\": %s\n", text, question);
	assert_null(question);
	assert_int_equal(again.value.micro, n->value.micro);
	assert_int_equal(again.numerator.micro, n->numerator.micro);
}

static void check_line(struct arena *a, const char *line)
{
	struct slice rest = slice_of(line), part;
	const char *column[4], *question;
	struct number_read n;

	for (int i = 0; i < 4; i++) {
		assert_true(slice_cut(&rest, '|', &part));
		if (i != 2)
			part = slice_trim(part);
		assert_int_equal(arena_strndup(a, &column[i], part.at, part.len), ERR_OK);
	}
	enum form_kind kind = kind_of(column[0]);
	assert_int_equal(number_read(&n, &question, a, column[2], kind, column[1]), ERR_OK);
	if (column[3][0] == '?') {
		if (!question || !strstr(question, column[3] + 2))
			print_error("%s\n  -> %s\n", line, question ? question : shown(a, &n));
		assert_non_null(question);
		assert_non_null(strstr(question, column[3] + 2));
		return;
	}
	if (question)
		print_error("%s\n  -> %s\n", line, question);
	assert_null(question);
	assert_string_equal(shown(a, &n), column[3]);
	check_written(a, &n, kind);
}

static void test_cases(void **state)
{
	ARENA_CLEANUP struct arena a;
	FILE *f = fopen("tests/cases/number.cases", "r");
	char line[512];
	int n = 0;

	(void)state;
	arena_init(&a, 4 << 20);
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || !line[0])
			continue;
		check_line(&a, line);
		n++;
	}
	fclose(f);
	assert_true(n > 60);
}

static void test_blanks_of_a_word_processor(void **state)
{
	ARENA_CLEANUP struct arena a;
	struct number_read n;
	const char *question;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(
	        number_read(&n, &question, &a, "\u00a012,5\u202f%\u00a0", FORM_RATIO, "%"),
	        ERR_OK);
	assert_null(question);
	assert_int_equal(n.value.micro, 12500000);
}

static void test_a_long_text_is_refused(void **state)
{
	ARENA_CLEANUP struct arena a;
	struct number_read n = { { 7 }, { 7 }, { 7 } };
	const char *question;
	char text[NUMBER_LONGEST + 2];

	(void)state;
	arena_init(&a, 1 << 20);
	memset(text, '1', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(number_read(&n, &question, &a, text, FORM_COUNT, "Hồ sơ"), ERR_OK);
	assert_non_null(strstr(question, "80"));
	assert_int_equal(n.value.micro, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_blanks_of_a_word_processor),
		cmocka_unit_test(test_a_long_text_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
