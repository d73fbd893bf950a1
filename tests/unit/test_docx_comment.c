#include "lib/test.h"

#include "doc/docx_comment.h"
#include "doc/text_read.h"
#include "lib/docx_parts.h"
#include "lib/zip_parts.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 256 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct str comment(const struct docx_parts *parts, const struct docx_comment *comments,
                          size_t n_comments)
{
	struct problems problems;
	struct str out;
	size_t n;
	void *zip = docx_parts(&n, parts);

	assert_non_null(zip);
	problems_init(&problems, &arena);
	str_init(&out, &arena, 64 << 20);
	assert_int_equal(docx_comment(&out, &arena, (struct slice){ zip, n }, comments,
	                              n_comments, &problems),
	                 ERR_OK);
	assert_int_equal(problems.n, 0);
	free(zip);
	return out;
}

static void expect_part(const struct str *zip, const char *path, const char *holds)
{
	char *text = zip_part_text(zip->data, zip->len, path);

	assert_non_null(text);
	if (!strstr(text, holds))
		assert_string_equal(text, holds);
	free(text);
}

#define START(id) "<w:commentRangeStart w:id=\"" id "\"/>"
#define END(id)                                                                                \
	"<w:commentRangeEnd w:id=\"" id "\"/><w:r><w:commentReference w:id=\"" id "\"/></w:r>"
#define RUN(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"

static void test_quote_and_paragraph(void **state)
{
	const struct docx_parts parts = { .body = "[{Mở đầu}][{Có 312 }{hồ sơ, }{trong đó 12 }"
		                                  "{quá hạn}]" };
	const struct docx_comment comments[] = {
		{ 1, "12", "Kiểm tra", "Sai & <thiếu>\nXem lại" },
		{ 1, "312 hồ sơ", "Kiểm tra \"A\"", "hai" },
		{ 0, NULL, "x", "" },
		{ 1, "không có", "x", "ba" },
		{ 7, "12", "x", "không đâu" },
	};
	struct str out = comment(&parts, comments, 5);

	(void)state;
	expect_part(&out, "word/document.xml",
	            "<w:p>" START("2") RUN("Mở đầu") END("2") "</w:p><w:p>" START("1")
	                    START("3") RUN("Có 312 ") RUN("hồ sơ, ") END("1") START("0")
	                            RUN("trong đó 12 ") END("0") RUN("quá hạn")
	                                    END("3") "</w:p>");
	expect_part(
	        &out, "word/comments.xml",
	        "w:id=\"0\" w:author=\"Kiểm tra\" w:initials=\"KT\"><w:p><w:r><w:t "
	        "xml:space=\"preserve\">Sai &amp; &lt;thiếu&gt;</w:t></w:r></w:p><w:p><w:r>");
	expect_part(&out, "word/comments.xml", "w:author=\"Kiểm tra &quot;A&quot;\"");
	expect_part(&out, "word/_rels/document.xml.rels", "Target=\"comments.xml\"");
	expect_part(&out, "[Content_Types].xml", "<Override PartName=\"/word/comments.xml\"");
}

/* Only marks are new: without them the document is what it was. */
static void test_rows_and_places(void **state)
{
	const struct docx_parts parts = {
		.body = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>[{Tổng}]</w:tc><w:tc>[{140}]"
		        "</w:tc></w:tr><w:tr><w:tc>[{140}]</w:tc></w:tr></w:tbl>"
		        "[<w:r><w:txbxContent>[{khung}]</w:txbxContent></w:r>{ngoài}]"
	};
	const struct docx_comment comments[] = { { 0, "140", "x", "a" },
		                                 { 0, NULL, "x", "b" },
		                                 { 4, "khung", "x", "c" } };
	struct str out = comment(&parts, comments, 3);

	(void)state;
	expect_part(&out, "word/document.xml",
	            "<w:p/></w:tc><w:tc><w:p>" START("1") RUN("Tổng")
	                    END("1") "</w:p></w:tc><w:tc><w:p>" START("0") RUN("140") END("0"));
	expect_part(&out, "word/document.xml",
	            "<w:p>" START("2") "<w:r><w:txbxContent><w:p>" RUN(
	                    "khung") "</w:p></w:txbxContent></w:r>" RUN("ngoài") END("2"));
}

