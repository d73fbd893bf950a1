#include "lib/test.h"

#include "doc/pdf.h"
#include "doc/pdf_text.h"
#include "doc/text_read.h"
#include "lib/pdf_bbox.h"

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

static const char *shown(const struct text_file *file)
{
	static const char kinds[] = ".#=^";
	struct str all;
	const char *text;

	str_init(&all, &arena, 1 << 20);
	for (size_t i = 0; i < file->n_lines; i++) {
		const struct text_line *line = &file->lines[i];

		str_put_char(&all, kinds[line->kind]);
		if (line->table)
			str_put_int(&all, line->table);
		str_printf(&all, "%s|%s\n", line->page_break ? "*" : "", line->text);
	}
	assert_int_equal(str_finish(&all, &text), ERR_OK);
	return text;
}

static void expect_lines(struct bbox_page *b, const char *lines)
{
	const char *xhtml = bbox_end(b);
	struct text_file file;

	assert_int_equal(pdf_text_from_words(&file, &arena, xhtml, strlen(xhtml)), ERR_OK);
	assert_string_equal(shown(&file), lines);
}

#define LONG                                                                                   \
	"Trong quy I, uy ban nhan dan xa da tiep nhan 132 ho so cac loai, trong do co 54 ho "  \
	"so "                                                                                  \
	"truc tuyen va 78 ho so nop truc tiep tai bo phan mot cua cua xa; cac ho so deu duoc " \
	"giai quyet dung han."

static void test_paragraphs(void **state)
{
	struct bbox_page b;
	double y = 80;

	(void)state;
	bbox_start(&b, &arena);
	bbox_page(&b);
	bbox_put(&b, 300, 30, "1");
	bbox_put(&b, 282, y, "BÁO CÁO");
	y = 120;
	bbox_paragraph(&b, &y, 30, LONG);
	bbox_paragraph(&b, &y, 30, LONG);
	bbox_put(&b, 90, y, "- Hồ sơ đúng hạn: 96;");
	bbox_put(&b, 90, y + BBOX_PITCH, "- Hồ sơ quá hạn: 3.");
	expect_lines(&b, ".|BÁO CÁO\n.|" LONG "\n.|" LONG "\n.|- Hồ sơ đúng hạn: 96;\n"
	                 ".|- Hồ sơ quá hạn: 3.\n");
}

/* The first fills its page to the last word, the next page goes on with the second. */
#define HEAD                                                                                   \
	"Den nay, da co 54 ho so truc tuyen duoc tiep nhan va giai quyet dung thoi gian theo"
#define REST "dinh hien hanh."

static void test_over_pages(void **state)
{
	struct bbox_page b;

	(void)state;
	bbox_start(&b, &arena);
	for (int page = 0; page < 4; page++) {
		double y = 80;

		bbox_page(&b);
		bbox_put(&b, 60, 20, "UBND xã A");
		bbox_put(&b, 300, 770, page % 2 ? "2" : "- 1 -");
		if (page == 3)
			bbox_paragraph(&b, &y, 0, REST);
		bbox_paragraph(&b, &y, 30, LONG);
		bbox_paragraph(&b, &y, 30, page == 2 ? HEAD : LONG);
	}
	expect_lines(&b, ".|" LONG "\n.|" LONG "\n.*|" LONG "\n.|" LONG "\n.*|" LONG "\n.|" HEAD
	                 " " REST "\n.*|" LONG "\n.|" LONG "\n");
}

/* Lines of one cell are 14 apart, rows 14.5. */
static double put_row(struct bbox_page *b, double y, const char *number, const char *first,
                      const char *second, const char *value)
{
	double middle = second ? y + BBOX_PITCH / 2.0 : y;

	bbox_put(b, 70, middle, number);
	bbox_put(b, 110, y, first);
	if (second)
		bbox_put(b, 110, y + BBOX_PITCH, second);
	if (value)
		bbox_put(b, 400, middle, value);
	return y + BBOX_PITCH + (second ? BBOX_PITCH : 0) + 0.5;
}

