/* test_procedure_page.c - the public catalogue, the picker, and the forms of a version. */
#include "lib/page.h"

#include "app/procedure/procedure_store.h"

struct fixture {
	struct page_test t;
	row_id unit, birth;
};

static row_id add(struct fixture *f, const char *code, const char *name, const char *field)
{
	struct problems problems;
	struct procedure_draft d;
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "test",
		                 .action = "procedure.test" };
	enum procedure_saved saved;

	problems_init(&problems, &f->t.kept);
	procedure_draft_init(&d);
	d.code = code;
	d.name = name;
	d.field = field;
	d.levels[d.n_levels++] = "commune";
	d.service_level = "full";
	d.old_level = 4;
	d.statutory_term = "5 ngày làm việc";
	d.shortened_term = "3 ngày làm việc";
	d.decision = "15/QĐ-UBND";
	d.decision_on = date_make(2024, 12, 20);
	d.valid_from = date_make(2025, 1, 1);
	d.parts[d.n_parts++] = (struct procedure_part){ .name = "Tờ khai", .required = true };
	d.steps[d.n_steps++] =
	        (struct procedure_step){ "Tiếp nhận", "INTAKE", "2 giờ làm việc" };
	assert_ok(procedure_save(&saved, f->t.app.writer, &change, &d, &problems));
	return change.result;
}

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	page_start(&f->t);
	f->unit = page_unit(&f->t, "H99", ROW_NONE);
	f->birth = add(f, "1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch");
	add(f, "0.000007", "Cấp giấy \"mẫu\" <minh họa>", "Đất đai");
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	page_stop(&f->t);
	free(f);
	return 0;
}

static const char *path(struct fixture *f, row_id id, const char *rest)
{
	const char *text;

	assert_ok(arena_printf(&f->t.kept, &text, "/procedures/%lld%s", (long long)id.value,
	                       rest));
	return text;
}

static void a_stranger_searches_and_reads(void **state)
{
	struct fixture *f = *state;

	page_as_nobody(&f->t);
	assert_int_equal(page_get(&f->t, "/procedures"), 200);
	assert_true(page_has(&f->t, "1.001193"));
	assert_true(page_has(&f->t, "&lt;minh họa&gt;"));
	assert_false(page_has(&f->t, "Công bố thủ tục mới"));
	assert_int_equal(page_get(&f->t, "/procedures?q=khai+sinh"), 200);
	assert_true(page_has(&f->t, "1.001193"));
	assert_false(page_has(&f->t, "0.000007"));
	assert_int_equal(page_get(&f->t, "/procedures?level=district"), 200);
	assert_true(page_has(&f->t, "Không tìm thấy"));
	assert_int_equal(page_get(&f->t, path(f, f->birth, "")), 200);
	assert_true(page_has(&f->t, "3 ngày làm việc"));
	assert_true(page_has(&f->t, "Mức độ 4 theo cách gọi cũ"));
	assert_true(page_has(&f->t, "Cán bộ tiếp nhận"));
	assert_true(page_has(&f->t, "15/QĐ-UBND"));
	assert_int_equal(page_get(&f->t, "/procedures/1"), 404);
	assert_int_equal(page_get(&f->t, "/procedures/abc"), 404);
}

static void the_picker_gets_json(void **state)
{
	struct fixture *f = *state;

	page_as_nobody(&f->t);
	assert_int_equal(page_get(&f->t, "/procedures/search.json?q=m%E1%BA%ABu"), 200);
	assert_true(page_has(&f->t, "\"code\":\"0.000007\""));
	assert_true(page_has(&f->t, "\"more\":false"));
	assert_false(page_has(&f->t, "1.001193"));
	assert_int_equal(page_get(&f->t, "/procedures/search.json?q=khai&on=2024-01-01"), 200);
	assert_true(page_has(&f->t, "\"rows\":[]"));
}

static void only_the_catalogue_manager_changes_it(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->unit, "INTAKE");
	assert_int_equal(page_get(&f->t, "/procedures/new"), 403);
	assert_int_equal(page_get(&f->t, path(f, f->birth, "/amend")), 403);
	assert_int_equal(page_post(&f->t, path(f, f->birth, "/repeal"), "decision", "x"), 403);
}

static void the_manager_announces_one(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->unit, "CATALOGUE");
	assert_int_equal(page_get(&f->t, "/procedures/new"), 200);
	assert_int_equal(
	        page_post(&f->t, "/procedures", "code", "0.000009", "name", "Cấp giấy thử",
	                  "field", "Thử nghiệm", "levels", "commune", "levels", "province",
	                  "service_level", "partial", "statutory_term", "2 ngày làm việc",
	                  "fee", "75.000", "decision", "20/QĐ-UBND", "decision_on",
	                  "2026-01-05", "valid_from", "2026-02-01", "part_name_0", "Đơn",
	                  "part_form_0", "copy", "part_copies_0", "2", "step_name_2", "Ký",
	                  "step_role_2", "LEADER", "step_budget_2", "4 giờ làm việc"),
	        303);
	assert_int_equal(page_get(&f->t, page_header(&f->t, "Location")), 200);
	assert_true(page_has(&f->t, "75.000 đồng"));
	assert_true(page_has(&f->t, "Bản sao"));
	assert_true(page_has(&f->t, "Tỉnh, thành phố; Xã, phường, đặc khu"));
	assert_int_equal(page_post(&f->t, "/procedures", "code", "0.000009"), 422);
	assert_true(page_has(&f->t, "đã có trong danh mục"));
}

