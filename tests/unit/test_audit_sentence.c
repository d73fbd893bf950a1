/* The checks inside sentences and lists on invented sentences: what must be found, and near
 * misses that must stay silent. */
#include "lib/test.h"

#include "app/audit/audit.h"
#include "base/arena.h"
#include "base/str.h"

struct example {
	const char *text;  /* '|' ends a paragraph */
	const char *found; /* "fail sum", several joined by ", "; "" nothing */
};

/* What audit_sentences finds in a report that consists of the example. */
static const char *found_in(struct arena *a, const char *text, size_t *relations)
{
	static const char before[] = "BÁO CÁO\n\nKết quả công tác năm 2024\n\nI. KẾT QUẢ\n\n";
	static const char after[] = "\n\nII. ĐÁNH GIÁ\n\nTốt.\n";
	struct audit_options options = { 0 };
	struct text_file file = { .name = "x.txt" };
	struct audit_result result;
	struct document document;
	struct str s;
	const char *out;

	str_init(&s, a, 1 << 20);
	str_put(&s, before);
	for (; *text; text++)
		if (*text == '|')
			str_put(&s, "\n\n");
		else
			str_put_char(&s, *text);
	str_put(&s, after);
	assert_int_equal(str_finish(&s, &out), ERR_OK);
	assert_int_equal(text_file_read(&file, a, out, strlen(out)), ERR_OK);
	assert_int_equal(document_build(&document, a, &file, 1), ERR_OK);
	assert_int_equal(audit_run(&result, a, &document, &options), ERR_OK);
	str_init(&s, a, 1 << 12);
	for (size_t i = 0; i < result.n_findings; i++) {
		const struct audit_finding *f = &result.findings[i];

		if (!str_eq(f->check, "audit_sentences"))
			continue;
		assert_true(f->n_places > 0);
		assert_true(strlen(f->stated) > 0 && strlen(f->computed) > 0);
		str_printf(&s, "%s%s %s", s.len ? ", " : "", audit_verdict_word(f->verdict),
		           audit_kind_word(f->kind));
	}
	if (relations)
		*relations = result.n_relations;
	assert_int_equal(str_finish(&s, &out), ERR_OK);
	return out;
}

