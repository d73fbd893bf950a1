/* test_account_store.c - roles over a subtree, and who may manage whom. */
#include "lib/test_db.h"

#include "app/account/account_store.h"
#include "app/unit/unit_store.h"

struct fixture {
	struct test_db t;
	struct id_source ids;
	struct db_writer *writer;
	struct arena a;
	struct problems problems;
	struct change change; /* copied for each write */
	row_id province, commune, office, sibling;
};

static date_t today(void)
{
	return date_make(2026, 5, 4);
}

static row_id add_unit(struct fixture *f, const char *code, const char *name, const char *level,
                       row_id parent)
{
	struct unit_draft draft = { .code = code,
		                    .name = name,
		                    .level = level,
		                    .parent_id = parent,
		                    .from_on = date_make(2020, 1, 1) };
	struct change change = f->change;

	assert_ok(unit_add(f->writer, &change, &draft, &f->problems));
	return change.result;
}

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	test_db_open(&f->t);
	arena_init(&f->a, 16 << 20);
	problems_init(&f->problems, &f->a);
	f->change = (struct change){ .at = INSTANT_NONE,
		                     .origin = "test",
		                     .action = "account.test" };
	assert_ok(db_writer_start(&f->writer, f->t.where,
	                          (struct clock){ instant_local(today(), 480) }, &f->ids));
	f->province = add_unit(f, "H99", "UBND tỉnh Mẫu", "province", ROW_NONE);
	f->commune = add_unit(f, "H99.01", "UBND xã Mẫu Một", "commune", f->province);
	f->office = add_unit(f, "H99.01.01", "Văn phòng", "office", f->commune);
	f->sibling = add_unit(f, "H99.02", "UBND xã Mẫu Hai", "commune", f->province);
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	db_writer_stop(f->writer);
	test_db_close(&f->t);
	arena_release(&f->a);
	free(f);
	return 0;
}

static enum err try_add(struct fixture *f, const char *login, row_id unit, row_id *id)
{
	struct account_draft draft = {
		.login = login, .name = "Người Mẫu", .unit_id = unit, .password_hash = "hash"
	};
	struct change change = f->change;
	enum err e = account_add(f->writer, &change, &draft, &f->problems);

	*id = change.result;
	return e;
}

static row_id add(struct fixture *f, const char *login, row_id unit)
{
	row_id id;

	assert_ok(try_add(f, login, unit, &id));
	return id;
}

static enum err grant(struct fixture *f, row_id account, const char *role, row_id unit,
                      date_t from_on, date_t to_on)
{
	struct account_granting g = { account, unit, role, from_on, to_on };
	struct change change = f->change;

	return account_grant(f->writer, &change, &g, &f->problems);
}

static uint64_t held(struct fixture *f, row_id account, row_id unit, date_t day)
{
	uint64_t all = 0;

	assert_ok(account_permissions(&all, f->t.db, account, unit, day));
	return all;
}

static void a_role_reaches_down_and_lasts_its_days(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "mau.a", f->commune);
	date_t from = date_make(2026, 1, 1), to = date_make(2026, 6, 30);
	struct account_grants grants;

	assert_ok(grant(f, id, "INTAKE", f->commune, from, to));
	assert_ok(grant(f, id, "LEADER", f->office, from, DATE_NONE));
	assert_int_equal(held(f, id, f->commune, today()), role_permissions(ROLE_INTAKE));
	assert_int_equal(held(f, id, f->office, today()),
	                 role_permissions(ROLE_INTAKE) | role_permissions(ROLE_LEADER));
	assert_int_equal(held(f, id, f->sibling, today()), 0);
	assert_int_equal(held(f, id, f->province, today()), 0);
	assert_int_equal(held(f, id, f->commune, date_add(from, -1)), 0);
	assert_int_equal(held(f, id, f->commune, to), role_permissions(ROLE_INTAKE));
	assert_int_equal(held(f, id, f->commune, date_add(to, 1)), 0);
	assert_ok(account_grants(&grants, f->t.db, &f->a, id, today()));
	assert_int_equal(grants.n, 2);
	assert_string_equal(grants.at[0].unit_name, "UBND xã Mẫu Một");
	assert_ok(account_grants(&grants, f->t.db, &f->a, id, date_add(to, 1)));
	assert_int_equal(grants.n, 1);
	assert_ok(account_grants(&grants, f->t.db, &f->a, id, DATE_NONE));
	assert_int_equal(grants.n, 2);
}

