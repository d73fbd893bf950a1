/* Whose amount it is: of one place, of one level of offices, of what one office gave, of a
 * part; and rates that are told only as the share of the amount before them.  The first place
 * states 222 (or 22,2), the second 111 (or 11,1). */
#include "lib/test.h"

#include "app/audit/fact.h"
#include "text/document.h"

struct paper {
	const char *body;
	int places;
	enum fact_match match;
};

#define DISTRICT                                                                               \
	"ỦY BAN NHÂN DÂN\nHUYỆN AN KHÁNH\nSố: 15/BC-UBND\n"                           \
	"An Khánh, ngày 20 tháng 6 năm 2024\nBÁO CÁO\n"                                  \
	"Kết quả công tác cải cách hành chính 6 tháng đầu năm 2024\n\nI. KẾT QUẢ CHUNG\n"
#define QUARTER                                                                                \
	"ỦY BAN NHÂN DÂN\nHUYỆN AN KHÁNH\nSố: 35/BC-UBND\n"                           \
	"An Khánh, ngày 20 tháng 9 năm 2024\nBÁO CÁO\n"                                  \
	"Kết quả công tác cải cách hành chính quý III năm 2024\n\nI. KẾT QUẢ CHUNG\n"
#define PLAN                                                                                   \
	"ỦY BAN NHÂN DÂN\nHUYỆN AN KHÁNH\nSố: 5/KH-UBND\n"                            \
	"An Khánh, ngày 20 tháng 01 năm 2024\nKẾ HOẠCH\n"                              \
	"Cải cách hành chính năm 2024\n\nI. MỤC TIÊU\n"
#define TABLE "\nII. SỐ LIỆU THỐNG KÊ\nSTT\tChỉ tiêu thống kê\tĐơn vị tính\tSố liệu\n"
#define END   "9\tSố cuộc họp giao ban\tCuộc\t7\n"

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
	struct number n = { digits, places };
	struct number million = { digits * 1000000, 0 };

	return number_eq(f->figure.value, n) ||
	       (f->figure.unit == FIGURE_DONG && number_eq(f->figure.value, million));
}

static enum fact_match match_of(const struct paper *p)
{
	struct arena a ARENA_CLEANUP;
	const struct fact_list *list;
	enum fact_match best = FACT_OTHER;

	arena_init(&a, 64 << 20);
	list = facts_in(&a, p->body);
	for (size_t i = 0; i < list->n_pairs; i++) {
		const struct fact *x = &list->facts[list->pairs[i].a];
		const struct fact *y = &list->facts[list->pairs[i].b];

		if (((is(x, 222, p->places) && is(y, 111, p->places)) ||
		     (is(x, 111, p->places) && is(y, 222, p->places))) &&
		    list->pairs[i].match > best)
			best = list->pairs[i].match;
	}
	return best;
}

static void all(const struct paper *papers, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		enum fact_match match = match_of(&papers[i]);

		if (match == papers[i].match)
			continue;
		wrong++;
		print_error("%zu: %d, not %d: %s\n", i, (int)match, (int)papers[i].match,
		            papers[i].body);
	}
	assert_int_equal(wrong, 0);
}

