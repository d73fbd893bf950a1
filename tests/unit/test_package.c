/* The canonical text of a report's content. */
#include "lib/test.h"

#include <string.h>

#include "app/package/package.h"

static void assert_ok(enum err e)
{
	assert_int_equal(e, ERR_OK);
}

static dec_t dec(const char *text)
{
	dec_t d;

	assert_true(dec_parse(&d, text));
	return d;
}

static const struct package_code codes[] = {
	{ "1.000001", "commune", "Đất đai", { INT64_MIN } },
	{ "1.000002", "commune", "", { INT64_MIN } },
};

static struct package_cell blank_cell(const char *form, const char *indicator)
{
	return (struct package_cell){ .form = form,
		                      .indicator = indicator,
		                      .source = "blank",
		                      .value = DEC_NONE,
		                      .numerator = DEC_NONE,
		                      .denominator = DEC_NONE,
		                      .computed = DEC_NONE,
		                      .adjusted = DEC_NONE,
		                      .adjusted_numerator = DEC_NONE,
		                      .adjusted_denominator = DEC_NONE };
}

struct sample {
	struct package_content content;
	struct package_cell cells[3];
	struct package_share shares[2];
	struct package_unit tree[2];
	struct package_child children[1];
	struct package_definition definitions[1];
	struct package_setting settings[1];
	struct package_amendment amendments[1];
};

static void fill_lists(struct sample *s)
{
	struct package_content *x = &s->content;

	s->tree[0] = (struct package_unit){ "H15", "Tỉnh Demo", "province", NULL };
	s->tree[1] = (struct package_unit){ "H15.50", "Xã \"Một\"", "commune", "H15" };
	s->children[0] = (struct package_child){ "H15.50", "Xã \"Một\"", NULL };
	s->definitions[0] = (struct package_definition){ "1", "ab" };
	s->settings[0] = (struct package_setting){ "period", "received", NULL };
	s->amendments[0] =
	        (struct package_amendment){ "1", "a", dec("1"), dec("2"), "nhập nhầm" };
	x->tree = s->tree;
	x->n_tree = 2;
	x->children = s->children;
	x->n_children = 1;
	x->definitions = s->definitions;
	x->n_definitions = 1;
	x->settings = s->settings;
	x->n_settings = 1;
	x->amendments = s->amendments;
	x->n_amendments = 1;
}

static void fill(struct sample *s)
{
	*s = (struct sample){ 0 };
	s->cells[0] = blank_cell("1", "a");
	s->cells[0].value = dec("53.125");
	s->cells[0].source = "entered";
	s->cells[0].note = "Ghi chú:\n\"hai\" dòng \\ \t";
	s->cells[1] = blank_cell("1", "b");
	s->cells[1].codes = codes;
	s->cells[1].n_codes = 2;
	s->cells[1].listed = true;
	s->cells[2] = blank_cell("2", "a");
	s->cells[2].value = dec("-0.5");
	s->shares[0] =
	        (struct package_share){ PACKAGE_OWN, NULL, dec("1"), DEC_NONE, DEC_NONE };
	s->shares[1] = (struct package_share){ 0, "not-sent", DEC_NONE, DEC_NONE, DEC_NONE };
	s->cells[2].shares = s->shares;
	s->cells[2].n_shares = 2;
	s->cells[2].given = 0;
	s->cells[2].owed = 1;
	s->content = (struct package_content){ .unit = { "H15", "Tỉnh Demo", "province", NULL },
		                               .regime = "bnv-581",
		                               .period = "2024-Q1",
		                               .from_on = date_make(2023, 12, 15),
		                               .to_on = date_make(2024, 3, 14),
		                               .set = "bnv-2022",
		                               .tier = "province",
		                               .text = "Lời văn",
		                               .amends = "cd",
		                               .cells = s->cells,
		                               .n_cells = 3 };
	fill_lists(s);
}

static void same_content_same_bytes(void **state)
{
	struct arena *a = *state;
	struct problems problems;
	struct package_bytes one, two;
	struct package_content read;
	struct sample s;

	fill(&s);
	problems_init(&problems, a);
	assert_ok(package_write(&one, a, &s.content));
	assert_ok(package_read(&read, a, one.at, one.n, &problems));
	assert_ok(package_write(&two, a, &read));
	assert_string_equal(one.at, two.at);
	assert_string_equal(one.sha256, two.sha256);
	assert_int_equal(read.n_cells, 3);
	assert_string_equal(read.cells[0].note, s.cells[0].note);
	assert_int_equal(read.cells[0].value.micro, 53125000);
	assert_true(dec_is_none(read.cells[1].value));
	assert_string_equal(read.cells[1].codes[0].field, "Đất đai");
	assert_int_equal(read.cells[2].shares[0].child, PACKAGE_OWN);
	assert_int_equal(read.cells[2].shares[1].child, 0);
	assert_string_equal(read.cells[2].shares[1].giving, "not-sent");
	assert_null(read.tree[0].parent);
	assert_string_equal(read.amendments[0].reason, "nhập nhầm");
	assert_ptr_equal(package_cell_of(&read, "2", "a"), &read.cells[2]);
	assert_null(package_cell_of(&read, "2", "b"));
}

