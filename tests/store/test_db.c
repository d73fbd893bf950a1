/* How a connection behaves on either engine: cursors, transactions, errors. */
#include "lib/test_db.h"

#include "db/engine.h"

struct level {
	const char *code, *name;
	int64_t rank;
};
static const struct db_field level_fields[] = {
	{ "code", DB_TEXT, offsetof(struct level, code) },
	{ "name", DB_TEXT, offsetof(struct level, name) },
	{ "rank", DB_INT, offsetof(struct level, rank) },
};
static const struct query all_levels = {
	.name = "all_levels",
	.sqlite = "select code, name, rank from unit_level order by rank",
	.postgres = "select code, name, rank from unit_level order by rank",
	.out = level_fields,
	.n_out = ARRAY_LEN(level_fields),
};
static const struct query level_by_code = {
	.name = "level_by_code",
	.sqlite = "select code, name, rank from unit_level where code = ?1",
	.postgres = "select code, name, rank from unit_level where code = $1",
	.in = level_fields,
	.n_in = 1,
	.out = level_fields,
	.n_out = ARRAY_LEN(level_fields),
};
static const struct query add_level = {
	.name = "add_level",
	.sqlite = "insert into unit_level (code, name, rank) values (?1, ?2, ?3)",
	.postgres = "insert into unit_level (code, name, rank) values ($1, $2, $3)",
	.in = level_fields,
	.n_in = ARRAY_LEN(level_fields),
	.writes = true,
};
static const struct query no_such_table = {
	.name = "no_such_table",
	.sqlite = "select x from nowhere",
	.postgres = "select x from nowhere",
};

static int open_it(void **state)
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

static void one_row_or_not_found(void **state)
{
	struct test_db *t = *state;
	struct level row = { .rank = -1 };
	struct arena a;

	arena_init(&a, 10000);
	assert_ok(
	        db_one(t->db, &a, &level_by_code, &(struct level){ .code = "commune" }, &row));
	assert_string_equal(row.code, "commune");
	assert_true(row.rank > 0);
	row.rank = -1;
	assert_err(db_one(t->db, &a, &level_by_code, &(struct level){ .code = "none" }, &row),
	           ERR_NOT_FOUND);
	assert_int_equal(row.rank, -1);
	assert_err(db_one(t->db, &a, &no_such_table, NULL, &row), ERR_DB);
	assert_non_null(strstr(err_message(), "nowhere"));
	arena_release(&a);
}

static void one_query_can_be_open_twice(void **state)
{
	struct test_db *t = *state;
	int64_t n = test_db_int(t->db, "select count(*) from unit_level"), pairs = 0;
	struct level outer, inner;
	DB_ROWS rows;

	assert_ok(db_open_rows(&rows, t->db, &all_levels, NULL));
	while (db_next_row(&rows, &outer)) {
		DB_ROWS again;
		assert_ok(db_open_rows(&again, t->db, &all_levels, NULL));
		while (db_next_row(&again, &inner))
			pairs++;
		assert_ok(db_rows_status(&again));
	}
	assert_ok(db_rows_status(&rows));
	assert_int_equal(pairs, n * n);
	assert_false(db_next_row(&rows, &outer));
}

static void a_kept_row_outlives_its_cursor(void **state)
{
	struct test_db *t = *state;
	struct level row;
	struct arena a;

	arena_init(&a, 10000);
	{
		DB_ROWS rows;
		assert_ok(db_open_rows(&rows, t->db, &all_levels, NULL));
		assert_true(db_next_row(&rows, &row));
		assert_ok(db_keep_row(&a, &all_levels, &row));
	}
	test_db_exec(t->db, "update unit_level set name = 'zzzzzzzzzzzzzzzzzzz'");
	assert_string_equal(row.code, "ministry");
	assert_true(row.name[0] != 'z');
	arena_release(&a);
}

static void parameters_may_go_before_the_rows_come(void **state)
{
	struct test_db *t = *state;
	char *code = strdup("commune");
	struct level row;
	DB_ROWS rows;

	assert_ok(db_open_rows(&rows, t->db, &level_by_code, &(struct level){ .code = code }));
	free(code);
	assert_true(db_next_row(&rows, &row));
	assert_string_equal(row.code, "commune");
}

