/* test_audit_paper.c - one thing at a time is changed in a sound document: what makes it wrong
 * is found, what only looks wrong is not. */
#include "lib/test.h"

#include "app/audit/audit.h"
#include "base/str.h"
#include "lib/audit_papers.h"

struct run {
	struct arena arena;
	struct text_file file, before;
	struct document document, previous;
	struct audit_result result;
};

static void build(struct document *out, struct text_file *file, struct arena *a,
                  const char *text)
{
	assert_int_equal(text_file_read(file, a, text, strlen(text)), ERR_OK);
	file->name = "bao-cao.txt";
	assert_int_equal(document_build(out, a, file, 1), ERR_OK);
}

static void audit(struct run *r, const char *text, const char *previous, bool draft)
{
	struct audit_options options = { .draft = draft };

	arena_init(&r->arena, 64 << 20);
	build(&r->document, &r->file, &r->arena, text);
	if (previous) {
		build(&r->previous, &r->before, &r->arena, previous);
		options.previous = &r->previous;
	}
	assert_int_equal(audit_run(&r->result, &r->arena, &r->document, &options), ERR_OK);
}

static size_t count(const struct run *r, enum audit_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < r->result.n_findings; i++)
		n += r->result.findings[i].kind == kind;
	return n;
}

/* The text with the first `from` in it replaced; NUL-terminated, to be freed. */
static char *changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	size_t before, n = strlen(text) + strlen(to) + 1;
	char *out = malloc(n);

	assert_non_null(out);
	if (!at)
		fail_msg("not in the document: %s", from);
	before = (size_t)(at - text);
	snprintf(out, n, "%.*s%s%s", (int)before, text, to, at + strlen(from));
	return out;
}

struct change {
	const char *const *text;
	enum audit_kind kind;
	const char *from, *to;
};

