/* Known forms recognised by their labels and checked by the rules of forms/, on invented
 * reports. Rows are divided by '~', cells by '|'. */
#include "lib/test.h"

#include "app/audit/audit.h"
#include "base/str.h"

static const char head[] =
        "ỦY BAN NHÂN DÂN XÃ MINH HỌA\nBÁO CÁO\nCông tác cải cách hành chính năm "
        "2023\n\nI. SỐ LIỆU\n\n";

static const char columns[] = "TT|Nội dung|ĐVT|Số liệu|Ghi chú~";

struct found {
	struct audit_result result;
	const char *text; /* "fail sum 8 9; ..." */
};

static void put_rows(struct str *s, const char *rows)
{
	for (; *rows; rows++)
		str_put_char(s, *rows == '|' ? '\t' : *rows == '~' ? '\n' : *rows);
	str_put(s, "\n\n");
}

static void tell(struct str *s, const struct audit_finding *f)
{
	str_printf(s, "%s%s %s", s->len ? "; " : "", audit_verdict_word(f->verdict),
	           audit_kind_word(f->kind));
	for (size_t i = 0; i < f->n_places; i++)
		str_printf(s, " %d", f->places[i].line.line);
}

/* A report of a commune with one or two tables; the first row of the first is line 8. */
static void audit(struct found *out, struct arena *a, const char *table, const char *second)
{
	struct audit_options options = { .all = true };
	struct text_file file = { .name = "x.txt" };
	struct document document;
	const char *text;
	struct str s;

	str_init(&s, a, 1 << 20);
	str_put(&s, head);
	put_rows(&s, columns);
	s.len -= 2; /* the rows follow their header */
	put_rows(&s, table);
	if (second) {
		put_rows(&s, columns);
		s.len -= 2;
		put_rows(&s, second);
	}
	assert_int_equal(str_finish(&s, &text), ERR_OK);
	assert_int_equal(text_file_read(&file, a, text, strlen(text)), ERR_OK);
	assert_int_equal(document_build(&document, a, &file, 1), ERR_OK);
	assert_int_equal(audit_run(&out->result, a, &document, &options), ERR_OK);
	str_init(&s, a, 1 << 12);
	for (size_t i = 0; i < out->result.n_findings; i++)
		if (str_eq(out->result.findings[i].check, "audit_tables"))
			tell(&s, &out->result.findings[i]);
	assert_int_equal(str_finish(&s, &out->text), ERR_OK);
}

static void assert_found(const char *table, const char *second, const char *wanted)
{
	ARENA_CLEANUP struct arena a = { 0 };
	struct found f;

	arena_init(&a, 64 << 20);
	audit(&f, &a, table, second);
	assert_string_equal(f.text, wanted);
}

/* Other numbers, abbreviations written out, a row left out, operands without numbers. */
static void known_by_labels(void **state)
{
	(void)state;
	assert_found("A|Cung cấp dịch vụ công trực tuyến|||~"
	             "A.1|Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến một phần|%|100|~"
	             "|Tổng số TTHC đủ điều kiện cung cấp trực tuyến một phần|Thủ tục|30|~"
	             "|Số thủ tục hành chính đang cung cấp trực tuyến một phần|Thủ tục|30|~"
	             "A.2|Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến toàn trình|%|95|~"
	             "|Tổng số TTHC đủ điều kiện cung cấp trực tuyến toàn trình|Thủ tục|60|~"
	             "|Số TTHC đang cung cấp trực tuyến toàn trình|Thủ tục|57|~"
	             "|Tổng số TTHC đang cung cấp trực tuyến một phần và toàn trình của địa "
	             "phương|Thủ tục|78|",
	             NULL, "fail sum 11 14 15");
}

static void blanks_of_other_levels(void **state)
{
	(void)state;
	assert_found("1|Tổng số VBQPPL do địa phương ban hành|Văn bản|3|~"
	             "1.1|Số VBQPPL do cấp tỉnh ban hành|Văn bản||~"
	             "1.2|Số VBQPPL do cấp huyện ban hành|Văn bản||~"
	             "1.3|Số VBQPPL do cấp xã ban hành|Văn bản|3|~"
	             "2|Kiểm tra, xử lý VBQPPL|||~"
	             "2.2|Tỷ lệ xử lý VBQPPL sau kiểm tra|%||~"
	             "2.2.1|Tổng số VBQPPL cần phải xử lý sau kiểm tra|Văn bản|0|~"
	             "2.2.2|Số VBQPPL có kiến nghị xử lý đã được xử lý xong|Văn bản|0|",
	             NULL, "");
	assert_found("1|Tổng số VBQPPL do địa phương ban hành|Văn bản||~"
	             "1.1|Số VBQPPL do cấp tỉnh ban hành|Văn bản||~"
	             "1.2|Số VBQPPL do cấp huyện ban hành|Văn bản||~"
	             "1.3|Số VBQPPL do cấp xã ban hành|Văn bản|3|~"
	             "2|Kiểm tra, xử lý VBQPPL|||~"
	             "2.2|Tỷ lệ xử lý VBQPPL sau kiểm tra|%|100|~"
	             "2.2.1|Tổng số VBQPPL cần phải xử lý sau kiểm tra|Văn bản|0|~"
	             "2.2.2|Số VBQPPL có kiến nghị xử lý đã được xử lý xong|Văn bản|0|",
	             NULL, "fail missing-value 8 11; fail zero-denominator 13 14 15");
}