static void what_a_user_typed_stays_a_value(void **state)
{
	struct test_db *t = *state;
	const char *evil = "x'); drop table unit_level; --";

	assert_ok(db_run(t->db, &add_level, &(struct level){ evil, "", 77 }));
	int64_t changed = 0;
	assert_ok(db_changed_rows(&changed, t->db));
	assert_int_equal(changed, 1);
	assert_int_equal(test_db_int(t->db,
	                             "select length(code) from unit_level where rank = 77 "
	                             "and name = ''"),
	                 (int)strlen(evil));
}

static void errors_say_what_happened(void **state)
{
	struct test_db *t = *state;

	assert_err(db_run(t->db, &add_level, &(struct level){ "commune", "x", 78 }),
	           ERR_CONFLICT);
	assert_err(db_run(t->db, &add_level, &(struct level){ NULL, "x", 78 }), ERR_DB);
	assert_err(t->db->engine->exec(t->db,
	                               "insert into unit_parent values (1, 2, 3, 0, null, 0)"),
	           ERR_DB);
	assert_non_null(strcasestr(err_message(), "foreign key"));
}

static void what_is_not_committed_is_undone(void **state)
{
	struct test_db *t = *state;

	{
		DB_TX outer = { 0 };
		assert_ok(db_begin(&outer, t->db));
		assert_ok(db_run(t->db, &add_level, &(struct level){ "a", "a", 71 }));
		{
			DB_TX inner = { 0 };
			assert_ok(db_begin(&inner, t->db));
			assert_ok(db_run(t->db, &add_level, &(struct level){ "b", "b", 72 }));
		}
		{
			DB_TX inner = { 0 };
			assert_ok(db_begin(&inner, t->db));
			assert_ok(db_run(t->db, &add_level, &(struct level){ "c", "c", 73 }));
			assert_ok(db_commit(&inner));
		}
		assert_ok(db_commit(&outer));
	}
	assert_int_equal(test_db_int(t->db, "select sum(rank) from unit_level where rank > 70"),
	                 71 + 73);
}

static void nothing_runs_outside_a_transaction_that_broke(void **state)
{
	struct test_db *t = *state;
	DB_TX tx = { 0 };

	assert_ok(db_begin(&tx, t->db));
	test_db_exec(t->db, "rollback");
	assert_err(db_run(t->db, &add_level, &(struct level){ "a", "a", 71 }), ERR_DB);
	assert_err(db_commit(&tx), ERR_DB);
	assert_int_equal(t->db->depth, 0);
	assert_int_equal(test_db_int(t->db, "select count(*) from unit_level where rank = 71"),
	                 0);
}

static void a_snapshot_does_not_move(void **state)
{
	struct test_db *t = *state;
	struct db *reader DB_CLEANUP = NULL;
	DB_TX tx = { 0 };

	assert_ok(db_open(&reader, t->where, DB_READ));
	assert_ok(db_begin_read(&tx, reader));
	int64_t n = test_db_int(reader, "select count(*) from unit_level");
	assert_ok(db_run(t->db, &add_level, &(struct level){ "a", "a", 71 }));
	assert_int_equal(test_db_int(reader, "select count(*) from unit_level"), n);
	assert_ok(db_commit(&tx));
	assert_int_equal(test_db_int(reader, "select count(*) from unit_level"), n + 1);
}

static void the_cache_of_composed_statements_is_bounded(void **state)
{
	struct test_db *t = *state;
	char text[60];

	for (int i = 0; i < DB_MOST_COMPOSED * 2; i++) {
		snprintf(text, sizeof(text), "select %d", i);
		assert_int_equal(test_db_int(t->db, text), i);
		assert_int_equal(test_db_int(t->db, "select 'the one in use' = ''"), 0);
	}
	assert_true(t->db->n_composed <= DB_MOST_COMPOSED);
	assert_true(t->db->n_composed > DB_MOST_COMPOSED / 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_it, close_it)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_row_or_not_found),
		TEST(one_query_can_be_open_twice),
		TEST(a_kept_row_outlives_its_cursor),
		TEST(parameters_may_go_before_the_rows_come),
		TEST(what_a_user_typed_stays_a_value),
		TEST(errors_say_what_happened),
		TEST(what_is_not_committed_is_undone),
		TEST(nothing_runs_outside_a_transaction_that_broke),
		TEST(a_snapshot_does_not_move),
		TEST(the_cache_of_composed_statements_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
