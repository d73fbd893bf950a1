/* The pages of forms, through the router. */
#include "lib/page.h"

#include "base/str.h"

enum { DOSSIERS = 60 };

static row_id province, commune;

/* A commune with a procedure and dossiers received and finished in the first quarter of 2026.
 */
static void make_world(struct page_test *t)
{
	const char *sql;

	province = page_unit(t, "H99", ROW_NONE);
	commune = page_unit(t, "H99.1", province);
	assert_ok(arena_printf(
	        &t->kept, &sql,
	        "update unit set level = 'province' where id = %lld;"
	        "update unit set level = 'commune' where id = %lld;"
	        "insert into field (id, code, name, change_id) values (901, 'F', 'Lĩnh vực', "
	        "1);"
	        "insert into procedure (id, code, change_id) values (902, '1.000001', 1);"
	        "insert into procedure_version (id, procedure_id, version, name, field_id,"
	        " service_level, online_offered, decision_kind, decision_on, valid_from, "
	        "from_change)"
	        " values (903, 902, 1, 'Thủ tục mẫu', 901, 'full', 1, 'announced', 19000, "
	        "19000, 1);"
	        "insert into procedure_level (id, version_id, level) values (904, 903, "
	        "'commune');"
	        "insert into applicant (id, unit_id, kind, name, from_change) values"
	        " (905, %lld, 'person', 'Người Mẫu', 1);",
	        (long long)province.value, (long long)commune.value, (long long)commune.value));
	test_db_exec(t->db.db, sql);
	for (int i = 0; i < DOSSIERS; i++) {
		assert_ok(arena_printf(
		        &t->kept, &sql,
		        "insert into dossier (id, code, receiving_unit_id, competent_unit_id,"
		        " procedure_version_id, procedure_id, field_id, applicant_id, channel, "
		        "state,"
		        " state_group, received_at, received_on, term, supplement_rule, "
		        "rule_set,"
		        " calendar_version, due_at, finished_at, finished_on, outcome, "
		        "from_change)"
		        " values (%d, 'H99.1-260202-%04d', %lld, %lld, 903, 902, 901, 905, "
		        "'counter',"
		        " 9, 5, 1770000000000000, 20486, '', 'continues', 'x', 1, "
		        "1770100000000000,"
		        " 1770050000000000, 20487, '%s', 1)",
		        1000 + i, i + 1, (long long)commune.value, (long long)commune.value,
		        i < 3 ? "late" : "early"));
		test_db_exec(t->db.db, sql);
	}
	test_db_recount(t->db.db);
}

static void start(struct page_test *t, const char *role)
{
	page_start(t);
	make_world(t);
	page_as(t, commune, role);
}

static bool has(struct page_test *t, const char *text)
{
	if (!page_has(t, text))
		print_error("missing: %s\n", text);
	return page_has(t, text);
}

static void test_lists_the_forms_of_the_unit(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "COMPILER");
	assert_int_equal(page_get(&t, "/forms"), 200);
	assert_true(has(&t, "Phụ lục 8"));
	assert_true(has(&t, "6 tháng đầu năm 2026"));
	assert_int_equal(page_get(&t, "/forms?set=bnv-2022&period=2024-Q1"), 200);
	assert_true(has(&t, "Biểu mẫu 7"));
	assert_true(has(&t, "quý I năm 2024"));
	assert_int_equal(page_get(&t, "/forms?set=nothing"), 404);
	assert_int_equal(page_get(&t, "/forms?period=2024-Q2"), 200);
	assert_true(has(&t, "Không đọc được kỳ"));
	page_stop(&t);
}

static void test_a_sheet_shows_figures_settings_and_links(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "LEADER");
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3?period=2026-Q1"), 200);
	assert_true(has(&t, ">60</a>"));
	assert_true(has(&t, ">57</a>"));
	assert_true(has(&t, ">95</a>"));
	assert_true(has(&t, "/forms/bnv-2022/3/rows/3.3.1?period=2026-Q1"));
	assert_true(has(&t, "Hồ sơ tính cho đơn vị tiếp nhận."));
	assert_false(page_has(&t, "Nhập số liệu"));
	assert_int_equal(page_get(&t, "/forms/bnv-2022/9"), 404);
	/* Blank, with the reason, because districts are gone. */
	page_as(&t, province, "LEADER");
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3?period=2026-Q1"), 200);
	assert_true(has(&t, "Cấp huyện kết thúc hoạt động từ ngày 01/7/2025"));
	page_stop(&t);
}

