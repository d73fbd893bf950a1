/* Lists of other systems: taken in, again, with what changed, and what is refused. */
#include "lib/page.h"
#include "lib/test_office.h"

static struct page_test t;

#define HEAD                                                                                                     \
	"DANH SÁCH HỒ SƠ,,,,,,,\n"                                                                           \
	"Số hồ sơ,Mã TTHC,Chủ hồ sơ,Số CCCD,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết " \
	"quả,Trạng thái,Hình thức nộp\n"

static const char first_list[] =
        HEAD "H99.50.05-260202-0001,1.001193,Nguyễn Văn Đạt,079123456789,02/02/2026 08:15:30,"
             "09/02/2026 17:00,,Đang xử lý,Trực tuyến\n"
             "H99.50.05-260202-0002,2.000815,Trần Thị Bé,0791*****456,02/02/2026 09:00,,"
             "02/02/2026 09:30,Đã trả kết quả,Trực tiếp\n"
             "H99.50.05-260203-0003,9.999999,Lê Văn Cư,,03/02/2026,,,Đang xử lý,\n"
             "H99.50.05-260203-0004,1.001193,Phạm Thị Dư,,3 tháng 2,,,Đang xử lý,\n"
             "mã lạ,1.001193,Võ Văn Em,,03/02/2026,,,Đang xử lý,\n";

static const char second_list[] =
        HEAD "H99.50.05-260202-0001,1.001193,Nguyễn Văn Đạt,079123456789,02/02/2026 08:15,"
             "10/02/2026 17:00,09/02/2026 10:00,Đã xử lý xong,Trực tuyến\n"
             "H99.50.05-260202-0002,2.000815,Trần Thị Bé,,02/02/2026 09:00,,"
             "02/02/2026 09:30,Đã trả kết quả,Trực tiếp\n";

static const char backwards[] =
        HEAD "H99.50.05-260202-0002,2.000815,Trần Thị Bé,,02/02/2026 09:00,,,Đang xử lý,\n";

static int start(void **state)
{
	(void)state;
	page_start(&t);
	test_office(t.db.db);
	page_as(&t, id_of(OFFICE_A), "INTAKE");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	page_stop(&t);
	return 0;
}

static int64_t count(const char *select)
{
	return test_db_int(t.db.db, select);
}

static int send_list(const char *text, const char *step)
{
	const struct upload upload = { .field = "file",
		                       .file_name = "ho-so.csv",
		                       .bytes = (const unsigned char *)text,
		                       .n = strlen(text) };
	const char *const fields[] = { "step", step, "new_source", "Cổng tỉnh", NULL };

	return page_upload(&t, "/dossiers/import", &upload, fields);
}

static void preview_writes_nothing(void **state)
{
	(void)state;
	assert_int_equal(page_get(&t, "/dossiers/import"), 200);
	assert_int_equal(send_list(first_list, "read"), 200);
	assert_true(page_has(&t, "2 hồ sơ mới, 0 cập nhật, 0 không đổi, 3 dòng không nhận"));
	assert_true(page_has(&t, "9.999999"));
	assert_true(page_has(&t, "3 tháng 2"));
	assert_true(page_has(&t, "mã lạ"));
	assert_int_equal(count("select count(*) from dossier"), 0);
	assert_int_equal(count("select count(*) from import_source"), 0);
	assert_int_equal(count("select count(*) from applicant"), 0);
}

static void taken_in_with_their_own_days(void **state)
{
	(void)state;
	assert_int_equal(send_list(first_list, "store"), 303);
	assert_string_equal(page_header(&t, "Location"),
	                    "/dossiers/import?done=1&new=2&updated=0&same=0&refused=3");
	assert_int_equal(count("select count(*) from dossier"), 2);
	assert_int_equal(
	        count("select count(*) from dossier where state = 4 and channel = 'online'"
	              " and source_due_at is not null and due_at is not null"
	              " and source_due_at <> due_at and source_id is not null"),
	        1);
	assert_int_equal(count("select count(*) from dossier where state = 10"
	                       " and finished_at is not null and returned_at = finished_at"
	                       " and outcome is not null"),
	                 1);
	assert_int_equal(count("select count(*) from applicant"), 2);
	assert_int_equal(count("select count(*) from dossier_event where kind = 'import'"), 2);
	assert_int_equal(count("select received_on from dossier where code like '%-0001'"),
	                 date_make(2026, 2, 2).days);
}

static void again_updates_by_code(void **state)
{
	(void)state;
	send_list(first_list, "store");
	assert_int_equal(send_list(first_list, "store"), 303);
	assert_string_equal(page_header(&t, "Location"),
	                    "/dossiers/import?done=1&new=0&updated=0&same=2&refused=3");
	assert_int_equal(count("select count(*) from dossier"), 2);
	assert_int_equal(send_list(second_list, "store"), 303);
	assert_string_equal(page_header(&t, "Location"),
	                    "/dossiers/import?done=1&new=0&updated=1&same=1&refused=0");
	assert_int_equal(count("select count(*) from dossier"), 2);
	assert_int_equal(count("select count(*) from dossier where state = 9"
	                       " and code like '%-0001'"),
	                 1);
	assert_int_equal(count("select count(*) from import_source"), 1);
}

