/* test_unit_page.c - the tree, one unit, and the forms that change it. */
#include "lib/page.h"

#include "app/unit/unit_store.h"

struct fixture {
	struct page_test t;
	row_id province, commune, sibling;
};

static row_id add(struct fixture *f, const char *code, const char *name, const char *level,
                  row_id parent)
{
	struct problems problems;
	struct unit_draft draft = { .code = code,
		                    .name = name,
		                    .level = level,
		                    .parent_id = parent,
		                    .from_on = date_make(2020, 1, 1) };
	struct change change = { .at = INSTANT_NONE, .origin = "test", .action = "unit.test" };

	problems_init(&problems, &f->t.kept);
	assert_ok(unit_add(f->t.app.writer, &change, &draft, &problems));
	return change.result;
}

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	page_start(&f->t);
	f->province = add(f, "H99", "UBND tỉnh Mẫu", "province", ROW_NONE);
	f->commune = add(f, "H99.01", "UBND xã Mẫu Một", "commune", f->province);
	f->sibling = add(f, "H99.02", "UBND xã Mẫu Hai", "commune", f->province);
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

static const char *path(struct fixture *f, const char *format, row_id id)
{
	const char *text;

	assert_ok(
	        arena_printf(&f->t.kept, &text, "/units/%lld%s", (long long)id.value, format));
	return text;
}

static const char *number(struct fixture *f, row_id id)
{
	const char *text;

	assert_ok(arena_printf(&f->t.kept, &text, "%lld", (long long)id.value));
	return text;
}

static void everybody_sees_their_own_part_of_the_tree(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->commune, "INTAKE");
	assert_int_equal(page_get(&f->t, "/units"), 200);
	assert_true(page_has(&f->t, "UBND xã Mẫu Một"));
	assert_false(page_has(&f->t, "UBND xã Mẫu Hai"));
	assert_false(page_has(&f->t, "Thêm đơn vị"));
	assert_int_equal(page_get(&f->t, path(f, "", f->commune)), 200);
	assert_true(page_has(&f->t, "UBND tỉnh Mẫu")); /* the way up, as text */
	assert_int_equal(page_get(&f->t, path(f, "", f->sibling)), 404);
	assert_int_equal(page_get(&f->t, path(f, "", f->province)), 404);
	assert_int_equal(page_get(&f->t, path(f, "/edit", f->commune)), 403);
	assert_int_equal(page_get(&f->t, "/units?on=2019-01-01"), 200);
	assert_true(page_has(&f->t, "Không có đơn vị nào"));
}

static void an_administrator_adds_a_unit(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->province, "ADMINISTRATOR");
	assert_int_equal(page_get(&f->t, "/units/new"), 200);
	assert_int_equal(page_post(&f->t, "/units", "name", "Văn phòng", "code", "h99.01.07",
	                           "level", "office", "parent_id", number(f, f->commune),
	                           "from_on", "2025-07-01"),
	                 303);
	assert_int_equal(page_get(&f->t, page_header(&f->t, "Location")), 200);
	assert_true(page_has(&f->t, "H99.01.07"));
	assert_int_equal(page_get(&f->t, path(f, "", f->commune)), 200);
	assert_true(page_has(&f->t, "Văn phòng"));
}

static void a_refused_unit_keeps_what_was_typed(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->province, "ADMINISTRATOR");
	assert_int_equal(page_post(&f->t, "/units", "name", "Phòng \"A\" & <b>", "code",
	                           "000.00.01.H99", "level", "office", "from_on", "2025-07-01"),
	                 422);
	assert_true(page_has(&f->t, "là mã kiểu cũ"));
	assert_string_equal(page_input(&f->t, "code"), "000.00.01.H99");
	assert_false(page_has(&f->t, "<b>\""));
	assert_true(page_has(&f->t, "&lt;b&gt;"));
	assert_int_equal(test_db_int(f->t.db.db, "select count(*) from unit where level = "
	                                         "'office'"),
	                 0);
	f->t.refill = true; /* the session was over: nothing is written, all is shown */
	assert_int_equal(page_post(&f->t, "/units", "name", "Văn phòng", "code", "H99.07"),
	                 422);
	assert_string_equal(page_input(&f->t, "name"), "Văn phòng");
}

