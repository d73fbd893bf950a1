/* tables.c - annexes and tables; the rows that offices know, with the figures of the report. */
#include "parts.h"

static const char *const IN_TABLE = "sum|ratio|subset|cross-form|text-table";

void annex(struct report *r, const char *title)
{
	int number = ++r->annexes;
	bool again = here(r, HEADER, 1) && number == 2;
	if (again)
		number = 1;
	add_marked(r, kept(r, "Phụ lục %d", number), again);
	add(r, title);
	bool first = r->annexes == 1;
	bool blank = here(r, MISSING_VALUE, 1) && first, other = here(r, HEADER, 0) && first;
	const char *type = r->period == PLAN ? "Kế hoạch" : "Báo cáo",
	           *code = r->period == PLAN ? "KH" : "BC";
	const char *day = chance(r, 50) ? short_day(r, r->date) : long_day(r, r->date);
	if (blank)
		add_marked(r,
		           kept(r, "(Kèm theo %s số      /%s-%s ngày     /%d/%d của %s)", type,
		                code, r->code, r->date.m, r->date.y, r->full),
		           true);
	else
		add_marked(r,
		           kept(r, "(Kèm theo %s số %d/%s-%s ngày %s của %s)", type,
		                r->number + (other ? (int)between(r, 3, 60) : 0), code, r->code,
		                day, r->full),
		           other);
	if (blank || again || other)
		accept(r, "suspect-or-fail",
		       "header|missing-value|citation|numbering|text-text|date");
	for (int i = 0; i < 4; i++)
		r->rows[i] = 0;
}

void table_head(struct report *r)
{
	for (int i = 0; i < 4; i++)
		r->rows[i] = 0;
	add(r, WORDS(r, VALUES(""), "STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\tGhi chú",
	             "STT\tChỉ tiêu\tĐơn vị tính\tKết quả\tGhi chú",
	             "TT\tNội dung\tĐơn vị tính\tSố liệu\tGhi chú"));
}

static const char *row_number(struct report *r, int depth)
{
	r->rows[depth]++;
	for (int i = depth + 1; i < 4; i++)
		r->rows[i] = 0;
	const char *dot = r->dot_rows ? "." : "";
	if (depth == 0)
		return kept(r, "%d%s", r->rows[0], dot);
	if (depth == 1)
		return kept(r, "%d.%d%s", r->rows[0], r->rows[1], dot);
	return kept(r, "%d.%d.%d%s", r->rows[0], r->rows[1], r->rows[2], dot);
}
static void row_marked(struct report *r, int depth, const char *label, const char *unit,
                       const char *value, bool marked)
{
	add_marked(r, kept(r, "%s\t%s\t%s\t%s\t", row_number(r, depth), label, unit, value),
	           marked);
}
void row(struct report *r, int depth, const char *label, const char *unit, const char *value)
{
	row_marked(r, depth, label, unit, value, false);
}

/* The total over the levels; those that do not apply stay blank. */
static void write_level_rows(struct report *r)
{
	const struct facts *f = &r->facts;
	bool sum = here(r, SUM, 5), blank = here(r, MISSING_VALUE, 0);
	long low = r->level == COMMUNE ? f->procedures : f->procedures / 3,
	     high = f->procedures - low;
	long middle = r->level == PROVINCE && !r->two_levels ? low / 2 : 0;
	low = sum ? wrong_count(r, low - middle) : low - middle;
	row_marked(r, 1, "Tổng số TTHC thuộc thẩm quyền giải quyết tại địa phương", "Thủ tục",
	           blank ? "" : count(r, f->procedures), sum || blank);
	row_marked(r, 2, "Số TTHC cấp tỉnh", "Thủ tục",
	           r->level == PROVINCE ? count(r, high) : "", sum);
	const char *district = r->level == DISTRICT ? count(r, high)
	                       : middle             ? count(r, middle)
	                                            : "";
	row_marked(r, 2, "Số TTHC cấp huyện", "Thủ tục", district, sum);
	row_marked(r, 2, "Số TTHC cấp xã", "Thủ tục", count(r, low), sum);
	if (sum)
		accept(r, "fail", IN_TABLE);
	if (blank)
		accept(r, "suspect-or-fail", "missing-value|sum|text-table");
}

static void write_procedure_rows(struct report *r)
{
	const struct facts *f = &r->facts;
	bool named = here(r, TEXT_TABLE, 0), twice = here(r, CROSS_FORM, 2);
	row(r, 0, "Thống kê TTHC", "", "");
	row(r, 1, "Số TTHC công bố mới", "Thủ tục", count(r, (long)draw(r, 9)));
	if (r->level != DEPARTMENT && !named && !twice) {
		write_level_rows(r);
		return;
	}
	long all = named ? wrong_count(r, f->procedures) : f->procedures;
	row_marked(r, 1, "Tổng số TTHC thuộc thẩm quyền giải quyết", "Thủ tục", count(r, all),
	           named || twice);
	if (named)
		accept(r, "fail", "text-table|cross-form|text-text|sum");
}

