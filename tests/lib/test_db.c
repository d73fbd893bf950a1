#include "lib/test_db.h"

#include <unistd.h>

#include "db/engine.h"

void test_assert_err(enum err e, enum err expected, const char *file, int line)
{
	if (e == expected)
		return;
	print_error("%s:%d: %s instead of %s: %s\n", file, line, err_name(e),
	            err_name(expected), err_message());
	_fail(file, line);
}

void test_db_empty(struct test_db *t)
{
	snprintf(t->folder, sizeof(t->folder), "/tmp/cchc-test-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->path, sizeof(t->path), "%s/db", t->folder);
	assert_ok(db_open(&t->db, t->path, DB_WRITE));
}

void test_db_open(struct test_db *t)
{
	test_db_empty(t);
	assert_ok(db_migrate(t->db));
}

void test_db_close(struct test_db *t)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char path[128];

	db_close(t->db);
	t->db = NULL;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", t->path, ends[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(t->folder), 0);
}

void test_db_exec(struct db *db, const char *statements)
{
	assert_ok(db->engine->exec(db, statements));
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