static void check(const struct example *examples, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		ARENA_CLEANUP struct arena a;
		const char *found;

		arena_init(&a, 64 << 20);
		found = found_in(&a, examples[i].text, NULL);
		if (!str_eq(found, examples[i].found)) {
			print_error("%s\n   expected \"%s\", found \"%s\"\n", examples[i].text,
			            examples[i].found, found);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof((examples)[0]))

static const struct example parts_must_make_their_total[] = {
	{ "Trong quý, UBND phường tiếp nhận 120 hồ sơ, gồm: trực tuyến 80 hồ sơ, trực "
	  "tiếp "
	  "45 hồ sơ.",
	  "fail sum" },
	{ "Đến nay có 140 TTHC được cung cấp trực tuyến, trong đó một phần là 80 thủ "
	  "tục, "
	  "toàn trình là 64 thủ tục.",
	  "fail sum" },
	{ "Đã giải quyết 96 hồ sơ, trong đó: trước hạn là 90 hồ sơ, đúng hạn là 05 hồ "
	  "sơ, "
	  "trễ hạn là 00 hồ sơ.",
	  "fail sum" },
	{ "Trung tâm tiếp nhận 110 hồ sơ (mức độ 2 là 48 hồ sơ, mức độ 3 là 51 hồ sơ).",
	  "fail sum" },
	{ "Đơn vị có 60 ý kiến chỉ đạo được giao. Kết quả thực hiện có 29 ý kiến hoàn "
	  "thành đúng hạn; 17 ý kiến đã hoàn thành quá hạn; 09 ý kiến đang thực hiện "
	  "quá "
	  "hạn.",
	  "fail sum" },
	{ "Trong năm ban hành 15 văn bản, gồm 05 quyết định, 03 kế hoạch và 06 công "
	  "văn.",
	  "fail sum" },
	{ "Tổng số 120 hồ sơ, trong đó đã giải quyết 110 hồ sơ (trước hạn 40, đúng hạn "
	  "65, "
	  "quá hạn 6), đang giải quyết 10 hồ sơ.",
	  "fail sum" },
	{ "Tiếp nhận 226 hồ sơ; trong đó qua Cổng dịch vụ công 184 hồ sơ, tại Bộ phận Một cửa "
	  "78 hồ "
	  "sơ.",
	  "fail sum" },
	{ "Tổng số có 264 thủ tục, trong đó 98 thủ tục toàn trình, 18 thủ tục một phần, 151 "
	  "thủ tục "
	  "chưa cung cấp trực tuyến.",
	  "fail sum" },
	{ "Thu về 700 phiếu, trong đó hợp lệ 680 phiếu, không hợp lệ 15 phiếu.", "fail sum" },
	{ "Lớp bồi dưỡng có 64 học viên, trong đó nam 40 học viên, nữ 25 học viên.",
	  "fail sum" },
	{ "Kỳ trước chuyển sang 12 hồ sơ, tiếp nhận trong kỳ 87 hồ sơ, tổng số 100 hồ "
	  "sơ.",
	  "fail sum" },
	{ "Kinh phí bố trí 120 triệu đồng, gồm: ngân sách tỉnh 80 triệu đồng, ngân "
	  "sách "
	  "huyện 50 triệu đồng.",
	  "fail sum" },
	{ "Đã giải quyết 230 hồ sơ, đúng hạn 220 hồ sơ, trễ hạn 20 hồ sơ.", "fail sum" },
	{ "Tiếp nhận 75 hồ sơ, trong đó trực tuyến 60 hồ sơ, còn lại 16 hồ sơ nộp trực "
	  "tiếp.",
	  "fail sum" },
	{ "Toàn huyện có 24 xã, thị trấn; tổ chức 12 cuộc họp (05 cuộc định kỳ, 08 "
	  "cuộc "
	  "đột xuất).",
	  "fail sum" },
	{ "Trong kỳ tiếp nhận 300 hồ sơ, đã giải quyết 280 hồ sơ, đang giải quyết 15 "
	  "hồ "
	  "sơ.",
	  "suspect sum" },
	{ "Tiếp nhận 150 hồ sơ. Trong đó: trực tuyến 100 hồ sơ, trực tiếp 40 hồ sơ, "
	  "qua "
	  "bưu chính 5 hồ sơ.",
	  "fail sum" },
};

static void test_parts_must_make_their_total(void **state)
{
	(void)state;
	CHECK(parts_must_make_their_total);
}

static const struct example sums_that_are_silent[] = {
	{ "Trong quý tiếp nhận 120 hồ sơ, gồm: trực tuyến 80 hồ sơ, trực tiếp 40 hồ "
	  "sơ.",
	  "" },
	{ "Tiếp nhận 120 hồ sơ, trong đó có 5 hồ sơ trễ hạn.", "" },
	{ "Tổng số 120 hồ sơ, trong đó đã giải quyết 110 hồ sơ, trước hạn 40, đúng hạn "
	  "65, "
	  "trễ hạn 5, đang giải quyết 10 hồ sơ.",
	  "" },
	{ "Có 150 TTHC, trong đó 12 TTHC liên thông cùng cấp, 48 TTHC liên thông giữa "
	  "các "
	  "cấp.",
	  "" },
	{ "Tiếp nhận 200 hồ sơ, trong đó 150 hồ sơ trực tuyến, 190 hồ sơ giải quyết "
	  "đúng "
	  "hạn.",
	  "" },
	{ "Đã ban hành nhiều văn bản như: 05 kế hoạch, 03 quyết định và 10 công văn.", "" },
	{ "Đã ban hành 30 văn bản, trong đó chủ yếu là 12 kế hoạch, 10 công văn.", "" },
	{ "Tiếp nhận 120 hồ sơ của 98 tổ chức, cá nhân, trong đó trực tuyến 80 hồ sơ, "
	  "trực "
	  "tiếp 40 hồ sơ.",
	  "" },
	{ "Tiếp nhận 350 hồ sơ, trong đó: trực tuyến 300 hồ sơ, trực tiếp 50 hồ sơ; đã "
	  "giải quyết 340 hồ sơ (trước hạn 300 hồ sơ, đúng hạn 40 hồ sơ), đang giải "
	  "quyết "
	  "10 hồ sơ.",
	  "" },
	{ "Tiếp nhận khoảng 500 hồ sơ, gồm trực tuyến 300 hồ sơ, trực tiếp 150 hồ sơ.", "" },
	{ "Tổng kinh phí 1,2 tỷ đồng, gồm ngân sách tỉnh 850 triệu đồng, ngân sách "
	  "huyện "
	  "360 triệu đồng.",
	  "" },
	{ "Tổ chức 12 lớp tập huấn với 640 người tham gia, trong đó 300 nữ.", "" },
	{ "Kỳ trước chuyển sang 12 hồ sơ, tiếp nhận trong kỳ 87 hồ sơ, tổng số 99 hồ "
	  "sơ.",
	  "" },
	{ "Cấp huyện giải quyết 100 hồ sơ, đúng hạn 99 hồ sơ; cấp xã giải quyết 200 hồ "
	  "sơ, "
	  "trễ hạn 02 hồ sơ.",
	  "" },
	{ "UBND huyện có 13 phòng chuyên môn, gồm 45 công chức và 12 viên chức.", "" },
	{ "Tiếp nhận 120 hồ sơ (lũy kế từ đầu năm 350 hồ sơ).", "" },
	{ "Bộ phận được trang bị 05 máy tính, 03 máy in, 01 máy quét và 02 tủ hồ sơ.", "" },
	{ "Đã tiếp 45 lượt công dân, tiếp nhận 12 đơn, trong đó khiếu nại 03 đơn, kiến "
	  "nghị 09 đơn.",
	  "" },
	{ "Có 120 TTHC, trong đó toàn trình 54 thủ tục; trong năm phát sinh hồ sơ ở 60 "
	  "thủ "
	  "tục.",
	  "" },
	{ "Trong kỳ tiếp nhận 87 hồ sơ, kỳ trước chuyển sang 12 hồ sơ; đã giải quyết "
	  "90 hồ "
	  "sơ, đang giải quyết 09 hồ sơ.",
	  "" },
	{ "Tổng số hồ sơ tiếp nhận trong kỳ là 15.432 hồ sơ (trực tuyến 11.280 hồ sơ, đạt "
	  "73,09%; "
	  "trực tiếp và qua bưu chính 3.640 hồ sơ; từ kỳ trước chuyển qua 512 hồ sơ).",
	  "" },
	{ "Đã ban hành 03 nghị quyết, 12 quyết định, 25 kế hoạch và nhiều văn bản khác; tổng "
	  "số văn "
	  "bản ban hành trong năm là 215 văn bản.",
	  "" },
	{ "Tổng chi 310,2 tỷ đồng, trong đó chi đầu tư phát triển 98,4 tỷ đồng, chi thường "
	  "xuyên "
	  "201,7 tỷ đồng.",
	  "" },
	{ "Tổng số đơn phải giải quyết gồm 07 đơn kỳ trước chuyển sang và 11 đơn mới; đã giải "
	  "quyết "
	  "12 đơn, còn lại 06 đơn.",
	  "" },
	{ "Phấn đấu có 100 hồ sơ, gồm trực tuyến 80 hồ sơ, trực tiếp 30 hồ sơ.", "" },
	{ "Đã rà soát 40 văn bản. Trong đó, còn hiệu lực 30 văn bản, hết hiệu lực toàn "
	  "bộ "
	  "08 văn bản, hết hiệu lực một phần 02 văn bản.",
	  "" },
};

static void test_sums_that_are_silent(void **state)
{
	(void)state;
	CHECK(sums_that_are_silent);
}

static const struct example parts_over_their_whole[] = {
	{ "Tiếp nhận 200 hồ sơ, trong đó có 230 hồ sơ trực tuyến.", "fail subset" },
	{ "Phát ra 300 phiếu, thu về 286 phiếu, trong đó có 291 phiếu hợp lệ.", "fail subset" },
	{ "Đã phát 236 phiếu khảo sát, thu về 245 phiếu.", "fail subset" },
	{ "Đã phát 236 phiếu khảo sát, thu về 236 phiếu.", "" },
	{ "Có 33/32 hồ sơ được giải quyết đúng hạn.", "fail subset" },
	{ "Đã kiểm tra 12 đơn vị, trong đó 14 đơn vị còn sai sót.", "fail subset" },
	{ "Đã kiểm tra 16/14 đơn vị theo kế hoạch.", "fail subset" },
	{ "Có 32/33 hồ sơ được giải quyết đúng hạn.", "" },
	{ "Đã kiểm tra 16/14 đơn vị, vượt kế hoạch 02 đơn vị.", "" },
	{ "Xây dựng 12/10 mô hình theo kế hoạch, đạt 120%.", "" },
	{ "Hệ thống hoạt động 24/7 để phục vụ người dân.", "" },
	{ "Tiếp nhận 120 hồ sơ, trong đó có 120 hồ sơ trực tuyến.", "" },
	{ "Trả lại 03 hồ sơ, trong tổng số 300 hồ sơ tiếp nhận, trong đó có 90 hồ sơ "
	  "trực "
	  "tuyến.",
	  "" },
};

static void test_parts_over_their_whole(void **state)
{
	(void)state;
	CHECK(parts_over_their_whole);
}

static const struct example rates_and_their_operands[] = {
	{ "Tỷ lệ hoàn thành đạt 97% (31/33 nhiệm vụ).", "fail ratio" },
	{ "Đã giải quyết 96/99 hồ sơ, đạt 98,97%.", "fail ratio" },
	{ "Có 51 hồ sơ trực tuyến trên tổng số 96 hồ sơ (54,12%).", "fail ratio" },
	{ "Đã giải quyết 727 hồ sơ, trong đó trễ hạn 42 hồ sơ, chiếm 6,8%.", "fail ratio" },
	{ "Được giao 20 nhiệm vụ, đã hoàn thành 18 nhiệm vụ, đạt 95%.", "fail ratio" },
	{ "Đến nay có 17/21 phòng, ban hoàn thành việc rà soát quy trình, đạt 85,71%.",
	  "fail ratio" },
	{ "Trong tổng số 80 phiếu có 76 phiếu hài lòng (76/80 phiếu, đạt 96%).", "fail ratio" },
	{ "Tiếp nhận 0/0 phản ánh, đạt 100%.", "suspect zero-denominator" },
	{ "Đã trả kết quả đúng hạn 45/46 hồ sơ (97,3%).", "fail ratio" },
	{ "Số hồ sơ trực tuyến là 231 hồ sơ, chiếm 44,6% trong tổng số 485 hồ sơ tiếp nhận.",
	  "fail ratio" },
	{ "Số hồ sơ trực tuyến là 231 hồ sơ, chiếm 47,6% trong tổng số 485 hồ sơ tiếp nhận.",
	  "" },
	{ "Trong 11.031 hồ sơ tiếp nhận có 2.808 hồ sơ nộp trực tuyến, chiếm 26,5%.",
	  "fail ratio" },
	{ "Trong 11.031 hồ sơ tiếp nhận có 2.808 hồ sơ nộp trực tuyến, chiếm 25,5%.", "" },
	{ "Kế hoạch vốn được giao 62.200 triệu đồng, đã giải ngân 36.187 triệu đồng, đạt "
	  "58,6%.",
	  "fail ratio" },
	{ "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 102,3%.", "fail ratio" },
	{ "Có 100% hồ sơ được giải quyết đúng hạn. Trong kỳ có 03 hồ sơ trễ hạn.",
	  "fail ratio" },
	{ "Có 100% hồ sơ trực tuyến được giải quyết đúng hạn. Trong kỳ có 03 hồ sơ trễ hạn nộp "
	  "trực "
	  "tiếp.",
	  "" },
	{ "Có 100% hồ sơ được giải quyết đúng hạn, không có hồ sơ trễ hạn.", "" },
	{ "Giải ngân đạt 102,3% kế hoạch.", "" },
	{ "Tỷ lệ hoàn thành đạt 96,97% (32/33 nhiệm vụ).", "" },
	{ "Tỷ lệ hoàn thành đạt 97% (32/33 nhiệm vụ).", "" },
	{ "Đã giải quyết 96/99 hồ sơ, đạt 96,96%.", "" },
	{ "Có 51 hồ sơ trực tuyến trên tổng số 96 hồ sơ (53,12%).", "" },
	{ "Đã giải quyết 727 hồ sơ, trong đó trễ hạn 42 hồ sơ, chiếm 5,8%.", "" },
	{ "Tiếp nhận 120 hồ sơ, giải quyết 110 hồ sơ, đạt 100% hồ sơ đúng hạn.", "" },
	{ "Đã giải quyết 110/120 hồ sơ, trong đó đúng hạn 105 hồ sơ (95,45%), trễ hạn "
	  "5 hồ "
	  "sơ (4,55%).",
	  "" },
	{ "Đã ban hành 5/6 văn bản; 100% hồ sơ được giải quyết đúng hạn.", "" },
	{ "Thu ngân sách đạt 95% dự toán, tiếp nhận 12/13 hồ sơ.", "" },
	{ "Tỷ lệ hồ sơ trực tuyến đạt hơn 50% (51/96 hồ sơ).", "" },
	{ "Phấn đấu đạt 95% hồ sơ đúng hạn (hiện nay 90/96 hồ sơ).", "" },
	{ "Chỉ số cải cách hành chính xếp hạng 12/63, đạt 87,5%.", "" },
	{ "Đã trả lời 12/12 phản ánh, đạt 100%.", "" },
};

static void test_rates_and_their_operands(void **state)
{
	(void)state;
	CHECK(rates_and_their_operands);
}

static const struct example growth[] = {
	{ "Tiếp nhận 13.823 hồ sơ, tăng 366 hồ sơ so với cùng kỳ (13.475 hồ sơ), tương "
	  "đương 2,7%.",
	  "fail growth" },
	{ "Tiếp nhận 13.423 hồ sơ, tăng 34 hồ sơ so với cùng kỳ năm 2023 (13.457 hồ "
	  "sơ).",
	  "fail growth" },
	{ "Số hồ sơ tăng từ 40 lên 52 hồ sơ (tăng 35%).", "fail growth" },
	{ "Số vụ việc giảm từ 52 vụ xuống còn 60 vụ.", "fail growth" },
	{ "Tiếp nhận 660 hồ sơ, tăng 60 hồ sơ (tương đương 9,1%) so với cùng kỳ năm "
	  "trước.",
	  "fail growth" },
	{ "Tỷ lệ trực tuyến đạt 62,5%, tăng 4,5 điểm phần trăm so với cùng kỳ (60%).",
	  "fail growth" },
	{ "Tiếp nhận 13.823 hồ sơ, tăng 366 hồ sơ so với cùng kỳ (13.457 hồ sơ), tương "
	  "đương 2,7%.",
	  "" },
	{ "Số hồ sơ tăng từ 40 lên 52 hồ sơ (tăng 30%).", "" },
	{ "Tỷ lệ đúng hạn tăng từ 85,2% lên 91,4%, tăng 6,2%.", "" },
	{ "Số vụ việc giảm từ 52 vụ xuống còn 40 vụ, giảm 23,1%.", "" },
	{ "Tiếp nhận 660 hồ sơ, tăng 10% so với cùng kỳ năm trước (600 hồ sơ).", "" },
	{ "Tiếp nhận 660 hồ sơ, tăng khoảng 50 hồ sơ so với cùng kỳ (600 hồ sơ).", "" },
	{ "Tỷ lệ trực tuyến đạt 62,5%, tăng 2,5% so với cùng kỳ (60%).", "" },
	{ "Tỷ lệ hồ sơ đúng hạn đạt 98,5%, tăng so với mức 97,25% của năm 2021.", "" },
	{ "Năm 2023, huyện tiếp nhận 41.200 hồ sơ, tăng 3.100 hồ sơ so với năm 2022 (tương "
	  "đương 8,1%).",
	  "" },
	{ "Số đơn thư năm 2023 là 31 đơn, giảm so với năm 2022 (19 đơn).", "fail growth" },
	{ "Số đơn thư năm 2023 là 31 đơn, tăng so với năm 2022 (19 đơn).", "" },
	{ "Đã tiếp 25 lượt công dân (giảm 05 lượt so với cùng kỳ), đã giải quyết 12/14 đơn, "
	  "đạt "
	  "85,7%.",
	  "" },
	{ "Trong quý I, tiếp nhận 1.020 hồ sơ (quý I năm 2022 là 985 hồ sơ), tăng 35 hồ sơ, "
	  "tương "
	  "đương 3,55%.",
	  "" },
	{ "Đăng tải 125 tin, bài (tăng 25 tin, bài so với năm 2022) và phát 96 lượt trên hệ "
	  "thống "
	  "truyền thanh.",
	  "" },
	{ "Tăng cường kiểm tra tại 05 đơn vị so với 03 đơn vị của năm trước.", "" },
	{ "Tiếp nhận 660 hồ sơ, tăng 60 hồ sơ so với cùng kỳ; giải quyết 640 hồ sơ, "
	  "giảm 5 "
	  "hồ sơ so với cùng kỳ.",
	  "" },
};

static void test_growth(void **state)
{
	(void)state;
	CHECK(growth);
}

static const struct example counts[] = {
	{ "Trong quý đã triển khai 03 nhiệm vụ, gồm: (1) rà soát thủ tục; (2) kiểm tra "
	  "công "
	  "vụ.",
	  "fail count" },
	{ "Đã kiểm tra tại 3 xã: An Bình, Tân Lập, Hòa Phú và Long Sơn.", "fail count" },
	{ "Đã ban hành 03 văn bản: Kế hoạch số 12/KH-UBND ngày 05/01/2024, Quyết định "
	  "số "
	  "15/QĐ-UBND ngày 08/01/2024.",
	  "fail count" },
	{ "Đã kiểm tra 03 đơn vị, gồm: Phòng Văn hóa và Thông tin, Phòng Kinh tế, "
	  "Phòng Tư "
	  "pháp và Thanh tra huyện.",
	  "fail count" },
	{ "Trong quý đã triển khai 03 nhiệm vụ, gồm: (1) rà soát thủ tục; (2) kiểm tra "
	  "công "
	  "vụ; (3) tuyên truyền.",
	  "" },
	{ "Tập trung vào 04 nội dung: rà soát thủ tục; kiểm tra công vụ; tuyên truyền.",
	  "fail count" },
	{ "Tập trung vào 03 nội dung: rà soát thủ tục; kiểm tra công vụ; tuyên truyền.", "" },
	{ "Đã kiểm tra tại 3 xã: An Bình, Tân Lập và Hòa Phú.", "" },
	{ "Đã ban hành 02 văn bản: Kế hoạch số 12/KH-UBND ngày 05/01/2024, Quyết định "
	  "số "
	  "15/QĐ-UBND ngày 08/01/2024.",
	  "" },
	{ "Đã kiểm tra 02 đơn vị (Phòng Tư pháp, Phòng Lao động, Thương binh và Xã "
	  "hội).",
	  "" },
	{ "Đã kiểm tra 05 đơn vị như Phòng Tư pháp, Phòng Nội vụ.", "" },
	{ "Đã kiểm tra tại 5 xã: An Bình, Tân Lập, Hòa Phú...", "" },
	{ "Đã triển khai 04 nội dung, trong đó có: (1) rà soát thủ tục; (2) kiểm tra "
	  "công "
	  "vụ.",
	  "" },
	{ "Đã ban hành 03 kế hoạch: tuyên truyền, kiểm tra và rà soát.", "" },
};

static void test_counts(void **state)
{
	(void)state;
	CHECK(counts);
}

static const struct example lists[] = {
	{ "Trong quý tiếp nhận 120 hồ sơ, trong đó:|- Trực tuyến: 80 hồ sơ;|- Trực "
	  "tiếp: 45 "
	  "hồ sơ.",
	  "fail sum" },
	{ "Trong năm đã ban hành 20 văn bản, gồm:|- 05 quyết định;|- 08 kế hoạch;|- 06 "
	  "công "
	  "văn.",
	  "fail sum" },
	{ "Đến nay đã giải quyết 300 hồ sơ, cụ thể như sau:|+ Trước hạn: 100 hồ sơ|+ "
	  "Đúng "
	  "hạn: 180 hồ sơ|+ Quá hạn: 30 hồ sơ",
	  "fail sum" },
	{ "Trong quý tiếp nhận 120 hồ sơ, trong đó:|- Trực tuyến: 80 hồ sơ;|- Trực "
	  "tiếp: 40 "
	  "hồ sơ.",
	  "" },
	{ "Trong năm đã ban hành 20 văn bản, gồm:|- 05 quyết định;|- 08 kế hoạch;|- 07 "
	  "công "
	  "văn.",
	  "" },
	{ "Trong quý đã thực hiện các nhiệm vụ sau:|- Ban hành 5 kế hoạch;|- Tổ chức 3 "
	  "hội "
	  "nghị với 120 người;|- Kiểm tra 4 đơn vị.",
	  "" },
	{ "Trong quý tiếp nhận 120 hồ sơ, kết quả như sau:|- Đã giải quyết 118 hồ "
	  "sơ;|- Hồ "
	  "sơ trực tuyến 60 hồ sơ;|- Thanh toán trực tuyến 30 hồ sơ.",
	  "" },
};

static void test_lists(void **state)
{
	(void)state;
	CHECK(lists);
}

/* What was brought forward and came in against what was resolved and is left. */
static const struct example what_came_in_goes_out[] = {
	{ "Tiếp nhận mới 300 hồ sơ, tồn kỳ trước 20 hồ sơ, đã giải quyết 290 hồ sơ, còn tồn 40 "
	  "hồ "
	  "sơ.",
	  "fail sum" },
	{ "Tiếp nhận mới 300 hồ sơ, tồn kỳ trước 20 hồ sơ, đã giải quyết 290 hồ sơ, còn tồn 30 "
	  "hồ "
	  "sơ.",
	  "" },
	{ "Số đơn phải giải quyết gồm 08 đơn kỳ trước chuyển sang và 15 đơn mới; đã giải quyết "
	  "17 "
	  "đơn, còn lại 06 đơn.",
	  "" },
	{ "Số đơn phải giải quyết gồm 08 đơn kỳ trước chuyển sang và 15 đơn mới; đã giải quyết "
	  "17 "
	  "đơn, còn lại 09 đơn.",
	  "fail sum" },
	{ "Kỳ trước chuyển sang 8 đơn, nhận mới 15 hồ sơ; đã giải quyết 17 đơn, còn lại 09 "
	  "việc.",
	  "" },
};

/* The words around say which of several sums is meant. */
static const struct example sums_by_their_words[] = {
	{ "Thị xã có 13 phường, xã (09 phường, 04 xã); 40 đơn vị sự nghiệp.", "" },
	{ "Thị xã có 40 đơn vị sự nghiệp; 14 phường, xã (09 phường, 04 xã).", "fail sum" },
	{ "Tỉnh giao 210 nhiệm vụ, hoàn thành đúng hạn 190, quá hạn 05, đang thực hiện 15.",
	  "" },
	{ "Kỷ luật 21 người (cấp tỉnh 02, cấp phòng 08, còn lại 11).", "" },
	{ "Kỷ luật 20 người (cấp tỉnh 02, cấp phòng 08, còn lại 11).", "fail sum" },
	{ "Có 90 thủ tục, chia theo lĩnh vực: hóa chất 30, điện 20, lĩnh vực khác 40.", "" },
	{ "Có 90 thủ tục, chia theo lĩnh vực: hóa chất 30, điện 20, lĩnh vực khác 50.",
	  "fail sum" },
	{ "Chia theo cấp: các sở giải quyết 900 hồ sơ; cấp huyện giải quyết 400 hồ sơ; cấp xã "
	  "giải "
	  "quyết 700 hồ sơ.",
	  "" },
	{ "Xã có 120 thủ tục, trong đó một phần 50, toàn trình 40, còn lại 30 thủ tục.", "" },
	{ "Trong 30 đơn vị sự nghiệp: 02 đơn vị tự bảo đảm chi thường xuyên, 05 đơn vị tự bảo "
	  "đảm "
	  "một phần chi thường xuyên, 24 đơn vị do Nhà nước bảo đảm chi thường xuyên.",
	  "suspect sum" },
	{ "Tổng số hồ sơ trả kết quả: 500 hồ sơ; trả sớm: 300; trả đúng hẹn: 180; trả muộn: "
	  "30.",
	  "fail sum" },
	{ "Có 14 mô hình, trong đó 05 mô hình cấp tỉnh, 10 mô hình cấp phường, xã.",
	  "fail sum" },
	{ "Có 45 cán bộ, trong đó đại học 40, trung cấp chính trị 30, tin học 20.", "" },
	{ "Có 25 công chức, trong đó 27 người được cấp chứng thư số.", "fail subset" },
	{ "Có 25 công chức, trong đó 22 người được cấp chứng thư số.", "" },
};

/* Which whole a rate is of. */
static const struct example rates_by_their_words[] = {
	{ "Thu phí đạt 180 triệu đồng, bằng 95% kế hoạch (kế hoạch 200 triệu đồng).",
	  "fail ratio" },
	{ "Thu phí đạt 180 triệu đồng, bằng 90% kế hoạch (kế hoạch 200 triệu đồng).", "" },
	{ "Tiếp nhận 330 hồ sơ, bằng 120% so với cùng kỳ năm 2023 (300 hồ sơ).", "fail ratio" },
	{ "Tiếp nhận 330 hồ sơ, bằng 110% so với cùng kỳ năm 2023 (300 hồ sơ).", "" },
	{ "Đã hoàn thành 18/24 nhiệm vụ, bằng 78% khối lượng cả năm.", "fail ratio" },
	{ "Đã hoàn thành 18/24 nhiệm vụ, đạt 100% nhiệm vụ đến hạn.", "" },
	{ "Có 90 hồ sơ số hóa trong tổng số 120 hồ sơ, đạt 85%.", "fail ratio" },
	{ "Tiếp nhận 500 hồ sơ; đã giải quyết 480 hồ sơ, đạt 96%; đúng hạn 470 hồ sơ, đạt "
	  "99,9%.",
	  "fail ratio" },
	{ "Tiếp nhận 500 hồ sơ; đã giải quyết 480 hồ sơ, đạt 96%; đúng hạn 470 hồ sơ, đạt "
	  "97,9%.",
	  "" },
	{ "Có 800 thủ tục, gồm 500 toàn trình, 300 một phần, chiếm 80% tổng số thủ tục.", "" },
	{ "Cử 66 lượt người đi học (kế hoạch 60 lượt, đạt 110%).", "" },
	{ "Tỷ lệ giải quyết đúng hạn đạt 100%; trong kỳ có 02 hồ sơ quá hạn.", "fail ratio" },
	{ "Tỷ lệ giải quyết đúng hạn đạt 100%; không có hồ sơ quá hạn.", "" },
};

/* Causes and titles. */
static const struct example figures_in_other_clauses[] = {
	{ "Sở có 07 phòng (giảm 01 phòng so với năm 2020 do hợp nhất 02 phòng).", "" },
	{ "Xã có 02 sáng kiến được công nhận: \"Sổ tay một cửa\", \"Hẹn giờ\" và \"Trả tại "
	  "nhà\".",
	  "fail count" },
	{ "Xã có 03 sáng kiến được công nhận: \"Sổ tay một cửa\", \"Hẹn giờ\" và \"Trả tại "
	  "nhà\".",
	  "" },
};

static void test_what_came_in_goes_out(void **state)
{
	(void)state;
	CHECK(what_came_in_goes_out);
}

static void test_sums_by_their_words(void **state)
{
	(void)state;
	CHECK(sums_by_their_words);
}

static void test_rates_by_their_words(void **state)
{
	(void)state;
	CHECK(rates_by_their_words);
}

static void test_figures_in_other_clauses(void **state)
{
	(void)state;
	CHECK(figures_in_other_clauses);
}

static const struct example lists_and_times[] = {
	{ "Hộ tịch 208 hồ sơ; đất đai 94 hồ sơ; xây dựng 40 hồ sơ. Tổng cộng 352 hồ sơ.",
	  "fail sum" },
	{ "Hộ tịch 208 hồ sơ; đất đai 94 hồ sơ; xây dựng 40 hồ sơ. Tổng cộng 342 hồ sơ.", "" },
	{ "Có 12/12 xã đã cấp (cấp huyện 48, cấp xã 62, tổng 110 chứng thư).", "" },
	{ "Mở 03 lớp cho 240 học viên (văn thư 70, dân vận 95, chuyển đổi số 85).",
	  "suspect sum" },
	{ "Có 365 thủ tục, gồm cấp huyện 231 và cấp xã 134; toàn trình 140, một phần 151.",
	  "" },
	{ "Nộp qua mạng 4.260 hồ sơ, gấp 2,9 lần năm 2023 (1.820 hồ sơ).", "fail growth" },
	{ "Nộp qua mạng 4.260 hồ sơ, gấp 2,3 lần năm 2023 (1.820 hồ sơ).", "" },
};

static void test_lists_and_times(void **state)
{
	(void)state;
	CHECK(lists_and_times);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts_must_make_their_total),
		cmocka_unit_test(test_sums_that_are_silent),
		cmocka_unit_test(test_parts_over_their_whole),
		cmocka_unit_test(test_rates_and_their_operands),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_lists_and_times),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_what_came_in_goes_out),
		cmocka_unit_test(test_sums_by_their_words),
		cmocka_unit_test(test_rates_by_their_words),
		cmocka_unit_test(test_figures_in_other_clauses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