static void write_file_rows(struct report *r)
{
	const struct facts *f = &r->facts;
	static const char *const whose[] = { "do UBND cấp xã tiếp nhận ",
		                             "do UBND cấp huyện tiếp nhận ", "", "" };
	long good = f->early + f->on_time, all = f->resolved;
	bool ratio = here(r, RATIO, 3), more = here(r, SUBSET, 2);
	if (more)
		good = all + between(r, 1, 30);
	row(r, 0, "Kết quả giải quyết TTHC", "", "");
	const char *value =
	        ratio ? wrong_rate(r, good, all) : rate(r, f->early + f->on_time, all);
	row_marked(r, 1,
	           kept(r, "Tỷ lệ hồ sơ TTHC %sđược giải quyết đúng hạn", whose[r->level]), "%",
	           value, ratio || more);
	row_marked(r, 2, "Tổng số hồ sơ TTHC đã giải quyết xong", "Hồ sơ", count(r, all),
	           ratio || more);
	row_marked(r, 2, "Số hồ sơ TTHC giải quyết đúng hạn", "Hồ sơ", count(r, good),
	           ratio || more);
	if (ratio || more)
		accept(r, "fail", ratio ? IN_TABLE : "subset|ratio|sum|text-table|cross-form");
	bool zero = here(r, ZERO_DENOMINATOR, 1);
	long n = zero ? 0 : f->petitions;
	const char *share = zero ? "100" : n ? "100" : chance(r, 50) ? "" : "-";
	row_marked(r, 1, "Tỷ lệ giải quyết phản ánh, kiến nghị (PAKN) về quy định TTHC", "%",
	           share, zero);
	row_marked(r, 2, "Tổng số PAKN đã tiếp nhận", "PAKN", count(r, n), zero);
	row_marked(r, 2, "Số PAKN đã giải quyết xong", "PAKN", count(r, n), zero);
	if (zero)
		accept(r, "suspect-or-fail", "zero-denominator|ratio");
}

static void write_online_rows(struct report *r)
{
	const struct facts *f = &r->facts;
	bool parts = here(r, CROSS_FORM, 0),
	     received = here(r, CROSS_FORM, 1) || here(r, TEXT_TABLE, 2);
	static const char *const names[][2] = { { "mức độ 3", "mức độ 4" },
		                                { "một phần", "toàn trình" } };
	uint32_t old = r->date.y < 2022 ? 0 : 1;
	const char *both = old ? "một phần và toàn trình" : "mức độ 3 và 4",
	           *all = count(r, f->part_online), *whole = count(r, f->whole_online);
	long sum = f->part_online + f->whole_online, linked = sum - (long)draw(r, 9),
	     said = parts ? wrong_count(r, sum) : sum;
	if (linked > said)
		linked = said;
	row(r, 0, "Cung cấp dịch vụ công trực tuyến", "", "");
	row(r, 1, kept(r, "Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến %s", names[old][0]),
	    "%", "100");
	row(r, 2, kept(r, "Tổng số TTHC đủ điều kiện cung cấp trực tuyến %s", names[old][0]),
	    "Thủ tục", all);
	row_marked(r, 2, kept(r, "Số TTHC đang cung cấp trực tuyến %s", names[old][0]),
	           "Thủ tục", all, parts);
	row(r, 1, kept(r, "Tỷ lệ TTHC đủ điều kiện được cung cấp trực tuyến %s", names[old][1]),
	    "%", "100");
	row(r, 2, kept(r, "Tổng số TTHC đủ điều kiện cung cấp trực tuyến %s", names[old][1]),
	    "Thủ tục", whole);
	row_marked(r, 2, kept(r, "Số TTHC đang cung cấp trực tuyến %s", names[old][1]),
	           "Thủ tục", whole, parts);
	row_marked(r, 1,
	           kept(r,
	                "Tỷ lệ TTHC cung cấp trực tuyến %s đã tích hợp, công khai trên Cổng "
	                "DVC quốc gia",
	                both),
	           "%", rate(r, linked, said), parts);
	row_marked(r, 2,
	           kept(r, "Tổng số TTHC đang cung cấp trực tuyến %s của địa phương", both),
	           "Thủ tục", count(r, said), parts);
	row(r, 2,
	    kept(r,
	         "Số TTHC cung cấp trực tuyến %s đã tích hợp, công khai trên Cổng DVC quốc gia",
	         both),
	    "Thủ tục", count(r, linked));
	long in = received ? wrong_count(r, f->received) : f->received;
	row_marked(r, 1, kept(r, "Tỷ lệ hồ sơ TTHC được tiếp nhận trực tuyến %s", both), "%",
	           rate(r, f->online, in), received);
	row_marked(r, 2, "Tổng số hồ sơ TTHC đã tiếp nhận (cả trực tiếp và trực tuyến)",
	           "Hồ sơ", count(r, in), received);
	row_marked(r, 2, "Số hồ sơ TTHC đã tiếp nhận trực tuyến", "Hồ sơ", count(r, f->online),
	           received);
	if (parts || received)
		accept(r, "fail",
		       here(r, TEXT_TABLE, 2)
		               ? "text-table|cross-form|sum|ratio|subset|text-text"
		               : "cross-form|text-table|sum|ratio|subset|text-text");
}