static void test_table(void **state)
{
	struct bbox_page b;
	double y = 80;

	(void)state;
	bbox_start(&b, &arena);
	bbox_page(&b);
	bbox_paragraph(&b, &y, 30, LONG);
	y = put_row(&b, y + 4, "STT", "Chỉ tiêu thống kê", NULL, "Số liệu");
	y = put_row(&b, y, "1", "Hồ sơ tiếp nhận trong kỳ", NULL, "132");
	y = put_row(&b, y, "1.1", "Hồ sơ nộp trực tuyến một", "phần và toàn trình", "54");
	y = put_row(&b, y, "1.2", "Hồ sơ nộp trực tiếp", NULL, "78");
	y = put_row(&b, y, "2", "Phản ánh, kiến nghị", NULL, NULL);
	bbox_page(&b);
	y = put_row(&b, 80, "STT", "Chỉ tiêu thống kê", NULL, "Số liệu");
	y = put_row(&b, y, "3", "Hồ sơ quá hạn", NULL, "3");
	y = put_row(&b, y, "4", "Hồ sơ đúng hạn", NULL, "96");
	bbox_put(&b, 90, y + 10, "Nhìn chung, công tác này được thực hiện tốt.");
	expect_lines(&b, ".|" LONG "\n.|\n=1|STT\tChỉ tiêu thống kê\tSố liệu\n"
	                 "=1|1\tHồ sơ tiếp nhận trong kỳ\t132\n"
	                 "=1|1.1\tHồ sơ nộp trực tuyến một phần và toàn trình\t54\n"
	                 "=1|1.2\tHồ sơ nộp trực tiếp\t78\n=1|2\tPhản ánh, kiến nghị\t\n"
	                 "=1*|3\tHồ sơ quá hạn\t3\n=1|4\tHồ sơ đúng hạn\t96\n.|\n"
	                 ".|Nhìn chung, công tác này được thực hiện tốt.\n");
}

static void put_small(struct bbox_page *b, int x, double y, const char *text)
{
	str_printf(&b->xhtml, "<word xMin='%d' yMin='%.1f' xMax='%d' yMax='%.1f'>%s</word>", x,
	           y + 1, x + 3, y + 9, text);
}

static void test_letterhead_and_note(void **state)
{
	struct bbox_page b;
	double y = 200;
	int right;

	(void)state;
	bbox_start(&b, &arena);
	bbox_page(&b);
	bbox_put(&b, 80, 60, "UBND XÃ A");
	bbox_put(&b, 300, 60, "CỘNG HÒA XÃ HỘI");
	bbox_put(&b, 80, 74, "Số: 12/BC-UBND");
	bbox_put(&b, 300, 74, "A, ngày 02 tháng 3");
	right = bbox_paragraph(&b, &y, 30, LONG);
	put_small(&b, right, y - BBOX_PITCH, "1");
	right = bbox_put(&b, 90, y, "Còn lại 40 m");
	put_small(&b, right, y, "2");
	str_put(&b.xhtml, "<word xMin='60' yMin='700' xMax='66' yMax='712'>1</word>"
	                  "<word xMin='70' yMin='700' xMax='90' yMax='712'>Theo</word>"
	                  "<word xMin='93' yMin='700' xMax='130' yMax='712'>sổ.</word>");
	expect_lines(&b,
	             "=1|UBND XÃ A\tCỘNG HÒA XÃ HỘI\n=1|Số: 12/BC-UBND\tA, ngày 02 tháng 3\n"
	             ".|\n.|" LONG "\n^|Theo sổ.\n.|Còn lại 40 m2\n");
}

static enum err from_words(const char *xhtml)
{
	struct text_file file;

	return pdf_text_from_words(&file, &arena, xhtml, strlen(xhtml));
}

static void test_odd_words(void **state)
{
	struct bbox_page b;

	(void)state;
	assert_int_equal(from_words("<doc><page>"), ERR_INPUT);
	assert_int_equal(from_words("<!DOCTYPE d [<!ENTITY a 'x'>]><doc>&a;</doc>"), ERR_INPUT);
	assert_int_equal(from_words("<doc><word>x</word><page/></doc>"), ERR_OK);
	bbox_start(&b, &arena);
	bbox_page(&b);
	str_put(&b.xhtml,
	        "<word xMin='nan' yMin='1e999' xMax='inf' yMax='x'>a</word>"
	        "<word xMin='10' yMin='10' xMax='90' yMax='20'>b\x01\xef\xbf\xbf</word>");
	expect_lines(&b, ".|b \xef\xbf\xbd\n");
}

