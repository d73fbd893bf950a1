/* The checks inside tables, on invented tables: what must be found, near misses that must stay
 * silent.  Rows are divided by '~', cells by '|'; the first row is line 3 of the document. */
#include "lib/test.h"

#include "app/audit/audit.h"
#include "base/str.h"

struct example {
	const char *about, *table;
	const char
	        *found; /* "fail sum 3 4 5": verdict, kind, lines; joined by "; "; "" nothing */
};

static void put_table(struct str *s, const char *table)
{
	for (; *table; table++)
		str_put_char(s, *table == '|' ? '\t' : *table == '~' ? '\n' : *table);
}

static void put_finding(struct str *s, const struct audit_finding *f)
{
	int last = 0;

	assert_true(f->n_places > 0 && *f->message);
	assert_true(*f->computed || *f->stated);
	str_printf(s, "%s%s %s", s->len ? "; " : "", audit_verdict_word(f->verdict),
	           audit_kind_word(f->kind));
	for (size_t i = 0; i < f->n_places; i++)
		if (f->places[i].line.line != last) {
			last = f->places[i].line.line;
			str_printf(s, " %d", last);
		}
}

static const char *found_in(struct arena *a, const char *before, const char *table)
{
	struct audit_options options = { 0 };
	struct text_file file = { .name = "x.txt" };
	struct audit_result result;
	struct document document;
	const char *text;
	struct str s;

	str_init(&s, a, 1 << 20);
	str_put(&s, before);
	str_put(&s, "\n\n");
	put_table(&s, table);
	str_put(&s, "\n\nTốt.\n");
	assert_int_equal(str_finish(&s, &text), ERR_OK);
	assert_int_equal(text_file_read(&file, a, text, strlen(text)), ERR_OK);
	assert_int_equal(document_build(&document, a, &file, 1), ERR_OK);
	assert_int_equal(audit_run(&result, a, &document, &options), ERR_OK);
	str_init(&s, a, 1 << 12);
	for (size_t i = 0; i < result.n_findings; i++)
		if (str_eq(result.findings[i].check, "audit_tables"))
			put_finding(&s, &result.findings[i]);
	assert_int_equal(str_finish(&s, &text), ERR_OK);
	return text;
}

