#include "lib/test_db.h"

#include "db/engine.h"
#include "db/migrate.h"

#define TABLE "create table thing (id id primary key, name text not null, on_day day);\n"

static const struct migration first = { "0001_thing.sql", TABLE };
static const struct migration edited = { "0001_thing.sql", TABLE "-- and more\n" };
static const struct migration second = {
	"0002_more.sql", "alter table thing add column fee_dong dong not null default 0;\n"
	                 "insert into thing (id, name) values (1, 'a;b (c');\n"
};

static int64_t n_tables(struct db *db)
{
	return test_db_int(
	        db, test_db_is_postgres()
	                    ? "select count(*) from pg_tables where schemaname = 'public'"
	                    : "select count(*) from sqlite_master");
}

static int open_empty(void **state)
{
	*state = calloc(1, sizeof(struct test_db));
	test_db_empty(*state);
	return 0;
}

static int open_migrated(void **state)
{
	*state = calloc(1, sizeof(struct test_db));
	test_db_open(*state);
	return 0;
}

static int close_it(void **state)
{
	test_db_close(*state);
	free(*state);
	return 0;
}

static void applies_in_order_and_once(void **state)
{
	struct test_db *t = *state;
	struct migration list[] = { first, second };

	assert_ok(migrate_with(t->db, list, 1));
	assert_int_equal(test_db_int(t->db, "select count(*) from schema_migration"), 1);
	assert_ok(migrate_with(t->db, list, 2));
	assert_ok(migrate_with(t->db, list, 2));
	assert_int_equal(test_db_int(t->db, "select count(*) from schema_migration"), 2);
	assert_int_equal(test_db_int(t->db, "select count(*) from thing where fee_dong = 0"),
	                 1);
}

static void refuses_an_edited_migration(void **state)
{
	struct test_db *t = *state;

	assert_ok(migrate_with(t->db, &first, 1));
	assert_err(migrate_with(t->db, &edited, 1), ERR_DB);
	assert_non_null(strstr(err_message(), "0001_thing.sql was edited"));
}

static void refuses_a_newer_database(void **state)
{
	struct test_db *t = *state;
	struct migration list[] = { first, second };

	assert_ok(migrate_with(t->db, list, 2));
	assert_err(migrate_with(t->db, list, 1), ERR_DB_NEWER);
}

static void opening_a_newer_database_fails(void **state)
{
	struct test_db *t = *state;
	struct db *again = NULL;

	test_db_exec(t->db, "insert into schema_migration values (9000, '9000_x.sql', '')");
	assert_err(db_open(&again, t->where, DB_READ), ERR_DB_NEWER);
	assert_err(db_open(&again, t->where, DB_WRITE), ERR_DB_NEWER);
	assert_null(again);
}

static void refuses_somebody_elses_database(void **state)
{
	struct test_db *t = *state;
	struct db *again = NULL;

	test_db_exec(t->db, "create table photo (name text)");
	assert_err(migrate_with(t->db, &first, 1), ERR_DB);
	assert_err(db_open(&again, t->where, DB_WRITE), ERR_DB);
	assert_int_equal(n_tables(t->db), 1);
}

static void a_failed_migration_leaves_nothing(void **state)
{
	struct test_db *t = *state;
	struct migration list[] = { first,
		                    { "0002_bad.sql", "create table a (id id primary key);\n"
		                                      "insert into nowhere values (1);\n" } };

	assert_err(migrate_with(t->db, list, 2), ERR_DB);
	assert_int_equal(n_tables(t->db), 0);
}

static void refuses_an_unknown_column_word(void **state)
{
	struct test_db *t = *state;
	struct migration bad = { "0001_bad.sql", "create table a (n varchar(20) not null);" };

	assert_err(migrate_with(t->db, &bad, 1), ERR_DB);
	assert_non_null(strstr(err_message(), "'varchar' is no column word"));
}

static void the_program_migrates_an_empty_database(void **state)
{
	struct test_db *t = *state;

	assert_true(test_db_int(t->db, "select count(*) from change_log") == 0);
	assert_true(test_db_int(t->db, "select count(*) from unit_level") >= 6);
	assert_ok(db_migrate(t->db));
}

static void expands_for_postgresql(void **state)
{
	struct test_db *t = *state;
	struct str text;
	struct migration m = {
		"0001_x.sql",
		"create table a ( -- why, it (is)\n"
		"\tid id primary key,\n\tday day not null, n int default (1 + 2),\n"
		"\ttext text references b (text), check (n > 1), primary key (id, n)\n"
		");\ncreate index a_by_day on a (day, n);\n"
		"alter table a add column at instant;\n"
		"alter table a add column done flag;"
	};
	const struct db_engine *own = t->db->engine;

	str_init(&text, NULL, 10000);
	t->db->engine = &db_engine_postgres;
	enum err e = migrate_expand(&text, t->db, &m);
	t->db->engine = own;
	assert_ok(e);
	assert_non_null(strstr(text.data, "id bigint primary key,\n\tday integer not null, "
	                                  "n bigint default (1 + 2),"));
	assert_non_null(strstr(text.data,
	                       "text text collate \"C\" references b (text), check (n > 1), "
	                       "primary key (id, n)\n) ;"));
	assert_non_null(strstr(text.data, "create index a_by_day on a (day, n);"));
	assert_non_null(strstr(text.data, "add column done smallint;"));
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(applies_in_order_and_once, open_empty,
		                                close_it),
		cmocka_unit_test_setup_teardown(refuses_an_edited_migration, open_empty,
		                                close_it),
		cmocka_unit_test_setup_teardown(refuses_a_newer_database, open_empty, close_it),
		cmocka_unit_test_setup_teardown(opening_a_newer_database_fails, open_migrated,
		                                close_it),
		cmocka_unit_test_setup_teardown(refuses_somebody_elses_database, open_empty,
		                                close_it),
		cmocka_unit_test_setup_teardown(a_failed_migration_leaves_nothing, open_empty,
		                                close_it),
		cmocka_unit_test_setup_teardown(refuses_an_unknown_column_word, open_empty,
		                                close_it),
		cmocka_unit_test_setup_teardown(the_program_migrates_an_empty_database,
		                                open_migrated, close_it),
		cmocka_unit_test_setup_teardown(expands_for_postgresql, open_empty, close_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
