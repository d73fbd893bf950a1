/* Lists of procedures as offices publish them. */
#include "lib/test.h"

#include "app/procedure/procedure_import_csv.h"

static struct arena arena;
static struct problems problems;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 64 << 20);
	problems_init(&problems, &arena);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct procedure_import read_text(const char *text)
{
	const struct procedure_import_defaults defaults = {
		.level = "commune",
		.service_level = "direct",
		.decision = "15/QĐ-UBND",
		.decision_on = date_make(2025, 7, 1),
		.valid_from = date_make(2025, 7, 1),
	};
	struct procedure_import in;

	assert_int_equal(
	        procedure_import_read(&in, &arena, text, strlen(text), &defaults, &problems),
	        ERR_OK);
	return in;
}

static const char official[] =
        "ỦY BAN NHÂN DÂN TỈNH DEMO,,,,,\n"
        "\n"
        "\"DANH MỤC THỦ TỤC HÀNH CHÍNH, ban hành kèm theo Quyết định số 15\",,,,,\n"
        "STT,Mã TTHC,Tên thủ tục hành chính,Thời hạn giải quyết,\"Phí, lệ phí (đồng)\",Mức độ "
        "dịch vụ công\n"
        "(1),(2),(3),(4),(5),(6)\n"
        "I,LĨNH VỰC HỘ TỊCH,,,,\n"
        "1,1.001193,Đăng ký khai sinh,Trong ngày,Không,Toàn trình\n"
        "2,1.000894,Đăng ký kết hôn,05 ngày làm việc,8.000 đồng,Một phần\n"
        "II. Lĩnh vực: Chứng thực,,,,,\n"
        "3,2.000815,Chứng thực bản sao,2 giờ làm việc,\"2.000 đồng/trang; từ trang thứ ba "
        "1.000 đồng\",Mức độ 3\n";

static void test_official_list(void **state)
{
	struct procedure_import in = read_text(official);
	const struct procedure_draft *d;

	(void)state;
	assert_int_equal(problems.n, 0);
	assert_int_equal(in.n_rows, 3);
	assert_int_equal(in.n_wrong, 0);
	assert_string_equal(in.columns, "Mã thủ tục, Tên thủ tục, Mức độ dịch vụ công, "
	                                "Thời hạn giải quyết, Phí, lệ phí");
	d = &in.rows[0].draft;
	assert_int_equal(in.rows[0].line, 7);
	assert_string_equal(d->code, "1.001193");
	assert_string_equal(d->field, "HỘ TỊCH");
	assert_string_equal(d->service_level, "full");
	assert_true(d->online_offered);
	assert_int_equal(d->fee.dong, 0);
	assert_int_equal(d->n_levels, 1);
	assert_string_equal(d->levels[0], "commune");
	assert_string_equal(d->decision, "15/QĐ-UBND");
	d = &in.rows[1].draft;
	assert_string_equal(d->statutory_term, "05 ngày làm việc");
	assert_int_equal(d->fee.dong, 8000);
	d = &in.rows[2].draft;
	assert_string_equal(d->field, "Chứng thực");
	assert_int_equal(d->old_level, 3);
	assert_string_equal(d->service_level,
	                    "direct"); /* the common value, not the old level */
	assert_int_equal(d->fee.dong, MONEY_NONE.dong);
	assert_non_null(strstr(d->fee_note, "2.000 đồng/trang"));
}

/* What the preview carries is read again with the same lines. */
static void test_carried_table(void **state)
{
	struct procedure_import first = read_text(official), second = read_text(first.table);

	(void)state;
	assert_int_equal(second.n_rows, first.n_rows);
	for (size_t i = 0; i < first.n_rows; i++) {
		assert_int_equal(second.rows[i].line, first.rows[i].line);
		assert_string_equal(second.rows[i].draft.name, first.rows[i].draft.name);
	}
	assert_string_equal(second.table, first.table);
}

static const char *message_on(int line)
{
	for (const struct problem *p = problems.first; p; p = p->next) {
		if (p->line == line)
			return p->message;
	}
	return "";
}

static void test_wrong_lines(void **state)
{
	struct procedure_import in = read_text(
	        "Mã;Tên thủ tục;Lĩnh vực;Cấp thực hiện;Thời hạn;Phi địa giới;Thành phần hồ sơ\n"
	        "1.001193;Khai sinh;Hộ tịch;Cấp xã, cấp tỉnh;3 ngày;Có;- Tờ khai; giấy\n"
	        "ABC;Kết hôn;Hộ tịch;Cấp xã;3 ngày;;\n"
	        "1.000894;;Hộ tịch;Cấp xã;3 ngày;;\n"
	        "1.000895;Khai tử;Hộ tịch;Cấp trên;3 ngày;;\n"
	        "1.000896;Nhận con;Hộ tịch;Cấp xã;nhanh;có thể;\n"
	        "1.001193;Khai sinh lần nữa;Hộ tịch;Cấp xã;3 ngày;;\n");

	(void)state;
	assert_int_equal(in.n_rows, 6);
	assert_int_equal(in.n_wrong, 5);
	assert_false(in.rows[0].wrong);
	assert_int_equal(in.rows[0].draft.n_levels, 2);
	assert_true(in.rows[0].draft.any_place);
	assert_non_null(strstr(message_on(3), "ABC"));
	assert_non_null(strstr(message_on(4), "tên thủ tục"));
	assert_non_null(strstr(message_on(5), "Cấp trên"));
	assert_true(message_on(6)[0] != '\0');
	assert_non_null(strstr(message_on(7), "dòng 2"));
}

static void test_parts(void **state)
{
	struct procedure_import in =
	        read_text("Mã TTHC,Tên TTHC,Lĩnh vực,Thời hạn,Thành phần hồ sơ\n"
	                  "1.001193,Khai sinh,Hộ tịch,3 ngày,"
	                  "\"- Tờ khai;\n+ Giấy chứng sinh; ;Hộ khẩu\"\n");

	(void)state;
	assert_int_equal(in.n_wrong, 0);
	assert_int_equal(in.rows[0].draft.n_parts, 3);
	assert_string_equal(in.rows[0].draft.parts[0].name, "Tờ khai");
	assert_string_equal(in.rows[0].draft.parts[1].name, "Giấy chứng sinh");
	assert_string_equal(in.rows[0].draft.parts[2].name, "Hộ khẩu");
}

static void expect_refused(const char *text, const char *part)
{
	struct procedure_import in;

	problems_init(&problems, &arena);
	in = read_text(text);
	assert_int_equal(in.n_rows, 0);
	assert_int_equal(problems.n, 1);
	assert_int_equal(problems.first->line, 0);
	assert_non_null(strstr(problems.first->message, part));
}

static void test_refused_files(void **state)
{
	(void)state;
	expect_refused("a,b,c\n1,2,3\n", "dòng tiêu đề");
	expect_refused("Mã,Ghi chú\n1,2\n", "dòng tiêu đề");
	expect_refused("Mã,Tên\n", "không có thủ tục nào");
	expect_refused("", "không có dòng");
	expect_refused("%PDF\0", "dòng tiêu đề");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_official_list, setup, teardown),
		cmocka_unit_test_setup_teardown(test_carried_table, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_parts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused_files, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