static void a_revoked_role_ends_at_once(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "mau.a", f->commune);
	struct account_grants grants;
	struct change change = f->change;

	assert_ok(grant(f, id, "INTAKE", f->commune, date_make(2026, 1, 1), DATE_NONE));
	assert_ok(account_grants(&grants, f->t.db, &f->a, id, today()));
	assert_ok(account_revoke(f->writer, &change, grants.at[0].id, today(), &f->problems));
	assert_int_equal(held(f, id, f->commune, today()), 0);
	assert_int_equal(held(f, id, f->commune, date_add(today(), -1)),
	                 role_permissions(ROLE_INTAKE));
}

static void roles_that_exclude_each_other_are_refused(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "mau.a", f->commune);
	date_t from = date_make(2026, 1, 1);

	assert_ok(grant(f, id, "ADMINISTRATOR", f->commune, from, date_make(2026, 1, 31)));
	assert_err(grant(f, id, "INTAKE", f->commune, from, DATE_NONE), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "role"));
	assert_ok(grant(f, id, "CATALOGUE", f->commune, from, DATE_NONE));
	assert_ok(grant(f, id, "INTAKE", f->commune, date_make(2026, 2, 1), DATE_NONE));
	assert_err(grant(f, id, "INTAKE", f->commune, date_make(2026, 3, 1), DATE_NONE),
	           ERR_INPUT); /* held already */
	assert_ok(grant(f, id, "INTAKE", f->office, date_make(2026, 3, 1), DATE_NONE));
	assert_err(grant(f, id, "KING", f->office, from, DATE_NONE), ERR_INPUT);
	assert_err(grant(f, id, "LEADER", f->office, from, date_add(from, -1)), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "to_on"));
}

static void nobody_reaches_beyond_their_scope(void **state)
{
	struct fixture *f = *state;
	row_id inside = add(f, "mau.a", f->office), outside = add(f, "mau.b", f->sibling), id;
	struct account account;
	struct change change;
	date_t from = date_make(2026, 1, 1);

	f->change.unit_id = f->commune;
	assert_ok(account_find(&account, f->t.db, &f->a, f->commune, inside, today()));
	assert_err(account_find(&account, f->t.db, &f->a, f->commune, outside, today()),
	           ERR_NOT_FOUND);
	assert_err(grant(f, outside, "INTAKE", f->commune, from, DATE_NONE), ERR_NOT_FOUND);
	assert_err(grant(f, inside, "INTAKE", f->province, from, DATE_NONE), ERR_INPUT);
	assert_err(grant(f, inside, "INTAKE", f->sibling, from, DATE_NONE), ERR_INPUT);
	assert_ok(grant(f, inside, "INTAKE", f->commune, from, DATE_NONE));
	assert_err(try_add(f, "mau.c", f->sibling, &id), ERR_INPUT);
	assert_ok(try_add(f, "mau.c", f->commune, &id));
	change = f->change;
	assert_err(account_set_password(f->writer, &change, outside, "x", &f->problems),
	           ERR_NOT_FOUND);
}

static void a_password_is_not_set_by_those_with_less_power(void **state)
{
	struct fixture *f = *state;
	row_id leader = add(f, "mau.a", f->commune);
	struct change change;

	assert_ok(grant(f, leader, "LEADER", f->province, date_make(2026, 1, 1), DATE_NONE));
	f->change.unit_id = f->commune;
	change = f->change;
	assert_err(account_set_password(f->writer, &change, leader, "stolen", &f->problems),
	           ERR_INPUT);
	change = f->change;
	assert_err(account_set_disabled(f->writer, &change, leader, true, &f->problems),
	           ERR_INPUT);
	assert_string_equal(test_db_text(f->t.db, &f->a, "select password_hash from account"),
	                    "hash");
	f->change.unit_id = f->province;
	change = f->change;
	assert_ok(account_set_password(f->writer, &change, leader, "new", &f->problems));
	assert_string_equal(test_db_text(f->t.db, &f->a, "select password_hash from account"),
	                    "new");
}

