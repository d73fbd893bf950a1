/* Pairs of a sentence and a row: which count the same thing, and which only look alike.  The
 * sentence states 222 (or 22,2%), the row 111 (or 11,1). */
#include "lib/test.h"

#include "app/audit/fact.h"
#include "text/document.h"

struct pair {
	const char *sentence, *label, *unit;
	enum fact_match match;
};

static const char head[] = "ỦY BAN NHÂN DÂN\n"
                           "XÃ MINH LẬP\n"
                           "Số: 15/BC-UBND\n"
                           "Minh Lập, ngày 20 tháng 6 năm 2025\n"
                           "BÁO CÁO\n"
                           "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2025\n"
                           "\n"
                           "I. KẾT QUẢ THỰC HIỆN\n";

static const struct fact_list *facts_in(struct arena *a, const char *text)
{
	static const struct audit_options options;
	struct text_file *file;
	struct document *document;
	struct audit *x;
	struct fact_list *list;

	assert_int_equal(arena_new(a, &file), ERR_OK);
	assert_int_equal(arena_new(a, &document), ERR_OK);
	assert_int_equal(arena_new(a, &x), ERR_OK);
	assert_int_equal(text_file_read(file, a, text, strlen(text)), ERR_OK);
	assert_int_equal(document_build(document, a, file, 1), ERR_OK);
	*x = (struct audit){ .arena = a, .document = document, .options = &options };
	assert_int_equal(facts_of(&list, x), ERR_OK);
	return list;
}

static bool is(const struct fact *f, int64_t digits, int places)
{
	return number_eq(f->figure.value, (struct number){ digits, places });
}

/* How the amounts 222 and 111 of a document (22,2 and 11,1 of a rate) were matched. */
static enum fact_match match_in(const struct fact_list *list, int places)
{
	enum fact_match best = FACT_OTHER;

	for (size_t i = 0; i < list->n_pairs; i++) {
		const struct fact *a = &list->facts[list->pairs[i].a];
		const struct fact *b = &list->facts[list->pairs[i].b];

		if (((is(a, 222, places) && is(b, 111, places)) ||
		     (is(a, 111, places) && is(b, 222, places))) &&
		    list->pairs[i].match > best)
			best = list->pairs[i].match;
	}
	return best;
}

static enum fact_match match_of(const struct pair *p)
{
	struct arena a ARENA_CLEANUP;
	const char *text;
	bool rate = strcmp(p->unit, "%") == 0;

	arena_init(&a, 64 << 20);
	assert_int_equal(arena_printf(&a, &text,
	                              "%s%s\nII. SỐ LIỆU THỐNG KÊ\n"
	                              "STT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\n"
	                              "1\t%s\t%s\t%s\n2\tSố cuộc họp giao ban\tCuộc\t7\n",
	                              head, p->sentence, p->label, p->unit,
	                              rate ? "11,1" : "111"),
	                 ERR_OK);
	return match_in(facts_in(&a, text), rate);
}

static void all(const struct pair *pairs, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		enum fact_match match = match_of(&pairs[i]);

		if (match == pairs[i].match)
			continue;
		wrong++;
		print_error("%d, not %d: %s | %s\n", (int)match, (int)pairs[i].match,
		            pairs[i].sentence, pairs[i].label);
	}
	assert_int_equal(wrong, 0);
}