/* clang-format off */
static const struct change faults[] = {
	{ &audit_paper_half_year, AUDIT_DATE,
	  "22/5/2023 của Sở",
	  "31/6/2023 của Sở" },
	{ &audit_paper_half_year, AUDIT_DATE,
	  "ngày 22/5/2023",
	  "ngày 22/5/2203" },
	{ &audit_paper_half_year, AUDIT_DATE,
	  "Từ ngày 15/12/2022 đến ngày 10/6/2023",
	  "Từ ngày 15/12/2023 đến ngày 10/6/2023" },
	{ &audit_paper_province, AUDIT_DATE,
	  "giai đoạn 2023-2025",
	  "giai đoạn 2025-2023" },
	{ &audit_paper_province, AUDIT_DATE,
	  "08/9/2022",
	  "08/13/2022" },
	{ &audit_paper_half_year, AUDIT_PERIOD,
	  "Tính đến ngày 10/6/2023",
	  "Tính đến ngày 20/6/2023" },
	{ &audit_paper_half_year, AUDIT_PERIOD,
	  "đến ngày 10/6/2023 đã",
	  "đến ngày 15/6/2023 đã" },
	{ &audit_paper_half_year, AUDIT_PERIOD,
	  "Trong 6 tháng đầu năm 2023, đã kiểm tra 06 xã, thị trấn; so với cùng kỳ năm 2022 tăng 02 đơn vị",
	  "Trong 6 tháng đầu năm 2022, đã kiểm tra 06 xã, thị trấn" },
	{ &audit_paper_province, AUDIT_PERIOD,
	  "Trong năm 2022, đã tổ chức 12 lớp tập huấn; tăng 03 lớp so với năm 2021. ",
	  "Trong năm 2021, đã tổ chức 12 lớp tập huấn. " },
	{ &audit_paper_province, AUDIT_PERIOD,
	  "hoàn thành kế hoạch năm 2022.",
	  "hoàn thành chỉ tiêu theo Kế hoạch cải cách hành chính năm 2021, đạt 98% so với kế hoạch năm 2022." },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "Kế hoạch số 41/KH-UBND ngày 03/3/2023",
	  "Kế hoạch số 41/KH-UBND ngày 03/8/2023" },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "107/2021/NĐ-CP ngày 06/12/2021",
	  "107/2021/NĐ-CP ngày 06/12/2020" },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "61/2018/NĐ-CP ngày 23/4/2018",
	  "61/2018/NĐ-CP ngày 24/3/2018" },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "sửa đổi Nghị định số 61/2018/NĐ-CP",
	  "sửa đổi Nghị định số 61/NĐ-CP" },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "Nghị quyết số 19-NQ/TW",
	  "Chỉ thị số 19-NQ/TW" },
	{ &audit_paper_province, AUDIT_CITATION,
	  "sửa đổi Quyết định số 15/2022/QĐ-UBND ngày 20/4/2022",
	  "sửa đổi Quyết định số 15/2022/QĐ-UBND ngày 21/4/2022" },
	{ &audit_paper_province, AUDIT_CITATION,
	  "Quyết định số 37/2022/QĐ-UBND ngày 12/9/2022",
	  "Quyết định số 37/2022/QĐ-UBND ngày 12/9/2021" },
	{ &audit_paper_plan, AUDIT_CITATION,
	  "Kế hoạch số 03/KH-UBND ngày 08/01/2025",
	  "Kế hoạch số 03/KH-UBND ngày 28/01/2025" },
	{ &audit_paper_half_year, AUDIT_SERIES,
	  "Kế hoạch số 41/KH-UBND ngày 03/3/2023",
	  "Kế hoạch số 11/KH-UBND ngày 03/3/2023" },
	{ &audit_paper_half_year, AUDIT_SERIES,
	  "Kế hoạch số 12/KH-UBND ngày 10/01/2023",
	  "Kế hoạch số 12/KH-UBND ngày 10/4/2023" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "2.2. Giải",
	  "2.3. Giải" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "2.2. Giải",
	  "2.1. Giải" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "4. Tài chính",
	  "5. Tài chính" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "II. KẾT QUẢ",
	  "III. KẾT QUẢ" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "1.2.\tCông văn",
	  "1.3.\tCông văn" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "Phụ lục 2",
	  "Phụ lục 3" },
	{ &audit_paper_plan, AUDIT_NUMBERING,
	  "c) Tuyên",
	  "d) Tuyên" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "2. Tổ chức khảo sát",
	  "1. Tổ chức khảo sát" },
	{ &audit_paper_half_year, AUDIT_HEADER,
	  "312/BC-UBND ngày 12/6/2023 của",
	  "321/BC-UBND ngày 12/6/2023 của" },
	{ &audit_paper_half_year, AUDIT_HEADER,
	  "(Kèm theo Báo cáo số 312/BC-UBND ngày 12 tháng 6",
	  "(Kèm theo Báo cáo số 312/BC-UBND ngày 12 tháng 5" },
	{ &audit_paper_half_year, AUDIT_HEADER,
	  "Trên đây là báo cáo kết quả công tác cải cách hành chính 6 tháng đầu năm 2023",
	  "Trên đây là báo cáo kết quả công tác cải cách hành chính 6 tháng đầu năm 2022" },
	{ &audit_paper_half_year, AUDIT_MISSING_VALUE,
	  "312/BC-UBND ngày 12/6/2023 của",
	  " /BC-UBND ngày  /6/2023 của" },
	{ &audit_paper_half_year, AUDIT_MISSING_VALUE,
	  "Số: 312/BC-UBND",
	  "Số:      /BC-UBND" },
	{ &audit_paper_half_year, AUDIT_MISSING_VALUE,
	  "Phú Hòa, ngày 12 tháng 6",
	  "Phú Hòa, ngày     tháng 6" },
	{ &audit_paper_plan, AUDIT_MISSING_VALUE,
	  "Văn hóa\tCác bộ phận\tThường xuyên",
	  "Văn hóa\tCác bộ phận\t" },
	{ &audit_paper_plan, AUDIT_NUMBERING,
	  "2\tTuyên truyền\tTin",
	  "\tTuyên truyền\tTin" },
	{ &audit_paper_plan, AUDIT_SCOPE,
	  "Kiện toàn Ban Chỉ đạo cải cách hành chính xã",
	  "Kiện toàn Ban Chỉ đạo cải cách hành chính huyện" },
	{ &audit_paper_plan, AUDIT_SCOPE,
	  "b) Theo dõi thi hành pháp luật trên địa bàn xã.",
	  "b) Triển khai kế hoạch theo dõi thi hành pháp luật trên địa bàn xã năm 2025.\n- Triển khai kế hoạch theo dõi thi hành pháp luật trên địa bàn huyện năm 2025." },
	{ &audit_paper_plan, AUDIT_SCOPE,
	  "c) Tuyên truyền pháp luật.",
	  "c) Tuyên truyền pháp luật.\nUBND xã Tân Lập đã ban hành quy chế." },
	{ &audit_paper_half_year, AUDIT_DUPLICATE,
	  "b) Kiểm tra văn bản: đã kiểm tra 12 văn bản.",
	  "- Rà soát các thủ tục hành chính thuộc thẩm quyền giải quyết, kiến nghị đơn giản hóa thành phần hồ sơ không cần thiết.\n- Tiếp tục rà soát các thủ tục hành chính thuộc thẩm quyền giải quyết, kiến nghị đơn giản hóa thành phần hồ sơ không cần thiết." },
	{ &audit_paper_half_year, AUDIT_DUPLICATE,
	  "b) Kiểm tra văn bản: đã kiểm tra 12 văn bản.",
	  "- Kết quả số hóa hồ sơ giấy tờ: đạt khá.\n- Kết quả số hóa hồ sơ giấy tờ: đạt tốt." },
	{ &audit_paper_half_year, AUDIT_FORMAT,
	  "Giải ngân 152.340 triệu đồng",
	  "Giải ngân 152,340 triệu đồng" },
	{ &audit_paper_half_year, AUDIT_FORMAT,
	  "2.\tTỷ lệ\t%\t45,6",
	  "2.\tTỷ lệ\t%\t45.6" },
	{ &audit_paper_half_year, AUDIT_FORMAT,
	  "5.214 hồ sơ; đã",
	  "5,214 hồ sơ; đã" },
	{ &audit_paper_province, AUDIT_FORMAT,
	  "1.224.310",
	  "1,224,310" },
	{ &audit_paper_province, AUDIT_CITATION,
	  "Quyết định số 876/QĐ-BNV ngày 10/11/2022",
	  "Quyết định số 2022/QĐ-BNV ngày 10/11/2022" },
	{ &audit_paper_province, AUDIT_FORMAT,
	  "giải quyết 1.224.310 hồ sơ",
	  "giải quyết 15.000 nghìn hồ sơ" },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "18-NQ/TW ngày 25/10/2017",
	  "18-NQ/TW ngày 25/10/2027" },
};