static void nobody_grants_to_or_locks_themselves(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "mau.a", f->commune);
	struct change change;

	f->change.account_id = id;
	f->change.unit_id = f->province;
	assert_err(grant(f, id, "CATALOGUE", f->commune, today(), DATE_NONE), ERR_INPUT);
	change = f->change;
	assert_err(account_set_disabled(f->writer, &change, id, true, &f->problems), ERR_INPUT);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from account_role"), 0);
}

static void locking_ends_the_sessions(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "mau.a", f->commune);
	struct change change = f->change;
	struct account_login login;
	const char *sql;

	assert_ok(arena_printf(
	        &f->a, &sql,
	        "insert into session (id, token_hash, account_id, unit_id, csrf, created_at, "
	        "seen_at, expires_at) select 1, %s, id, unit_id, 'c', 0, 0, 9 from account",
	        test_db_zero_byte()));
	test_db_exec(f->t.db, sql);
	assert_ok(account_set_disabled(f->writer, &change, id, true, &f->problems));
	assert_int_equal(test_db_int(f->t.db, "select count(*) from session"), 0);
	assert_ok(account_find_login(&login, f->t.db, &f->a, "mau.a"));
	assert_true(login.disabled);
	assert_err(account_find_login(&login, f->t.db, &f->a, "mau.b"), ERR_NOT_FOUND);
}

static void a_login_name_is_used_once(void **state)
{
	struct fixture *f = *state;
	row_id id;

	add(f, "mau.a", f->commune);
	assert_err(try_add(f, " MAU.A", f->sibling, &id), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "login"));
}

static void a_list_filters_by_words_unit_and_scope(void **state)
{
	struct fixture *f = *state;
	struct account_filter filter = { .scope = f->commune, .today = today(), .limit = 2 };
	struct account_list list;

	add(f, "mau.a", f->commune);
	add(f, "mau.b", f->office);
	add(f, "khac.c", f->commune);
	add(f, "mau.d", f->sibling);
	assert_ok(account_list(&list, f->t.db, &f->a, &filter));
	assert_int_equal(list.n, 2);
	assert_true(list.more);
	assert_string_equal(list.at[0].login, "khac.c");
	filter.after_login = list.at[1].login;
	assert_ok(account_list(&list, f->t.db, &f->a, &filter));
	assert_int_equal(list.n, 1);
	assert_false(list.more);
	filter = (struct account_filter){
		.scope = f->commune, .today = today(), .limit = 9, .words = "Mẫu MAU.B"
	};
	assert_ok(account_list(&list, f->t.db, &f->a, &filter));
	assert_int_equal(list.n, 1);
	filter.words = NULL;
	filter.unit_id = f->office;
	assert_ok(account_list(&list, f->t.db, &f->a, &filter));
	assert_int_equal(list.n, 1);
	assert_string_equal(list.at[0].unit_name, "Văn phòng");
}

static void workers_of_a_unit_hold_roles_there_or_above(void **state)
{
	struct fixture *f = *state;
	row_id here = add(f, "mau.a", f->commune), above = add(f, "mau.b", f->province);
	row_id beside = add(f, "mau.c", f->sibling);
	struct account_workers workers;
	date_t from = date_make(2026, 1, 1);

	assert_ok(grant(f, here, "INTAKE", f->commune, from, DATE_NONE));
	assert_ok(grant(f, here, "LEADER", f->commune, from, DATE_NONE));
	assert_ok(grant(f, above, "AUDITOR", f->province, from, DATE_NONE));
	assert_ok(grant(f, beside, "INTAKE", f->sibling, from, DATE_NONE));
	assert_ok(account_workers(&workers, f->t.db, &f->a, f->commune, today()));
	assert_int_equal(workers.n, 2);
	assert_true(row_eq(workers.at[0].id, here));
	assert_int_equal(workers.at[0].permissions,
	                 role_permissions(ROLE_INTAKE) | role_permissions(ROLE_LEADER));
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(a_role_reaches_down_and_lasts_its_days),
		CASE(a_revoked_role_ends_at_once),
		CASE(roles_that_exclude_each_other_are_refused),
		CASE(nobody_reaches_beyond_their_scope),
		CASE(a_password_is_not_set_by_those_with_less_power),
		CASE(nobody_grants_to_or_locks_themselves),
		CASE(locking_ends_the_sessions),
		CASE(a_login_name_is_used_once),
		CASE(a_list_filters_by_words_unit_and_scope),
		CASE(workers_of_a_unit_hold_roles_there_or_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
