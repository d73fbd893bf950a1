#include "lib/test_db.h"

#include <sodium.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/str.h"
#include "db/engine.h"
#include "db/migrate.h"

void test_assert_err(enum err e, enum err expected, const char *file, int line)
{
	if (e == expected)
		return;
	print_error("%s:%d: %s instead of %s: %s\n", file, line, err_name(e),
	            err_name(expected), err_message());
	_fail(file, line);
}

/* ---- the cluster ---- */

static const char *cluster(void)
{
	const char *url = getenv("CCHC_TEST_DB");

	return url && *url ? url : NULL;
}

bool test_db_is_postgres(void)
{
	return cluster() != NULL;
}

/* postgresql://HOST/DATABASE?OPTIONS with another database. */
void test_db_address(char out[256], const char *name)
{
	const char *url = cluster();
	const char *host = strstr(url, "://") + strlen("://");
	const char *path = strchr(host, '/');

	assert_non_null(path);
	int n = snprintf(out, 256, "%.*s/%s%s", (int)(path - url), url, name,
	                 strchr(path, '?') ? strchr(path, '?') : "");
	assert_true(n < 256);
}

/* On the cluster itself, where databases are made. */
static struct db *cluster_open(void)
{
	struct db *db;

	assert_ok(db_open(&db, cluster(), DB_WRITE));
	return db;
}

/* The name changes with the migrations, so that a cluster which outlives a build stays right.
 */
static void template_name(char out[64])
{
	unsigned char hash[crypto_generichash_BYTES_MIN];
	char digits[2 * sizeof(hash) + 1];
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	for (size_t i = 0; i < embedded_count; i++)
		if (str_starts(embedded_files[i].path, "migrations/"))
			crypto_generichash_update(&state, embedded_files[i].bytes,
			                          embedded_files[i].n);
	crypto_generichash_final(&state, hash, sizeof(hash));
	sodium_bin2hex(digits, sizeof(digits), hash, sizeof(hash));
	snprintf(out, 64, "cchc_template_%s", digits);
}

static bool has_database(struct db *db, const char *name)
{
	char text[160];

	snprintf(text, sizeof(text), "select count(*) from pg_database where datname = '%s'",
	         name);
	return test_db_int(db, text) > 0;
}

/* Whoever needs it first makes it, under a lock, and gives it its name when it is whole. */
static void make_template(struct db *db, const char *name)
{
	char making[80], address[256], text[200];
	struct db *fresh;

	test_db_exec(db, "select pg_advisory_lock(7253)");
	if (!has_database(db, name)) {
		snprintf(making, sizeof(making), "%s_new", name);
		snprintf(text, sizeof(text), "drop database if exists %s", making);
		test_db_exec(db, text);
		snprintf(text, sizeof(text), "create database %s", making);
		test_db_exec(db, text);
		test_db_address(address, making);
		assert_ok(db_open(&fresh, address, DB_WRITE));
		assert_ok(db_migrate(fresh));
		db_close(fresh);
		snprintf(text, sizeof(text), "alter database %s rename to %s", making, name);
		test_db_exec(db, text);
	}
	test_db_exec(db, "select pg_advisory_unlock(7253)");
}

static void make_database(struct test_db *t, bool migrated)
{
	char template[64], name[64], text[200];
	struct db *db = cluster_open();

	/* The folder's name is the test's own. */
	snprintf(name, sizeof(name), "test_%s", strrchr(t->folder, '-') + 1);
	if (migrated) {
		template_name(template);
		if (!has_database(db, template))
			make_template(db, template);
	} else {
		snprintf(template, sizeof(template), "template0");
	}
	snprintf(text, sizeof(text), "create database \"%s\" template %s", name, template);
	test_db_exec(db, text);
	db_close(db);
	test_db_address(t->where, name);
}

static void drop_database(struct test_db *t)
{
	char text[200];
	struct db *db = cluster_open();

	snprintf(text, sizeof(text), "drop database \"test_%s\"", strrchr(t->folder, '-') + 1);
	test_db_exec(db, text);
	db_close(db);
}

/* ---- one test's database ---- */

static void open_new(struct test_db *t, bool migrated)
{
	snprintf(t->folder, sizeof(t->folder), "/tmp/cchc-test-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	if (test_db_is_postgres())
		make_database(t, migrated);
	else
		snprintf(t->where, sizeof(t->where), "%s/db", t->folder);
	assert_ok(db_open(&t->db, t->where, DB_WRITE));
}

void test_db_empty(struct test_db *t)
{
	open_new(t, false);
}

void test_db_open(struct test_db *t)
{
	open_new(t, true);
	if (!test_db_is_postgres())
		assert_ok(db_migrate(t->db));
}

static void remove_files(struct test_db *t)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char path[300];

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", t->where, ends[i]);
		unlink(path);
	}
}

void test_db_close(struct test_db *t)
{
	db_close(t->db);
	t->db = NULL;
	if (test_db_is_postgres())
		drop_database(t);
	else
		remove_files(t);
	assert_int_equal(rmdir(t->folder), 0);
}

/* ---- plain SQL ---- */

void test_db_exec(struct db *db, const char *statements)
{
	assert_ok(db->engine->exec(db, statements));
}

const char *test_db_zero_byte(void)
{
	return test_db_is_postgres() ? "'\\x00'::bytea" : "x'00'";
}

void test_db_tables(struct db *db, const char *create_tables)
{
	const struct migration m = { "9999_test.sql", create_tables };
	struct str text;

	str_init(&text, NULL, 1 << 20);
	assert_ok(migrate_expand(&text, db, &m));
	test_db_exec(db, text.data);
	str_release(&text);
}

static struct db_statement *first_row(struct db *db, const char *select)
{
	static const struct db_signature nothing = { .n = 0 };
	struct db_statement *s;
	bool row;

	assert_ok(db_statement_composed(&s, db, select, &nothing));
	assert_ok(db->engine->step(db, s->handle, &row));
	assert_true(row);
	return s;
}

int64_t test_db_int(struct db *db, const char *select)
{
	struct db_statement *s = first_row(db, select);
	int64_t n;

	db_read(db, s, 0, DB_INT, &n);
	db_statement_return(db, s);
	return n;
}

const char *test_db_text(struct db *db, struct arena *a, const char *select)
{
	struct db_statement *s = first_row(db, select);
	const char *text;

	db_read(db, s, 0, DB_TEXT, &text);
	assert_ok(db_keep(a, DB_TEXT, &text));
	db_statement_return(db, s);
	return text;
}

void test_db_recount(struct db *db)
{
	test_db_exec(db,
	             "delete from counter_received;"
	             "insert into counter_received select * from counter_received_records;"
	             "delete from counter_finished;"
	             "insert into counter_finished select * from counter_finished_records;"
	             "delete from counter_procedure;"
	             "insert into counter_procedure select * from counter_procedure_records;"
	             "delete from counter_stock;"
	             "insert into counter_stock select * from counter_stock_records;"
	             "delete from counter_returned;"
	             "insert into counter_returned select * from counter_returned_records;");
}