static void write_coded_rows(struct report *r)
{
	static const struct {
		const char *label, *legend;
		int codes;
	} coded[] = {
		{ "Khảo sát sự hài lòng của người dân, tổ chức", "Có = 1; Không = 0", 2 },
		{ "Hình thức khảo sát", "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2", 3 },
		{ "Hệ thống họp trực tuyến", "Chưa có = 0 2 cấp = 1 3 cấp = 2", 3 },
	};
	for (int i = 0; i < 3; i++) {
		bool wrong = here(r, ENUM, i);
		long code = i == 0 ? 1 : (long)draw(r, (uint32_t)coded[i].codes);
		row_marked(r, 0, coded[i].label, coded[i].legend,
		           kept(r, "%ld", wrong ? coded[i].codes + (long)draw(r, 3) : code),
		           wrong);
		if (wrong)
			accept(r, "fail", "enum");
		if (i == 0)
			row(r, 1, "Số lượng phiếu khảo sát", "Phiếu",
			    count(r, r->facts.forms_out));
	}
}

static void write_direction_rows(struct report *r)
{
	const struct facts *f = &r->facts;
	bool gap = here(r, NUMBERING, 2), as_rate = here(r, UNIT, 0),
	     as_count = here(r, UNIT, 1);
	row(r, 0, "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản",
	    count(r, between(r, 3, 40)));
	if (gap)
		r->rows[0]++;
	row_marked(r, 0, "Số cơ quan, đơn vị đã kiểm tra", as_rate ? "%" : "Cơ quan, đơn vị",
	           count(r, f->inspected), as_rate || gap);
	row_marked(r, 0, "Tỷ lệ xử lý các vấn đề phát hiện qua kiểm tra",
	           as_count ? "Vấn đề" : "%", rate(r, f->remedied, f->findings), as_count);
	row(r, 1, "Số vấn đề phát hiện qua kiểm tra", "Vấn đề", count(r, f->findings));
	row(r, 1, "Số vấn đề phát hiện đã xử lý xong", "Vấn đề", count(r, f->remedied));
	if (gap)
		accept(r, "suspect-or-fail", "numbering");
	if (as_rate || as_count)
		accept(r, "suspect-or-fail", "unit");
	row(r, 0, "Thực hiện nhiệm vụ cấp trên giao", "", "");
	add(r, kept(r,
	            "%s\tTổng số nhiệm vụ được giao\tNhiệm vụ\t%s\t%s nhiệm vụ đang thực hiện, "
	            "chưa đến hạn",
	            row_number(r, 1), count(r, f->tasks), count(r, f->tasks_open)));
	row(r, 1, "Số nhiệm vụ đã hoàn thành đúng hạn", "Nhiệm vụ", count(r, f->tasks_on_time));
	row(r, 1, "Số nhiệm vụ đã hoàn thành nhưng quá hạn", "Nhiệm vụ",
	    count(r, f->tasks_late));
	row(r, 1, "Số nhiệm vụ quá hạn nhưng chưa hoàn thành", "Nhiệm vụ",
	    count(r, f->tasks_overdue));
	write_coded_rows(r);
}

static void write_staff_rows(struct report *r)
{
	const struct facts *f = &r->facts;
	bool named = here(r, TEXT_TABLE, 1), comma = here(r, FORMAT, 1);
	row(r, 0, "Số liệu về biên chế công chức", "", "");
	row_marked(r, 1, "Tổng số biên chế được giao trong năm", "Người",
	           count(r, named ? f->staff + between(r, 2, 9) : f->staff), named);
	row(r, 1, "Tổng số biên chế có mặt tại thời điểm báo cáo", "Người",
	    count(r, f->staff_present));
	if (named)
		accept(r, "fail", "text-table|cross-form|text-text");
	row(r, 0, "Tỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công", "%",
	    rate(r, f->spent, f->budget));
	const char *plan = comma ? kept(r, "%ld,%03ld", f->budget / 1000, f->budget % 1000)
	                         : grouped(r, f->budget);
	const char *spent = comma && f->spent >= 1000
	                            ? kept(r, "%ld,%03ld", f->spent / 1000, f->spent % 1000)
	                            : grouped(r, f->spent);
	row_marked(r, 1, "Kế hoạch được giao", "Triệu đồng", plan, comma);
	row_marked(r, 1, "Đã thực hiện", "Triệu đồng", spent, comma);
	if (comma)
		accept(r, "suspect-or-fail", "format|unit|text-table|ratio");
}