static const struct change near_misses[] = {
	{ &audit_paper_half_year, AUDIT_DATE,
	  "ngày 22/5/2023 của Sở",
	  "ngày 29/02/2020 của Sở" },
	{ &audit_paper_province, AUDIT_DATE,
	  "giai đoạn 2023-2025",
	  "giai đoạn 2026-2030" },
	{ &audit_paper_half_year, AUDIT_DATE,
	  "Từ ngày 15/12/2022 đến ngày 10/6/2023",
	  "Từ ngày 15/12/2022 đến ngày 12/6/2023" },
	{ &audit_paper_half_year, AUDIT_PERIOD,
	  "Tính đến ngày 10/6/2023, tiếp nhận",
	  "Ước đến ngày 30/6/2023, tiếp nhận" },
	{ &audit_paper_half_year, AUDIT_PERIOD,
	  "Năm 2022, Chỉ số",
	  "Trong năm 2022, Chỉ số" },
	{ &audit_paper_province, AUDIT_PERIOD,
	  "Ước đến ngày 31/12/2022",
	  "Dự kiến tính đến ngày 31/12/2022" },
	{ &audit_paper_province, AUDIT_PERIOD,
	  "hoàn thành kế hoạch năm 2022.",
	  "hoàn thành kế hoạch năm 2022, xây dựng kế hoạch năm 2023." },
	{ &audit_paper_half_year, AUDIT_CITATION,
	  "Kế hoạch số 41/KH-UBND ngày 03/3/2023",
	  "Kế hoạch số 41/KH-UBND ngày 12/6/2023" },
	{ &audit_paper_province, AUDIT_CITATION,
	  "Quyết định số 812/QĐ-UBND ngày 05/5/2022 về bộ chỉ số",
	  "Quyết định số 15/QĐ-UBND ngày 05/01/2022 về bộ chỉ số" },
	{ &audit_paper_plan, AUDIT_CITATION,
	  "Kế hoạch số 03/KH-UBND ngày 08/01/2025",
	  "Kế hoạch số 05/KH-UBND ngày 08/01/2025" },
	{ &audit_paper_province, AUDIT_CITATION,
	  "Quyết định số 876/QĐ-BNV ngày 10/11/2022",
	  "Quy định số 04-QĐ/TU ngày 10/11/2022" },
	{ &audit_paper_half_year, AUDIT_SERIES,
	  "Kế hoạch số 41/KH-UBND ngày 03/3/2023",
	  "Kế hoạch số 14/KH-UBND ngày 17/01/2023" },
	{ &audit_paper_half_year, AUDIT_SERIES,
	  "số 871/SNV-CCHC ngày 22/5/2023",
	  "số 9/SNV-CCHC ngày 22/5/2023" },
	{ &audit_paper_half_year, AUDIT_SERIES,
	  "Kế hoạch số 41/KH-UBND ngày 03/3/2023",
	  "Kế hoạch số 05/KH-UBND ngày 03/3/2023 của UBND tỉnh" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "đ) Phổ biến",
	  "e) Phổ biến" },
	{ &audit_paper_half_year, AUDIT_NUMBERING,
	  "1. Cải cách thể chế",
	  "1. Cải cách thể chế" },
	{ &audit_paper_plan, AUDIT_NUMBERING,
	  "Quý III/2025\nII\tThể chế",
	  "Quý III/2025\n3\tHọp\tThông báo\tVăn phòng\tCác bộ phận\tQuý IV/2025\nII\tThể chế" },
	{ &audit_paper_half_year, AUDIT_HEADER,
	  "(Kèm theo Báo cáo số 312/BC-UBND ngày 12/6/2023 của UBND huyện Phú Hòa)",
	  "(Kèm theo Công văn số 55/SNV-CCHC ngày 12/5/2023 của Sở Nội vụ)" },
	{ &audit_paper_half_year, AUDIT_HEADER,
	  "Phụ lục 2\nDANH MỤC\n(Kèm theo Báo cáo số 312/BC-UBND ngày 12 tháng 6 năm 2023 của UBND huyện Phú Hòa)",
	  "Phụ lục 2\nDANH MỤC\n(Kèm theo Báo cáo số 312/BC-UBND ngày 12/6/2023)" },
	{ &audit_paper_half_year, AUDIT_HEADER,
	  "6 tháng đầu năm 2023 của UBND huyện Phú Hòa./.",
	  "6 tháng đầu năm 2023, so với cùng kỳ năm 2022./." },
	{ &audit_paper_plan, AUDIT_MISSING_VALUE,
	  "\tTư pháp\t\tThường xuyên",
	  "\t\t\t" },
	{ &audit_paper_plan, AUDIT_MISSING_VALUE,
	  "Kế hoạch\tVăn phòng\tCác bộ phận\tTháng 01/2025",
	  "Kế hoạch\tVăn phòng\tCác bộ phận\tTheo quy định" },
	{ &audit_paper_plan, AUDIT_SCOPE,
	  "Báo cáo kết quả về Ban Chỉ đạo cải cách hành chính huyện",
	  "Gửi Ban Chỉ đạo cải cách hành chính huyện danh sách, phối hợp với Ban Chỉ đạo cải cách hành chính huyện" },
	{ &audit_paper_plan, AUDIT_SCOPE,
	  "Phối hợp với các phòng chuyên môn của huyện",
	  "Tham gia các lớp tập huấn trên địa bàn huyện, tỉnh, các cơ quan của huyện" },
	{ &audit_paper_province, AUDIT_SCOPE,
	  "Các xã trên địa bàn huyện Sơn Hà",
	  "Các xã, thị trấn trên địa bàn huyện Bình Khê" },
	{ &audit_paper_half_year, AUDIT_DUPLICATE,
	  "b) Kiểm tra văn bản: đã kiểm tra 12 văn bản.",
	  "b) Kiểm tra văn bản: đã kiểm tra 20 văn bản do HĐND, UBND huyện ban hành và gửi kết luận." },
	{ &audit_paper_plan, AUDIT_DUPLICATE,
	  "Tuyên truyền pháp luật.",
	  "Tổ chức tuyên truyền các văn bản pháp luật mới cho công chức và người dân." },
	{ &audit_paper_province, AUDIT_DUPLICATE,
	  "UBND huyện Bình Khê đã tổ chức 06 hội nghị",
	  "UBND huyện Bình Khê đã tổ chức 05 hội nghị" },
	{ &audit_paper_half_year, AUDIT_FORMAT,
	  "đạt 45,6% kế hoạch",
	  "đạt 45,625% kế hoạch" },
	{ &audit_paper_province, AUDIT_FORMAT,
	  "đạt 99,57%",
	  "đạt 99,57%; hệ số 0,125" },
	{ &audit_paper_half_year, AUDIT_FORMAT,
	  "15/7/2021 của Chính phủ",
	  "15.7.2021 của Chính phủ" },
};
/* clang-format on */

