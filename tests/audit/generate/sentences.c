/* sentences.c - figures in running text: files, procedures, staff, money, and their repetition.
 */
#include "parts.h"

static const char *const IN_TEXT = "sum|subset|ratio|text-table|text-text|cross-form";

/* The number as it stands, or another where the fault is. */
static const char *count_or_wrong(struct report *r, long n, enum fault fault, int place)
{
	return count(r, here(r, fault, place) ? wrong_count(r, n) : n);
}

static void write_received(struct report *r)
{
	const struct facts *f = &r->facts;
	const char *paper = count(r, f->received - f->online), *all = count(r, f->received);
	if (here(r, SUBSET, 0)) {
		const char *more = count(r, f->received + between(r, 1, f->received / 5 + 2));
		add_marked(r,
		           WORDS(r, VALUES(r->body, all, more),
		                 "{0} tiếp nhận mới {1} hồ sơ, trong đó có {2} hồ sơ nộp trực "
		                 "tuyến.",
		                 "Số hồ sơ tiếp nhận mới là {1} hồ sơ, trong đó số hồ sơ nộp "
		                 "trực tuyến là {2} hồ sơ."),
		           true);
		accept(r, "fail", IN_TEXT);
	} else {
		const char *online = count_or_wrong(r, f->online, SUM, 0);
		add_marked(r,
		           WORDS(r, VALUES(r->body, all, online, paper),
		                 "Trong kỳ, {0} tiếp nhận mới {1} hồ sơ, trong đó: trực tuyến "
		                 "{2} hồ sơ, trực tiếp {3} hồ sơ.",
		                 "Số hồ sơ tiếp nhận mới: {1} hồ sơ (nộp qua mạng {2} hồ sơ, "
		                 "nộp tại quầy {3} hồ sơ).",
		                 "{0} đã tiếp nhận mới {1} hồ sơ, gồm {2} hồ sơ trực tuyến và "
		                 "{3} hồ sơ trực tiếp.",
		                 "Tiếp nhận mới trong kỳ {1} hồ sơ; trong đó qua Cổng dịch vụ "
		                 "công {2} hồ sơ, tại Bộ phận Một cửa {3} hồ sơ.",
		                 "Trong kỳ tiếp nhận mới {1} hồ sơ: {2} hồ sơ trực tuyến, {3} "
		                 "hồ sơ trực tiếp."),
		           here(r, SUM, 0) || here(r, TEXT_TABLE, 2));
		if (here(r, SUM, 0))
			accept(r, "fail", IN_TEXT);
	}
	if (f->carried)
		add(r,
		    WORDS(r, VALUES(count(r, f->carried), count(r, f->received + f->carried)),
		          "Ngoài ra có {0} hồ sơ từ kỳ trước chuyển sang, tổng số hồ sơ phải "
		          "giải quyết là {1} hồ sơ.",
		          "Cộng với {0} hồ sơ kỳ trước chuyển sang, tổng số hồ sơ phải giải "
		          "quyết trong kỳ là {1} hồ sơ."));
	else if (chance(r, 50))
		add(r, "Không có hồ sơ kỳ trước chuyển sang.");
}