static const struct paper places[] = {
	/* Two places side by side. */
	{ DISTRICT "a) Tại Bộ phận Một cửa huyện: Tiếp nhận 222 hồ sơ.\n"
	           "b) Tại Bộ phận Một cửa các xã: Tiếp nhận 111 hồ sơ.\n",
	  0, FACT_OTHER },
	{ DISTRICT "1. Bộ phận Tiếp nhận và Trả kết quả huyện\n\nĐã tiếp nhận 222 hồ sơ.\n\n"
	           "2. Cấp xã (09 xã, 01 thị trấn)\n\nĐã tiếp nhận 111 hồ sơ.\n",
	  0, FACT_OTHER },
	{ DISTRICT "a) Cấp huyện: tiếp nhận 100 hồ sơ.\nb) Cấp xã: tiếp nhận 222 hồ sơ.\n"
	           "c) Toàn huyện: tiếp nhận 322 hồ sơ.\n\nII. ĐÁNH GIÁ\n"
	           "Toàn huyện đã tiếp nhận 111 hồ sơ.\n",
	  0, FACT_OTHER },
	/* The whole of it stands under the heading of one of its places. */
	{ DISTRICT "a) Tại Bộ phận Một cửa huyện: Tiếp nhận 222 hồ sơ.\n"
	           "b) Tại Bộ phận Một cửa các xã: Tiếp nhận 50 hồ sơ.\n\n"
	           "Toàn huyện đã tiếp nhận 111 hồ sơ.\n",
	  0, FACT_OTHER },
	/* The same whole twice. */
	{ DISTRICT "Toàn huyện đã tiếp nhận 222 hồ sơ.\n\nII. ĐÁNH GIÁ\n"
	           "Toàn huyện tiếp nhận 111 hồ sơ.\n",
	  0, FACT_SAME },
	/* One place alone parts nothing. */
	{ DISTRICT "1. Kết quả tại Bộ phận Một cửa\n\nĐã tiếp nhận 222 hồ sơ.\n\n"
	           "2. Hạn chế\n\nTrong kỳ tiếp nhận 111 hồ sơ.\n",
	  0, FACT_SAME },
};

static void tells_places_apart(void **state)
{
	(void)state;
	all(places, ARRAY_LEN(places));
}

#define LAWS(total, district, commune)                                                         \
	TABLE "1\tTổng số VBQPPL do địa phương ban hành\tVăn bản\t" total "\n"                 \
	      "1.1\tSố VBQPPL do cấp huyện ban hành\tVăn bản\t" district "\n"                  \
	      "1.2\tSố VBQPPL do cấp xã ban hành\tVăn bản\t" commune "\n" END

static const struct paper levels[] = {
	{ DISTRICT "HĐND, UBND huyện ban hành 222 văn bản QPPL.\n" LAWS("111", "222", "9"), 0,
	  FACT_OTHER },
	{ DISTRICT "Ban hành 222 văn bản quy phạm pháp luật.\n" LAWS("111", "100", "11"), 0,
	  FACT_LIKELY },
	{ DISTRICT "Đã ban hành 222 văn bản quy phạm pháp luật (cấp huyện 111 văn bản, cấp "
	           "xã 111 văn bản).\n" TABLE
	           "1\tSố văn bản quy phạm pháp luật đã ban hành\tVăn bản\t111\n" END,
	  0, FACT_OTHER },
	/* A row that names in brackets the part it counts. */
	{ DISTRICT "Tuyển dụng 222 công chức (thi tuyển 111, tiếp nhận 90).\n" TABLE
	           "1\tSố công chức được tuyển dụng (thi tuyển)\tNgười\t111\n" END,
	  0, FACT_OTHER },
};

static void tells_levels_apart(void **state)
{
	(void)state;
	all(levels, ARRAY_LEN(levels));
}

#define GIVEN(by)                                                                              \
	TABLE "1\tThực hiện nhiệm vụ " by " giao\t\t\n"                                        \
	      "1.1\tTổng số nhiệm vụ được giao\tNhiệm vụ\t111\n"               \
	      "1.2\tSố nhiệm vụ đã hoàn thành\tNhiệm vụ\t60\n" END

static const struct paper givers[] = {
	{ DISTRICT "UBND tỉnh giao 222 nhiệm vụ.\n" GIVEN("UBND tỉnh"), 0, FACT_SAME },
	{ DISTRICT "UBND tỉnh giao 222 nhiệm vụ.\n" GIVEN("Chính phủ, Thủ tướng Chính phủ"), 0,
	  FACT_OTHER },
	{ DISTRICT "1. Thực hiện nhiệm vụ Chủ tịch UBND tỉnh giao\n\n"
	           "Tổng số nhiệm vụ được giao 222 nhiệm vụ.\n" GIVEN("Thủ tướng Chính phủ"),
	  0, FACT_OTHER },
	{ DISTRICT "UBND tỉnh giao 222 nhiệm vụ.\n" TABLE
	           "1\tSố nhiệm vụ đề ra trong kế hoạch\tNhiệm vụ\t111\n" END,
	  0, FACT_OTHER },
};