/* The source is the place of record: what it takes back is taken back here. */
static void the_source_may_go_back(void **state)
{
	(void)state;
	send_list(first_list, "store");
	assert_int_equal(send_list(backwards, "store"), 303);
	assert_int_equal(count("select count(*) from dossier where state = 10"), 0);
	assert_int_equal(count("select count(*) from dossier where finished_at is null"), 2);
}

/* A line without numbers names the same person again, not a new one each time. */
static void persons_do_not_double(void **state)
{
	(void)state;
	send_list(backwards, "store");
	assert_int_equal(send_list(backwards, "store"), 303);
	assert_string_equal(page_header(&t, "Location"),
	                    "/dossiers/import?done=1&new=0&updated=0&same=1&refused=0");
	assert_int_equal(count("select count(*) from applicant"), 1);
}

static void own_dossiers_keep_their_course(void **state)
{
	(void)state;
	send_list(first_list, "store");
	test_db_exec(t.db.db, "update dossier set source_id = null, source_due_at = null");
	for (int i = 0; i < 2; i++) { /* also when the source is new: the dry run knows it */
		assert_int_equal(send_list(second_list, i ? "store" : "read"), i ? 303 : 200);
		assert_int_equal(count("select count(*) from dossier where state = 9"), 0);
	}
	test_db_exec(t.db.db, "delete from import_source");
	assert_int_equal(send_list(second_list, "read"), 200);
	assert_true(page_has(&t, "0 hồ sơ mới, 0 cập nhật, 0 không đổi, 2 dòng không nhận"));
}

static void another_unit_owns_the_code(void **state)
{
	(void)state;
	send_list(first_list, "store");
	page_as(&t, id_of(OFFICE_B), "INTAKE");
	assert_int_equal(send_list(second_list, "read"), 200);
	assert_true(page_has(&t, "2 dòng không nhận"));
}

static void columns_are_mapped_once(void **state)
{
	static const char odd[] = "Hồ sơ số;Của ai;Vào lúc;Việc gì\n"
	                          "H99.50.05-260202-0007;Đỗ Văn Ba;02/02/2026 08:00;"
	                          "Thủ tục đăng ký thay đổi hộ tịch\n";
	const struct upload upload = { .field = "file",
		                       .file_name = "ho-so.csv",
		                       .bytes = (const unsigned char *)odd,
		                       .n = sizeof(odd) - 1 };
	const char *const named[] = { "step",       "read",       "source",
		                      "Bộ Tư pháp", "mapped",     "",
		                      "new_source", "Bộ Tư pháp", NULL };

	(void)state;
	assert_int_equal(page_upload(&t, "/dossiers/import", &upload, named), 422);
	assert_int_equal(page_post(&t, "/dossiers/import", "step", "store", "mapped", "1",
	                           "new_source", "Bộ Tư pháp", "table", odd, "code", "Hồ sơ số",
	                           "applicant", "Của ai", "received", "Vào lúc", "procedure",
	                           "Việc gì"),
	                 303);
	assert_int_equal(count("select count(*) from dossier where code like '%-0007'"), 1);
	/* The next file of this source needs no choosing. */
	assert_int_equal(page_upload(&t, "/dossiers/import", &upload, named), 200);
	assert_true(page_has(&t, "0 hồ sơ mới, 0 cập nhật, 1 không đổi"));
}

static void what_is_missing_is_asked_for(void **state)
{
	const char *const none[] = { "step", "read", NULL };
	const struct upload upload = { .field = "file",
		                       .file_name = "a.csv",
		                       .bytes = (const unsigned char *)"a,b\n1,2\n",
		                       .n = 8 };

	(void)state;
	assert_int_equal(page_post(&t, "/dossiers/import", "step", "read"), 422);
	assert_true(page_has(&t, "Chưa chọn hệ thống nguồn"));
	assert_true(page_has(&t, "Chưa chọn tệp"));
	assert_int_equal(page_upload(&t, "/dossiers/import", &upload, none), 422);
	assert_int_equal(send_list("a,b\n1,2\n", "read"), 422);
	assert_true(page_has(&t, "dòng tiêu đề"));
	page_as(&t, id_of(OFFICE_A), "COMPILER");
	assert_int_equal(page_get(&t, "/dossiers/import"), 403);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(preview_writes_nothing, start, stop),
		cmocka_unit_test_setup_teardown(taken_in_with_their_own_days, start, stop),
		cmocka_unit_test_setup_teardown(again_updates_by_code, start, stop),
		cmocka_unit_test_setup_teardown(the_source_may_go_back, start, stop),
		cmocka_unit_test_setup_teardown(persons_do_not_double, start, stop),
		cmocka_unit_test_setup_teardown(own_dossiers_keep_their_course, start, stop),
		cmocka_unit_test_setup_teardown(another_unit_owns_the_code, start, stop),
		cmocka_unit_test_setup_teardown(columns_are_mapped_once, start, stop),
		cmocka_unit_test_setup_teardown(what_is_missing_is_asked_for, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