static const struct pair same[] = {
	{ "Bộ phận Một cửa đã tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_SAME },
	{ "Trong kỳ, UBND xã tiếp nhận 222 hồ sơ TTHC.",
	  "Tổng số hồ sơ thủ tục hành chính tiếp nhận", "Hồ sơ", FACT_SAME },
	{ "Tổng số hồ sơ tiếp nhận: 222 hồ sơ.", "Số hồ sơ tiếp nhận trong kỳ báo cáo", "Hồ sơ",
	  FACT_SAME },
	{ "Đã giải quyết xong 222 hồ sơ, không để tồn đọng.",
	  "Tổng số hồ sơ TTHC đã giải quyết xong", "Hồ sơ", FACT_SAME },
	{ "Số hồ sơ đã xử lý là 222 hồ sơ.", "Số hồ sơ đã giải quyết", "Hồ sơ", FACT_SAME },
	{ "Hiện còn 222 hồ sơ đang giải quyết.", "Số hồ sơ đang xử lý", "Hồ sơ", FACT_SAME },
	{ "Tổng số thủ tục hành chính thuộc thẩm quyền giải quyết của xã là 222 TTHC.",
	  "Tổng số TTHC thuộc thẩm quyền giải quyết tại địa phương", "Thủ tục", FACT_SAME },
	{ "Đang cung cấp trực tuyến toàn trình 222 thủ tục.",
	  "Số TTHC đang cung cấp trực tuyến mức độ 4", "Thủ tục", FACT_SAME },
	{ "Có 222 thủ tục hành chính được cung cấp dịch vụ công trực tuyến một phần.",
	  "Số TTHC đang cung cấp trực tuyến mức độ 3", "Thủ tục", FACT_SAME },
	{ "Đã tiếp nhận 222 phản ánh, kiến nghị của người dân.", "Tổng số PAKN đã tiếp nhận",
	  "PAKN", FACT_SAME },
	{ "Đã xử lý 222 phản ánh kiến nghị.", "Số PAKN đã giải quyết xong", "PAKN", FACT_SAME },
	{ "UBND xã Minh Lập được giao 222 nhiệm vụ.", "Tổng số nhiệm vụ được giao", "Nhiệm vụ",
	  FACT_SAME },
	{ "Đã hoàn thành đúng hạn 222 nhiệm vụ.", "Số nhiệm vụ đã hoàn thành đúng hạn",
	  "Nhiệm vụ", FACT_SAME },
	{ "Phát ra 222 phiếu.", "Số phiếu phát ra", "Phiếu", FACT_SAME },
	{ "Thu về 222 phiếu khảo sát.", "Số phiếu khảo sát thu vào", "Phiếu", FACT_SAME },
	{ "Xã được giao 222 biên chế.", "Tổng số biên chế được giao trong năm", "Người",
	  FACT_SAME },
	{ "Đã đăng 222 tin bài trên Trang thông tin điện tử xã.",
	  "Số tin, bài đăng tải trên cổng thông tin điện tử", "Tin", FACT_SAME },
	{ "Trong đó 222 hồ sơ quá hạn đang giải quyết.", "Số hồ sơ đang giải quyết trễ hạn",
	  "Hồ sơ", FACT_SAME },
	{ "Tiếp nhận mới trong kỳ 222 hồ sơ.",
	  "Tổng số hồ sơ TTHC đã tiếp nhận (cả trực tiếp và trực tuyến)", "Hồ sơ", FACT_SAME },
	{ "Tiếp nhận trực tuyến 222 hồ sơ.", "Số hồ sơ TTHC đã tiếp nhận trực tuyến", "Hồ sơ",
	  FACT_SAME },
	{ "Có 222 hồ sơ tiếp nhận qua Cổng dịch vụ công quốc gia.",
	  "Số hồ sơ TTHC đã tiếp nhận trực tuyến", "Hồ sơ", FACT_SAME },
	{ "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 22,2%.",
	  "Tỷ lệ hồ sơ TTHC được giải quyết đúng hạn", "%", FACT_SAME },
	{ "Đã số hóa 22,2% hồ sơ thủ tục hành chính.", "Tỷ lệ hồ sơ TTHC được số hóa", "%",
	  FACT_SAME },
	{ "Có 22,2% hồ sơ công việc được xử lý trên môi trường mạng.",
	  "Tỷ lệ hồ sơ công việc xử lý trên môi trường điện tử", "%", FACT_SAME },
	{ "Mức độ hài lòng của người dân, tổ chức đạt 22,2%.", "Tỷ lệ hài lòng của người dân",
	  "%", FACT_SAME },
	{ "Tỷ lệ hồ sơ trả kết quả trước và đúng hẹn là 22,2%.",
	  "Tỷ lệ hồ sơ giải quyết đúng hạn", "%", FACT_SAME },
	{ "Giải quyết TTHC đúng hạn đạt 22,2%.", "Tỷ lệ giải quyết hồ sơ đúng hạn", "%",
	  FACT_SAME },
	{ "Kỳ này giải quyết hồ sơ trễ hạn 222 hồ sơ.", "Số hồ sơ giải quyết quá hạn", "Hồ sơ",
	  FACT_SAME },
	{ "Có 222 thủ tục hành chính nội bộ được rà soát.", "Số TTHC nội bộ đã rà soát",
	  "Thủ tục", FACT_SAME },
	{ "Đã ban hành 222 văn bản chỉ đạo cải cách hành chính.",
	  "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản", FACT_SAME },
};

static void finds_the_same_quantity(void **state)
{
	(void)state;
	all(same, ARRAY_LEN(same));
}

static const struct pair states[] = {
	{ "Đã giải quyết 222 hồ sơ.", "Tổng số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Đã tiếp nhận 222 hồ sơ.", "Tổng số hồ sơ đã giải quyết xong", "Hồ sơ", FACT_OTHER },
	{ "Đang giải quyết 222 hồ sơ.", "Tổng số hồ sơ đã giải quyết", "Hồ sơ", FACT_OTHER },
	{ "Đã tiếp nhận 222 hồ sơ trực tuyến.", "Tổng số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Đã tiếp nhận trực tiếp 222 hồ sơ.", "Số hồ sơ TTHC đã tiếp nhận trực tuyến", "Hồ sơ",
	  FACT_OTHER },
	{ "Đã tiếp nhận 222 hồ sơ qua dịch vụ bưu chính công ích.", "Số hồ sơ đã tiếp nhận",
	  "Hồ sơ", FACT_OTHER },
	{ "Giải quyết trước hạn 222 hồ sơ.", "Số hồ sơ giải quyết quá hạn", "Hồ sơ",
	  FACT_OTHER },
	{ "Giải quyết trước hạn 222 hồ sơ.", "Số hồ sơ giải quyết đúng hạn", "Hồ sơ",
	  FACT_OTHER },
	{ "Giải quyết đúng hạn 222 hồ sơ.", "Tổng số hồ sơ đã giải quyết", "Hồ sơ",
	  FACT_OTHER },
	{ "Có 222 hồ sơ chưa đến hạn.", "Số hồ sơ đang giải quyết quá hạn", "Hồ sơ",
	  FACT_OTHER },
	{ "Cung cấp toàn trình 222 thủ tục hành chính.",
	  "Số TTHC đang cung cấp trực tuyến một phần", "Thủ tục", FACT_OTHER },
	{ "Cung cấp một phần 222 thủ tục hành chính.",
	  "Tổng số TTHC thuộc thẩm quyền giải quyết", "Thủ tục", FACT_OTHER },
	{ "Có 222 TTHC liên thông cùng cấp.", "Số TTHC liên thông giữa các cấp chính quyền",
	  "Thủ tục", FACT_OTHER },
	{ "Có 222 TTHC liên thông.", "Tổng số TTHC thuộc thẩm quyền giải quyết", "Thủ tục",
	  FACT_OTHER },
	{ "Đã tiếp nhận 222 hồ sơ thuộc thẩm quyền và liên thông.",
	  "Số hồ sơ đã tiếp nhận thuộc thẩm quyền", "Hồ sơ", FACT_OTHER },
	{ "Kỳ trước chuyển sang 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Phát ra 222 phiếu.", "Số phiếu thu về", "Phiếu", FACT_OTHER },
	{ "Có 222 phiếu hợp lệ.", "Số phiếu không hợp lệ", "Phiếu", FACT_OTHER },
	{ "Thu về 222 phiếu.", "Số phiếu thu về hợp lệ", "Phiếu", FACT_OTHER },
	{ "Đã hoàn thành 222 nhiệm vụ.", "Tổng số nhiệm vụ được giao", "Nhiệm vụ", FACT_OTHER },
	{ "Đã hoàn thành 222 nhiệm vụ.", "Số nhiệm vụ quá hạn nhưng chưa hoàn thành",
	  "Nhiệm vụ", FACT_OTHER },
	{ "Còn hiệu lực 222 văn bản.", "Số văn bản hết hiệu lực", "Văn bản", FACT_OTHER },
	{ "Hết hiệu lực một phần 222 văn bản.", "Số văn bản hết hiệu lực toàn bộ", "Văn bản",
	  FACT_OTHER },
	{ "Phải giải quyết 222 hồ sơ.", "Tổng số hồ sơ đã giải quyết", "Hồ sơ", FACT_OTHER },
	{ "Xã được giao 222 biên chế.", "Tổng số biên chế có mặt tại thời điểm báo cáo",
	  "Người", FACT_OTHER },
	{ "Đã tiếp nhận 222 hồ sơ cấp huyện.", "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Lũy kế đã giải quyết 22,2% hồ sơ đúng hạn.", "Tỷ lệ hồ sơ đang giải quyết quá hạn",
	  "%", FACT_OTHER },
	{ "Tỷ lệ hồ sơ trực tuyến đạt 22,2%.", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%",
	  FACT_OTHER },
	{ "Tỷ lệ hồ sơ trễ hạn là 22,2%.", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%", FACT_OTHER },
	{ "Tỷ lệ thanh toán trực tuyến đạt 22,2%.", "Tỷ lệ hồ sơ tiếp nhận trực tuyến", "%",
	  FACT_OTHER },
};

static void tells_states_and_parts_apart(void **state)
{
	(void)state;
	all(states, ARRAY_LEN(states));
}

static const struct pair things[] = {
	{ "Đã đăng 222 tin bài về cải cách hành chính trên trang thông tin điện tử.",
	  "Số tin bài đăng tải trên trang thông tin điện tử", "Tin", FACT_OTHER },
	{ "Tiếp nhận 222 hồ sơ đăng ký khai sinh.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Tiếp nhận 222 hồ sơ lĩnh vực đất đai.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Về chứng thực điện tử: đã tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Chi nhánh văn phòng đăng ký đất đai tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận",
	  "Hồ sơ", FACT_OTHER },
	{ "Công bố 222 thủ tục hành chính mới.", "Tổng số TTHC thuộc thẩm quyền giải quyết",
	  "Thủ tục", FACT_OTHER },
	{ "Bãi bỏ 222 thủ tục hành chính.", "Số TTHC công bố mới", "Thủ tục", FACT_OTHER },
	{ "Niêm yết công khai 222 thủ tục hành chính.", "Số TTHC đã rà soát", "Thủ tục",
	  FACT_OTHER },
	{ "Có 222 thủ tục toàn trình phát sinh hồ sơ.",
	  "Số TTHC đang cung cấp trực tuyến toàn trình", "Thủ tục", FACT_OTHER },
	{ "Cử 222 cán bộ, công chức đi học.", "Số cán bộ, công chức bị kỷ luật", "Người",
	  FACT_OTHER },
	{ "Có 222 công chức trình độ đại học.", "Số công chức được tuyển dụng", "Người",
	  FACT_OTHER },
	{ "Nâng lương cho 222 người.", "Số người làm việc được giao", "Người", FACT_OTHER },
	{ "Ban hành 222 văn bản quy phạm pháp luật.", "Số văn bản chỉ đạo CCHC đã ban hành",
	  "Văn bản", FACT_OTHER },
	{ "Ban hành 222 kế hoạch.", "Số kế hoạch kiểm tra đã ban hành", "Kế hoạch",
	  FACT_OTHER },
	{ "Rà soát 222 văn bản quy phạm pháp luật.", "Số VBQPPL đã kiểm tra", "Văn bản",
	  FACT_OTHER },
	{ "Kiểm tra 222 cơ quan, đơn vị.", "Số cơ quan, đơn vị được thanh tra", "Đơn vị",
	  FACT_OTHER },
	{ "Cấp 222 tài khoản dịch vụ công.", "Số dịch vụ công trực tuyến", "Dịch vụ",
	  FACT_OTHER },
	{ "Mức độ hài lòng về xử lý phản ánh, kiến nghị đạt 22,2%.",
	  "Tỷ lệ hài lòng của người dân", "%", FACT_OTHER },
	{ "Đã số hóa 22,2% hồ sơ.", "Tỷ lệ hồ sơ có hồ sơ mẫu", "%", FACT_OTHER },
	{ "Có 22,2% văn bản được ký số.", "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng",
	  "%", FACT_OTHER },
	{ "Có 22,2% công chức được bồi dưỡng nghiệp vụ.",
	  "Tỷ lệ công chức bố trí đúng vị trí việc làm", "%", FACT_OTHER },
	{ "Chưa cung cấp trực tuyến 222 thủ tục.", "Số TTHC cung cấp trực tuyến", "Thủ tục",
	  FACT_OTHER },
	{ "Tiếp nhận 222 đơn thư.", "Tổng số PAKN đã tiếp nhận", "PAKN", FACT_OTHER },
	{ "Trang bị 222 máy tính.", "Số máy in", "Máy", FACT_OTHER },
	{ "Có 222 hồ sơ.", "Tổng số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Tổ chức 222 cuộc họp.", "Số cuộc đối thoại với người dân", "Cuộc", FACT_OTHER },
	{ "Đơn giản hóa 222 thủ tục hành chính.",
	  "Số TTHC đã được phê duyệt phương án đơn giản hóa", "Thủ tục", FACT_OTHER },
	{ "Có 222 TTHC được thanh toán trực tuyến.",
	  "Tổng số TTHC có yêu cầu nghĩa vụ tài chính", "Thủ tục", FACT_OTHER },
	{ "Xã Tân Hòa tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Hoàn thành 222 sáng kiến.", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", FACT_OTHER },
};

static void tells_other_things_apart(void **state)
{
	(void)state;
	all(things, ARRAY_LEN(things));
}

static const struct pair periods[] = {
	{ "Quý II năm 2025 tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_SAME },
	{ "Trong tháng 5 năm 2025 tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Năm 2024 đã tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Cùng kỳ năm 2024 tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Số hồ sơ tiếp nhận giảm so với 222 hồ sơ của cùng kỳ.", "Số hồ sơ đã tiếp nhận",
	  "Hồ sơ", FACT_OTHER },
	{ "Từ ngày 15/12/2024 đến ngày 14/6/2025 đã tiếp nhận 222 hồ sơ.",
	  "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_SAME },
	{ "Phấn đấu giải quyết đúng hạn 22,2% hồ sơ.", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%",
	  FACT_OTHER },
	{ "Tối thiểu 22,2% hồ sơ được giải quyết đúng hạn.", "Tỷ lệ hồ sơ giải quyết đúng hạn",
	  "%", FACT_OTHER },
	{ "Tăng 222 hồ sơ tiếp nhận so với năm trước.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_OTHER },
	{ "Tiếp nhận khoảng 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ", FACT_OTHER },
	{ "Theo Kế hoạch năm 2025, đã tiếp nhận 222 hồ sơ.", "Số hồ sơ đã tiếp nhận", "Hồ sơ",
	  FACT_SAME },
};

static void minds_periods_and_goals(void **state)
{
	(void)state;
	all(periods, ARRAY_LEN(periods));
}

/* Sums that nobody printed: early and in time, one part and whole. */
static const struct pair sums[] = {
	{ "Đã giải quyết 230 hồ sơ, trong đó trước hạn 200 hồ sơ, đúng hạn 22 hồ sơ, "
	  "trễ hạn 08 hồ sơ.",
	  "Số hồ sơ TTHC giải quyết đúng hạn", "Hồ sơ", FACT_SAME },
	{ "Cung cấp 240 thủ tục, gồm 200 thủ tục một phần, 22 thủ tục toàn trình.",
	  "Tổng số TTHC đang cung cấp trực tuyến mức độ 3 và 4", "Thủ tục", FACT_SAME },
	{ "Đã giải quyết 230 hồ sơ (trước hạn 8 hồ sơ, đúng hạn 222 hồ sơ).",
	  "Số hồ sơ TTHC giải quyết đúng hạn", "Hồ sơ", FACT_OTHER },
};

static void adds_parts(void **state)
{
	(void)state;
	all(sums, ARRAY_LEN(sums));
}

static struct fact amount(int64_t digits, int places, enum figure_unit unit,
                          enum figure_bound bound)
{
	return (struct fact){ .figure = { .value = { digits, places },
		                          .to = NUMBER_NONE,
		                          .unit = unit,
		                          .bound = bound } };
}

static void compares_values_as_they_are_printed(void **state)
{
	struct fact exact = amount(9854, 2, FIGURE_PERCENT, FIGURE_EXACT);
	struct fact rounded = amount(985, 1, FIGURE_PERCENT, FIGURE_EXACT);
	struct fact other = amount(987, 1, FIGURE_PERCENT, FIGURE_EXACT);
	struct fact over = amount(4000, 0, FIGURE_COUNT, FIGURE_OVER);
	struct fact more = amount(4012, 0, FIGURE_COUNT, FIGURE_EXACT);
	struct fact less = amount(3987, 0, FIGURE_COUNT, FIGURE_EXACT);
	struct fact millions = amount(2929000000, 0, FIGURE_DONG, FIGURE_EXACT);
	struct fact dong = amount(2929123456, 0, FIGURE_DONG, FIGURE_EXACT);
	struct fact other_dong = amount(2992123456, 0, FIGURE_DONG, FIGURE_EXACT);
	struct fact goal = amount(35, 0, FIGURE_PERCENT, FIGURE_AT_LEAST);
	struct fact lower = amount(30, 0, FIGURE_PERCENT, FIGURE_AT_LEAST);

	(void)state;
	goal.is_goal = lower.is_goal = true;
	assert_true(fact_agree(&exact, &rounded));
	assert_false(fact_agree(&exact, &other));
	assert_true(fact_agree(&over, &more));
	assert_true(fact_agree(&more, &over));
	assert_false(fact_agree(&over, &less));
	assert_true(fact_agree(&millions, &dong));
	assert_false(fact_agree(&millions, &other_dong));
	assert_false(fact_agree(&goal, &lower));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_same_quantity),
		cmocka_unit_test(tells_states_and_parts_apart),
		cmocka_unit_test(tells_other_things_apart),
		cmocka_unit_test(minds_periods_and_goals),
		cmocka_unit_test(adds_parts),
		cmocka_unit_test(compares_values_as_they_are_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