static void minds_who_gave(void **state)
{
	(void)state;
	all(givers, ARRAY_LEN(givers));
}

#define ROW(label, unit, value) TABLE "1\t" label "\t" unit "\t" value "\n" END

static const struct paper shares[] = {
	{ DISTRICT "Tiếp nhận 900 hồ sơ, trong đó trực tuyến 200 hồ sơ (22,2%).\n" ROW(
	          "Tỷ lệ hồ sơ tiếp nhận trực tuyến", "%", "11,1"),
	  1, FACT_LIKELY },
	{ DISTRICT "Thu về 900 phiếu; có 200 phiếu hài lòng và rất hài lòng, đạt 22,2%.\n" ROW(
	          "Mức độ hài lòng của người dân", "%", "11,1"),
	  1, FACT_LIKELY },
	/* One of several grades. */
	{ DISTRICT "Thu về 900 phiếu: rất hài lòng 600 phiếu (66,7%), hài lòng 200 phiếu "
	           "(22,2%).\n" ROW("Mức độ hài lòng của người dân", "%", "11,1"),
	  1, FACT_OTHER },
	{ DISTRICT "Có 700 phiếu hài lòng (77,8%), 200 phiếu chưa hài lòng (22,2%).\n" ROW(
	          "Mức độ hài lòng của người dân", "%", "11,1"),
	  1, FACT_OTHER },
	/* A label in percent counts nobody. */
	{ DISTRICT "Khảo sát 300 người dân, 222 người hài lòng.\n" ROW(
	          "Mức độ hài lòng của người dân (%)", "", "111"),
	  0, FACT_OTHER },
	{ DISTRICT "Tiếp nhận 222 hồ sơ mức độ 3 trên tổng số 500 hồ sơ.\n" ROW(
	          "Số hồ sơ tiếp nhận trực tuyến mức độ 3", "Hồ sơ", "111"),
	  0, FACT_SAME },
	{ DISTRICT "Tiếp nhận 37 hồ sơ mức độ 3 trên tổng số 222 hồ sơ tiếp nhận.\n" ROW(
	          "Số hồ sơ tiếp nhận trực tuyến mức độ 3", "Hồ sơ", "111"),
	  0, FACT_OTHER },
	{ DISTRICT
	  "Số phiếu khảo sát: 222 phiếu.\n" ROW("Số lượng phiếu khảo sát", "Số lượng", "111"),
	  0, FACT_SAME },
	{ DISTRICT "Tổng số hồ sơ tiếp nhận, giải quyết trong kỳ: 222 hồ sơ.\n" ROW(
	          "Số hồ sơ đã giải quyết", "Hồ sơ", "111"),
	  0, FACT_OTHER },
	{ DISTRICT "Vốn đầu tư công 500 triệu đồng, giải ngân 222 triệu đồng.\n" TABLE
	           "1\tTỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công\t%\t44,4\n"
	           "1.1\tKế hoạch được giao\tTriệu đồng\t500\n"
	           "1.2\tĐã thực hiện\tTriệu đồng\t111\n" END,
	  0, FACT_LIKELY },
	{ DISTRICT "Vốn đầu tư công được giao 222 triệu đồng.\n" TABLE
	           "1\tTỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công\t%\t44,4\n"
	           "1.1\tKế hoạch được giao\tTriệu đồng\t500\n"
	           "1.2\tĐã thực hiện\tTriệu đồng\t111\n" END,
	  0, FACT_OTHER },
};

static void reads_shares_and_bases(void **state)
{
	(void)state;
	all(shares, ARRAY_LEN(shares));
}

#define GOALS(label, now, next)                                                                                       \
	"\nII. PHỤ LỤC CHỈ TIÊU\nSTT\tChỉ tiêu\tĐơn vị\tKết quả năm 2023\tChỉ tiêu năm 2024\n" \
	"1\t" label "\t%\t" now "\t" next "\n2\tTỷ lệ cuộc họp không giấy\t%\t50\t60\n"

