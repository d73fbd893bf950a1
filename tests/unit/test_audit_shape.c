/* Numbering by parts, frames of time, deadlines of plans and offices of a time gone by: small
 * invented papers, what must be found beside what only looks like it. */
#include "lib/test.h"

#include "app/audit/audit.h"
#include "base/str.h"

#define HEAD                                                                                               \
	"ỦY BAN NHÂN DÂN\nXÃ AN LÃO\n\nSố: 31/BC-UBND\n\nAn Lão, ngày 10 tháng 6 năm 2024\n\n" \
	"BÁO CÁO\nCông tác cải cách hành chính 6 tháng đầu năm 2024\n\n"
#define LATER_HEAD                                                                                         \
	"ỦY BAN NHÂN DÂN\nXÃ AN LÃO\n\nSố: 52/BC-UBND\n\nAn Lão, ngày 20 tháng 9 năm 2025\n\n" \
	"BÁO CÁO\nCông tác cải cách hành chính quý III năm 2025\n\n"
#define PLAN(table)                                                                                 \
	"ỦY BAN NHÂN DÂN\nXÃ AN LÃO\n\nSố: 12/KH-UBND\n\nAn Lão, ngày 08 tháng 02 năm " \
	"2024\n\n"                                                                                  \
	"KẾ HOẠCH\nCải cách hành chính năm 2024\n\n"                                      \
	"TT\tNhiệm vụ\tSản phẩm\tChủ trì\tThời gian\n" table "\nTốt.\n"

struct example {
	const char *about;
	enum audit_kind kind;
	const char *text;
	size_t found;
};

static const struct example examples[] = {
	{ "parts count by themselves", AUDIT_NUMBERING,
	  HEAD
	  "PHẦN I. TÌNH HÌNH\n\nI. CHỈ ĐẠO\n\nTốt.\n\nII. THỦ TỤC\n\nTốt.\n\nIII. BỘ MÁY\n\n"
	  "Tốt.\n\nIV. CÔNG VỤ\n\nTốt.\n\nPHẦN II. ĐÁNH GIÁ\n\nTốt.\n\nPHẦN III. NHIỆM "
	  "VỤ\n\nTốt.\n",
	  0 },
	{ "a part left out", AUDIT_NUMBERING,
	  HEAD
	  "PHẦN I. TÌNH HÌNH\n\nI. CHỈ ĐẠO\n\nTốt.\n\nII. THỦ TỤC\n\nTốt.\n\nPHẦN II. ĐÁNH "
	  "GIÁ\n\nTốt.\n\nPHẦN IV. NHIỆM VỤ\n\nTốt.\n",
	  1 },
	{ "a number runs on inside the paragraph before", AUDIT_NUMBERING,
	  HEAD "I. CHỈ ĐẠO\n\n1. Đã ban hành 12 văn bản. 2. Kế hoạch có 30 nhiệm vụ.\n\n"
	       "3. Đã kiểm tra 05 thôn.\n",
	  0 },
	{ "a number left out", AUDIT_NUMBERING,
	  HEAD "I. CHỈ ĐẠO\n\n1. Đã ban hành 12 văn bản.\n\n3. Đã kiểm tra 05 thôn.\n", 1 },
	{ "years beside each other are compared", AUDIT_PERIOD,
	  HEAD
	  "I. KẾT QUẢ\n\nTỷ lệ văn bản điện tử: năm 2022 đạt 61%; năm 2023 đạt 74%; năm 2024 "
	  "đạt 90%.\n",
	  0 },
	{ "a result on a day to come", AUDIT_PERIOD,
	  HEAD "I. KẾT QUẢ\n\nĐến ngày 31/7/2024, tỷ lệ hồ sơ xử lý trên mạng đạt 93,1%.\n",
	  1 },
	{ "what a number is on a day to come", AUDIT_PERIOD,
	  HEAD "I. KẾT QUẢ\n\nTính đến hết ngày 31/7/2024, số thủ tục là 214 thủ tục.\n", 1 },
	{ "a goal for a day to come", AUDIT_PERIOD,
	  HEAD "I. KẾT QUẢ\n\nĐến ngày 31/12/2024, tỷ lệ hồ sơ xử lý trên mạng phải đạt 95%.\n",
	  0 },
	{ "a deadline of last year", AUDIT_DATE,
	  PLAN("1\tKiểm tra\tThông báo\tVăn phòng\tTháng 10/2023\n"
	       "2\tTuyên truyền\tBáo cáo\tVăn hóa\tTháng 11/2024\n"),
	  1 },
	{ "deadlines of the plan's own year, one before it was signed", AUDIT_DATE,
	  PLAN("1\tBan hành kế hoạch\tKế hoạch\tVăn phòng\tTháng 01/2024\n"
	       "2\tTuyên truyền\tBáo cáo\tVăn hóa\tTừ tháng 12/2023\n"
	       "3\tGiải ngân\tBáo cáo\tKế toán\t31/01/2025\n"),
	  0 },
	{ "a group's row with a cell too many hides no blank deadline", AUDIT_MISSING_VALUE,
	  PLAN("I\tCHỈ ĐẠO\t\t\t\t\n1\tKiểm tra\tThông báo\tVăn phòng\tQuý I\n"
	       "2\tĐối thoại\tBiên bản\tVăn phòng\tQuý II\n"
	       "3\tTuyên truyền\tTin, bài\tVăn hóa\tCả năm\n"
	       "4\tKhảo sát\tBáo cáo\tVăn phòng\tQuý III\n"
	       "5\tSơ kết\tBáo cáo\tVăn phòng\tTháng 6\n"
	       "6\tTổng kết\tBáo cáo\tVăn phòng\t\n"),
	  1 },
	{ "a district to report to after there were none", AUDIT_SCOPE,
	  LATER_HEAD "I. NHIỆM VỤ\n\n- Báo cáo UBND huyện trước ngày 15/12/2025.\n", 1 },
	{ "what the district did before", AUDIT_SCOPE,
	  LATER_HEAD "I. KẾT QUẢ\n\n- Đã báo cáo UBND huyện kết quả quý I.\n", 0 },
	{ "a district to report to while there was one", AUDIT_SCOPE,
	  HEAD "I. NHIỆM VỤ\n\n- Báo cáo UBND huyện trước ngày 15/12/2024.\n", 0 },
};

static size_t found_in(const char *text, enum audit_kind kind)
{
	ARENA_CLEANUP struct arena a;
	struct text_file file = { .name = "x.txt" };
	struct audit_options options = { 0 };
	struct audit_result result;
	struct document document;
	size_t n = 0;

	arena_init(&a, 64 << 20);
	assert_int_equal(text_file_read(&file, &a, text, strlen(text)), ERR_OK);
	assert_int_equal(document_build(&document, &a, &file, 1), ERR_OK);
	assert_int_equal(audit_run(&result, &a, &document, &options), ERR_OK);
	for (size_t i = 0; i < result.n_findings; i++)
		n += result.findings[i].kind == kind;
	return n;
}

static void finds_what_is_wrong_only(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		size_t found = found_in(examples[i].text, examples[i].kind);

		if (found != examples[i].found) {
			print_error("%s: %zu\n", examples[i].about, found);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_is_wrong_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