static void test_comments_there(void **state)
{
	const struct docx_parts parts = { .body = "[{một}]",
		                          .comments = "<w:comment w:id='4' w:author='Lan'>"
		                                      "[{cũ}]</w:comment>" };
	const struct docx_parts none = { .body = "[{một}]", .comments = "" };
	const struct docx_comment one = { 0, NULL, "x", "mới" };
	struct str out = comment(&parts, &one, 1);
	struct str again;

	(void)state;
	expect_part(&out, "word/document.xml", START("5") RUN("một") END("5"));
	expect_part(&out, "word/comments.xml", "w:author='Lan'>");
	expect_part(&out, "word/comments.xml", "w:id=\"5\"");
	again = comment(&none, &one, 1);
	expect_part(&again, "word/comments.xml", "mới");
	again = comment(&parts, &one, 1);
	assert_int_equal(again.len, out.len);
	assert_memory_equal(again.data, out.data, out.len);
	again = comment(&parts, NULL, 0);
	expect_part(&again, "word/document.xml", "<w:p>" RUN("một") "</w:p>");
}

/* The text is the same after as before. */
static void test_same_text(void **state)
{
	const struct docx_parts parts = {
		.body = "[{một }{hai}]<w:tbl><w:tr><w:tc>[{ba}]</w:tc>"
		        "<w:tc>[{bốn}]</w:tc></w:tr></w:tbl>"
	};
	const struct docx_comment comments[] = { { 0, "hai", "x", "a" },
		                                 { 1, "bốn", "x", "b" } };
	struct str out = comment(&parts, comments, 2);
	struct problems problems;
	struct text_file file;

	(void)state;
	problems_init(&problems, &arena);
	assert_int_equal(text_read(&file, &arena, out.data, out.len, "x", &problems), ERR_OK);
	assert_int_equal(file.n_lines, 3);
	assert_string_equal(file.lines[0].text, "một hai");
	assert_string_equal(file.lines[2].text, "ba\tbốn");
}

static void expect_refused(const void *bytes, size_t n, const char *part)
{
	const struct docx_comment one = { 0, NULL, "x", "y" };
	struct problems problems;
	struct str out;

	problems_init(&problems, &arena);
	str_init(&out, &arena, 1 << 20);
	assert_int_equal(
	        docx_comment(&out, &arena, (struct slice){ bytes, n }, &one, 1, &problems),
	        ERR_OK);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, part));
	assert_int_equal(out.len, 0);
}

static void test_refused(void **state)
{
	static const char root[] =
	        "<Relationships><Relationship Id='a' Type='x/officeDocument' "
	        "Target='d.xml'/></Relationships>";
	static const char document[] = "<document><p><r><t>a</t></r></p></document>";
	static const char wide[] = "<?xml version='1.0' encoding='iso-8859-1'?><document><p><r>"
	                           "<t>a</t></r></p></document>";
	const struct zip_part parts[] = { ZIP_TEXT("_rels/.rels", root),
		                          ZIP_TEXT("d.xml", document) };
	const struct zip_part other[] = { ZIP_TEXT("_rels/.rels", root),
		                          ZIP_TEXT("d.xml", wide) };
	size_t n;
	void *zip = zip_parts(&n, parts, 2);

	(void)state;
	expect_refused("PK\3\4", 4, "bị hỏng");
	expect_refused(zip, n, "bị hỏng"); /* no list of types */
	free(zip);
	zip = zip_parts(&n, parts, 1);
	expect_refused(zip, n, "không phải văn bản Word");
	free(zip);
	zip = zip_parts(&n, other, 2);
	expect_refused(zip, n, "bị hỏng");
	free(zip);
}

static void test_out_of_memory(void **state)
{
	const struct docx_parts parts = { .body = "[{một}]" };
	const struct docx_comment one = { 0, "một", "x", "y" };
	size_t n;
	void *zip = docx_parts(&n, &parts);
	enum err e = ERR_NO_MEMORY;
	long failed = 0;

	(void)state;
	for (long nth = 1; e == ERR_NO_MEMORY; nth++) {
		struct problems problems;
		struct str out;

		arena_reset(&arena);
		problems_init(&problems, &arena);
		str_init(&out, &arena, 1 << 20);
		arena_fail_after(nth);
		e = docx_comment(&out, &arena, (struct slice){ zip, n }, &one, 1, &problems);
		arena_fail_after(0);
		failed += e == ERR_NO_MEMORY;
	}
	free(zip);
	assert_int_equal(e, ERR_OK);
	assert_true(failed > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_quote_and_paragraph, setup, teardown),
		cmocka_unit_test_setup_teardown(test_rows_and_places, setup, teardown),
		cmocka_unit_test_setup_teardown(test_comments_there, setup, teardown),
		cmocka_unit_test_setup_teardown(test_same_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_out_of_memory, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