static void test_a_figure_opens_its_records(void **state)
{
	struct page_test t;
	const char *body;
	size_t n = 0;

	(void)state;
	start(&t, "LEADER");
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3/rows/3.3.2?period=2026-Q1"), 200);
	assert_true(has(&t, "Số liệu 57, mỗi dòng một bản ghi."));
	for (body = page_body(&t); (body = strstr(body, "H99.1-260202-")); body++)
		n++;
	assert_int_equal(n, 50); /* the first page */
	assert_true(has(&t, "after=1052"));
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3/rows/3.3.2?period=2026-Q1&after=1052"),
	                 200);
	for (n = 0, body = page_body(&t); (body = strstr(body, "H99.1-260202-")); body++)
		n++;
	assert_int_equal(n, 7);
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3/rows/3.3?period=2026-Q1"), 200);
	assert_true(has(&t, "3.3.2: 57"));
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3/rows/3.9"), 404);
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3/rows/3"), 404);
	page_stop(&t);
}

static const char grid[] = "/forms/bnv-2022/1/enter?period=2026-Q1";

static void test_enters_figures_and_refuses_what_is_ambiguous(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "COMPILER");
	assert_int_equal(page_get(&t, grid), 200);
	assert_int_equal(page_post(&t, grid, "v-1", "3,887", "n-1", "", "w-1", "|", "v-2.1",
	                           "19", "n-2.1", "kế hoạch", "w-2.1", "|"),
	                 422);
	assert_true(has(&t, "hai cách"));
	assert_string_equal(page_input(&t, "v-1"), "3,887");
	assert_string_equal(page_input(&t, "v-2.1"), "19");
	assert_int_equal(test_db_int(t.db.db, "select count(*) from form_cell"), 0);

	assert_int_equal(page_post(&t, grid, "v-1", "05", "n-1", "", "w-1", "|", "v-2.1", "19",
	                           "n-2.1", "kế hoạch", "w-2.1", "|", "v-2.2", "", "n-2.2", "",
	                           "w-2.2", "|"),
	                 303);
	assert_int_equal(test_db_int(t.db.db, "select count(*) from form_cell"), 2);
	assert_int_equal(page_get(&t, grid), 200);
	assert_string_equal(page_input(&t, "v-1"), "5");
	assert_string_equal(page_input(&t, "w-2.1"), "19|kế hoạch");
	page_stop(&t);
}

static void test_does_not_overwrite_what_somebody_else_changed(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "COMPILER");
	assert_int_equal(page_post(&t, grid, "v-1", "5", "n-1", "", "w-1", "|"), 303);
	/* A page made before that: untouched cells stay, a changed one is shown. */
	assert_int_equal(page_post(&t, grid, "v-1", "", "n-1", "", "w-1", "|", "v-2.1", "8",
	                           "n-2.1", "", "w-2.1", "|"),
	                 303);
	assert_int_equal(test_db_int(t.db.db,
	                             "select value from form_cell where to_change is null "
	                             "and indicator = 'steering.documents'"),
	                 5000000);
	assert_int_equal(page_post(&t, grid, "v-1", "6", "n-1", "", "w-1", "|"), 422);
	assert_true(has(&t, "Người khác vừa đổi ô này thành"));
	page_stop(&t);
}

static const char figure[] = "/forms/bnv-2022/3/rows/3.3.1?period=2026-Q1";

static void test_an_override_wants_a_reason(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "COMPILER");
	assert_int_equal(page_post(&t, figure, "value", "62", "reason", "", "note", ""), 422);
	assert_true(has(&t, "Số này khác với số máy tính (60)"));
	assert_int_equal(
	        page_post(&t, figure, "value", "62", "reason", "Hai hồ sơ giấy", "note", "sổ"),
	        303);
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3?period=2026-Q1"), 200);
	assert_true(has(&t, ">62</a>"));
	assert_true(has(&t, "máy tính: 60"));
	assert_true(has(&t, "điều chỉnh có lý do"));
	assert_int_equal(page_get(&t, figure), 200);
	assert_true(has(&t, "Hai hồ sơ giấy"));
	/* Taking it back: the computed figure stands again. */
	assert_int_equal(page_post(&t, figure, "value", "", "reason", "", "note", ""), 303);
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3?period=2026-Q1"), 200);
	assert_true(has(&t, ">60</a>"));
	page_stop(&t);
}

