/* test_account_page.c - accounts of a subtree: adding, roles, locking, passwords. */
#include "lib/page.h"

#include "app/account/account_store.h"

struct fixture {
	struct page_test t;
	row_id province, commune, officer, leader;
};

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	page_start(&f->t);
	f->province = page_unit(&f->t, "H99", ROW_NONE);
	f->commune = page_unit(&f->t, "H99.01", f->province);
	f->officer = page_account(&f->t, "mau.a", f->commune, "INTAKE");
	f->leader = page_account(&f->t, "mau.b", f->commune, "LEADER");
	page_role(&f->t, f->leader, f->province, "AUDITOR");
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

	assert_ok(
	        arena_printf(&f->t.kept, &text, "/accounts/%lld%s", (long long)id.value, rest));
	return text;
}

static const char *number(struct fixture *f, row_id id)
{
	const char *text;

	assert_ok(arena_printf(&f->t.kept, &text, "%lld", (long long)id.value));
	return text;
}

static uint64_t held(struct fixture *f, row_id account, row_id unit)
{
	uint64_t all = 0;

	assert_ok(account_permissions(&all, f->t.db.db, account, unit, date_make(2026, 3, 2)));
	return all;
}

static void the_list_shows_the_subtree(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->commune, "ADMINISTRATOR");
	assert_int_equal(page_get(&f->t, "/accounts"), 200);
	assert_true(page_has(&f->t, "mau.a"));
	assert_true(page_has(&f->t, "Cán bộ tiếp nhận"));
	assert_int_equal(page_get(&f->t, "/accounts?q=khong+co"), 200);
	assert_true(page_has(&f->t, "Không có tài khoản nào"));
	page_as(&f->t, f->commune, "INTAKE");
	assert_int_equal(page_get(&f->t, "/accounts"), 403);
	assert_int_equal(page_get(&f->t, "/accounts/roles"), 200);
	assert_true(page_has(&f->t, "Quản trị hệ thống"));
	assert_true(page_has(&f->t, "quản lý cây đơn vị"));
}

static void an_account_is_added_with_a_hashed_password(void **state)
{
	struct fixture *f = *state;
	const char *hash;

	page_as(&f->t, f->commune, "ADMINISTRATOR");
	assert_int_equal(page_get(&f->t, "/accounts/new"), 200);
	assert_int_equal(page_post(&f->t, "/accounts", "name", "Người Mẫu", "login", "Mau.C",
	                           "unit_id", number(f, f->commune), "password",
	                           "một câu dễ nhớ", "password_again", "một câu dễ nhớ"),
	                 303);
	hash = test_db_text(f->t.db.db, &f->t.kept,
	                    "select password_hash from account where login = 'mau.c'");
	assert_int_equal(strncmp(hash, "$argon2id$", 10), 0);
	assert_int_equal(page_post(&f->t, "/accounts", "name", "", "login", "mau.d", "unit_id",
	                           number(f, f->commune), "password", "ngắn"),
	                 422);
	assert_true(page_has(&f->t, "Chưa có họ và tên"));
	assert_true(page_has(&f->t, "ít nhất 10 ký tự"));
	assert_string_equal(page_input(&f->t, "login"), "mau.d");
	assert_int_equal(page_post(&f->t, "/accounts", "name", "Người Mẫu", "login", "mau.d",
	                           "unit_id", number(f, f->province), "password",
	                           "một câu dễ nhớ", "password_again", "một câu dễ nhớ"),
	                 422);
	assert_true(page_has(&f->t, "không thuộc phạm vi"));
}

static void roles_are_given_and_taken(void **state)
{
	struct fixture *f = *state;
	struct account_grants grants;

	page_as(&f->t, f->commune, "ADMINISTRATOR");
	assert_int_equal(page_post(&f->t, path(f, f->officer, "/grant"), "role", "COMPILER",
	                           "unit_id", number(f, f->commune), "from_on", "2026-03-01"),
	                 303);
	assert_int_equal(held(f, f->officer, f->commune),
	                 role_permissions(ROLE_INTAKE) | role_permissions(ROLE_COMPILER));
	assert_int_equal(page_post(&f->t, path(f, f->officer, "/grant"), "role",
	                           "ADMINISTRATOR", "unit_id", number(f, f->commune), "from_on",
	                           "2026-03-01"),
	                 422);
	assert_true(page_has(&f->t, "lập tài khoản riêng"));
	assert_int_equal(page_post(&f->t, path(f, f->officer, "/grant"), "role", "SPECIALIST",
	                           "unit_id", number(f, f->commune), "from_on", "2026-03-01",
	                           "to_on", "31/02/2026"),
	                 422);
	assert_ok(account_grants(&grants, f->t.db.db, &f->t.kept, f->officer, DATE_NONE));
	assert_int_equal(grants.n, 2);
	assert_int_equal(page_post(&f->t, path(f, f->officer, "/revoke"), "grant",
	                           number(f, grants.at[0].id)),
	                 303);
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/revoke"), "grant",
	                           number(f, grants.at[1].id)),
	                 422); /* another account's role */
	assert_int_equal(page_get(&f->t, path(f, f->officer, "")), 200);
	assert_true(page_has(&f->t, "Đã hết"));
}

static void whoever_is_more_powerful_is_not_touched(void **state)
{
	struct fixture *f = *state;

	page_as(&f->t, f->commune, "ADMINISTRATOR");
	assert_int_equal(page_get(&f->t, path(f, f->leader, "")), 200);
	assert_true(page_has(&f->t, "quản trị viên cấp trên"));
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/password"), "password",
	                           "một câu dễ nhớ", "password_again", "một câu dễ nhớ"),
	                 422);
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/disable"), "disabled", "1"),
	                 422);
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/edit"), "name", "Kẻ khác",
	                           "unit_id", number(f, f->commune)),
	                 422);
	page_as(&f->t, f->province, "ADMINISTRATOR");
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/password"), "password",
	                           "một câu dễ nhớ", "password_again", "một câu dễ nhớ"),
	                 303);
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/edit"), "name", "Tên mới",
	                           "unit_id", number(f, f->commune)),
	                 303);
	assert_int_equal(page_post(&f->t, path(f, f->leader, "/disable"), "disabled", "1"),
	                 303);
	assert_int_equal(page_get(&f->t, path(f, f->leader, "")), 200);
	assert_true(page_has(&f->t, "<h1>Tên mới</h1>"));
	assert_true(page_has(&f->t, "đang bị khóa"));
}

static void an_account_above_does_not_exist_for_those_below(void **state)
{
	struct fixture *f = *state;
	row_id above = page_account(&f->t, "mau.tinh", f->province, "INTAKE");

	page_as(&f->t, f->commune, "ADMINISTRATOR");
	assert_int_equal(page_get(&f->t, path(f, above, "")), 404);
	assert_int_equal(page_get(&f->t, path(f, above, "/password")), 404);
	assert_int_equal(page_post(&f->t, path(f, above, "/disable"), "disabled", "1"), 404);
	assert_int_equal(page_get(&f->t, "/accounts"), 200);
	assert_false(page_has(&f->t, "mau.tinh"));
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(the_list_shows_the_subtree),
		CASE(an_account_is_added_with_a_hashed_password),
		CASE(roles_are_given_and_taken),
		CASE(whoever_is_more_powerful_is_not_touched),
		CASE(an_account_above_does_not_exist_for_those_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