/* Files by field with a row of totals. */
void field_table(struct report *r)
{
	static const char *const fields[] = { "Hộ tịch", "Đất đai", "Chứng thực", "Xây dựng",
		                              "Lao động, xã hội" };
	long left_in = r->facts.resolved, left_out = 0, left = r->facts.pending,
	     total_pending = left;
	bool wrong = here(r, SUM, 6), blank = here(r, HEADER, 2);
	add_marked(r,
	           blank ? "STT\tLĩnh vực\t\tĐã giải quyết\tĐang giải quyết"
	                 : "STT\tLĩnh vực\tPhải giải quyết\tĐã giải quyết\tĐang giải quyết",
	           blank);
	for (int i = 0; i < 5; i++) {
		long done = i < 4 ? between(r, left_in / 9, left_in / 3) : left_in,
		     open = i < 4 ? between(r, 0, left / 2) : left;
		left_in -= done;
		left -= open;
		left_out += done + open;
		add_marked(r,
		           kept(r, "%d\t%s\t%s\t%s\t%s", i + 1, fields[i],
		                grouped(r, done + open), grouped(r, done), grouped(r, open)),
		           wrong);
	}
	add_marked(
	        r,
	        kept(r, "\tTổng cộng\t%s\t%s\t%s", grouped(r, left_out),
	             grouped(r, wrong ? wrong_count(r, r->facts.resolved) : r->facts.resolved),
	             grouped(r, total_pending)),
	        wrong);
	if (wrong)
		accept(r, "fail", IN_TABLE);
	if (blank)
		accept(r, "suspect-or-fail", "header|missing-value");
}

void survey_table(struct report *r)
{
	static const char *const asked[] = { "1. Nơi tiếp nhận khang trang, thuận tiện",
		                             "2. Thái độ của công chức tiếp nhận",
		                             "3. Thời gian giải quyết hồ sơ",
		                             "4. Mức phí, lệ phí" };
	int digits = r->digits;
	uint32_t wrong_row = draw(r, 4);
	r->digits = 2;
	add(r, "Nội dung\tHài lòng\t\tChưa hài lòng\t");
	add(r, "\tSố phiếu\tTỷ lệ\tSố phiếu\tTỷ lệ");
	for (uint32_t i = 0; i < 4; i++) {
		long all = r->facts.forms_valid,
		     bad = 2 + (long)i + 4 * between(r, 0, all / 24 - 1), good = all - bad;
		bool wrong = here(r, RATIO, 4) && i == wrong_row;
		add_marked(r,
		           kept(r, "%s\t%ld\t%s\t%ld\t%s", asked[i], good,
		                wrong ? wrong_rate(r, good, all) : rate(r, good, all), bad,
		                rate(r, bad, all)),
		           wrong);
		if (wrong)
			accept(r, "fail", "ratio|sum");
	}
	r->digits = digits;
}

void write_annexes(struct report *r)
{
	if (r->with_annex) {
		annex(r, "SỐ LIỆU CẢI CÁCH THỦ TỤC HÀNH CHÍNH");
		table_head(r);
		write_procedure_rows(r);
		write_file_rows(r);
	}
	if (r->with_online_annex) {
		annex(r, "SỐ LIỆU DỊCH VỤ CÔNG TRỰC TUYẾN");
		table_head(r);
		if (here(r, CROSS_FORM, 2)) {
			row_marked(r, 0, "Tổng số TTHC thuộc thẩm quyền giải quyết", "Thủ tục",
			           count(r, wrong_count(r, r->facts.procedures)), true);
			accept(r, "fail", "cross-form|text-table|sum|subset");
		}
		write_online_rows(r);
	}
	if (r->with_direction_annex) {
		annex(r, "SỐ LIỆU CHỈ ĐẠO, ĐIỀU HÀNH");
		table_head(r);
		write_direction_rows(r);
	}
	if (r->with_staff_annex) {
		annex(r, "SỐ LIỆU BIÊN CHẾ VÀ TÀI CHÍNH");
		table_head(r);
		write_staff_rows(r);
	}
}
