/* What reaches a page, by type; and the form controls. */
#include "lib/test.h"

#include "base/embedded.h"
#include "html/controls.h"

static struct arena memory;
static struct str page;
static struct html_out out;

static int set_up(void **state)
{
	(void)state;
	arena_init(&memory, 1 << 20);
	str_init(&page, &memory, 1 << 19);
	out = (struct html_out){ .to = &page };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&memory);
	return 0;
}

static const char *written(void)
{
	const char *text = NULL;

	assert_int_equal(str_finish(&page, &text), ERR_OK);
	return text;
}

#define WRITES(value, expected)                                                                \
	do {                                                                                   \
		str_clear(&page);                                                              \
		html_put(&out, value);                                                         \
		assert_string_equal(written(), expected);                                      \
	} while (0)

static void text_is_escaped(void **state)
{
	(void)state;
	WRITES("<script>alert('1' & \"2\")</script>",
	       "&lt;script&gt;alert(&#39;1&#39; &amp; &#34;2&#34;)&lt;/script&gt;");
	WRITES("&amp;", "&amp;amp;");
	WRITES("Nguyễn Văn Ấn, phường Đông", "Nguyễn Văn Ấn, phường Đông");
	WRITES("", "");
	WRITES((const char *)NULL, "");
	WRITES("<", "&lt;");
	WRITES("a<", "a&lt;");
	WRITES("<a", "&lt;a");
}

static void numbers_read_as_in_vietnam(void **state)
{
	(void)state;
	WRITES(0, "0");
	WRITES(7, "7");
	WRITES(999, "999");
	WRITES(1234, "1.234");
	WRITES(-123, "-123");
	WRITES(-1234567, "-1.234.567");
	WRITES(1000000000000LL, "1.000.000.000.000");
	WRITES((size_t)20000, "20.000");
	WRITES((long long)INT64_MIN, "");
	WRITES(true, "1");
	WRITES(false, "0");
	WRITES(((dec_t){ 53125000 }), "53,125");
	WRITES(DEC_NONE, "");
	WRITES(((money_t){ 1302826000 }), "1.302.826.000");
	WRITES(((row_id){ 123456789 }), "123456789");
	WRITES(ROW_NONE, "");
}

static void days_read_as_in_vietnam(void **state)
{
	date_t day = date_make(2024, 2, 7);

	(void)state;
	WRITES(day, "07/02/2024");
	WRITES(DATE_NONE, "");
	WRITES(instant_local(day, 15 * 60 + 20), "15:20 07/02/2024");
	WRITES(plain_date(day), "2024-02-07");
	WRITES(plain_date(DATE_NONE), "");
	WRITES(plain_int(1234), "1234");
	WRITES(plain_int(INT64_MIN), "");
	WRITES(plain_dec(((dec_t){ 12500000 })), "12,5");
	WRITES(plain_dec(DEC_NONE), "");
}

static void links_are_escaped_once(void **state)
{
	struct url u = url_with(url_with(url_path("/dossiers"), "q", "khai sinh & \"x\""),
	                        "page", "2");

	(void)state;
	html_put_url(&out, u);
	assert_string_equal(written(), "/dossiers?q=khai%20sinh%20%26%20%22x%22&amp;page=2");
}

static void tokens_are_two_hidden_fields(void **state)
{
	struct form_tokens tokens = { .csrf = "a\"b", .request_id = "r1" };

	(void)state;
	out.tokens = &tokens;
	html_put_tokens(&out);
	assert_string_equal(written(),
	                    "<input type=\"hidden\" name=\"csrf\" value=\"a&#34;b\">"
	                    "<input type=\"hidden\" name=\"request_id\" value=\"r1-1\">");
	html_put_tokens(&out); /* a second form of the page is another request */
	assert_non_null(strstr(written(), "value=\"r1-2\""));
}

static void a_badge_has_words_and_an_icon(void **state)
{
	(void)state;
	html_put(&out, badge(TONE_LATE, "Quá hạn <2>"));
	assert_non_null(strstr(written(), "<span class=\"badge late\"><svg"));
	assert_non_null(strstr(written(), "#alert\"/></svg>Quá hạn &lt;2&gt;</span>"));
	assert_string_equal(tone_class(TONE_SOON), "soon");
}

