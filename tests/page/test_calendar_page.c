#include "lib/page.h"

static row_id start(struct page_test *t, const char *role)
{
	page_start(t);
	row_id unit = page_unit(t, "H15.50", ROW_NONE);

	page_as(t, unit, role);
	return unit;
}

static void the_year_shows_days_off_with_their_source(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "INTAKE");
	assert_int_equal(page_get(&t, "/calendar?year=2026"), 200);
	assert_true(page_has(&t, "Lịch làm việc năm 2026"));
	assert_true(page_has(&t, "Tháng 12"));
	assert_true(page_has(&t, "Giỗ Tổ Hùng Vương (10/3 âm lịch)"));
	assert_true(page_has(&t, "Nghỉ hoán đổi, làm bù thứ Bảy 22/08/2026"));
	assert_true(page_has(&t, "Bộ luật Lao động 2019, Điều 112"));
	assert_false(page_has(&t, "Tạm tính"));
	assert_int_equal(page_get(&t, "/calendar?year=2027"), 200);
	assert_true(page_has(&t, "Tạm tính"));
	assert_int_equal(page_get(&t, "/calendar"), 200);
	assert_true(page_has(&t, "Lịch làm việc năm 2026"));
	assert_int_equal(page_get(&t, "/calendar?year=1900"), 404);
	assert_int_equal(page_get(&t, "/calendar/changes"), 403);
	page_stop(&t);
}

static void a_late_decree_is_entered_and_taken_back(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "CATALOGUE");
	assert_int_equal(page_post(&t, "/calendar/changes", "on", "2026-03-09", "to", "",
	                           "kind", "off", "sessions", "", "name", "Quốc tang", "source",
	                           "Thông báo số 1/TB"),
	                 303);
	assert_string_equal(page_header(&t, "Location"), "/calendar/changes?moved=0");
	assert_int_equal(page_get(&t, "/calendar/changes?moved=0"), 200);
	assert_true(page_has(&t, "Đã lưu lịch mới"));
	assert_true(page_has(&t, "Thông báo số 1/TB"));
	assert_int_equal(page_get(&t, "/calendar?year=2026"), 200);
	assert_true(page_has(&t, "Quốc tang"));
	assert_int_equal(
	        page_get(&t, "/deadline?day=2026-03-06&time=08:00&term=1+ngày+làm+việc"), 200);
	assert_true(page_has(&t, "08:00 10/03/2026"));
	long long id = test_db_int(t.db.db, "select id from calendar_exception");
	char path[80];
	snprintf(path, sizeof(path), "/calendar/changes/%lld/withdraw", id);
	assert_int_equal(page_post_empty(&t, path), 303);
	assert_int_equal(page_get(&t, "/calendar?year=2026"), 200);
	assert_false(page_has(&t, "Quốc tang"));
	page_stop(&t);
}

static void a_wrong_form_comes_back_as_it_was_typed(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "CATALOGUE");
	assert_int_equal(page_post(&t, "/calendar/changes", "on", "31/02/2026", "kind", "off",
	                           "name", "Nghỉ <b>", "source", ""),
	                 422);
	assert_true(page_has(&t, "31/02/2026"));
	assert_true(page_has(&t, "Nghỉ &lt;b&gt;"));
	assert_true(page_has(&t, "Ghi số, ký hiệu, ngày của văn bản quy định."));
	assert_int_equal(page_post(&t, "/calendar/decisions", "year", "2027", "tet_days_before",
	                           "2", "national_day", "after", "decision_source", ""),
	                 422);
	assert_true(page_has(&t, "Ghi số, ký hiệu, ngày của văn bản quy định."));
	assert_int_equal(page_post(&t, "/calendar/sessions", "from", "2026-04-01", "day0",
	                           "bảy giờ", "source", "QĐ 1"),
	                 422);
	assert_true(page_has(&t, "bảy giờ"));
	assert_int_equal(test_db_int(t.db.db, "select count(*) from calendar_version"), 0);
	page_stop(&t);
}

static void decisions_and_sessions_change_the_calendar(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "CATALOGUE");
	assert_int_equal(page_post(&t, "/calendar/decisions", "year", "2027", "tet_days_before",
	                           "2", "national_day", "after", "decision_source", "TB 2027"),
	                 303);
	assert_int_equal(page_get(&t, "/calendar?year=2027"), 200);
	assert_false(page_has(&t, "Tạm tính"));
	assert_true(page_has(&t, "TB 2027"));
	assert_int_equal(page_post(&t, "/calendar/sessions", "from", "2026-04-01", "day0",
	                           "07:00-11:00", "source", "QĐ 1"),
	                 303);
	assert_int_equal(page_get(&t, "/calendar/sessions"), 200);
	assert_true(page_has(&t, "07:00-11:00"));
	assert_true(page_has(&t, "01/04/2026"));
	page_stop(&t);
}

static void anybody_may_compute_a_deadline(void **state)
{
	struct page_test t;

	(void)state;
	page_start(&t);
	page_as_nobody(&t);
	assert_int_equal(page_get(&t, "/deadline"), 200);
	assert_int_equal(
	        page_get(&t, "/deadline?day=2024-02-07&time=15:20&term=5+ngày+làm+việc"), 200);
	assert_true(page_has(&t, "15:20 21/02/2024"));
	assert_true(page_has(&t, "Tết Âm lịch"));
	assert_true(page_has(&t, "61/2018/NĐ-CP"));
	assert_int_equal(page_get(&t, "/deadline?day=2024-02-07&time=15:20&term=5+tuần"), 422);
	assert_true(page_has(&t, "5 tuần"));
	assert_int_equal(page_get(&t, "/deadline?day=x&time=&term="), 422);
	assert_int_equal(page_get(&t, "/deadline?day=2046-02-07&time=08:00&term=5+ngày"), 422);
	assert_int_equal(page_get(&t, "/calendar"), 303);
	page_stop(&t);
}

static void the_rule_sets_are_listed(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "INTAKE");
	assert_int_equal(page_get(&t, "/calendar/rules"), 200);
	assert_true(page_has(&t, "nd118"));
	assert_true(page_has(&t, "Đang áp dụng"));
	assert_true(page_has(&t, "15:00"));
	page_stop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_year_shows_days_off_with_their_source),
		cmocka_unit_test(a_late_decree_is_entered_and_taken_back),
		cmocka_unit_test(a_wrong_form_comes_back_as_it_was_typed),
		cmocka_unit_test(decisions_and_sessions_change_the_calendar),
		cmocka_unit_test(anybody_may_compute_a_deadline),
		cmocka_unit_test(the_rule_sets_are_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
