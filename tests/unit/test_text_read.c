#include "lib/test.h"

#include "doc/text_read.h"
#include "lib/zip_parts.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 128 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct problems read_bytes(struct text_file *file, const void *bytes, size_t n)
{
	struct problems problems;

	problems_init(&problems, &arena);
	assert_int_equal(text_read(file, &arena, bytes, n, "bao cao.docx", &problems), ERR_OK);
	assert_int_equal(problems.n > 0, file->n_lines == 0);
	return problems;
}
#define READ(file, literal) read_bytes((file), (literal), sizeof(literal) - 1)

static void expect_refused(const void *bytes, size_t n, const char *part)
{
	struct text_file file;
	struct problems problems = read_bytes(&file, bytes, n);

	assert_int_equal(problems.n, 1);
	assert_string_equal(problems.first->field, "file");
	assert_non_null(strstr(problems.first->message, part));
}
#define REFUSED(literal, part) expect_refused((literal), sizeof(literal) - 1, (part))

/* The bytes decide, whatever the name says. */
static void test_plain(void **state)
{
	struct text_file file;

	(void)state;
	READ(&file, "\xef\xbb\xbfSố liệu\r\n1\tGiải quyết\r\n");
	assert_int_equal(file.n_lines, 2);
	assert_string_equal(file.name, "bao cao.docx");
	assert_string_equal(file.lines[0].text, "Số liệu");
	assert_string_equal(file.lines[1].text, "1\tGiải quyết");
	READ(&file, "Văn bản nói về tệp %PDF-1.7 nào đó");
	assert_int_equal(file.n_lines, 1);
}

static void test_utf16(void **state)
{
	struct text_file file;

	(void)state;
	READ(&file, "\xff\xfe\x53\0\xd1\x1e\n\0\x31\0\x3d\xd8\x00\xde");
	assert_int_equal(file.n_lines, 2);
	assert_string_equal(file.lines[0].text, "Số");
	assert_string_equal(file.lines[1].text, "1\xf0\x9f\x98\x80");
	READ(&file, "\xfe\xff\0S\x1e\xd1");
	assert_string_equal(file.lines[0].text, "Số");
	REFUSED("\xff\xfe\x3d\xd8S\0", "UTF-8");
	REFUSED("\xff\xfe\x00\xdeS\0", "UTF-8");
	REFUSED("\xff\xfeS\0\x3d\xd8", "UTF-8");
	REFUSED("\xff\xfeS\0S", "UTF-8");
}

static void test_refused(void **state)
{
	const struct zip_part odt[] = { ZIP_TEXT("mimetype", "application/vnd.oasis"),
		                        ZIP_TEXT("content.xml", "<a/>") };
	size_t n;
	void *zip = zip_parts(&n, odt, 2);

	(void)state;
	expect_refused(zip, n, "ODT");
	free(zip);
	expect_refused("", 0, "không có chữ");
	REFUSED(" \n\t\n", "không có chữ");
	REFUSED("S\xd1 li\xd6u", "TCVN3");
	REFUSED("MZ\x90\0\3\0\0\0", "«bao cao.docx» không phải");
	REFUSED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "lưu lại thành .docx");
	REFUSED("{\\rtf1\\ansi}", "RTF");
	REFUSED("PK\3\4", "tệp nén");
	REFUSED("\xff\xd8\xff\xe0..", "hình ảnh");
	REFUSED("\x89PNG\r\n\x1a\n", "hình ảnh");
}

static void test_too_long(void **state)
{
	enum { MANY = TEXT_MOST_LINES + 1 };
	char *text = malloc(MANY);

	(void)state;
	assert_non_null(text);
	memset(text, '\n', MANY);
	expect_refused(text, MANY, "quá nhiều chữ");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_plain, setup, teardown),
		cmocka_unit_test_setup_teardown(test_utf16, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_too_long, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