static const struct paper goals[] = {
	{ PLAN "Tỷ lệ hồ sơ trực tuyến đạt từ 22,2% trở lên.\n" GOALS("Hồ sơ trực tuyến", "9,5",
	                                                              "≥ 11,1"),
	  1, FACT_SAME },
	/* What was reached last year is no goal. */
	{ PLAN "Tỷ lệ hồ sơ trực tuyến đạt từ 22,2% trở lên.\n" GOALS("Hồ sơ trực tuyến",
	                                                              "11,1", "≥ 22,2"),
	  1, FACT_OTHER },
	{ PLAN "Chỉ số cải cách hành chính đạt từ 22,2% trở lên.\n" GOALS("PAR INDEX", "9,5",
	                                                                  "11,1"),
	  1, FACT_SAME },
	{ PLAN
	  "Chỉ số cải cách hành chính đạt từ 22,2% trở lên.\n" GOALS("SIPAS", "9,5", "11,1"),
	  1, FACT_OTHER },
	{ PLAN "Chỉ số cải cách hành chính đạt từ 222 điểm trở lên.\n"
	       "\nII. PHỤ LỤC CHỈ TIÊU\nSTT\tChỉ tiêu\tĐơn vị\tMục tiêu năm 2024\n"
	       "1\tPAR INDEX\tĐiểm\t≥ 111\n2\tTỷ lệ cuộc họp không giấy\t%\t60\n",
	  0, FACT_SAME },
	{ PLAN "55% hồ sơ tiếp nhận được số hóa tại cấp huyện; 22,2% tại cấp xã.\n"
	       "\nII. PHỤ LỤC\nSTT\tTên chỉ tiêu\tĐVT\tMục tiêu năm 2024\t\n"
	       "\t\t\tCấp huyện\tCấp xã\n"
	       "1\tTỷ lệ hồ sơ tiếp nhận được số hóa\t%\t55\t11,1\n"
	       "2\tTỷ lệ cuộc họp không giấy\t%\t50\t60\n",
	  1, FACT_LIKELY },
	/* The calendar name of the report's own period and its window are one period. */
	{ QUARTER "Từ ngày 15/6/2024 đến ngày 14/9/2024 tiếp nhận 222 hồ sơ.\n\nII. ĐÁNH GIÁ\n"
	          "Quý III năm 2024 đã tiếp nhận 111 hồ sơ.\n",
	  0, FACT_SAME },
	{ QUARTER "Từ ngày 15/6/2024 đến ngày 14/9/2024 tiếp nhận 222 hồ sơ.\n\nII. ĐÁNH GIÁ\n"
	          "Quý II năm 2024 đã tiếp nhận 111 hồ sơ.\n",
	  0, FACT_OTHER },
};

/* A class is no clear thing; the same words twice are. */
static const struct paper phrases[] = {
	{ DISTRICT "Huyện mở 222 lớp tập huấn kỹ năng số cho thanh niên.\n\nII. ĐÁNH GIÁ\n"
	           "Mặc dù đã mở 111 lớp tập huấn kỹ năng số cho thanh niên, số người dự ít.\n",
	  0, FACT_SAME },
	{ DISTRICT "Huyện mở 222 lớp tập huấn kỹ năng số cho thanh niên.\n\nII. ĐÁNH GIÁ\n"
	           "Mặc dù đã mở 111 lớp tập huấn kỹ năng số cho nông dân, số người dự ít.\n",
	  0, FACT_OTHER },
};

static void knows_repeated_phrases(void **state)
{
	(void)state;
	all(phrases, ARRAY_LEN(phrases));
}

static void reads_goals_and_periods(void **state)
{
	(void)state;
	all(goals, ARRAY_LEN(goals));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_places_apart),
		cmocka_unit_test(tells_levels_apart),
		cmocka_unit_test(minds_who_gave),
		cmocka_unit_test(reads_shares_and_bases),
		cmocka_unit_test(knows_repeated_phrases),
		cmocka_unit_test(reads_goals_and_periods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
