#include "lib/test.h"

#include "app/dossier/applicant.h"
#include "app/dossier/dossier_code.h"
#include "base/str.h"

static const char *const styles[] = { "qd20", "qcvn102", "ministry" };
static const char *const faults[] = { "ok", "blank", "shape", "unit", "day", "number" };

/* "text | canonical | style number" or "text | ! fault". */
static void check_case(char *line)
{
	struct dossier_code code = { .number = -1 };
	char *expected = strchr(line, '|'), *rest, written[DOSSIER_CODE_TEXT], found[64];
	enum dossier_code_fault fault;

	assert_non_null(expected);
	*expected++ = '\0';
	expected += strspn(expected, " ");
	fault = dossier_code_parse(&code, line);
	if (*expected == '!') {
		assert_string_equal(faults[fault], expected + 2);
		assert_int_equal(code.number, -1);
		return;
	}
	assert_int_equal(fault, DOSSIER_CODE_OK);
	rest = strchr(expected, '|');
	assert_non_null(rest);
	*rest++ = '\0';
	dossier_code_write(&code, written);
	assert_int_equal(strncmp(expected, written, strlen(written)), 0);
	assert_int_equal(strspn(expected + strlen(written), " "),
	                 strlen(expected + strlen(written)));
	snprintf(found, sizeof(found), " %s %d", styles[code.style], code.number);
	assert_string_equal(rest, found);
}

static void test_cases(void **state)
{
	FILE *f = fopen("tests/cases/dossier_code.cases", "r");
	char line[256];
	int n = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		check_case(line);
		n++;
	}
	fclose(f);
	assert_true(n > 30);
}

static void test_issued_codes_are_read_back(void **state)
{
	static const int numbers[] = { 1, 42, 9999, 10000, 99999 };
	char text[DOSSIER_CODE_TEXT];
	struct dossier_code code;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		dossier_code_issue("H15.50.05", date_make(2026, 10, 8), numbers[i], text);
		assert_int_equal(dossier_code_parse(&code, text), DOSSIER_CODE_OK);
		assert_int_equal(code.number, numbers[i]);
		assert_int_equal(code.digits, numbers[i] < 10000 ? 4 : 5);
		assert_int_equal(date_cmp(code.day, date_make(2026, 10, 8)), 0);
		assert_string_equal(code.unit, "H15.50.05");
	}
	assert_string_equal(
	        dossier_code_issue("H15.50.05.13", date_make(2026, 1, 8), 975, text),
	        "H15.50.05.13-260108-0975");
}

static void test_fault_texts_give_an_example(void **state)
{
	(void)state;
	for (int f = DOSSIER_CODE_BLANK; f <= DOSSIER_CODE_NUMBER; f++)
		assert_true(strlen(dossier_code_fault_text((enum dossier_code_fault)f)) > 40);
}

static void test_identity_numbers(void **state)
{
	static const struct {
		const char *typed, *stored;
	} cases[] = {
		{ "079 123 456 789", "079123456789" },
		{ "012345678", "012345678" },
		{ "0101234567", "0101234567" },
		{ "0101234567-001", "0101234567001" },
		{ "b1234567", "B1234567" },
		{ "12345", NULL },
		{ "07912345678a", NULL },
		{ "", NULL },
		{ "AB123456", NULL },
		{ "0791234567890123456789012345", NULL },
	};
	char out[IDENTITY_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool ok = identity_normalise(out, cases[i].typed);

		assert_int_equal(ok, cases[i].stored != NULL);
		if (ok)
			assert_string_equal(out, cases[i].stored);
	}
	assert_false(identity_normalise(out, NULL));
}

static void test_phones(void **state)
{
	static const struct {
		const char *typed, *stored;
	} cases[] = {
		{ "0912.345.678", "0912345678" },
		{ "+84 912 345 678", "0912345678" },
		{ "0203 3825 123", "02033825123" },
		{ "912345678", NULL },
		{ "09123", NULL },
		{ "0912345678901", NULL },
		{ "0912 34x 678", NULL },
	};
	char out[PHONE_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool ok = phone_normalise(out, cases[i].typed);

		assert_int_equal(ok, cases[i].stored != NULL);
		if (ok)
			assert_string_equal(out, cases[i].stored);
	}
}

static void test_masking(void **state)
{
	static const struct {
		const char *number, *masked;
	} cases[] = {
		{ "079123456789", "*********789" },
		{ "123", "***" },
		{ "", "" },
		{ "1234", "*234" },
		{ "1ộ2", "****2" },
	};
	struct arena a;
	const char *out;

	(void)state;
	arena_init(&a, 4096);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(mask_number(&out, &a, cases[i].number), ERR_OK);
		assert_string_equal(out, cases[i].masked);
	}
	assert_int_equal(mask_number(&out, &a, NULL), ERR_OK);
	assert_null(out);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_issued_codes_are_read_back),
		cmocka_unit_test(test_fault_texts_give_an_example),
		cmocka_unit_test(test_identity_numbers),
		cmocka_unit_test(test_phones),
		cmocka_unit_test(test_masking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