static void a_note_answers_the_rest(void **state)
{
	static const char rows[] = "1|Số văn bản chỉ đạo CCHC đã ban hành|Văn bản|5|~"
	                           "5|Thực hiện nhiệm vụ UBND tỉnh giao|||~"
	                           "5.1|Tổng số nhiệm vụ được giao|Nhiệm vụ|30|%s~"
	                           "5.2|Số nhiệm vụ đã hoàn thành đúng hạn|Nhiệm vụ|28|~"
	                           "5.3|Số nhiệm vụ đã hoàn thành nhưng quá hạn|Nhiệm vụ|%s|~"
	                           "5.4|Số nhiệm vụ quá hạn nhưng chưa hoàn thành|Nhiệm vụ|0|";
	char text[1024];

	(void)state;
	(void)snprintf(text, sizeof(text), rows, "02 nhiệm vụ đang thực hiện chưa đến hạn",
	               "0");
	assert_found(text, NULL, "");
	(void)snprintf(text, sizeof(text), rows, "", "0");
	assert_found(text, NULL, "suspect sum 10 11 12 13");
	(void)snprintf(text, sizeof(text), rows, "", "5");
	assert_found(text, NULL, "fail sum 10 11 12 13");
}

static const char procedures[] =
        "1|Thống kê TTHC|||~"
        "1.4|Tổng số TTHC thuộc thẩm quyền giải quyết tại địa phương|Thủ tục|120|~"
        "1.4.3|Số TTHC cấp xã|Thủ tục|120|~"
        "2|Thực hiện cơ chế một cửa, một cửa liên thông|||~"
        "2.1|Số TTHC liên thông cùng cấp|Thủ tục|2|~"
        "2.2|Số TTHC liên thông giữa các cấp chính quyền|Thủ tục|40|";

static void rules_between_forms(void **state)
{
	static const char online[] =
	        "6|Cung cấp dịch vụ công trực tuyến|||~"
	        "6.1.2|Số TTHC đang cung cấp trực tuyến mức độ 3|Thủ tục|80|~"
	        "6.2.2|Số TTHC đang cung cấp trực tuyến mức độ 4|Thủ tục|%s|~"
	        "6.3|Tỷ lệ TTHC cung cấp trực tuyến mức độ 3 và 4 đã tích hợp, công khai trên "
	        "Cổng DVC quốc gia|%%|100|~"
	        "6.3.1|Tổng số TTHC đang cung cấp trực tuyến mức độ 3 và 4 của địa phương|Thủ "
	        "tục|%s|~"
	        "6.3.2|Số TTHC cung cấp trực tuyến mức độ 3 và 4 đã tích hợp, công khai trên "
	        "Cổng "
	        "DVC quốc gia|Thủ tục|%s|";
	char text[2048];

	(void)state;
	(void)snprintf(text, sizeof(text), online, "40", "120", "120");
	assert_found(procedures, text, "");
	(void)snprintf(text, sizeof(text), online, "45", "125", "125");
	assert_found(procedures, text, "fail cross-form 9 20");
}

/* Four labels in common are not enough when most of the table is something else. */
static void other_tables_are_no_form(void **state)
{
	ARENA_CLEANUP struct arena a = { 0 };
	struct found f;
	size_t sums = 0;

	(void)state;
	arena_init(&a, 64 << 20);
	audit(&f, &a, procedures, NULL);
	for (size_t i = 0; i < f.result.n_holds; i++)
		sums += f.result.holds[i].kind == AUDIT_SUM;
	assert_int_equal(sums, 1);
	assert_string_equal(f.text, "");
	assert_found("1|Tổng số lớp tập huấn|Lớp|9|~2|Số người tham dự|Người|300|~"
	             "3|Số tin bài về cải cách hành chính|Tin bài|42|~4|Số cuộc họp|Cuộc|12|~"
	             "5|Số sáng kiến|Sáng kiến|3|",
	             NULL, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_by_labels),
		cmocka_unit_test(blanks_of_other_levels),
		cmocka_unit_test(a_note_answers_the_rest),
		cmocka_unit_test(rules_between_forms),
		cmocka_unit_test(other_tables_are_no_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