/* ---- through pdftotext ---- */

static struct problems read_pdf(struct text_file *file, const void *bytes, size_t n)
{
	struct problems problems;

	problems_init(&problems, &arena);
	assert_int_equal(text_read(file, &arena, bytes, n, "a.pdf", &problems), ERR_OK);
	return problems;
}

static struct str make_pdf(bool with_text)
{
	static const struct pdf_column columns[] = { { 1, PDF_CENTRE },
		                                     { 5, PDF_LEFT },
		                                     { 2, PDF_CENTRE } };
	static const struct pdf_head heads[] = { { "STT", 0, 0, 1, 1 },
		                                 { "Chỉ tiêu", 0, 1, 1, 1 },
		                                 { "Số liệu", 0, 2, 1, 1 } };
	const struct pdf_table table = { columns, 3, heads, 3, 1, 12 };
	const struct pdf_setup setup = {
		.title = "Báo cáo", .top = 20, .bottom = 20, .left = 30, .right = 15
	};
	PDF_CLEANUP struct pdf *pdf = NULL;
	struct str out;

	str_init(&out, &arena, 8 << 20);
	assert_int_equal(pdf_new(&pdf, &out, &setup), ERR_OK);
	if (with_text) {
		pdf_text(pdf, &(struct pdf_style){ .size = 13 },
		         "Xã đã tiếp nhận 132 hồ sơ, trong đó có 54 hồ sơ trực tuyến và 78 hồ "
		         "sơ nộp "
		         "trực tiếp tại Bộ phận tiếp nhận và trả kết quả của xã.");
		pdf_table_start(pdf, &table);
		pdf_table_row(pdf, (const char *const[]){ "1", "Tiếp nhận", "132" });
		pdf_table_row(pdf, (const char *const[]){ "2", "Trực tuyến", "54" });
		pdf_table_end(pdf);
	} else {
		pdf_rule(pdf, 1);
	}
	assert_int_equal(pdf_finish(pdf), ERR_OK);
	return out;
}

static void test_real(void **state)
{
	struct str pdf = make_pdf(true);
	struct text_file file;

	(void)state;
	assert_int_equal(read_pdf(&file, pdf.data, pdf.len).n, 0);
	assert_string_equal(
	        shown(&file),
	        ".|Xã đã tiếp nhận 132 hồ sơ, trong đó có 54 hồ sơ trực tuyến và 78 hồ "
	        "sơ nộp trực tiếp tại Bộ phận tiếp nhận và trả kết quả của xã.\n.|\n"
	        "=1|STT\tChỉ tiêu\tSố liệu\n=1|1\tTiếp nhận\t132\n=1|2\tTrực tuyến\t54\n");
}

static void expect_refused(const void *bytes, size_t n, const char *part)
{
	struct text_file file;
	struct problems problems = read_pdf(&file, bytes, n);

	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, part));
	assert_int_equal(file.n_lines, 0);
}

static void test_refused(void **state)
{
	struct str empty = make_pdf(false);
	char *bytes = malloc(1 << 20);
	FILE *f = fopen("tests/fixtures/encrypted.pdf", "rb");
	size_t n;

	(void)state;
	assert_non_null(bytes);
	assert_non_null(f);
	n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	expect_refused(bytes, n, "có mật khẩu");
	free(bytes);
	expect_refused(empty.data, empty.len, "ảnh chụp");
	expect_refused("%PDF-1.4\nhỏng", 14, "bị hỏng");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_paragraphs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_over_pages, setup, teardown),
		cmocka_unit_test_setup_teardown(test_table, setup, teardown),
		cmocka_unit_test_setup_teardown(test_letterhead_and_note, setup, teardown),
		cmocka_unit_test_setup_teardown(test_odd_words, setup, teardown),
		cmocka_unit_test_setup_teardown(test_real, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