static void test_settings_are_chosen_and_inherited(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "COMPILER");
	page_as(&t, province, "COMPILER");
	assert_int_equal(page_post(&t, "/forms/bnv-2022/settings", "resolved", "received"),
	                 303);
	page_as(&t, commune, "COMPILER");
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3?period=2026-Q1"), 200);
	assert_true(has(&t, "vừa tiếp nhận vừa có kết quả trong kỳ"));
	assert_int_equal(page_get(&t, "/forms/bnv-2022/settings"), 200);
	assert_true(has(&t, "Theo lựa chọn của"));
	page_as(&t, commune, "AUDITOR");
	assert_int_equal(page_get(&t, "/forms/bnv-2022/settings"), 200);
	assert_false(page_has(&t, "type=\"radio\""));
	page_stop(&t);
}

static void test_rooms_own_rows_and_see_what_is_missing(void **state)
{
	struct page_test t;
	const char *room_text, *target;

	(void)state;
	start(&t, "COMPILER");
	row_id room = page_unit(&t, "H99.1.1", commune);
	assert_ok(arena_printf(&t.kept, &room_text, "%lld", (long long)room.value));
	assert_int_equal(page_get(&t, "/forms/bnv-2022/1/owners"), 200);
	assert_true(has(&t, "Văn phòng"));
	assert_int_equal(page_post(&t, "/forms/bnv-2022/1/owners", "o-1", room_text, "o-2.1",
	                           room_text, "o-2.2", "999"),
	                 303);
	assert_int_equal(test_db_int(t.db.db, "select count(*) from form_row_owner"), 2);
	assert_ok(arena_printf(&t.kept, &target,
	                       "/forms/bnv-2022/missing?period=2026-Q1&owner=%s", room_text));
	assert_int_equal(page_get(&t, target), 200);
	assert_true(has(&t, "Số văn bản chỉ đạo CCHC đã ban hành"));
	assert_false(page_has(&t, "Số phiếu"));
	assert_int_equal(page_post(&t, grid, "v-1", "5", "n-1", "", "w-1", "|"), 303);
	assert_int_equal(page_get(&t, target), 200);
	assert_false(page_has(&t, "Số văn bản chỉ đạo CCHC đã ban hành"));
	assert_int_equal(page_get(&t, "/forms/bnv-2022/missing?owner=all"), 200);
	assert_true(has(&t, "Chưa giao phòng nào"));
	page_stop(&t);
}

static void test_a_sheet_goes_out_as_xlsx(void **state)
{
	struct page_test t;

	(void)state;
	start(&t, "LEADER");
	assert_int_equal(page_get(&t, "/forms/bnv-2022/3/xlsx?period=2026-Q1"), 200);
	assert_memory_equal(t.resp.body.data, "PK", 2);
	assert_true(t.resp.body.len > 3000);
	assert_non_null(
	        strstr(page_header(&t, "Content-Disposition"), "bnv-2022-3-2026-Q1.xlsx"));
	page_stop(&t);
}

static void test_another_unit_is_out_of_sight(void **state)
{
	struct page_test t;
	const char *target;

	(void)state;
	start(&t, "COMPILER");
	row_id sister = page_unit(&t, "H99.2", province);
	assert_ok(arena_printf(&t.kept, &target, "/forms/bnv-2022/3?unit=%lld",
	                       (long long)sister.value));
	assert_int_equal(page_get(&t, target), 404);
	assert_ok(arena_printf(&t.kept, &target, "/forms/bnv-2022/1/enter?unit=%lld",
	                       (long long)sister.value));
	assert_int_equal(page_post(&t, target, "v-1", "5", "n-1", "", "w-1", "|"), 404);
	page_as(&t, province, "COMPILER");
	assert_int_equal(page_get(&t, target), 200);
	page_stop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_the_forms_of_the_unit),
		cmocka_unit_test(test_a_sheet_shows_figures_settings_and_links),
		cmocka_unit_test(test_a_figure_opens_its_records),
		cmocka_unit_test(test_enters_figures_and_refuses_what_is_ambiguous),
		cmocka_unit_test(test_does_not_overwrite_what_somebody_else_changed),
		cmocka_unit_test(test_an_override_wants_a_reason),
		cmocka_unit_test(test_settings_are_chosen_and_inherited),
		cmocka_unit_test(test_rooms_own_rows_and_see_what_is_missing),
		cmocka_unit_test(test_a_sheet_goes_out_as_xlsx),
		cmocka_unit_test(test_another_unit_is_out_of_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
