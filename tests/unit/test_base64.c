#include "lib/test.h"

#include <string.h>

#include "base/base64.h"

static void there_and_back(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = { { "", "" },
		      { "f", "Zg==" },
		      { "fo", "Zm8=" },
		      { "foo", "Zm9v" },
		      { "foobar", "Zm9vYmFy" } };
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const unsigned char *bytes;
		const char *text;
		size_t n;

		assert_int_equal(
		        base64_encode(&text, &a, cases[i].bytes, strlen(cases[i].bytes)),
		        ERR_OK);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(base64_decode(&bytes, &n, &a, text), ERR_OK);
		assert_int_equal(n, strlen(cases[i].bytes));
		assert_memory_equal(bytes, cases[i].bytes, n);
	}
}

static void breaks_are_skipped_and_rubbish_refused(void **state)
{
	ARENA_CLEANUP struct arena a;
	const unsigned char *bytes;
	size_t n;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(base64_decode(&bytes, &n, &a, "Zm9v\r\nYmFy\n"), ERR_OK);
	assert_int_equal(n, 6);
	assert_int_equal(base64_decode(&bytes, &n, &a, "Zm9v!"), ERR_INPUT);
	assert_int_equal(base64_decode(&bytes, &n, &a, "Zm9"), ERR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(breaks_are_skipped_and_rubbish_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
