/* Taking in a list of procedures: read, look, store. */
#include "lib/page.h"

static struct page_test t;

static const char list[] =
        "DANH MỤC THỦ TỤC HÀNH CHÍNH\n"
        "Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Thời hạn giải quyết;Mức độ dịch vụ công\n"
        "1.001193;Đăng ký khai sinh;Hộ tịch;Trong ngày;Toàn trình\n"
        "1.000894;Đăng ký kết hôn;Hộ tịch;5 ngày làm việc;Một phần\n"
        "1.00089;Mã sai;Hộ tịch;5 ngày làm việc;Một phần\n";

static const char *const values[] = { "step",        "read",       "decision",   "15/QĐ-UBND",
	                              "decision_on", "2025-07-01", "valid_from", "2025-07-01",
	                              "level",       "commune",    NULL };

static int start(void **state)
{
	(void)state;
	page_start(&t);
	page_as(&t, page_unit(&t, "H15", ROW_NONE), "CATALOGUE");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	page_stop(&t);
	return 0;
}

static int send_list(const char *text)
{
	const struct upload upload = { .field = "file",
		                       .file_name = "danh-muc.csv",
		                       .bytes = (const unsigned char *)text,
		                       .n = strlen(text) };

	return page_upload(&t, "/procedures/import", &upload, values);
}

/* What a browser sends of the preview: its text area. */
static const char *carried_table(void)
{
	const char *from = strstr(page_body(&t), "<textarea name=\"table\" hidden>\n");
	const char *to = from ? strstr(from, "</textarea>") : NULL, *text;

	assert_non_null(to);
	from = strchr(from, '\n') + 1;
	assert_ok(arena_strndup(&t.kept, &text, from, (size_t)(to - from)));
	return text;
}

static void stores_what_the_preview_showed(void **state)
{
	const char *table;

	(void)state;
	assert_int_equal(page_get(&t, "/procedures/import"), 200);
	assert_int_equal(send_list(list), 422);
	assert_true(page_has(&t, "2 dòng nhập được (trong đó 2 thủ tục mới), 1 dòng cần sửa"));
	assert_true(page_has(&t, "1.00089"));
	assert_int_equal(test_db_int(t.db.db, "select count(*) from procedure"), 0);
	table = carried_table();
	assert_int_equal(page_post(&t, "/procedures/import", "step", "store", "table", table,
	                           "decision", "15/QĐ-UBND", "decision_on", "2025-07-01",
	                           "valid_from", "2025-07-01", "level", "commune"),
	                 303);
	assert_int_equal(test_db_int(t.db.db, "select count(*) from procedure"), 2);
	assert_string_equal(page_header(&t, "Location"), "/procedures/import?done=1");
	assert_int_equal(page_get(&t, "/procedures/import?done=1"), 200);
	assert_true(page_has(&t, "Đã nhập danh mục"));
	assert_int_equal(send_list(list), 422);
	assert_true(page_has(&t, "trong đó 0 thủ tục mới"));
}

/* Taken in twice: equal facts make no second version. */
static void the_same_list_again_changes_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		send_list(list);
		assert_int_equal(page_post(&t, "/procedures/import", "step", "store", "table",
		                           carried_table(), "decision", "15/QĐ-UBND",
		                           "decision_on", "2025-07-01", "valid_from",
		                           "2025-07-01", "level", "commune"),
		                 303);
	}
	assert_int_equal(test_db_int(t.db.db, "select count(*) from procedure_version"), 2);
}

static void a_file_that_is_no_list(void **state)
{
	(void)state;
	assert_int_equal(send_list("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1----"), 422);
	assert_true(page_has(&t, "có mật khẩu"));
	assert_int_equal(page_post(&t, "/procedures/import", "step", "read"), 422);
	assert_true(page_has(&t, "Chưa chọn tệp"));
	assert_int_equal(page_post(&t, "/procedures/import", "step", "store", "table", "a,b"),
	                 422);
	assert_int_equal(test_db_int(t.db.db, "select count(*) from procedure"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stores_what_the_preview_showed, start, stop),
		cmocka_unit_test_setup_teardown(the_same_list_again_changes_nothing, start,
		                                stop),
		cmocka_unit_test_setup_teardown(a_file_that_is_no_list, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
