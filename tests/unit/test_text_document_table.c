/* Rows of cells to tables: headers, roles, numbers, parents, what page breaks cut. */
#include "lib/test.h"

#include "base/str.h"
#include "text/document.h"

struct read {
	struct arena arena;
	struct text_file file;
	struct document doc;
};

static struct read read_text(const char *text)
{
	struct read r;

	arena_init(&r.arena, 64 << 20);
	assert_int_equal(text_file_read(&r.file, &r.arena, text, strlen(text)), ERR_OK);
	return r;
}

#define READ(r, text)                                                                          \
	struct read r = read_text(text);                                                       \
	assert_int_equal(document_build(&(r).doc, &(r).arena, &(r).file, 1), ERR_OK)

static const struct table *only_table(const struct read *r)
{
	assert_int_equal(r->doc.n_tables, 1);
	return &r->doc.tables[0];
}

static void check_column(const struct table *t, size_t at, enum column_role role,
                         const char *title)
{
	assert_string_equal(t->columns[at].title, title);
	assert_int_equal(t->columns[at].role, role);
}

static void check_row(const struct table *t, size_t at, const char *number, int parent,
                      enum row_kind kind)
{
	assert_string_equal(t->rows[at].number, number);
	assert_int_equal(t->rows[at].parent, parent);
	assert_int_equal(t->rows[at].kind, kind);
	assert_int_equal(t->rows[at].depth, parent < 0 ? 0 : t->rows[parent].depth + 1);
}

static const char *cell(const struct table *t, size_t row, size_t column)
{
	return t->rows[row].cells[column].text.text;
}

static void reads_a_form(void **state)
{
	(void)state;
	READ(r, "STT\tChỉ tiêu\tKết quả\t\tGhi chú\n"
	        "\t<i>(trong kỳ)</i>\tĐơn vị tính\tSố liệu\t\n"
	        "1.\tTổng số văn bản\tVăn bản\t25\t\n"
	        "1.1.\tKế hoạch\tVăn bản\t10\t\n"
	        "1.2\t<i>Công văn</i>\tVăn bản\t15\t\n"
	        "1.2.1.\tTrong đó bản điện tử\tVăn bản\t15\t\n"
	        "2.\tKiểm tra\t\t\tdo tổ kiểm tra lập\n"
	        "2.1.\tSố ấp đã kiểm tra\tẤp\t\t\n"
	        "2.1.\tTỷ lệ\t%\t36,8\t\n");
	const struct table *t = only_table(&r);

	check_column(t, 0, COLUMN_NUMBER, "STT");
	check_column(t, 1, COLUMN_LABEL, "Chỉ tiêu / (trong kỳ)");
	check_column(t, 2, COLUMN_UNIT, "Kết quả / Đơn vị tính");
	check_column(t, 3, COLUMN_VALUE, "Kết quả / Số liệu");
	check_column(t, 4, COLUMN_NOTE, "Ghi chú");
	assert_int_equal(table_column_of(t, COLUMN_VALUE), 3);
	assert_int_equal(table_column_of(t, COLUMN_TIME), -1);
	check_row(t, 2, "1", -1, ROW_BODY);
	check_row(t, 3, "1.1", 2, ROW_BODY);
	check_row(t, 4, "1.2", 2, ROW_BODY);
	check_row(t, 5, "1.2.1", 4, ROW_BODY);
	check_row(t, 6, "2", -1, ROW_GROUP);
	check_row(t, 7, "2.1", 6, ROW_BODY);
	check_row(t, 8, "2.1", 6, ROW_BODY);
	assert_string_equal(cell(t, 4, 1), "Công văn");
	assert_true(t->rows[8].cells[3].is_figure);
	assert_int_equal(t->rows[8].cells[3].figure.value.digits, 368);
	assert_int_equal(t->rows[8].cells[3].figure.unit, FIGURE_PERCENT);
	assert_false(t->rows[7].cells[3].is_figure);
	assert_false(t->rows[2].cells[0].is_figure);
	arena_release(&r.arena);
}