static void write_resolved(struct report *r)
{
	const struct facts *f = &r->facts;
	bool wrong = here(r, SUM, 1);
	const char *all = count(r, f->resolved), *on_time = count(r, f->on_time);
	const char *early = count_or_wrong(r, f->early, SUM, 1), *late = count(r, f->late);
	if (chance(r, 30)) {
		add_marked(r, kept(r, "Đã giải quyết xong %s hồ sơ, cụ thể:", all), wrong);
		add_marked(r, kept(r, "- Trước hạn: %s hồ sơ;", early), wrong);
		add_marked(r, kept(r, "- Đúng hạn: %s hồ sơ;", on_time), wrong);
		add_marked(r, kept(r, "- Quá hạn: %s hồ sơ.", late), wrong);
	} else {
		add_marked(r,
		           WORDS(r, VALUES(all, early, on_time, late),
		                 "Đã giải quyết {0} hồ sơ, trong đó: trước hạn {1} hồ sơ, đúng "
		                 "hạn {2} hồ sơ, trễ hạn {3} hồ sơ.",
		                 "Số hồ sơ đã giải quyết là {0} hồ sơ (trước hạn {1} hồ sơ, "
		                 "đúng hạn {2} hồ sơ, quá hạn {3} hồ sơ).",
		                 "Đến nay đã giải quyết xong {0} hồ sơ, gồm {1} hồ sơ trước "
		                 "hạn, {2} hồ sơ đúng hạn và {3} hồ sơ quá hạn.",
		                 "Kết quả: đã trả {0} hồ sơ; trong đó sớm hạn {1} hồ sơ, đúng "
		                 "hạn {2} hồ sơ, quá hạn {3} hồ sơ.",
		                 "Số hồ sơ đã giải quyết: {0} hồ sơ. Trong đó: {1} hồ sơ trước "
		                 "hạn; {2} hồ sơ đúng hạn; {3} hồ sơ quá hạn."),
		           wrong);
	}
	if (wrong)
		accept(r, "fail", IN_TEXT);
	const char *not_due = count_or_wrong(r, f->not_due, SUM, 2);
	add_marked(r,
	           WORDS(r, VALUES(count(r, f->pending), not_due, count(r, f->overdue)),
	                 "Đang giải quyết {0} hồ sơ, trong đó {1} hồ sơ chưa đến hạn, {2} hồ "
	                 "sơ đã quá hạn.",
	                 "Còn {0} hồ sơ đang giải quyết (chưa đến hạn {1} hồ sơ, quá hạn {2} "
	                 "hồ sơ).",
	                 "Hồ sơ đang xử lý: {0} hồ sơ, gồm trong hạn {1} hồ sơ và quá hạn {2} "
	                 "hồ sơ."),
	           here(r, SUM, 2));
	if (here(r, SUM, 2))
		accept(r, "fail", IN_TEXT);
}

static void write_rates(struct report *r)
{
	const struct facts *f = &r->facts;
	long good = f->early + f->on_time;
	if (wanted(r, 60, RATIO, 0, 0)) {
		bool wrong = here(r, RATIO, 0);
		const char *value =
		        wrong ? wrong_rate(r, good, f->resolved) : rate(r, good, f->resolved);
		add_marked(
		        r,
		        WORDS(r, VALUES(count(r, good), count(r, f->resolved), value),
		              "Có {0}/{1} hồ sơ được trả trước hạn và đúng hạn, đạt {2}%.",
		              "Số hồ sơ trả trước hạn và đúng hạn là {0} hồ sơ trên tổng số "
		              "{1} hồ sơ đã giải quyết, đạt tỷ lệ {2}%.",
		              "Tỷ lệ hồ sơ trả trước hạn và đúng hạn đạt {2}% ({0}/{1} hồ sơ).",
		              "Đạt {2}% hồ sơ trả trước hạn và đúng hạn ({0} trên tổng số {1} "
		              "hồ sơ đã giải quyết)."),
		        wrong);
		if (wrong)
			accept(r, "fail", IN_TEXT);
	}
	if (wanted(r, 50, RATIO, 1, 1)) {
		bool wrong = here(r, RATIO, 1);
		const char *value = wrong ? wrong_rate(r, f->online, f->received)
		                          : rate(r, f->online, f->received);
		add_marked(r,
		           WORDS(r, VALUES(count(r, f->received), count(r, f->online), value),
		                 "Trong {0} hồ sơ tiếp nhận mới có {1} hồ sơ nộp trực tuyến, "
		                 "chiếm {2}%.",
		                 "Số hồ sơ nộp trực tuyến là {1} hồ sơ, chiếm {2}% trong tổng "
		                 "số {0} hồ sơ tiếp nhận mới."),
		           wrong);
		if (wrong)
			accept(r, "fail", IN_TEXT);
	}
}

