/* test_db.h - a migrated SQLite database in a new temporary directory, and plain SQL on it for
 * preparing and for checking against.  Every failure fails the running test.
 */
#ifndef TESTS_TEST_DB_H
#define TESTS_TEST_DB_H

#include "lib/test.h"

#include "db/db.h"

struct test_db {
	char folder[64], path[80];
	struct db *db; /* DB_WRITE */
};

void test_db_open(struct test_db *t);  /* migrated to the program's schema */
void test_db_empty(struct test_db *t); /* without any table */
void test_db_close(struct test_db *t); /* removes the files */

/* Statements without parameters. */
void test_db_exec(struct db *db, const char *statements);
/* The first column of the first row. */
int64_t test_db_int(struct db *db, const char *select);
const char *test_db_text(struct db *db, struct arena *a, const char *select);

/* Fails the test with the error's name and message unless `e` is ERR_OK. */
#define assert_ok(e)            test_assert_err((e), ERR_OK, __FILE__, __LINE__)
#define assert_err(e, expected) test_assert_err((e), (expected), __FILE__, __LINE__)
void test_assert_err(enum err e, enum err expected, const char *file, int line);

#endif
