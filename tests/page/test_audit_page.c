/* The page of the auditor: what is sent, what is shown, what is given back, what is refused. */
#include "lib/docx_parts.h"
#include "lib/page.h"

static struct page_test t;

static const char text[] = "BÁO CÁO\n\nTrong quý, xã tiếp nhận 10 hồ sơ, gồm trực tuyến 4 hồ "
                           "sơ, trực tiếp 5 hồ sơ.\n";
static const char word[] = "<w:p><w:r><w:t>Trong quý, xã tiếp nhận 10 hồ sơ, gồm trực tuyến 4 "
                           "hồ sơ, trực tiếp 5 hồ "
                           "sơ.</w:t></w:r></w:p>";

static int start(void **state)
{
	(void)state;
	page_start(&t);
	page_as(&t, page_unit(&t, "H15", ROW_NONE), "INTAKE");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	page_stop(&t);
	return 0;
}

static int send_file(const char *name, const void *bytes, size_t n, const char *step)
{
	const struct upload upload = {
		.field = "file", .file_name = name, .bytes = bytes, .n = n
	};

	return page_upload(&t, "/audit", &upload, (const char *const[]){ "step", step, NULL });
}

static void shows_what_does_not_add_up(void **state)
{
	(void)state;
	assert_int_equal(page_get(&t, "/audit"), 200);
	assert_int_equal(send_file("bao-cao.txt", text, strlen(text), "check"), 200);
	assert_true(page_has(&t, "4 + 5"));
	assert_true(page_has(&t, "id=\"f1\""));
	assert_true(page_has(&t, "href=\"#d3\""));
	assert_int_equal(page_post(&t, "/audit", "step", "check", "text", text), 200);
	assert_true(page_has(&t, "4 + 5"));
}

static void gives_back_a_word_file_with_comments(void **state)
{
	const struct docx_parts parts = { .body = word, .n_body = strlen(word) };
	size_t n;
	void *docx = docx_parts(&n, &parts);
	char *comments;

	(void)state;
	assert_non_null(docx);
	assert_int_equal(send_file("bao-cao.docx", docx, n, "check"), 200);
	assert_true(page_has(&t, "name=\"word\""));
	assert_int_equal(send_file("bao-cao.docx", docx, n, "word"), 200);
	comments = zip_part_text(t.resp.body.data, t.resp.body.len, "word/comments.xml");
	assert_non_null(comments);
	assert_non_null(strstr(comments, "4 + 5"));
	free(comments);
	free(docx);
}

static void says_what_cannot_be_done(void **state)
{
	static const char zeros[2 << 20];

	(void)state;
	assert_int_equal(page_post(&t, "/audit", "step", "check"), 422);
	assert_true(page_has(&t, "Chưa có gì để kiểm tra"));
	assert_int_equal(send_file("bao-cao.txt", text, strlen(text), "word"), 422);
	assert_true(page_has(&t, "tệp Word"));
	assert_int_equal(page_post(&t, "/audit", "step", "word", "word", "không phải base64"),
	                 422);
	t.app.settings.audit_most_mb = 1;
	assert_int_equal(send_file("bao-cao.txt", zeros, sizeof(zeros), "check"), 422);
	assert_true(page_has(&t, "Tệp lớn hơn 1 MB"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(shows_what_does_not_add_up),
		TEST(gives_back_a_word_file_with_comments),
		TEST(says_what_cannot_be_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
