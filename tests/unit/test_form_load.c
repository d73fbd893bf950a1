/* A small form set, spoiled in one place at a time: file, line, column and words of what is
 * said. */
#include "lib/test.h"

#include "app/form/form_eval.h"
#include "app/form/form_load.h"
#include "base/str.h"

static const char set_text[] = "# A set of two forms.\n"
                               "set thu-2026\n"
                               "  title     Bộ thử\n"
                               "  issuer    Sở Thử\n"
                               "  document  Công văn số 1/ST\n"
                               "  valid     2026-01-01\n"
                               "  printed   Biểu\n"
                               "  forms     1, 2\n"
                               "  closed    district after 2025-06-30 because hết cấp huyện\n"
                               "setting rule\n"
                               "  title   Quy tắc\n"
                               "  choice  a: Tính theo cách a.\n"
                               "  choice  b: Tính theo cách b.\n"
                               "  default a\n"
                               "condition done of dossier\n"
                               "  when rule = a  finished in period\n"
                               "  when rule = b  returned in period\n";
static const char one_text[] = "form 1\n"
                               "  title  Biểu một\n"
                               "row 1\n"
                               "  id      one\n"
                               "  label   Tổng\n"
                               "  unit    Hồ sơ\n"
                               "  kind    count\n"
                               "  levels  province, commune\n"
                               "  time    period\n"
                               "  value   [1.1]\n"
                               "  |       + [1.2]\n"
                               "  rollup  recompute\n"
                               "  check   [1] <= [2/1] because biểu 2 là tất cả\n"
                               "row 1.1\n"
                               "  id      one.done\n"
                               "  label   Xong\n"
                               "  unit    Hồ sơ\n"
                               "  kind    count\n"
                               "  levels  commune\n"
                               "  time    period\n"
                               "  value   count(dossier where done)\n"
                               "  rollup  sum\n"
                               "row 1.2\n"
                               "  id      one.other\n"
                               "  label   Khác\n"
                               "  unit    Hồ sơ\n"
                               "  kind    count\n"
                               "  levels  commune\n"
                               "  time    period\n"
                               "  value   entered\n"
                               "  rollup  sum\n"
                               "example cộng\n"
                               "  level   commune\n"
                               "  period  2026-Q1\n"
                               "  given   1.1 = 2\n"
                               "  given   1.2 = 3\n"
                               "  given   2/1 = 4\n"
                               "  expect  1 = 5\n"
                               "  problem 1 cross-form\n";
static const char two_text[] = "form 2\n"
                               "  title  Biểu hai\n"
                               "row 1\n"
                               "  id      two\n"
                               "  label   Tất cả\n"
                               "  unit    Hồ sơ\n"
                               "  kind    count\n"
                               "  levels  commune\n"
                               "  time    period\n"
                               "  value   entered\n"
                               "  rollup  sum\n";

/* The text with the first `old` replaced. */
static const char *changed(struct arena *a, const char *text, const char *old, const char *new)
{
	const char *hit = strstr(text, old), *out;

	if (!hit)
		return text;
	assert_int_equal(arena_printf(a, &out, "%.*s%s%s", (int)(hit - text), text, new,
	                              hit + strlen(old)),
	                 ERR_OK);
	return out;
}

static const struct form_set *load(struct arena *a, struct problems *problems, const char *old,
                                   const char *new)
{
	struct form_text files[] = { { "1.form", changed(a, one_text, old, new) },
		                     { "2.form", two_text },
		                     { "set.form", changed(a, set_text, old, new) } };
	const struct form_set *set;

	problems_init(problems, a);
	assert_int_equal(form_set_load(&set, problems, a, files, ARRAY_LEN(files)), ERR_OK);
	return set;
}

static void test_loads(void **state)
{
	ARENA_CLEANUP struct arena a;
	struct problems problems;

	(void)state;
	arena_init(&a, 8 << 20);
	const struct form_set *set = load(&a, &problems, "", "");
	assert_int_equal(problems.n, 0);
	assert_string_equal(set->code, "thu-2026");
	assert_int_equal(set->n_rows, 4);
	assert_int_equal(set->rows[1].parent, 0);
	assert_int_equal(set->rows[1].depth, 1);
	assert_int_equal(set->rows[0].tiers, 1 << FORM_PROVINCE | 1 << FORM_COMMUNE);
	assert_string_equal(set->rows[0].checks[0].because, "biểu 2 là tất cả");
	assert_int_equal(set->rows[0].checks[0].rule->refs[1]->row, 3);
	assert_string_equal(set->settings[0].words, "a|b");
	assert_int_equal(form_run_examples(&problems, &a, set), ERR_OK);
	assert_int_equal(problems.n, 0);
}