static void a_refused_form_keeps_what_was_typed(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->unit, "CATALOGUE");
	assert_int_equal(page_post(&f->t, "/procedures", "code", "10.005090", "name", "Tên",
	                           "fee", "5.000 hoặc 10.000", "decision_on", "31/02/2026",
	                           "part_name_0", "Đơn", "part_copies_0", "100"),
	                 422);
	assert_string_equal(page_input(&f->t, "code"), "10.005090");
	assert_string_equal(page_input(&f->t, "fee"), "5.000 hoặc 10.000");
	assert_string_equal(page_input(&f->t, "part_name_0"), "Đơn");
	assert_true(page_has(&f->t, "không phải là số tiền"));
	assert_true(page_has(&f->t, "Mã thủ tục “10.005090” không đúng dạng"));
	assert_true(page_has(&f->t, "Số lượng giấy tờ từ 1 đến 99"));
	assert_int_equal(page_post(&f->t, "/procedures", "code", "0.000011", "part_name_0",
	                           "Đơn", "more_parts", "1"),
	                 200);
	assert_string_equal(page_input(&f->t, "part_name_0"), "Đơn");
	assert_true(page_has(&f->t, "part_name_5"));
	assert_int_equal(test_db_int(f->t.db.db, "select count(*) from procedure"), 2);
}

/* Sends the amendment that the form offers, with another term. */
static int amend(struct fixture *f, const char *term, const char *from)
{
	return page_post(&f->t, path(f, f->birth, "/amend"), "name",
	                 "Thủ tục đăng ký khai sinh", "field", "Hộ tịch", "levels", "commune",
	                 "service_level", "full", "old_level", "4", "linked", "none",
	                 "statutory_term", "5 ngày làm việc", "shortened_term", term,
	                 "decision_kind", "amended", "decision", "30/QĐ-UBND", "decision_on",
	                 "2026-02-01", "valid_from", from, "part_name_0", "Tờ khai",
	                 "part_required_0", "1", "step_name_0", "Tiếp nhận", "step_role_0",
	                 "INTAKE", "step_budget_0", "2 giờ làm việc");
}

static void an_amendment_is_another_version(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->unit, "CATALOGUE");
	assert_int_equal(page_get(&f->t, path(f, f->birth, "/amend")), 200);
	assert_string_equal(page_input(&f->t, "shortened_term"), "3 ngày làm việc");
	assert_string_equal(page_input(&f->t, "part_name_0"), "Tờ khai");
	assert_int_equal(amend(f, "3 ngày làm việc", "2026-03-01"), 422); /* nothing new */
	assert_true(page_has(&f->t, "Không có gì khác"));
	assert_int_equal(amend(f, "1 ngày làm việc", "2024-03-01"), 422); /* too early */
	assert_int_equal(amend(f, "1 ngày làm việc", "2026-03-01"), 303);
	assert_int_equal(page_get(&f->t, path(f, f->birth, "")), 200);
	assert_true(page_has(&f->t, "<dd>1 ngày làm việc</dd>"));
	assert_int_equal(page_get(&f->t, path(f, f->birth, "?version=1")), 200);
	assert_true(page_has(&f->t, "<dd>3 ngày làm việc</dd>"));
	assert_true(page_has(&f->t, "không có hiệu lực hôm nay"));
}

static void a_repealed_one_says_so(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->unit, "CATALOGUE");
	assert_int_equal(page_get(&f->t, path(f, f->birth, "/repeal")), 200);
	assert_int_equal(page_post(&f->t, path(f, f->birth, "/repeal"), "decision",
	                           "30/QĐ-UBND", "valid_from", "2026-03-01"),
	                 422);
	assert_int_equal(page_post(&f->t, path(f, f->birth, "/repeal"), "decision",
	                           "30/QĐ-UBND", "decision_on", "2026-02-01", "valid_from",
	                           "2026-03-01"),
	                 303);
	assert_int_equal(page_get(&f->t, path(f, f->birth, "")), 200);
	assert_true(page_has(&f->t, "bị bãi bỏ từ ngày 01/03/2026"));
	assert_int_equal(page_get(&f->t, "/procedures?q=khai+sinh"), 200);
	assert_false(page_has(&f->t, "1.001193"));
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(a_stranger_searches_and_reads),
		CASE(the_picker_gets_json),
		CASE(only_the_catalogue_manager_changes_it),
		CASE(the_manager_announces_one),
		CASE(a_refused_form_keeps_what_was_typed),
		CASE(an_amendment_is_another_version),
		CASE(a_repealed_one_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
