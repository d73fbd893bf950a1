/* The same report as plain text, Word, Excel and PDF gives the same findings. */
#include "lib/docx_parts.h"
#include "lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "app/audit/audit_docx.h"
#include "base/str.h"
#include "doc/pdf.h"
#include "doc/xlsx_write.h"

/* Wrong on purpose: 40 + 25 in the text and in the table, 60/66 = 90,91 %, the code 4, the
 * total of the rows against the text, a citation dated after the report. */
static const char *const lines[] = {
	"Số: 27/BC-UBND",
	"Mẫu Sơn Hạ, ngày 18 tháng 3 năm 2024",
	"BÁO CÁO",
	"Kết quả công tác cải cách hành chính quý I năm 2024",
	"I. CÔNG TÁC CHỈ ĐẠO",
	"Ủy ban nhân dân xã đã ban hành Kế hoạch số 14/KH-UBND ngày 25 tháng 4 năm 2024 về cải "
	"cách "
	"hành chính năm 2024 của xã.",
	"II. KẾT QUẢ THỰC HIỆN",
	"1. Giải quyết thủ tục hành chính",
	"Trong quý I năm 2024, Bộ phận Một cửa tiếp nhận 66 hồ sơ, gồm trực tuyến 40 hồ sơ, "
	"trực "
	"tiếp 25 hồ sơ.",
	"Đã giải quyết đúng hạn 60/66 hồ sơ, đạt 95,91%.",
	"2. Số liệu",
	"STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú",
	"1\tKhảo sát sự hài lòng của người dân\tCó = 1; Không = 0\t4\t",
	"2\tTổng số văn bản quy phạm pháp luật đã rà soát\tVăn bản\t21\t",
	"2.1\tSố văn bản của Hội đồng nhân dân\tVăn bản\t9\t",
	"2.2\tSố văn bản của Ủy ban nhân dân\tVăn bản\t11\t",
	"Trên đây là báo cáo của Ủy ban nhân dân xã Mẫu Sơn Hạ./.",
};
enum { LINES = sizeof(lines) / sizeof(lines[0]), MOST_CELLS = 5 };

static bool is_row(size_t i)
{
	return i < LINES && strchr(lines[i], '\t') != NULL;
}

/* The cells of a row, in a copy that lives in the arena. */
static size_t cells_of(const char *cells[MOST_CELLS], struct arena *a, const char *line)
{
	struct slice rest = slice_of(line), part;
	size_t n = 0;

	while (n < MOST_CELLS && slice_cut(&rest, '\t', &part))
		assert_int_equal(arena_strndup(a, &cells[n++], part.at, part.len), ERR_OK);
	return n;
}

/* ---- the four files ---- */

static void make_text(struct str *to, struct arena *a)
{
	(void)a;
	for (size_t i = 0; i < LINES; i++)
		str_printf(to, "%s\n", lines[i]);
}

static void put_paragraph(struct str *xml, const char *text)
{
	str_printf(xml, "<w:p><w:r><w:t xml:space=\"preserve\">%s</w:t></w:r></w:p>", text);
}

static void make_word(struct str *to, struct arena *a)
{
	struct str body;
	struct docx_parts parts = { 0 };
	size_t n;

	str_init(&body, a, 1 << 20);
	for (size_t i = 0; i < LINES; i++) {
		const char *cells[MOST_CELLS];

		if (!is_row(i)) {
			put_paragraph(&body, lines[i]);
			continue;
		}
		if (!is_row(i - 1))
			str_put(&body, "<w:tbl>");
		str_put(&body, "<w:tr>");
		for (size_t c = 0, of = cells_of(cells, a, lines[i]); c < of; c++) {
			str_put(&body, "<w:tc>");
			put_paragraph(&body, cells[c]);
			str_put(&body, "</w:tc>");
		}
		str_put(&body, "</w:tr>");
		if (!is_row(i + 1))
			str_put(&body, "</w:tbl>");
	}
	parts.body = body.data;
	parts.n_body = body.len;
	void *bytes = docx_parts(&n, &parts);
	assert_non_null(bytes);
	str_put_n(to, bytes, n);
	free(bytes);
}