/* Every icon that code names must be in the sprite. */
static void every_tone_has_its_icon(void **state)
{
	const struct embedded_file *sprite = embedded_find("static/icons.svg");

	(void)state;
	assert_non_null(sprite);
	for (int tone = TONE_OFF; tone <= TONE_WAIT; tone++) {
		char symbol[40];

		str_clear(&page);
		html_put(&out, badge((enum tone)tone, "x"));
		const char *name = strchr(written(), '#');
		assert_non_null(name);
		snprintf(symbol, sizeof(symbol), "id=\"%.*s\"", (int)strcspn(name + 1, "\""),
		         name + 1);
		assert_non_null(strstr((const char *)sprite->bytes, symbol));
	}
}

static void static_files_carry_their_fingerprint(void **state)
{
	struct url u = static_link("cchc.css");
	const struct embedded_file *f = embedded_find("static/cchc.css");

	(void)state;
	assert_non_null(f);
	assert_true(str_starts(u.text, "/static/cchc.css?v="));
	assert_true(str_ends(u.text, f->fingerprint));
	assert_null(embedded_find("static/none.css"));
	assert_string_equal(static_link("none.css").text, "/static/none.css");
	for (size_t i = 1; i < embedded_count; i++)
		assert_true(strcmp(embedded_files[i - 1].path, embedded_files[i].path) < 0);
}

static void a_full_page_is_an_error_not_a_cut_one(void **state)
{
	const char *text = "";
	struct str small;

	(void)state;
	str_init(&small, &memory, 8);
	out.to = &small;
	html_put(&out, "123456789");
	assert_int_equal(str_finish(&small, &text), ERR_NO_MEMORY);
	assert_string_equal(text, "");
}

/* ---- controls ---- */

static const char *shows(void (*tmpl)(struct html_out *, const struct control *),
                         const struct control *c)
{
	str_clear(&page);
	tmpl(&out, c);
	return written();
}

static void a_field_has_label_hint_and_value(void **state)
{
	struct control c = { .name = "name",
		             .label = "Tên & họ",
		             .hint = "như trên giấy tờ",
		             .value = "\"An\"",
		             .type = "search",
		             .required = true,
		             .most = 1200 };
	const char *html = shows(tmpl_input, &c);

	(void)state;
	assert_non_null(strstr(html, "<label for=\"f-name\">Tên &amp; họ"));
	assert_non_null(strstr(html, "id=\"f-name\" name=\"name\" type=\"search\""));
	assert_non_null(strstr(html, " value=\"&#34;An&#34;\""));
	assert_non_null(strstr(html, "aria-describedby=\"h-name \""));
	assert_non_null(strstr(html, "id=\"h-name\">như trên giấy tờ</p>"));
	assert_non_null(strstr(html, "maxlength=\"1200\""));
	assert_non_null(strstr(html, " required"));
	assert_null(strstr(html, "aria-invalid"));
	assert_null(strstr(html, "invalid"));
}

/* Whatever the language of the browser; what was typed wrongly stays as it was. */
static void a_day_is_typed_as_in_vietnam(void **state)
{
	struct control c = {
		.name = "on", .label = "Ngày", .value = "2024-02-07", .type = "date"
	};

	(void)state;
	assert_non_null(strstr(shows(tmpl_input, &c), "type=\"text\""));
	assert_non_null(strstr(written(), "value=\"07/02/2024\""));
	c.value = "07/02/2024";
	assert_non_null(strstr(shows(tmpl_input, &c), "value=\"07/02/2024\""));
	c.value = "30/02/2024";
	assert_non_null(strstr(shows(tmpl_input, &c), "value=\"30/02/2024\""));
	c.value = NULL;
	assert_non_null(strstr(shows(tmpl_input, &c), "value=\"\""));
	c = (struct control){ .name = "at", .label = "Giờ", .value = "15:20", .type = "time" };
	assert_non_null(strstr(shows(tmpl_input, &c), "type=\"text\""));
	assert_non_null(strstr(written(), "value=\"15:20\""));
}