static void write_growth(struct report *r)
{
	const struct facts *f = &r->facts;
	long more = f->received - f->last_year, size = more < 0 ? -more : more;
	const char *way = more > 0 ? "tăng" : "giảm", *now = count(r, f->received),
	           *then = count(r, f->last_year);
	const char *year = kept(r, "%d", r->date.y - 1);
	bool wrong = r->fault == GROWTH;
	if (here(r, GROWTH, 0) || (!wrong && chance(r, 50)))
		add_marked(
		        r,
		        WORDS(r,
		              VALUES(now, way, count_or_wrong(r, size, GROWTH, 0), year, then),
		              "Số hồ sơ tiếp nhận mới là {0} hồ sơ, {1} {2} hồ sơ so với cùng "
		              "kỳ năm {3} ({4} hồ sơ).",
		              "So với cùng kỳ năm {3} ({4} hồ sơ), số hồ sơ tiếp nhận mới là "
		              "{0} hồ sơ, {1} {2} hồ sơ."),
		        wrong);
	else if (here(r, GROWTH, 2))
		add_marked(r,
		           kept(r,
		                "Số hồ sơ tiếp nhận mới là %s hồ sơ, %s so với cùng kỳ năm %s "
		                "(%s hồ sơ).",
		                now, more > 0 ? "giảm" : "tăng", year, then),
		           true);
	else
		add_marked(r,
		           WORDS(r,
		                 VALUES(now, way,
		                        here(r, GROWTH, 1) ? wrong_rate(r, size, f->last_year)
		                                           : rate(r, size, f->last_year),
		                        year, then),
		                 "Số hồ sơ tiếp nhận mới là {0} hồ sơ, {1} {2}% so với cùng kỳ "
		                 "năm {3} ({4} hồ sơ).",
		                 "Tiếp nhận mới {0} hồ sơ, {1} {2}% so với {4} hồ sơ của cùng "
		                 "kỳ năm {3}."),
		           wrong);
	if (wrong)
		accept(r, "fail", "growth|ratio|sum");
}

static void write_petitions(struct report *r)
{
	const char *n = count(r, r->facts.petitions);
	if (here(r, ZERO_DENOMINATOR, 0)) {
		add_marked(r,
		           WORDS(r, VALUES(r->body),
		                 "Trong kỳ tiếp nhận 0 phản ánh, kiến nghị, đã giải quyết 0 "
		                 "phản ánh, kiến nghị, đạt 100%.",
		                 "{0} tiếp nhận 00 phản ánh, kiến nghị; đã xử lý 00/00 phản "
		                 "ánh, kiến nghị, đạt tỷ lệ 100%."),
		           true);
		accept(r, "suspect-or-fail", "zero-denominator|ratio");
	} else if (!r->facts.petitions) {
		add(r,
		    WORDS(r, VALUES(r->body),
		          "{0} không nhận được phản ánh, kiến nghị nào về quy định hành chính.",
		          "Trong kỳ không phát sinh phản ánh, kiến nghị."));
	} else {
		add(r, WORDS(r, VALUES(n),
		             "Tiếp nhận {0} phản ánh, kiến nghị; đã giải quyết {0}/{0} phản "
		             "ánh, kiến nghị, đạt 100%.",
		             "Đã tiếp nhận và giải quyết xong {0} phản ánh, kiến nghị."));
	}
}

void write_files(struct report *r)
{
	write_received(r);
	write_resolved(r);
	write_rates(r);
	if (wanted(r, 40, GROWTH, 0, 2) && !here(r, GROWTH, 3))
		write_growth(r);
	if (wanted(r, 50, ZERO_DENOMINATOR, 0, 0))
		write_petitions(r);
	if (here(r, FORMAT, 0)) {
		long n = between(r, 1000, 9000);
		add_marked(r,
		           kept(r, "Trong kỳ đã số hóa %ld,%03ld hồ sơ lưu trữ.", n / 1000,
		                n % 1000),
		           true);
		accept(r, "suspect-or-fail", "format|unit");
		add(r, "Tỷ lệ hồ sơ có thành phần được tái sử dụng đạt 31,5%; kho lưu trữ hiện "
		       "có 128.400 hồ sơ.");
	}
}

