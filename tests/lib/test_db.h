/* test_db.h - a migrated database of one test, and plain SQL on it for preparing and for
 * checking against.  Every failure fails the running test.
 *
 * The environment chooses the engine, so that tests/run.sh can run a program on each: a SQLite
 * file in a new temporary directory, or, when CCHC_TEST_DB names a running PostgreSQL cluster
 * (postgresql://...), a new database in it.  A program test_*_sqlite or test_*_postgres is
 * about that engine and runs once.
 */
#ifndef TESTS_TEST_DB_H
#define TESTS_TEST_DB_H

#include "lib/test.h"

#include "db/db.h"

struct test_db {
	char folder[64]; /* temporary, empty unless the database is a file; gone at the end */
	char where[256]; /* for db_open, settings and writers: a path or an address */
	struct db *db;   /* DB_WRITE */
};

void test_db_open(struct test_db *t);  /* migrated to the program's schema */
void test_db_empty(struct test_db *t); /* without any table */
void test_db_close(struct test_db *t); /* removes the database */

bool test_db_is_postgres(void);
/* The address of the cluster's other database `name`, which need not exist. */
void test_db_address(char out[256], const char *name);

/* Statements without parameters, in the dialect that both engines know. */
void test_db_exec(struct db *db, const char *statements);
/* One byte of value zero in such a statement: the engines spell bytes differently. */
const char *test_db_zero_byte(void);
/* Tables as a migration makes them: column types are our own words (db/migrate.h). */
void test_db_tables(struct db *db, const char *create_tables);
/* The first column of the first row. */
int64_t test_db_int(struct db *db, const char *select);
const char *test_db_text(struct db *db, struct arena *a, const char *select);

/* Counts the dossiers again that a test put in by plain SQL (app/counter). */
void test_db_recount(struct db *db);

/* Fails the test with the error's name and message unless `e` is ERR_OK. */
#define assert_ok(e)            test_assert_err((e), ERR_OK, __FILE__, __LINE__)
#define assert_err(e, expected) test_assert_err((e), (expected), __FILE__, __LINE__)
void test_assert_err(enum err e, enum err expected, const char *file, int line);

#endif