static void finds_each_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		char *text = changed(*faults[i].text, faults[i].from, faults[i].to);
		struct run r = { 0 };

		audit(&r, text, NULL, false);
		if (count(&r, faults[i].kind) == 0)
			fail_msg("not found: %s", faults[i].to);
		for (size_t j = 0; j < r.result.n_findings; j++) {
			const struct audit_finding *f = &r.result.findings[j];

			assert_in_range(f->n_places, 1, 8);
			assert_true(f->message[0] != '\0' && !strstr(f->message, "{"));
			assert_true(f->relation[0] != '\0');
		}
		arena_release(&r.arena);
		free(text);
	}
}

static void stays_silent(struct run *r, const char *what)
{
	for (size_t i = 0; i < r->result.n_findings; i++)
		fail_msg("%s: %s", what, r->result.findings[i].message);
	assert_true(r->result.n_relations > 10);
	arena_release(&r->arena);
}

static void leaves_near_misses_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(near_misses) / sizeof(*near_misses); i++) {
		char *text =
		        changed(*near_misses[i].text, near_misses[i].from, near_misses[i].to);
		struct run r = { 0 };

		audit(&r, text, NULL, false);
		stays_silent(&r, near_misses[i].to);
		free(text);
	}
}

static void leaves_sound_documents_alone(void **state)
{
	const char *const texts[] = { audit_paper_half_year, audit_paper_province,
		                      audit_paper_plan, NULL };
	const char *const *const lists[] = { texts, audit_papers_sound };

	(void)state;
	for (size_t l = 0; l < 2; l++)
		for (size_t i = 0; lists[l][i]; i++) {
			struct run r = { 0 };

			audit(&r, lists[l][i], NULL, false);
			stays_silent(&r, lists[l][i]);
		}
}