void write_procedures(struct report *r)
{
	const struct facts *f = &r->facts;
	bool wrong = here(r, SUM, 3);
	const char *all = count(r, f->procedures),
	           *whole = count_or_wrong(r, f->whole_online, SUM, 3);
	add_marked(r,
	           WORDS(r,
	                 VALUES(all, whole, count(r, f->part_online), count(r, f->offline),
	                        r->body),
	                 "Tổng số thủ tục hành chính thuộc thẩm quyền giải quyết là {0} thủ "
	                 "tục, trong đó {1} thủ tục toàn trình, {2} thủ tục một phần, {3} thủ "
	                 "tục chưa cung cấp trực tuyến.",
	                 "Hiện có {0} thủ tục hành chính thuộc thẩm quyền giải quyết, gồm: "
	                 "toàn trình {1} thủ tục; một phần {2} thủ tục; còn lại {3} thủ tục "
	                 "thực hiện trực tiếp."),
	           wrong || here(r, TEXT_TABLE, 0));
	if (wrong)
		accept(r, "fail", IN_TEXT);
	if (chance(r, 40))
		filler(r, 1, "");
}

void write_direction(struct report *r)
{
	const struct facts *f = &r->facts;
	if (wanted(r, 60, SUM, 4, 4)) {
		bool wrong = here(r, SUM, 4);
		add_marked(
		        r,
		        WORDS(r,
		              VALUES(count(r, f->tasks),
		                     count_or_wrong(r, f->tasks_on_time, SUM, 4),
		                     count(r, f->tasks_late), count(r, f->tasks_open),
		                     count(r, f->tasks_overdue)),
		              "Được giao {0} nhiệm vụ, trong đó: hoàn thành đúng hạn {1} nhiệm "
		              "vụ, hoàn thành quá hạn {2} nhiệm vụ, đang thực hiện trong hạn "
		              "{3} nhiệm vụ, quá hạn chưa hoàn thành {4} nhiệm vụ.",
		              "Tổng số nhiệm vụ được giao là {0} nhiệm vụ (đúng hạn {1}, quá "
		              "hạn {2}, đang thực hiện trong hạn {3}, quá hạn chưa xong {4})."),
		        wrong);
		if (wrong)
			accept(r, "fail", IN_TEXT);
	}
	if (wanted(r, 60, TEXT_TEXT, 0, 0))
		add_marked(r,
		           WORDS(r, VALUES(count(r, f->inspected), r->body),
		                 "{1} đã kiểm tra cải cách hành chính tại {0} cơ quan, đơn vị.",
		                 "Trong kỳ đã kiểm tra cải cách hành chính tại {0} cơ quan, "
		                 "đơn vị."),
		           here(r, TEXT_TEXT, 0));
	if (chance(r, 40))
		add(r, WORDS(r,
		             VALUES(count(r, f->findings), count(r, f->remedied),
		                    count(r, f->findings - f->remedied)),
		             "Qua kiểm tra phát hiện {0} thiếu sót; đã khắc phục {1} thiếu "
		             "sót, đang khắc phục {2} thiếu sót."));
	if (wanted(r, 60, TEXT_TEXT, 1, 1))
		add_marked(r,
		           WORDS(r, VALUES(count(r, f->articles)),
		                 "Đã đăng {0} tin, bài về cải cách hành chính.",
		                 "Công tác tuyên truyền: đăng {0} tin, bài về cải cách hành "
		                 "chính."),
		           here(r, TEXT_TEXT, 1));
	if (wanted(r, 60, SUBSET, 1, 1)) {
		bool wrong = here(r, SUBSET, 1);
		long back = wrong ? f->forms_out + between(r, 1, 30) : f->forms_in;
		add_marked(r,
		           WORDS(r,
		                 VALUES(count(r, f->forms_out), count(r, back),
		                        count(r, wrong ? back : f->forms_valid)),
		                 "Khảo sát sự hài lòng: phát ra {0} phiếu, thu về {1} phiếu, "
		                 "trong đó có {2} phiếu hợp lệ.",
		                 "Đã phát {0} phiếu khảo sát, thu về {1} phiếu, số phiếu hợp "
		                 "lệ {2} phiếu."),
		           wrong);
		if (wrong)
			accept(r, "fail", "subset|sum|text-text");
	}
}