static void spans_titles_over_their_columns(void **state)
{
	(void)state;
	READ(r, "TT\tLĩnh vực\tTiếp nhận\t\t\tGiải quyết\t\tTỷ lệ (%)\n"
	        "\t\tTổng số\tTrong đó\t\tĐúng hạn\tQuá hạn\t\n"
	        "\t\t\tTrực tuyến\tTrực tiếp\t\t\t\n"
	        "(1)\t(2)\t(3)=(4)+(5)\t(4)\t(5)\t(6)\t(7)\t(8)\n"
	        "1\tHộ tịch\t50\t30\t20\t48\t2\t96\n"
	        "\tTổng cộng\t50\t30\t20\t48\t2\t96\n");
	const struct table *t = only_table(&r);

	check_column(t, 2, COLUMN_VALUE, "Tiếp nhận / Tổng số");
	check_column(t, 3, COLUMN_VALUE, "Tiếp nhận / Trong đó / Trực tuyến");
	check_column(t, 4, COLUMN_VALUE, "Tiếp nhận / Trong đó / Trực tiếp");
	check_column(t, 5, COLUMN_VALUE, "Giải quyết / Đúng hạn");
	check_column(t, 6, COLUMN_VALUE, "Giải quyết / Quá hạn");
	check_column(t, 7, COLUMN_RATE, "Tỷ lệ (%)");
	assert_int_equal(t->rows[3].kind, ROW_HEADER);
	check_row(t, 4, "1", -1, ROW_BODY);
	check_row(t, 5, "", -1, ROW_BODY);
	arena_release(&r.arena);
}

static void restarts_numbers_under_headings(void **state)
{
	(void)state;
	READ(r, "Stt\tMục tiêu\tNhiệm vụ\tThời gian hoàn thành\n"
	        "**I**\t**Thể chế**\t\t\n"
	        "1\tRà soát\tLập danh mục\tQuý I/2025\n"
	        "\t\tTrình ban hành\tQuý II/2025\n"
	        "2\tTự kiểm tra\tLập kế hoạch\tQuý I/2025\n"
	        "**II. Thủ tục hành chính**\t\t\t\n"
	        "**1 Kiểm soát**\t\t\t\n"
	        "1.1\tCông khai\tNiêm yết\tThường xuyên\n"
	        "2\tMột cửa\tKiện toàn\tThường xuyên\n"
	        "a)\tMáy móc\tMua máy\tQuý III/2025\n");
	const struct table *t = only_table(&r);

	check_column(t, 3, COLUMN_TIME, "Thời gian hoàn thành");
	check_row(t, 1, "I", -1, ROW_GROUP);
	check_row(t, 2, "1", 1, ROW_BODY);
	check_row(t, 3, "", 2, ROW_BODY);
	check_row(t, 4, "2", 1, ROW_BODY);
	check_row(t, 5, "II", -1, ROW_GROUP);
	assert_string_equal(cell(t, 5, 1), "Thủ tục hành chính");
	check_row(t, 6, "1", 5, ROW_GROUP);
	check_row(t, 7, "1.1", 6, ROW_BODY);
	check_row(t, 8, "2", 5, ROW_BODY);
	check_row(t, 9, "a", 8, ROW_BODY);
	arena_release(&r.arena);
}

static void reads_numbers_in_labels_and_dashes(void **state)
{
	(void)state;
	READ(r, "TIÊU CHÍ\tTốt\t\tKém\t\n"
	        "\tSố lượng\tTỷ lệ\tSố lượng\tTỷ lệ\n"
	        "1. Nơi tiếp đón\t90\t90.00\t10\t10.00\n"
	        "2. Thái độ\t80\t80.00\t20\t20.00\n"
	        "- Bộ phận một\t50\t83.33\t10\t16.67\n"
	        "- Bộ phận hai\t30\t75.00\t10\t25.00\n"
	        "3. Lĩnh vực\t7\t100.00\t0\t-\n"
	        "Hộ tịch\t7\t100.00\t0\t-\n");
	const struct table *t = only_table(&r);

	check_column(t, 0, COLUMN_LABEL, "TIÊU CHÍ");
	check_column(t, 2, COLUMN_RATE, "Tốt / Tỷ lệ");
	check_column(t, 3, COLUMN_VALUE, "Kém / Số lượng");
	check_row(t, 2, "1", -1, ROW_BODY);
	assert_string_equal(cell(t, 2, 0), "Nơi tiếp đón");
	check_row(t, 4, "", 3, ROW_BODY);
	check_row(t, 5, "", 3, ROW_BODY);
	check_row(t, 7, "", 6, ROW_BODY);
	assert_string_equal(cell(t, 6, 4), "-");
	arena_release(&r.arena);
}

static void understands_trong_do(void **state)
{
	(void)state;
	READ(r, "TT\tChỉ tiêu\tĐVT\tSố liệu\n"
	        "1\tHồ sơ tiếp nhận\tHồ sơ\t100\n"
	        "Trong đó\tTrực tuyến\tHồ sơ\t60\n"
	        "\tTrực tiếp\tHồ sơ\t40\n"
	        "2\tHồ sơ giải quyết\tHồ sơ\t98\n");
	const struct table *t = only_table(&r);

	check_row(t, 2, "Trong đó", 1, ROW_BODY);
	assert_true(t->rows[3].parent == 1 || t->rows[3].parent == 2);
	check_row(t, 4, "2", -1, ROW_BODY);
	arena_release(&r.arena);
}

