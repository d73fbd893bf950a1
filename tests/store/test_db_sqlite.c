/* What only SQLite is asked: its settings, its file, its locks, its full disk. */
#include "lib/test_db.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/engine.h"
#include "db/migrate.h"

static int open_it(void **state)
{
	*state = calloc(1, sizeof(struct test_db));
	test_db_open(*state);
	return 0;
}

static int open_empty(void **state)
{
	*state = calloc(1, sizeof(struct test_db));
	test_db_empty(*state);
	return 0;
}

static int close_it(void **state)
{
	test_db_close(*state);
	free(*state);
	return 0;
}

static void connections_are_set_up(void **state)
{
	struct test_db *t = *state;
	struct db *reader DB_CLEANUP = NULL;
	struct arena a;

	arena_init(&a, 10000);
	assert_int_equal(test_db_int(t->db, "pragma foreign_keys"), 1);
	assert_int_equal(test_db_int(t->db, "pragma trusted_schema"), 0);
	assert_int_equal(test_db_int(t->db, "pragma synchronous"), 2);
	assert_string_equal(test_db_text(t->db, &a, "pragma journal_mode"), "wal");
	assert_ok(db_open(&reader, t->where, DB_READ));
	assert_int_equal(test_db_int(reader, "pragma query_only"), 1);
	assert_int_equal(test_db_int(reader, "pragma foreign_keys"), 1);
	assert_err(reader->engine->exec(reader, "delete from unit_level"), ERR_READ_ONLY);
	arena_release(&a);
}

static void two_writers_wait_and_give_up(void **state)
{
	struct test_db *t = *state;
	struct db *other DB_CLEANUP = NULL;
	DB_TX tx = { 0 }, refused = { 0 };

	assert_ok(db_open(&other, t->where, DB_WRITE));
	test_db_exec(other, "pragma busy_timeout = 20");
	assert_ok(db_begin(&tx, t->db));
	assert_err(db_begin(&refused, other), ERR_BUSY);
	assert_ok(db_commit(&tx));
	assert_ok(db_begin(&refused, other));
}

static void a_folder_that_is_not_there(void **state)
{
	struct db *db = NULL;

	(void)state;
	assert_err(db_open(&db, "/nonexistent/folder/db", DB_WRITE), ERR_IO);
	assert_non_null(strstr(err_message(), "/nonexistent/folder/db"));
	assert_null(db);
}

static void tables_are_strict(void **state)
{
	struct test_db *t = *state;
	const struct migration m = {
		"0001_thing.sql",
		"create table thing (id id primary key, name text not null, on_day day);"
	};

	assert_ok(migrate_with(t->db, &m, 1));
	assert_err(t->db->engine->exec(t->db, "insert into thing values (1, 'a', 'tomorrow')"),
	           ERR_DB);
	assert_int_equal(
	        test_db_int(t->db,
	                    "select count(*) from pragma_table_list "
	                    "where strict = 0 and schema = 'main' and name not like 'sqlite%'"),
	        0);
}

static void a_table_can_be_its_primary_key(void **state)
{
	struct test_db *t = *state;
	struct migration m = { "0001_x.sql",
		               "create table a (word text not null, id id not null,"
		               " primary key (word, id)) without rowid;"
		               "create table b (id id primary key);" };
	struct str text;

	assert_ok(migrate_with(t->db, &m, 1));
	assert_int_equal(test_db_int(t->db, "select count(*) from pragma_table_list where "
	                                    "name = 'a' and wr = 1 and strict = 1"),
	                 1);
	assert_int_equal(test_db_int(t->db, "select count(*) from pragma_table_list where "
	                                    "name = 'b' and wr = 0 and strict = 1"),
	                 1);
	const struct db_engine *sqlite = t->db->engine;
	str_init(&text, NULL, 10000);
	t->db->engine = &db_engine_postgres;
	enum err e = migrate_expand(&text, t->db, &m);
	t->db->engine = sqlite;
	assert_ok(e);
	assert_null(strstr(text.data, "rowid"));
	str_release(&text);
}

static void a_file_that_is_no_database(void **state)
{
	struct test_db *t = *state;
	char path[128];
	struct db *db = NULL;

	snprintf(path, sizeof(path), "%s/text", t->folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	for (int i = 0; i < 100; i++)
		fputs("this is a letter, not a database\n", f);
	fclose(f);
	assert_err(db_open(&db, path, DB_WRITE), ERR_DB);
	assert_err(db_open(&db, path, DB_READ), ERR_DB);
	unlink(path);
	assert_null(db);
}

static void reading_what_is_not_there_makes_no_file(void **state)
{
	struct test_db *t = *state;
	char path[128];
	struct db *db = NULL;

	snprintf(path, sizeof(path), "%s/none", t->folder);
	assert_err(db_open(&db, path, DB_READ), ERR_IO);
	assert_int_equal(access(path, F_OK), -1);
}

static void a_full_disk_leaves_nothing(void **state)
{
	struct test_db *t = *state;
	int64_t before = test_db_int(t->db, "select count(*) from sqlite_master");

	test_db_exec(t->db, "pragma max_page_count = 4");
	assert_err(db_migrate(t->db), ERR_DISK_FULL);
	assert_int_equal(test_db_int(t->db, "select count(*) from sqlite_master"), before);
	test_db_exec(t->db, "pragma max_page_count = 100000");
	assert_ok(db_migrate(t->db));
}

/* Root may write everywhere, so a child that is nobody tries. */
static enum err open_as_nobody(const char *path, enum db_mode mode)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		struct db *db = NULL;

		if (getuid() == 0 && (setgid(65534) || setuid(65534)))
			_exit(ERR_INTERNAL);
		enum err e = db_open(&db, path, mode);
		if (e == ERR_OK && mode == DB_WRITE)
			e = db_migrate(db);
		_exit((int)e);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return (enum err)WEXITSTATUS(status);
}

static void a_read_only_file(void **state)
{
	struct test_db *t = *state;

	assert_int_equal(chmod(t->folder, 0555), 0);
	assert_int_equal(chmod(t->where, 0444), 0);
	assert_err(open_as_nobody(t->where, DB_WRITE), ERR_READ_ONLY);
	assert_int_equal(chmod(t->folder, 0755), 0);
	assert_int_equal(chmod(t->where, 0644), 0);
}

#define TEST(name, open) cmocka_unit_test_setup_teardown(name, open, close_it)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(connections_are_set_up, open_it),
		TEST(two_writers_wait_and_give_up, open_it),
		TEST(a_folder_that_is_not_there, open_it),
		TEST(tables_are_strict, open_empty),
		TEST(a_table_can_be_its_primary_key, open_empty),
		TEST(a_file_that_is_no_database, open_empty),
		TEST(reading_what_is_not_there_makes_no_file, open_empty),
		TEST(a_full_disk_leaves_nothing, open_empty),
		TEST(a_read_only_file, open_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