/* Two ways to write one letter are one text. */
static void texts_are_composed(void **state)
{
	struct arena *a = *state;
	struct package_bytes one, two;
	struct sample s;

	fill(&s);
	s.content.text = "\xc3\xa1";
	assert_ok(package_write(&one, a, &s.content));
	s.content.text = "a\xcc\x81";
	assert_ok(package_write(&two, a, &s.content));
	assert_string_equal(one.sha256, two.sha256);
}

/* Every byte counts: each one altered is refused, or is another content with another hash. */
static void altered_bytes_show(void **state)
{
	struct arena *a = *state;
	struct package_bytes bytes, again;
	struct package_content read;
	struct sample s;
	size_t refused = 0;

	fill(&s);
	assert_ok(package_write(&bytes, a, &s.content));
	for (size_t i = 0; i < bytes.n; i++) {
		struct arena own;
		struct problems problems;
		char *other;

		arena_init(&own, 1 << 20);
		problems_init(&problems, &own);
		other = arena_alloc(&own, bytes.n + 1);
		assert_non_null(other);
		memcpy(other, bytes.at, bytes.n);
		other[i] = (char)(other[i] ^ 1);
		if (package_read(&read, &own, other, bytes.n, &problems) == ERR_OK) {
			assert_ok(package_write(&again, &own, &read));
			assert_string_not_equal(again.sha256, bytes.sha256);
		} else {
			assert_int_equal(problems.n, 1);
			refused++;
		}
		arena_release(&own);
	}
	assert_true(refused > bytes.n / 3);
}

static void cut_bytes_are_refused(void **state)
{
	struct arena *a = *state;
	struct package_bytes bytes;
	struct package_content read;
	struct sample s;

	fill(&s);
	assert_ok(package_write(&bytes, a, &s.content));
	for (size_t n = 0; n < bytes.n; n++) {
		struct problems problems;

		problems_init(&problems, a);
		assert_int_equal(package_read(&read, a, bytes.at, n, &problems), ERR_INPUT);
	}
}

static const char *said(struct arena *a, const char *json)
{
	struct package_content read;
	struct problems problems;

	problems_init(&problems, a);
	assert_int_equal(package_read(&read, a, json, strlen(json), &problems), ERR_INPUT);
	return problems_for(&problems, "content");
}

static void refusals_say_why(void **state)
{
	struct arena *a = *state;
	struct package_bytes bytes;
	struct sample s;
	const char *spaced;

	fill(&s);
	assert_ok(package_write(&bytes, a, &s.content));
	assert_non_null(strstr(said(a, "{\"format\":2,\"x\":1}"), "nâng cấp chương trình"));
	assert_non_null(strstr(said(a, "PK"), "byte 0"));
	assert_ok(arena_printf(a, &spaced, "%s ", bytes.at));
	assert_non_null(strstr(said(a, spaced), "không đọc được"));
	/* 53.125 and 53.1250 are one number written in two ways */
	const char *at = strstr(bytes.at, "53.125");
	assert_non_null(at);
	assert_ok(arena_printf(a, &spaced, "%.*s53.1250%s", (int)(at - bytes.at), bytes.at,
	                       at + 6));
	assert_non_null(strstr(said(a, spaced), "dạng chuẩn"));
}

static void lists_must_be_sorted(void **state)
{
	struct arena *a = *state;
	struct package_bytes bytes;
	struct sample s;

	fill(&s);
	s.cells[1].indicator = "a";
	assert_int_equal(package_write(&bytes, a, &s.content), ERR_INTERNAL);
	fill(&s);
	s.shares[1].child = 1;
	assert_int_equal(package_write(&bytes, a, &s.content), ERR_INTERNAL);
}

static int begin(void **state)
{
	struct arena *a = malloc(sizeof(*a));

	if (!a)
		return -1;
	arena_init(a, 64 << 20);
	*state = a;
	return 0;
}

static int end(void **state)
{
	arena_release(*state);
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(same_content_same_bytes, begin, end),
		cmocka_unit_test_setup_teardown(texts_are_composed, begin, end),
		cmocka_unit_test_setup_teardown(altered_bytes_show, begin, end),
		cmocka_unit_test_setup_teardown(cut_bytes_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(refusals_say_why, begin, end),
		cmocka_unit_test_setup_teardown(lists_must_be_sorted, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