static void joins_what_pages_cut(void **state)
{
	(void)state;
	READ(r, "STT\tNhiệm vụ\tSản phẩm\tThời gian hoàn thành\n"
	        "1\tTheo dõi thi hành pháp luật về\tKế hoạch\tTrước\n"
	        "\n"
	        "5\n"
	        "\n"
	        "\txử lý vi phạm\t\tngày 15/11\n"
	        "2\tCông bố thủ tục\tQuyết định\tThường xuyên\n"
	        "\n"
	        "STT\tNhiệm vụ\tSản phẩm\tThời gian hoàn thành\n"
	        "3\tNiêm yết thủ\n"
	        "tục\tBảng\tQuý I\n"
	        "\n"
	        "II. Phần khác\n"
	        "\n"
	        "1\tBáo cáo\tBáo cáo\tQuý II\n");
	const struct table *t = only_table(&r);

	assert_int_equal(t->n_rows, 7);
	assert_string_equal(cell(t, 1, 1), "Theo dõi thi hành pháp luật về xử lý vi phạm");
	assert_string_equal(cell(t, 1, 3), "Trước ngày 15/11");
	assert_int_equal(t->rows[1].line.line, 2);
	assert_int_equal(t->rows[1].last_line.line, 6);
	assert_int_equal(joined_line(&t->rows[1].cells[3].text, 9).line, 6);
	assert_true(t->rows[3].repeated_header);
	assert_string_equal(cell(t, 4, 1), "Niêm yết thủ tục");
	assert_string_equal(cell(t, 4, 3), "Quý I");
	check_row(t, 5, "II", -1, ROW_GROUP);
	check_row(t, 6, "1", 5, ROW_BODY);
	arena_release(&r.arena);
}

static void keeps_tables_apart(void **state)
{
	(void)state;
	READ(r, "Bảng 1\n"
	        "TT\tNội dung\tSố lượng\n"
	        "1\tVăn bản\t14\n"
	        "\n"
	        "TT\tNội dung\tSố lượng\n"
	        "1\tHồ sơ\t20\n"
	        "\n"
	        "Kết quả khảo sát:\n"
	        "Rất tốt\t10\t50%\n"
	        "Tốt\t10\t50%\n"
	        "\n"
	        "1.\tRà soát các văn bản đã ban hành trong năm\n"
	        "2.\tKiểm tra việc niêm yết thủ tục tại các ấp\n");

	assert_int_equal(r.doc.n_tables, 3);
	assert_int_equal(r.doc.tables[0].n_rows, 2);
	check_column(&r.doc.tables[2], 0, COLUMN_LABEL, "");
	check_column(&r.doc.tables[2], 1, COLUMN_VALUE, "");
	check_column(&r.doc.tables[2], 2, COLUMN_RATE, "");
	assert_string_equal(r.doc.blocks[r.doc.tables[2].caption[0]].text.text,
	                    "Kết quả khảo sát:");
	assert_string_equal(r.doc.blocks[r.doc.n_blocks - 1].bullet, "2.");
	arena_release(&r.arena);
}

static void leaves_title_and_signature_of_a_sheet_outside(void **state)
{
	(void)state;
	struct text_line lines[] = {
		{ "BIỂU TỔNG HỢP\t\t\t", TEXT_ROW, 1, 0, true },
		{ "STT\tChỉ tiêu\tĐơn vị tính\tSố liệu", TEXT_ROW, 1, 1, false },
		{ "A\tB\tC\t1", TEXT_ROW, 1, 2, false },
		{ "1\tHồ sơ\tHồ sơ\t20", TEXT_ROW, 1, 3, false },
		{ "Người lập biểu\t\t\tThủ trưởng đơn vị", TEXT_ROW, 1, 4, false },
		{ "Na\t\t\tBé", TEXT_ROW, 1, 5, false },
	};
	struct text_file file = { "bieu.xlsx", lines, ARRAY_LEN(lines) };
	struct document doc;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, 64 << 20);
	assert_int_equal(document_build(&doc, &a, &file, 1), ERR_OK);
	assert_int_equal(doc.n_tables, 1);
	assert_int_equal(doc.tables[0].n_rows, 3);
	assert_int_equal(doc.tables[0].rows[1].kind, ROW_HEADER);
	assert_int_equal(doc.blocks[doc.n_blocks - 1].kind, BLOCK_TAIL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_form),
		cmocka_unit_test(spans_titles_over_their_columns),
		cmocka_unit_test(restarts_numbers_under_headings),
		cmocka_unit_test(reads_numbers_in_labels_and_dashes),
		cmocka_unit_test(understands_trong_do),
		cmocka_unit_test(joins_what_pages_cut),
		cmocka_unit_test(keeps_tables_apart),
		cmocka_unit_test(leaves_title_and_signature_of_a_sheet_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