static void a_problem_is_told_beside_its_field(void **state)
{
	struct problems problems;
	struct control c = { .name = "day", .label = "Ngày", .problems = &problems };

	(void)state;
	problems_init(&problems, &memory);
	assert_int_equal(problems_add(&problems, "day", 0, "không có ngày <30/02>"), ERR_OK);
	const char *html = shows(tmpl_input, &c);
	assert_non_null(strstr(html, "class=\"field invalid\""));
	assert_non_null(strstr(html, "aria-invalid=\"true\""));
	assert_non_null(strstr(html, "aria-describedby=\"p-day\""));
	assert_non_null(strstr(html, "id=\"p-day\""));
	assert_non_null(strstr(html, "Lỗi: không có ngày &lt;30/02&gt;</p>"));
	c.name = "other";
	assert_null(strstr(shows(tmpl_input, &c), "invalid"));
}

static void choices_keep_what_was_chosen(void **state)
{
	static const struct choice choices[] = { { "1", "Một" }, { "2", "Hai" } };
	struct control c = { .name = "level",
		             .label = "Cấp",
		             .value = "2",
		             .choices = choices,
		             .n_choices = 2,
		             .empty = "Chọn cấp" };
	const char *html = shows(tmpl_select, &c);

	(void)state;
	assert_non_null(strstr(html, "<option value=\"\">Chọn cấp</option>"
	                             "<option value=\"1\">Một</option>"
	                             "<option value=\"2\" selected>Hai</option>"));
	html = shows(tmpl_radios, &c);
	assert_non_null(strstr(html, "name=\"level\" value=\"1\" id=\"f-level\">"));
	assert_non_null(strstr(html, "name=\"level\" value=\"2\" checked>"));
	c.value = "1";
	assert_non_null(strstr(shows(tmpl_tick, &c), "value=\"1\" checked"));
	c.value = NULL;
	assert_null(strstr(shows(tmpl_tick, &c), "checked"));
	c.value = "</textarea><script>";
	assert_non_null(strstr(shows(tmpl_textarea, &c),
	                       ">&lt;/textarea&gt;&lt;script&gt;</textarea>"));
}

static void the_summary_links_to_each_field(void **state)
{
	struct problems problems;

	(void)state;
	problems_init(&problems, &memory);
	tmpl_problems(&out, &problems);
	tmpl_problems(&out, NULL);
	assert_string_equal(written(), "");
	assert_int_equal(problems_add(&problems, "name", 0, "Chưa có tên"), ERR_OK);
	assert_int_equal(problems_add(&problems, "", 0, "Trùng"), ERR_OK);
	assert_int_equal(problems_add(&problems, "name", 12, "Sai"), ERR_OK);
	tmpl_problems(&out, &problems);
	assert_non_null(strstr(written(), "role=\"alert\""));
	assert_non_null(strstr(written(), "Có 3 chỗ cần sửa"));
	assert_non_null(strstr(written(), "<a href=\"#f-name\">Chưa có tên</a>"));
	assert_non_null(strstr(written(), "Trùng"));
	assert_non_null(strstr(written(), "<li>Dòng 12:"));
}

static void a_pager_shows_only_pages_that_exist(void **state)
{
	struct pager p = { .next = url_path("/dossiers"), .count = "hơn 10.000 hồ sơ" };

	(void)state;
	tmpl_pager(&out, &p);
	assert_non_null(strstr(written(), "hơn 10.000 hồ sơ"));
	assert_non_null(strstr(written(), "rel=\"next\" href=\"/dossiers\""));
	assert_null(strstr(written(), "rel=\"prev\""));
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int main(void)
{
	static const struct CMUnitTest tests[] = {
		ROW(text_is_escaped),
		ROW(numbers_read_as_in_vietnam),
		ROW(days_read_as_in_vietnam),
		ROW(links_are_escaped_once),
		ROW(tokens_are_two_hidden_fields),
		ROW(a_badge_has_words_and_an_icon),
		ROW(every_tone_has_its_icon),
		ROW(static_files_carry_their_fingerprint),
		ROW(a_full_page_is_an_error_not_a_cut_one),
		ROW(a_field_has_label_hint_and_value),
		ROW(a_day_is_typed_as_in_vietnam),
		ROW(a_problem_is_told_beside_its_field),
		ROW(choices_keep_what_was_chosen),
		ROW(the_summary_links_to_each_field),
		ROW(a_pager_shows_only_pages_that_exist),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