static const struct fault {
	const char *old, *new; /* what is spoiled */
	const char *file;
	int line;
	const char *words; /* of the first message */
} faults[] = {
	{ "+ [1.2]", "+ [1.3]", "1.form", 11, "cột 13: Không có chỉ tiêu 1.3" },
	{ "[2/1]", "[3/1]", "1.form", 13, "cột 18: Không có biểu của chỉ tiêu 3/1" },
	{ "+ [1.2]", "+ [1]", "1.form", 3, "đi vòng: 1/1 -> 1/1" },
	{ "where done", "where gone", "1.form", 21, "cột 31: Danh sách" },
	{ "value   [1.1]", "value", "1.form", 11, "một số" },
	{ "kind    count", "kind    sum", "1.form", 7, "group, count, ratio, enum, money" },
	{ "levels  province", "levels  village", "1.form", 8, "province, district, commune" },
	{ "time    period", "time    month", "1.form", 9, "snapshot" },
	{ "rollup  recompute", "rollup  add", "1.form", 12, "catalogue" },
	{ "  unit    Hồ sơ\n", "", "1.form", 3, "Thiếu mục \"unit\"" },
	{ "  unit    Hồ sơ\n", "  unit    A\n  unit    B\n", "1.form", 7, "đã có ở trên" },
	{ "  label   Tổng\n", "  lable   Tổng\n", "1.form", 5, "Không có mục \"lable\"" },
	{ "one.done", "one", "1.form", 15, "đã dùng cho dòng 1" },
	{ "one.done", "Một", "1.form", 15, "không dùng được" },
	{ "row 1.2", "row 1.1", "1.form", 23, "đã có trong biểu" },
	{ "row 1.2", "row một", "1.form", 23, "Số thứ tự" },
	{ "rollup  recompute", "denominator 1", "1.form", 3, "Thiếu mục \"rollup\"" },
	{ "[1] <= [2/1]", "[1] + [2/1]", "1.form", 13, "phải là một điều kiện" },
	{ "[1] <= [2/1]", "denominator = 1", "1.form", 13, "\"denominator\"" },
	{ "form 1\n", "form 7\n", "1.form", 1, "là biểu 1" },
	{ "form 1\n", "| form 1\n", "1.form", 1, "không có dòng nào" },
	{ "row 1.1", "line 1.1", "1.form", 14, "form, row, example" },
	{ "expect  1 = 5", "expect  1.9 = 5", "1.form", 38, "Không có chỉ tiêu 1.9" },
	{ "expect  1 = 5", "expect  1", "1.form", 38, "expect 3.3 = 100" },
	{ "given   1.2 = 3", "given   1.2", "1.form", 36, "given 2.1 = 19" },
	{ "period  2026-Q1", "period  2026-Q2", "1.form", 34, "2024-Q1" },
	{ "  level   commune\n", "", "1.form", 32, "Thiếu mục \"level\"" },
	{ "forms     1, 2", "forms     1, 2, 3", "set.form", 1, "không có tệp 3.form" },
	{ "forms     1, 2", "forms     1", "2.form", 1, "không thuộc biểu nào" },
	{ "forms     1, 2", "forms     1, 1", "set.form", 8, "bị trùng" },
	{ "valid     2026-01-01", "valid     2026-13-01", "set.form", 6, "hiệu lực" },
	{ "closed    district", "closed    village", "set.form", 9, "closed district after" },
	{ "default a", "default c", "set.form", 10, "không có trong các lựa chọn: a|b" },
	{ "choice  b: Tính", "choice  b Tính", "set.form", 13, "choice tên" },
	{ "  when rule = b  returned in period\n", "", "set.form", 15, "mọi lựa chọn" },
	{ "when rule = b", "when size = b", "set.form", 17, "\"size\"" },
	{ "when rule = b", "when rule = z", "set.form", 17, "a|b" },
	{ "returned in period", "returned in june", "set.form", 17, "cột 30" },
	{ "condition done of dossier", "condition done of house", "set.form", 16, "house" },
	{ "set thu-2026", "set Thử", "set.form", 2, "Mã bộ biểu mẫu" },
	{ "setting rule", "settings rule", "set.form", 10, "set, setting, condition" },
};