void write_staff(struct report *r)
{
	const struct facts *f = &r->facts;
	add_marked(r,
	           WORDS(r, VALUES(count(r, f->staff), count(r, f->staff_present), r->body),
	                 "Biên chế được giao là {0} người, hiện có mặt {1} người.",
	                 "{2} được giao {0} biên chế, có mặt tại thời điểm báo cáo {1} người."),
	           here(r, TEXT_TABLE, 1));
	if (chance(r, 50))
		add(r,
		    WORDS(r, VALUES(count(r, f->classes), count(r, f->staff_present * 2 + 3)),
		          "Đã cử {1} lượt cán bộ, công chức tham gia {0} lớp bồi dưỡng.",
		          "Tổ chức {0} lớp tập huấn với {1} lượt người tham dự."));
	if (chance(r, 40))
		add(r, "Đội ngũ được bố trí theo đề án vị trí việc làm; kết quả xếp loại công "
		       "chức quý trước được công khai.");
}

void write_money(struct report *r)
{
	const struct facts *f = &r->facts;
	if (here(r, FORMAT, 2)) {
		add_marked(r,
		           kept(r, "Dự toán chi được giao là %ld.%02ld.%03ld triệu đồng.",
		                between(r, 2, 9), between(r, 10, 99), between(r, 100, 999)),
		           true);
		accept(r, "suspect-or-fail", "format|unit");
		return;
	}
	bool wrong = here(r, RATIO, 2);
	const char *value =
	        wrong ? wrong_rate(r, f->spent, f->budget) : rate(r, f->spent, f->budget);
	add_marked(r,
	           WORDS(r, VALUES(grouped(r, f->budget), grouped(r, f->spent), value),
	                 "Kế hoạch vốn được giao {0} triệu đồng, đã giải ngân {1} triệu đồng, "
	                 "đạt {2}%.",
	                 "Đã giải ngân {1}/{0} triệu đồng kế hoạch vốn được giao, đạt {2}%."),
	           wrong);
	if (wrong)
		accept(r, "fail", "ratio|text-table|cross-form");
	if (chance(r, 30))
		add(r, "Mức hỗ trợ người làm việc tại bộ phận một cửa là 400.000 "
		       "đồng/người/tháng.");
}

void write_evaluation(struct report *r)
{
	const struct facts *f = &r->facts;
	filler(r, 1, "");
	const bool wrong = r->fault == TEXT_TEXT;
	if (wanted(r, 40, TEXT_TEXT, 0, 0))
		add_marked(r,
		           kept(r,
		                "Việc kiểm tra cải cách hành chính tại %s cơ quan, đơn vị giúp "
		                "chấn chỉnh kịp thời nhiều thiếu sót.",
		                count_or_wrong(r, f->inspected, TEXT_TEXT, 0)),
		           here(r, TEXT_TEXT, 0));
	if (wanted(r, 40, TEXT_TEXT, 1, 1))
		add_marked(r,
		           kept(r,
		                "Tuyên truyền có chuyển biến, đã đăng %s tin, bài về cải cách "
		                "hành chính.",
		                count_or_wrong(r, f->articles, TEXT_TEXT, 1)),
		           here(r, TEXT_TEXT, 1));
	if (here(r, TEXT_TEXT, 2)) {
		long wrong_total = wrong_count(r, f->resolved);
		add_marked(r,
		           kept(r, "Đã giải quyết %s hồ sơ, phần lớn trước hạn.",
		                count(r, wrong_total)),
		           true);
	} else if (chance(r, 30)) {
		add(r, kept(r, "Đã giải quyết %s hồ sơ, phần lớn trước hạn.",
		            count(r, f->resolved)));
	}
	if (wrong)
		accept(r, "suspect-or-fail", "text-text|text-table|cross-form|sum|ratio");
	filler(r, 1, "");
}
