/* Folding and order of Vietnamese text, against examples and against ICU as the oracle. */
#include "lib/test.h"

#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "base/str.h"
#include "base/vntext.h"

static struct arena memory;

static const char *fold(const char *text)
{
	const char *out = NULL;

	assert_int_equal(text_fold(&memory, &out, text), ERR_OK);
	return out;
}

static int order(const char *a, const char *b)
{
	const char *ka = NULL, *kb = NULL;

	assert_int_equal(text_sort_key(&memory, &ka, a), ERR_OK);
	assert_int_equal(text_sort_key(&memory, &kb, b), ERR_OK);
	return strcmp(ka, kb);
}

static void folds_marks_case_and_punctuation(void **state)
{
	(void)state;
	assert_string_equal(fold("Đăng ký  khai-sinh"), "dang ky khai sinh");
	assert_string_equal(fold("  CHỨNG THỰC (bản sao), từ 2 trang. "),
	                    "chung thuc ban sao tu 2 trang");
	assert_string_equal(fold("Ưu đãi; Ằ Ẵ ệ ộ ữ ỹ"), "uu dai a a e o u y");
	assert_string_equal(fold("1.005129"), "1 005129");
	assert_string_equal(fold(""), "");
	assert_string_equal(fold("---"), "");
}

static void decomposed_text_folds_alike(void **state)
{
	(void)state;
	assert_string_equal(fold("Hu\xcc\x9bo\xcc\x9bng So\xcc\x9bn"), "huong son");
	const char *nfc = NULL;

	assert_int_equal(text_nfc(&memory, &nfc, "o\xcc\x9b\xcc\x80"), ERR_OK);
	assert_string_equal(nfc, "ờ");
}

/* Each list stands in dictionary order. */
static void sorts_as_the_dictionary_does(void **state)
{
	(void)state;
	static const char *const words[] = { "a", "à", "ả", "ã",  "á", "ạ", "ă", "ằ",
		                             "â", "ấ", "b", "ca", "d", "đ", "e", "ê",
		                             "o", "ô", "ơ", "u",  "ư", "y" };
	static const char *const names[] = { "Bình An", "Bình Đại", "Đại Lộc", "Hòa Bình",
		                             "Hóa Châu" };
	for (size_t i = 0; i + 1 < ARRAY_LEN(words); i++)
		assert_true(order(words[i], words[i + 1]) < 0);
	for (size_t i = 0; i + 1 < ARRAY_LEN(names); i++)
		assert_true(order(names[i], names[i + 1]) < 0);
	assert_int_equal(order("Thừa Thiên", "Thừa Thiên"), 0);
	assert_true(order("an", "An") < 0);
}

static void refuses_what_is_not_text(void **state)
{
	(void)state;
	assert_true(text_is_valid("hồ sơ\n", strlen("hồ sơ\n")));
	assert_false(text_is_valid("\xff", 1));
	assert_false(text_is_valid("\xc3", 1));
	assert_false(text_is_valid("a\x01", 2));
	assert_false(text_is_valid("a\0b", 3));
	assert_int_equal(text_length("hồ sơ"), 5);
}

/* A small generator of its own: the test must give the same answer every day. */
static uint32_t random_below(uint64_t *state, uint32_t n)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((*state >> 33) % n);
}

static const char *random_name(uint64_t *state)
{
	static const char *const pieces[] = {
		"a",  "à", "ả", "ạ", "ă", "ắ", "ặ", "â",  "ấ",  "ậ",  "e",  "é",
		"ê",  "ế", "ệ", "i", "í", "ĩ", "o", "ó",  "ô",  "ố",  "ơ",  "ờ",
		"ợ",  "u", "ú", "ư", "ừ", "ự", "y", "ý",  "b",  "c",  "ch", "d",
		"đ",  "g", "h", "k", "l", "m", "n", "ng", "nh", "ph", "qu", "th",
		"tr", "v", "x", "A", "Ă", "Đ", "H", "N",  "T",  "Ư",  " ",  " ",
	};
	struct str s;
	const char *out = NULL;

	str_init(&s, &memory, 256);
	for (uint32_t n = 1 + random_below(state, 8); n; n--) {
		const char *piece = pieces[random_below(state, (uint32_t)ARRAY_LEN(pieces))];

		if (*piece != ' ' || (s.len && s.data[s.len - 1] != ' '))
			str_put(&s, piece);
	}
	assert_int_equal(str_finish(&s, &out), ERR_OK);
	return out;
}

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

/* ICU's order without blanks at the ends: names are trimmed before they are stored. */
static void sorts_as_icu_does(void **state)
{
	(void)state;
	UErrorCode status = U_ZERO_ERROR;
	UCollator *vi = ucol_open("vi", &status);
	uint64_t seed = 7;
	int differ = 0;

	assert_true(U_SUCCESS(status));
	for (int i = 0; i < 200000; i++) {
		const char *a = random_name(&seed), *b = random_name(&seed);
		UChar ua[256], ub[256];
		int32_t na, nb;

		u_strFromUTF8(ua, 256, &na, a, -1, &status);
		u_strFromUTF8(ub, 256, &nb, b, -1, &status);
		int icu = ucol_strcoll(vi, ua, na, ub, nb);
		if (sign(icu) != sign(order(a, b)) && differ++ < 10)
			print_message("\"%s\" and \"%s\": ICU says %d\n", a, b, icu);
		if (i % 100 == 0)
			arena_reset(&memory);
	}
	ucol_close(vi);
	assert_int_equal(differ, 0);
}

static int start(void **state)
{
	(void)state;
	arena_init(&memory, 1 << 22);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_release(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_marks_case_and_punctuation),
		cmocka_unit_test(decomposed_text_folds_alike),
		cmocka_unit_test(sorts_as_the_dictionary_does),
		cmocka_unit_test(sorts_as_icu_does),
		cmocka_unit_test(refuses_what_is_not_text),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