static void details_and_name_are_changed(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->province, "ADMINISTRATOR");
	assert_int_equal(page_post(&f->t, path(f, "/edit", f->commune), "address", "Thôn Mẫu",
	                           "letterhead", "ỦY BAN NHÂN DÂN\nXÃ MẪU MỘT", "issues_codes",
	                           "1"),
	                 303);
	assert_int_equal(page_get(&f->t, path(f, "/edit", f->commune)), 200);
	assert_string_equal(page_input(&f->t, "address"), "Thôn Mẫu");
	assert_int_equal(test_db_int(f->t.db.db, "select count(*) from unit where "
	                                         "issues_codes = 1"),
	                 1);
	assert_int_equal(page_post(&f->t, path(f, "/rename", f->commune), "name",
	                           "UBND phường Mẫu Một", "on", "2026-01-01", "source", "NQ 3"),
	                 303);
	assert_int_equal(page_get(&f->t, path(f, "", f->commune)), 200);
	assert_true(page_has(&f->t, "<h1>UBND phường Mẫu Một</h1>"));
	assert_true(page_has(&f->t, "UBND xã Mẫu Một")); /* in its history */
	assert_int_equal(page_post(&f->t, path(f, "/rename", f->commune), "name", "", "on",
	                           "2026-02-01"),
	                 422);
}

static void a_unit_is_moved_and_merged(void **state)
{
	struct fixture *f = *state;
	row_id district = add(f, "H99.30", "UBND huyện Mẫu", "district", f->province);

	page_as(&f->t, f->province, "ADMINISTRATOR");
	assert_int_equal(page_post(&f->t, path(f, "/move", f->commune), "parent_id",
	                           number(f, district), "on", "2024-01-01"),
	                 303);
	assert_int_equal(page_post(&f->t, path(f, "/move", district), "parent_id",
	                           number(f, f->commune), "on", "2025-01-01"),
	                 422);
	assert_int_equal(page_get(&f->t, path(f, "/merge", f->commune)), 200);
	assert_true(page_has(&f->t, "UBND xã Mẫu Hai"));
	assert_int_equal(page_post(&f->t, path(f, "/merge", f->commune), "unit",
	                           number(f, f->sibling), "on", "2025-07-01", "source", "NQ 9",
	                           "orphans", "refuse"),
	                 303);
	assert_int_equal(page_get(&f->t, path(f, "", f->sibling)), 200);
	assert_true(page_has(&f->t, "Đơn vị hoạt động đến hết ngày 30/06/2025"));
	page_as(&f->t, f->commune, "INTAKE"); /* the successor reads what it took over */
	assert_int_equal(page_get(&f->t, path(f, "", f->sibling)), 200);
	assert_int_equal(page_get(&f->t, "/units?on=2025-06-30"), 200);
	assert_true(page_has(&f->t, "UBND xã Mẫu Hai"));
}

static void ending_asks_what_becomes_of_those_below(void **state)
{
	struct fixture *f = *state;

	add(f, "H99.01.01", "Văn phòng xã", "office", f->commune);
	page_as(&f->t, f->province, "ADMINISTRATOR");
	assert_int_equal(page_get(&f->t, path(f, "/end", f->commune)), 200);
	assert_int_equal(page_post(&f->t, path(f, "/end", f->commune), "on", "2026-01-01",
	                           "orphans", "refuse"),
	                 422);
	assert_true(page_has(&f->t, "Văn phòng xã"));
	assert_int_equal(page_post(&f->t, path(f, "/end", f->commune), "on", "2026-01-01",
	                           "orphans", "end"),
	                 303);
	assert_int_equal(test_db_int(f->t.db.db, "select count(*) from unit where valid_to is "
	                                         "not null"),
	                 2);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(everybody_sees_their_own_part_of_the_tree),
		CASE(an_administrator_adds_a_unit),
		CASE(a_refused_unit_keeps_what_was_typed),
		CASE(details_and_name_are_changed),
		CASE(a_unit_is_moved_and_merged),
		CASE(ending_asks_what_becomes_of_those_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