static void check(const char *before, const struct example *examples, size_t n)
{
	int wrong = 0;

	for (size_t i = 0; i < n; i++) {
		ARENA_CLEANUP struct arena a;

		arena_init(&a, 64 << 20);
		const char *found = found_in(&a, before, examples[i].table);

		if (!str_eq(found, examples[i].found)) {
			print_error("%s: \"%s\", wanted \"%s\"\n", examples[i].about, found,
			            examples[i].found);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

#define CHECK(before, examples) check(before, examples, sizeof(examples) / sizeof(*(examples)))

static void totals_over_rows(void **state)
{
	static const struct example examples[] = {
		{ "kinds that exclude each other",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số hồ sơ đã trả|Hồ sơ|310~1.1|Số hồ "
		  "sơ "
		  "trước hạn|Hồ sơ|200~1.2|Số hồ sơ đúng hạn|Hồ sơ|90~1.3|Số hồ sơ quá hạn|Hồ "
		  "sơ|10",
		  "fail sum 4 5 6 7" },
		{ "the same that adds up",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số hồ sơ đã trả|Hồ sơ|300~1.1|Số hồ "
		  "sơ "
		  "trước hạn|Hồ sơ|200~1.2|Số hồ sơ đúng hạn|Hồ sơ|090~1.3|Số hồ sơ quá hạn|Hồ "
		  "sơ|10",
		  "" },
		{ "parts that overlap are no sum",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số cán bộ, công chức|Người|22~1.1|Số "
		  "đảng viên|Người|20~1.2|Số nữ|Người|9~1.3|Số có trình độ đại học|Người|19",
		  "" },
		{ "a part of an overlapping list above the total",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số cán bộ, công chức|Người|22~1.1|Số "
		  "đảng viên|Người|25~1.2|Số nữ|Người|9",
		  "fail subset 4 5" },
		{ "a column with groups",
		  "TT|Đơn vị|Số người~I|Khối phòng|15~1|Phòng A|8~2|Phòng B|7~II|Khối "
		  "xã|32~1|Xã "
		  "C|20~2|Xã D|12~|Tổng cộng|49",
		  "fail sum 4 7 10" },
		{ "other columns show which rows add",
		  "TT|Đơn vị|Giao|Có mặt|Nữ~1|Xã C|20|19|8~2|Xã D|12|12|5~|Cộng|32|30|13",
		  "fail sum 4 5 6" },
		{ "a total that is blank beside its parts",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số phiếu|Phiếu|~1.1|Số phiếu hợp "
		  "lệ|Phiếu|95~1.2|Số phiếu không hợp lệ|Phiếu|5",
		  "fail missing-value 4 5 6" },
		{ "a heading is no total",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Phiếu khảo sát||~1.1|Số phiếu hợp "
		  "lệ|Phiếu|95~1.2|Số phiếu không hợp lệ|Phiếu|5",
		  "" },
		{ "a grand total of lettered rows and the difference that follows from it",
		  "TT|Đơn vị|Giao|Có mặt|Chênh lệch~A|Khối hành chính|60|57|-3~1|Văn "
		  "phòng|20|19|-1~2|Các phòng|40|38|-2~B|Khối sự nghiệp|90|86|-4~1|Trung tâm "
		  "A|50|48|-2~2|Trung tâm B|40|38|-2~|Tổng cộng|150|141|-9",
		  "fail sum 4 7 10" },
		{ "quantities of unlike things are not added",
		  "TT|Nội dung chi|Số lượng|Đơn giá|Thành tiền~1|Lớp học|2|30|60~2|Máy "
		  "quét|4|15|60~|Tổng cộng|||120",
		  "" },
	};

	(void)state;
	CHECK("I. SỐ LIỆU", examples);
}

static void rates_in_rows(void **state)
{
	static const struct example examples[] = {
		{ "a digit off",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ phiếu thu về|%|91,5~1.1|Tổng số "
		  "phiếu "
		  "phát ra|Phiếu|120~1.2|Số phiếu đã thu về|Phiếu|111",
		  "fail ratio 4 5 6" },
		{ "the part printed first, without numbers",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ phiếu thu về|%|92,5~|Số phiếu đã "
		  "thu "
		  "về|Phiếu|111~|Tổng số phiếu phát ra|Phiếu|120",
		  "" },
		{ "a tie may go either way, decimals may be cut",
		  "TT|Chỉ tiêu|Đơn vị tính|Kỳ trước|Kỳ này~1|Tỷ lệ phiếu thu "
		  "về|%|53,12|12,77~1.1|"
		  "Tổng số phiếu phát ra|Phiếu|96|900~1.2|Số phiếu đã thu về|Phiếu|51|115",
		  "" },
		{ "a rate of nothing",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ phiếu thu về|%|100~1.1|Tổng số "
		  "phiếu "
		  "phát ra|Phiếu|0~1.2|Số phiếu đã thu về|Phiếu|0",
		  "fail zero-denominator 4 5 6" },
		{ "a rate of nothing left blank",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ phiếu thu về|%|-~1.1|Tổng số phiếu "
		  "phát "
		  "ra|Phiếu|0~1.2|Số phiếu đã thu về|Phiếu|0",
		  "" },
		{ "a rate left blank beside its operands",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ phiếu thu về|%|~1.1|Tổng số phiếu "
		  "phát "
		  "ra|Phiếu|120~1.2|Số phiếu đã thu về|Phiếu|111",
		  "suspect missing-value 4 5 6" },
		{ "the part above the whole",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ phiếu thu về|%|100~1.1|Tổng số "
		  "phiếu "
		  "phát ra|Phiếu|120~1.2|Số phiếu đã thu về|Phiếu|121",
		  "fail subset 4 5 6" },
		{ "a plan may be exceeded",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ thực hiện kế hoạch|%|125~1.1|Kế "
		  "hoạch "
		  "được giao|Lớp|4~1.2|Đã thực hiện|Lớp|5",
		  "" },
		{ "rates of parts below a rate",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ văn bản điện tử|%|97~1.1|Tỷ lệ của "
		  "phòng "
		  "A|%|99~1.2|Tỷ lệ của phòng B|%|95",
		  "" },
		{ "its own operands in the cell",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tỷ lệ xã có cán bộ đầu mối|%|90% "
		  "(17/18)~2|Tỷ lệ xã có kế hoạch|%|100% (18/18)",
		  "fail ratio 4" },
	};

	(void)state;
	CHECK("I. SỐ LIỆU", examples);
}

static void columns(void **state)
{
	static const struct example examples[] = {
		{ "a survey with three answers, the third left blank",
		  "TIÊU CHÍ|Đánh giá|||||~|A||B||C|~|Số lượng|Tỷ lệ|Số lượng|Tỷ lệ|Số lượng|Tỷ "
		  "lệ~1. "
		  "Nơi ngồi chờ|141|88.13|19|11.87||-~2. Thái độ|150|93.75|10|6.25||~3. Thời "
		  "gian|139|87.86|21|13.13||-",
		  "fail ratio 8" },
		{ "every question was put to the same people",
		  "Nội dung|Hài lòng|Bình thường|Không hài lòng~1. Nơi ngồi chờ|141|15|4~2. "
		  "Thái độ "
		  "công chức|150|18|2~3. Thời gian chờ|139|17|4",
		  "suspect sum 5" },
		{ "totals over columns, with a row of column numbers",
		  "TT|Lĩnh vực|Tiếp nhận|||Đã giải quyết~||Tổng số|Kỳ trước|Trong "
		  "kỳ|~A|B|1=2+3|2|3|4~"
		  "1|Đất đai|120|20|100|110~2|Hộ tịch|345|10|330|335~3|Chứng thực|90|0|90|90",
		  "fail sum 7" },
		{ "plan and result",
		  "TT|Nội dung|Kế hoạch|Thực hiện|Tỷ lệ (%)~1|Chi thường "
		  "xuyên|4.500|4.410|98,00~2|"
		  "Chi đầu tư|3.000|2.250|78,00~3|Chi khác|500|450|90,00",
		  "fail ratio 5" },
		{ "rates that nobody can recompute from these columns",
		  "TT|Nội dung|Năm 2022|Năm 2023|Tỷ lệ tự đánh giá (%)~1|Thể "
		  "chế|12|14|71,5~2|Thủ "
		  "tục|30|33|80~3|Bộ máy|9|9|66",
		  "" },
		{ "growth against last year",
		  "TT|Nội dung|Năm 2022|Năm 2023|Tăng (+), giảm (-)~1|Hồ sơ tiếp "
		  "nhận|3.110|3.486|"
		  "+376~2|Hồ sơ trực tuyến|1.902|2.655|+735~3|Hồ sơ quá hạn|21|8|-13",
		  "fail growth 5" },
		{ "shares of the total",
		  "TT|Trình độ|Số người|Tỷ lệ (%)~1|Thạc sĩ|12|20,00~2|Đại "
		  "học|42|72,00~3|Trung "
		  "cấp|6|10,00~|Tổng số|60|100,00",
		  "fail ratio 5 7" },
	};

	(void)state;
	CHECK("I. SỐ LIỆU", examples);
}

static void columns_of_rows_unlike_each_other(void **state)
{
	static const struct example examples[] = {
		{ "quarters add up to nine months",
		  "Chỉ tiêu|Quý I|Quý II|Quý III|9 tháng~Hồ sơ nhận|210|240|250|700~Hồ sơ "
		  "trả|200|230|240|670~Tin, bài|11|14|9|36~Biên chế|21|21|22|22",
		  "fail sum 6" },
		{ "rates of what the row above holds",
		  "Nội dung|Số hồ sơ|Tỷ trọng~1. Tiếp nhận|400|100%~- Trực tuyến|300|75%~- "
		  "Trực "
		  "tiếp|100|25%~2. Đã trả|380|95%~- Trước hạn|200|52,63%~- Đúng hạn|171|45%~- "
		  "Quá "
		  "hạn|9|3,27%",
		  "fail ratio 7 10" },
		{ "a signed difference has the unit of its row",
		  "TT|Chỉ tiêu|ĐVT|Năm 2023|Năm 2024|So sánh (tăng/giảm)~1|Hồ sơ nhận|Hồ "
		  "sơ|200|240|+40~2|Hồ sơ trả|Hồ sơ|190|230|+40~3|Thu ngân sách|Tỷ "
		  "đồng|12,5|14|+1,5",
		  "" },
		{ "a difference of money that is wrong",
		  "TT|Chỉ tiêu|ĐVT|Năm 2023|Năm 2024|So sánh (tăng/giảm)~1|Hồ sơ nhận|Hồ "
		  "sơ|200|240|+40~2|Hồ sơ trả|Hồ sơ|190|230|+40~3|Thu ngân sách|Tỷ "
		  "đồng|12,5|14|+2,5",
		  "fail growth 6" },
		{ "a rate in a row of money is a rate",
		  "TT|Chỉ tiêu|ĐVT|Kế hoạch|Thực hiện|Tỷ lệ (%)~1|Thu|Tỷ "
		  "đồng|200|190|95~2|Chi|Tỷ "
		  "đồng|100|80|80~3|Nợ|Tỷ đồng|50|40|80",
		  "" },
	};

	(void)state;
	CHECK("I. SỐ LIỆU", examples);
}

static void products_and_differences(void **state)
{
	static const struct example examples[] = {
		{ "what a row costs",
		  "TT|Nội dung|Số lượng|Đơn giá|Thành "
		  "tiền~1|In|200|30|6.000~2|Vẽ|4|500|2.000~3|Quay|5|"
		  "400|2.500~4|Thi|1|900|900",
		  "fail sum 6" },
		{ "a difference that the table prints",
		  "TT|Đơn "
		  "vị|Nhận|Trả|Còn~(1)|(2)|(3)|(4)|(5)=(3)-(4)~1|Một|412|400|12~2|Hai|388|381|"
		  "7~3|Ba|205|198|17~4|Tư|97|95|2",
		  "fail sum 7" },
		{ "points are no days",
		  "Phòng|Tiến độ (40)|Kỷ luật (20)|Tổng "
		  "(60)~Một|38|20|58~Hai|36|19|55~Ba|34|19|58~Tư|"
		  "30|18|48",
		  "fail sum 6" },
	};

	(void)state;
	CHECK("I. SỐ LIỆU", examples);
}

static void cells(void **state)
{
	static const struct example examples[] = {
		{ "a code that the legend does not know",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Phòng họp trực tuyến|Chưa có = 0 2 điểm = "
		  "1 3 "
		  "điểm = 2|3~2|Đối thoại|Không = 0 Có = 1|0",
		  "fail enum 4" },
		{ "a count in percent, a rate in files",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Số đơn vị được thanh tra|%|2~2|Tỷ lệ hồ "
		  "sơ đúng "
		  "hạn|Hồ sơ|98~3|Số hóa kết quả|%|40",
		  "fail unit 4; fail unit 5" },
		{ "a restriction above what it restricts",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số xã đủ điều kiện nhận hồ sơ qua "
		  "mạng|Đơn vị|64~2|Số xã đang nhận hồ sơ qua mạng|Đơn vị|69",
		  "fail subset 4 5" },
		{ "what came in and what went out are a flow",
		  "TT|Chỉ tiêu|Đơn vị tính|Số liệu~1|Tổng số kiến nghị tiếp nhận|Kiến "
		  "nghị|10~2|Số "
		  "kiến nghị tiếp nhận đã giải quyết|Kiến nghị|12",
		  "" },
	};

	(void)state;
	CHECK("I. SỐ LIỆU", examples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_over_rows),
		cmocka_unit_test(rates_in_rows),
		cmocka_unit_test(columns),
		cmocka_unit_test(columns_of_rows_unlike_each_other),
		cmocka_unit_test(products_and_differences),
		cmocka_unit_test(cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
