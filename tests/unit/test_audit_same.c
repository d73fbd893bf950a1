/* Whole reports: sound ones raise nothing, one wrong figure raises one finding with both
 * places. */
#include "lib/test.h"

#include "app/audit/audit.h"
#include "base/str.h"
#include "text/document.h"

#define HEAD                                                                                   \
	"ỦY BAN NHÂN DÂN\nTỈNH PHÚ THÀNH\nSố: 512/BC-UBND\n"                         \
	"Phú Thành, ngày 12 tháng 12 năm 2025\nBÁO CÁO\n"                               \
	"Kết quả công tác cải cách hành chính năm 2025\n\n"

/* {1} stands for what a test changes. */
static const char province[] = HEAD
        "I. KẾT QUẢ\n"
        "1. Thủ tục hành chính\n"
        "Tổng số TTHC thuộc thẩm quyền giải quyết của tỉnh là 1.846 thủ tục, trong đó cấp tỉnh "
        "1.468 thủ tục, cấp huyện 236 thủ tục, cấp xã 142 thủ tục.\n"
        "Tình hình giải quyết hồ sơ như sau:\n"
        "- Tổng số hồ sơ tiếp nhận: 86.210 hồ sơ (trực tuyến 51.450 hồ sơ, trực tiếp 33.650 hồ "
        "sơ, "
        "kỳ trước chuyển sang 1.110 hồ sơ).\n"
        "- Đã giải quyết %s hồ sơ, trong đó trước hạn 50.120 hồ sơ, đúng hạn 29.582 hồ sơ, quá "
        "hạn "
        "300 hồ sơ.\n"
        "- Đang giải quyết 6.208 hồ sơ.\n"
        "Các sở, ngành tiếp nhận 18.400 hồ sơ; UBND cấp huyện tiếp nhận 20.310 hồ sơ.\n"
        "2. Chứng thực\n"
        "Trong năm, toàn tỉnh tiếp nhận 8.300 hồ sơ chứng thực bản sao điện tử.\n"
        "3. Số hóa\n"
        "Lĩnh vực đất đai tiếp nhận 4.220 hồ sơ, giải quyết đúng hạn 97,1%%.\n"
        "II. ĐÁNH GIÁ\n"
        "Năm 2025 tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn đạt 99,63%%; năm 2024 đạt "
        "98,5%%.\n"
        "III. PHƯƠNG HƯỚNG NĂM 2026\n"
        "Phấn đấu tỷ lệ hồ sơ giải quyết đúng hạn đạt 99,9%%.\n"
        "\n"
        "Phụ lục I\n"
        "KẾT QUẢ GIẢI QUYẾT HỒ SƠ\n"
        "STT\tLĩnh vực\tSố hồ sơ tiếp nhận\t\t\tSố hồ sơ đã giải quyết\t\t\t\n"
        "\t\tTổng số\tTrực tuyến\tKỳ trước chuyển sang\tTổng số\tTrước hạn\tĐúng hạn\tQuá hạn\n"
        "1\tĐất đai\t5.330\t3.100\t1.110\t4.000\t2.000\t1.900\t100\n"
        "2\tLĩnh vực khác\t80.880\t48.350\t0\t76.002\t48.120\t27.682\t200\n"
        "\tTổng cộng\t86.210\t51.450\t1.110\t80.002\t50.120\t29.582\t300\n"
        "\n"
        "Phụ lục II\n"
        "SỐ LIỆU THỐNG KÊ\n"
        "STT\tChỉ tiêu\tĐơn vị tính\tNăm 2024\tNăm 2025\n"
        "1\tSố TTHC cấp tỉnh\tThủ tục\t1.455\t1.468\n"
        "2\tTỷ lệ hồ sơ giải quyết đúng hạn\t%%\t98,5\t99,63\n";

static const char plan[] =
        "UBND HUYỆN BÌNH TÂN\nSố: 44/KH-UBND\nBình Tân, ngày 10 tháng 01 năm 2024\nKẾ HOẠCH\n"
        "Cải cách hành chính huyện Bình Tân năm 2024\n\n"
        "I. MỤC TIÊU\n"
        "- Năm 2023 tỷ lệ hồ sơ giải quyết đúng hạn của cấp huyện đạt 96,5%%.\n"
        "- Tối thiểu %s hồ sơ cấp huyện được giải quyết đúng hạn.\n"
        "- Tối thiểu 99%% hồ sơ cấp xã được giải quyết đúng hạn.\n"
        "- Mức độ hài lòng của người dân đạt từ 92%% trở lên; mức độ hài lòng về xử lý phản "
        "ánh, "
        "kiến nghị đạt tối thiểu 90%%.\n"
        "- 45%% giao dịch được thanh toán trực tuyến.\n"
        "II. TỔ CHỨC THỰC HIỆN\n"
        "Phòng Nội vụ theo dõi, đôn đốc.\n\n"
        "Phụ lục\nNHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024\n"
        "STT\tMục tiêu\tNhiệm vụ\tChủ trì\tThời gian\n"
        "1\t98%% hồ sơ cấp huyện được giải quyết đúng hạn\tĐôn đốc\tVăn phòng\tCả năm\n"
        "2\t99%% hồ sơ cấp xã được giải quyết đúng hạn\tĐôn đốc\tUBND cấp xã\tCả năm\n"
        "3\tHài lòng của người dân đạt từ 92%% trở lên\tKhảo sát\tPhòng Nội vụ\tQuý IV\n"
        "4\t45%% giao dịch được thanh toán trực tuyến\tTuyên truyền\tVăn phòng\tCả năm\n";