static void test_says_what_is_wrong_and_where(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		ARENA_CLEANUP struct arena a;
		const struct fault *f = &faults[i];
		struct problems problems;

		arena_init(&a, 8 << 20);
		assert_null(load(&a, &problems, f->old, f->new));
		assert_true(problems.n > 0);
		const struct problem *p = problems.first;
		if (!str_eq(p->field, f->file) || p->line != f->line ||
		    !strstr(p->message, f->words))
			print_error("%s -> %s\n  %s:%d: %s\n", f->old, f->new, p->field,
			            p->line, p->message);
		assert_string_equal(p->field, f->file);
		assert_int_equal(p->line, f->line);
		assert_non_null(strstr(p->message, f->words));
	}
}

static void test_a_wrong_example_fails(void **state)
{
	static const char *const cases[][3] = {
		{ "expect  1 = 5", "expect  1 = 6", "phải là 6, nhưng tính ra 5" },
		{ "expect  1 = 5", "expect  1 blank", "phải là để trống" },
		{ "problem 1 cross-form", "problem 1 ratio", "phải có vấn đề \"ratio\"" },
		{ "  problem 1 cross-form\n", "", "có vấn đề \"cross-form\"" },
		{ "given   1.2 = 3", "given   1.2 = 3,887", "hai cách" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		ARENA_CLEANUP struct arena a;
		struct problems problems;

		arena_init(&a, 8 << 20);
		const struct form_set *set = load(&a, &problems, cases[i][0], cases[i][1]);
		assert_non_null(set);
		assert_int_equal(form_run_examples(&problems, &a, set), ERR_OK);
		assert_true(problems.n > 0);
		if (!strstr(problems.first->message, cases[i][2]))
			print_error("%s\n", problems.first->message);
		assert_non_null(strstr(problems.first->message, cases[i][2]));
		assert_int_equal(problems.first->line, 32);
	}
}

static void test_needs_a_header_and_utf8(void **state)
{
	ARENA_CLEANUP struct arena a;
	struct form_text alone = { "1.form", one_text }, latin = { "set.form", "set \xff\n" };
	const struct form_set *set;
	struct problems problems;

	(void)state;
	arena_init(&a, 8 << 20);
	problems_init(&problems, &a);
	assert_int_equal(form_set_load(&set, &problems, &a, &alone, 1), ERR_OK);
	assert_null(set);
	assert_non_null(strstr(problems.first->message, "set.form"));
	problems_init(&problems, &a);
	assert_int_equal(form_set_load(&set, &problems, &a, &latin, 1), ERR_OK);
	assert_null(set);
	assert_non_null(strstr(problems.first->message, "UTF-8"));
}

/* Allocation by allocation: no leak, no crash, the same answer at the end. */
static void test_runs_out_of_memory_cleanly(void **state)
{
	bool loaded = false;

	(void)state;
	for (long n = 1; !loaded; n++) {
		ARENA_CLEANUP struct arena a;
		struct form_text files[] = { { "1.form", one_text },
			                     { "2.form", two_text },
			                     { "set.form", set_text } };
		const struct form_set *set = NULL;
		struct problems problems;

		arena_init(&a, 8 << 20);
		problems_init(&problems, &a);
		arena_fail_after(n);
		enum err e = form_set_load(&set, &problems, &a, files, ARRAY_LEN(files));
		arena_fail_after(0);
		assert_true(e == ERR_OK || e == ERR_NO_MEMORY);
		loaded = e == ERR_OK && set && problems.n == 0;
		assert_true(n < 100000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loads),
		cmocka_unit_test(test_says_what_is_wrong_and_where),
		cmocka_unit_test(test_a_wrong_example_fails),
		cmocka_unit_test(test_needs_a_header_and_utf8),
		cmocka_unit_test(test_runs_out_of_memory_cleanly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