static void a_draft_may_lack_number_and_day(void **state)
{
	char *number = changed(audit_paper_plan, "Số: 05/KH-UBND", "Số:      /KH-UBND");
	char *text =
	        changed(number, "ngày 15 tháng 01 năm 2025", "ngày     tháng     năm 2025");
	struct run r = { 0 }, final = { 0 };

	(void)state;
	audit(&r, text, NULL, true);
	assert_int_equal(count(&r, AUDIT_MISSING_VALUE), 0);
	audit(&final, text, NULL, false);
	assert_int_equal(count(&final, AUDIT_MISSING_VALUE), 1);
	assert_string_equal(final.result.findings[0].correction, "05/KH-UBND ngày 15/01/2025");
	arena_release(&r.arena);
	arena_release(&final.arena);
	free(text);
	free(number);
}

#define HEAD(number, day, period)                                                              \
	"Số: " number "/BC-UBND\n\nAn Phú, ngày " day                                          \
	"\n\nBÁO CÁO\nCông tác cải cách hành chính " period                                    \
	"\n\nUBND xã An Phú báo cáo như sau:\n\nI. KẾT QUẢ\n"

/* What last quarter's report says against this one's. */
static void compares_with_the_report_before(void **state)
{
	static const char before[] =
	        HEAD("40", "14 tháng 3 năm 2024",
	             "quý I năm 2024") "Bộ phận Một cửa của xã đã tiếp nhận tổng số 214 hồ sơ "
	                               "các lĩnh vực.\n"
	                               "Trang thông tin điện tử xã đã đăng tải 35 tin, bài về "
	                               "cải cách hành chính.\n"
	                               "Công chức xã đã tham gia 18 lượt tập huấn do cấp trên "
	                               "tổ chức.\n"
	                               "Đài truyền thanh xã đã phát 46 lượt tin về dịch vụ "
	                               "công trực tuyến.\n"
	                               "Lũy kế từ đầu năm, xã đã tiếp nhận 512 hồ sơ nộp trực "
	                               "tuyến.\n";
	static const char same[] =
	        HEAD("95", "14 tháng 6 năm 2024",
	             "quý II năm 2024") "Bộ phận Một cửa của xã đã tiếp nhận tổng số 214 hồ sơ "
	                                "các lĩnh vực.\n"
	                                "Trang thông tin điện tử xã đã đăng tải 35 tin, bài về "
	                                "cải cách hành chính.\n"
	                                "Công chức xã đã tham gia 18 lượt tập huấn do cấp trên "
	                                "tổ chức.\n"
	                                "Đài truyền thanh xã đã phát 46 lượt tin về dịch vụ "
	                                "công trực tuyến.\n"
	                                "Lũy kế từ đầu năm, xã đã tiếp nhận 430 hồ sơ nộp trực "
	                                "tuyến.\n";
	static const char other[] =
	        HEAD("95", "14 tháng 6 năm 2024",
	             "quý II năm 2024") "Bộ phận Một cửa của xã đã tiếp nhận tổng số 260 hồ sơ "
	                                "các lĩnh vực.\n"
	                                "Trang thông tin điện tử xã đã đăng tải 41 tin, bài về "
	                                "cải cách hành chính.\n"
	                                "Công chức xã đã tham gia 18 lượt tập huấn do cấp trên "
	                                "tổ chức.\n"
	                                "Đài truyền thanh xã đã phát 52 lượt tin về dịch vụ "
	                                "công trực tuyến.\n"
	                                "Lũy kế từ đầu năm, xã đã tiếp nhận 801 hồ sơ nộp trực "
	                                "tuyến.\n";
	struct run r = { 0 }, moved = { 0 };

	(void)state;
	audit(&r, same, before, false);
	assert_int_equal(count(&r, AUDIT_DUPLICATE), 1);
	assert_int_equal(count(&r, AUDIT_GROWTH), 1);
	audit(&moved, other, before, false);
	assert_int_equal(count(&moved, AUDIT_DUPLICATE), 0);
	assert_int_equal(count(&moved, AUDIT_GROWTH), 0);
	arena_release(&r.arena);
	arena_release(&moved.arena);
}

static void tells_where_to_look(void **state)
{
	char *text = changed(audit_paper_half_year, "61/2018/NĐ-CP ngày 23/4/2018",
	                     "61/2018/NĐ-CP ngày 24/3/2018");
	struct run r = { 0 };

	(void)state;
	audit(&r, text, NULL, false);
	assert_int_equal(r.result.n_findings, 1);
	assert_int_equal(r.result.findings[0].verdict, AUDIT_FAIL);
	assert_int_equal(r.result.findings[0].places[0].line.line, 14);
	assert_string_equal(r.result.findings[0].correction, "61/2018/NĐ-CP ngày 23/04/2018");
	arena_release(&r.arena);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_sound_documents_alone),
		cmocka_unit_test(finds_each_fault),
		cmocka_unit_test(leaves_near_misses_alone),
		cmocka_unit_test(a_draft_may_lack_number_and_day),
		cmocka_unit_test(compares_with_the_report_before),
		cmocka_unit_test(tells_where_to_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