static const char ward[] =
        "ỦY BAN NHÂN DÂN\nPHƯỜNG AN LẠC\nSố: 88/BC-UBND\nAn Lạc, ngày 05 tháng 10 năm 2023\n"
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2023\n\n"
        "I. KẾT QUẢ\n"
        "Quý III năm 2023 UBND phường tiếp nhận 1.204 hồ sơ, giải quyết 1.190 hồ sơ. Lũy kế 9 "
        "tháng "
        "đầu năm tiếp nhận 3.870 hồ sơ, giải quyết 3.856 hồ sơ.\n"
        "Không có hồ sơ giải quyết quá hạn.\n"
        "II. ĐÁNH GIÁ CHUNG\n"
        "Trong quý III năm 2023 đã giải quyết %s hồ sơ cho người dân.\n"
        "III. NHIỆM VỤ QUÝ IV\n"
        "Phấn đấu tiếp nhận 1.500 hồ sơ.\n\n"
        "Phụ lục\nSTT\tChỉ tiêu\tĐơn vị tính\tQuý III\t9 tháng\n"
        "1\tSố hồ sơ tiếp nhận\tHồ sơ\t1.204\t3.870\n"
        "2\tSố hồ sơ đã giải quyết\tHồ sơ\t1.190\t3.856\n"
        "3\tSố hồ sơ giải quyết quá hạn\tHồ sơ\t0\t0\n";

struct audited {
	struct arena arena;
	struct text_file file;
	struct document document;
	struct audit_result result;
};

static void audit_text(struct audited *a, const char *form, const char *figure)
{
	static const struct audit_options options;
	char text[8192];
	int n;

/* The form stands above; only its figure changes. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	n = snprintf(text, sizeof(text), form, figure);
#pragma GCC diagnostic pop
	assert_in_range(n, 1, sizeof(text) - 1);
	arena_init(&a->arena, 64 << 20);
	assert_int_equal(text_file_read(&a->file, &a->arena, text, (size_t)n), ERR_OK);
	assert_int_equal(document_build(&a->document, &a->arena, &a->file, 1), ERR_OK);
	assert_int_equal(audit_run(&a->result, &a->arena, &a->document, &options), ERR_OK);
}

/* The only finding about one figure in two places, or NULL. */
static const struct audit_finding *only(const struct audited *a)
{
	const struct audit_finding *found = NULL;

	for (size_t i = 0; i < a->result.n_findings; i++) {
		const struct audit_finding *f = &a->result.findings[i];

		if (!str_eq(f->check, "audit_same"))
			continue;
		if (found)
			print_error("also: %s\n", f->message);
		assert_null(found);
		found = f;
	}
	return found;
}

static void says_nothing_of_sound_reports(void **state)
{
	static const struct {
		const char *form, *figure;
	} sound[] = { { province, "80.002" }, { plan, "98%" }, { ward, "1.190" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sound); i++) {
		struct audited a;
		const struct audit_finding *f;

		audit_text(&a, sound[i].form, sound[i].figure);
		f = only(&a);
		if (f)
			print_error("%s\n", f->message);
		assert_null(f);
		arena_release(&a.arena);
	}
}

static void finds_the_wrong_figure(void **state)
{
	static const struct {
		const char *form, *figure;
		enum audit_kind kind;
		const char *stated, *computed;
	} wrong[] = { { province, "80.200", AUDIT_TEXT_TABLE, "80.200", "80.002" },
		      { plan, "97%", AUDIT_GOAL_TABLE, "97%", "98%" },
		      { ward, "1.109", AUDIT_TEXT_TEXT, "1.190", "1.109" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct audited a;
		const struct audit_finding *f;

		audit_text(&a, wrong[i].form, wrong[i].figure);
		f = only(&a);
		assert_non_null(f);
		assert_int_equal(f->verdict, AUDIT_FAIL);
		assert_int_equal(f->kind, wrong[i].kind);
		assert_string_equal(f->stated, wrong[i].stated);
		assert_string_equal(f->computed, wrong[i].computed);
		assert_in_range(f->n_places, 2, 8);
		arena_release(&a.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_nothing_of_sound_reports),
		cmocka_unit_test(finds_the_wrong_figure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