static void make_workbook(struct str *to, struct arena *a)
{
	const struct xlsx_setup setup = { .created = { 0 } };
	const struct xlsx_sheet_setup sheet = { .name = "Sheet1" };
	struct xlsx *x;

	assert_int_equal(xlsx_new(&x, &setup), ERR_OK);
	xlsx_sheet(x, &sheet);
	for (size_t i = 0; i < LINES; i++) {
		const char *cells[MOST_CELLS];
		size_t n = cells_of(cells, a, lines[i]);

		for (size_t c = 0; c < n; c++) {
			long long number;

			if (c > 1 && str_to_int(cells[c], &number))
				xlsx_int(x, (int)i, (int)c, XLSX_INTEGER, number);
			else
				xlsx_text(x, (int)i, (int)c, XLSX_PLAIN, cells[c]);
		}
	}
	assert_int_equal(xlsx_finish(x, to), ERR_OK);
	xlsx_free(x);
}

static void make_pdf(struct str *to, struct arena *a)
{
	static const struct pdf_column columns[MOST_CELLS] = {
		{ .width = 1 }, { .width = 6 }, { .width = 3 }, { .width = 2 }, { .width = 2 }
	};
	static const struct pdf_table table = { .columns = columns,
		                                .n_columns = MOST_CELLS,
		                                .size = 11 };
	const struct pdf_setup setup = {
		.created = { 0 }, .top = 20, .bottom = 20, .left = 30, .right = 15
	};
	const struct pdf_style style = {
		.size = 13, .align = PDF_JUSTIFY, .indent = 10, .after = 6
	};
	struct pdf *pdf;

	assert_int_equal(pdf_new(&pdf, to, &setup), ERR_OK);
	for (size_t i = 0; i < LINES; i++) {
		const char *cells[MOST_CELLS];

		if (!is_row(i)) {
			pdf_text(pdf, &style, lines[i]);
			continue;
		}
		cells_of(cells, a, lines[i]);
		if (!is_row(i - 1))
			pdf_table_start(pdf, &table);
		pdf_table_row(pdf, cells);
		if (!is_row(i + 1))
			pdf_table_end(pdf);
	}
	assert_int_equal(pdf_finish(pdf), ERR_OK);
	pdf_free(pdf);
}

/* ---- what is found in them ---- */

/* A line for each finding, without the places: those are other lines in another format. */
static const char *findings_of(struct arena *a, void (*make)(struct str *, struct arena *),
                               const char *name)
{
	const struct audit_options options = { .draft = false };
	struct problems problems;
	struct text_file file;
	struct document document;
	struct audit_result result;
	struct str bytes, said;
	const char *text;

	str_init(&bytes, a, 8 << 20);
	str_init(&said, a, 1 << 20);
	make(&bytes, a);
	assert_int_equal(str_check(&bytes), ERR_OK);
	problems_init(&problems, a);
	assert_int_equal(audit_read(&file, a, bytes.data, bytes.len, name, &problems), ERR_OK);
	assert_int_equal(problems.n, 0);
	assert_int_equal(document_build(&document, a, &file, 1), ERR_OK);
	assert_int_equal(audit_run(&result, a, &document, &options), ERR_OK);
	for (size_t i = 0; i < result.n_findings; i++) {
		const struct audit_finding *f = &result.findings[i];

		str_printf(&said, "%s %s: %s | %s | %s\n", audit_verdict_word(f->verdict),
		           audit_kind_word(f->kind), f->stated, f->computed, f->message);
	}
	assert_int_equal(str_finish(&said, &text), ERR_OK);
	return text;
}

static void every_format_says_the_same(void **state)
{
	ARENA_CLEANUP struct arena a;
	const char *text;

	(void)state;
	arena_init(&a, 256 << 20);
	text = findings_of(&a, make_text, "bao-cao.txt");
	for (const char *const *wanted =
	             (const char *const[]){ "40 + 25", "90,91", "9 + 11", "25/04/2024", NULL };
	     *wanted; wanted++)
		if (!strstr(text, *wanted))
			fail_msg("\"%s\" is not among the findings:\n%s", *wanted, text);
	assert_string_equal(findings_of(&a, make_word, "bao-cao.docx"), text);
	assert_string_equal(findings_of(&a, make_workbook, "bao-cao.xlsx"), text);
	assert_string_equal(findings_of(&a, make_pdf, "bao-cao.pdf"), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_format_says_the_same) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
