/* Connections to a PostgreSQL server: pools, limits, streams of rows, transactions that failed.
 */
#include "lib/test_db.h"

#include <pthread.h>

#include "base/row_id.h"
#include "db/engine.h"
#include "db/pool.h"
#include "lib/pg_cluster.h"

enum { THREADS = 8, IDS = 400 };

struct fixture {
	struct pg_cluster cluster;
	struct db *db;
};

static const struct db_field number_in[] = { { "n", DB_INT, 0 } };
static const struct query all_numbers = {
	.name = "all_numbers",
	.postgres = "select n from number order by n",
	.out = number_in,
	.n_out = 1,
};

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	pg_cluster_start(&f->cluster);
	assert_ok(db_open(&f->db, f->cluster.url, DB_WRITE));
	assert_ok(db_migrate(f->db));
	test_db_exec(f->db, "create table number (n bigint)");
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	pg_cluster_stop(&f->cluster);
	free(f);
	return 0;
}

static void a_pool_replaces_what_broke(void **state)
{
	struct fixture *f = *state;
	struct db_pool *pool;
	struct db *db;

	assert_ok(db_pool_open(&pool, f->cluster.url, 2));
	assert_ok(db_pool_lease(pool, &db));
	assert_int_equal(test_db_int(db, "select count(*) from unit_level where code = '-'"),
	                 0);
	db_pool_return(pool, db);
	pg_cluster_crash(&f->cluster);
	assert_err(db_pool_lease(pool, &db), ERR_DB_GONE);
	pg_cluster_run(&f->cluster);
	assert_ok(db_pool_lease(pool, &db));
	assert_int_equal(test_db_int(db, "select count(*) from unit_level where code = '-'"),
	                 0);
	assert_err(db->engine->exec(db, "insert into number values (9)"), ERR_READ_ONLY);
	db_pool_return(pool, db);
	db_pool_close(pool);
	db_close(f->db);
	assert_ok(db_open(&f->db, f->cluster.url, DB_WRITE));
}

static void what_takes_too_long_is_stopped(void **state)
{
	struct fixture *f = *state;
	struct db *db, *other;
	const struct db_options limits = { .statement_ms = 1000, .lock_ms = 50 };
	DB_TX alone = { 0 }, waiting = { 0 };

	assert_ok(db_open_with(&db, f->cluster.url, DB_WRITE, &limits));
	assert_err(db->engine->exec(db, "select pg_sleep(30)"), ERR_BUSY);
	assert_ok(db_open_with(&other, f->cluster.url, DB_WRITE,
	                       &(struct db_options){ .unprepared = true, .lock_ms = 50 }));
	assert_ok(db_begin(&alone, f->db));
	assert_err(db_begin(&waiting, db), ERR_BUSY);
	assert_err(db_begin(&waiting, other), ERR_BUSY);
	db_rollback(&alone);
	assert_ok(db_begin(&waiting, other));
	db_rollback(&waiting);
	db_close(other);
	db_close(db);
}

static void a_stream_reads_many_rows_in_pieces(void **state)
{
	struct fixture *f = *state;
	int64_t n = 0, i = 0;
	DB_ROWS rows = { 0 };
	DB_TX tx = { 0 };

	test_db_exec(f->db, "insert into number select generate_series(1, 3500)");
	assert_ok(db_begin_read(&tx, f->db));
	assert_ok(db_open_rows(&rows, f->db, &all_numbers, NULL));
	db_rows_stream(&rows);
	while (db_next_row(&rows, &n)) {
		assert_int_equal(n, ++i);
		if (n % 1000 == 1)
			assert_int_equal(test_db_int(f->db, "select count(*) from number"),
			                 3500);
	}
	assert_ok(db_rows_status(&rows));
	assert_int_equal(i, 3500);
}

/* A commit after an error that somebody overlooked must not look like one. */
static void a_failed_transaction_cannot_be_committed(void **state)
{
	struct fixture *f = *state;
	DB_TX tx = { 0 };

	assert_ok(db_begin(&tx, f->db));
	test_db_exec(f->db, "insert into number values (8000)");
	assert_err(f->db->engine->exec(f->db, "select 1 / 0"), ERR_DB);
	assert_err(db_commit(&tx), ERR_DB);
	assert_int_equal(test_db_int(f->db, "select count(*) from number where n = 8000"), 0);
}

static void *take_ids(void *arg)
{
	struct id_source *ids = arg;
	row_id *taken = calloc(IDS, sizeof(*taken));

	for (int i = 0; i < IDS; i++)
		taken[i] = row_id_next(ids, (instant_t){ 0 });
	return taken;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = ((const row_id *)a)->value, y = ((const row_id *)b)->value;

	return x < y ? -1 : x > y;
}

static void ids_of_many_threads_differ(void **state)
{
	struct id_source ids = { .installation = 5 };
	row_id all[THREADS * IDS];
	pthread_t threads[THREADS];
	void *taken;

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, take_ids, &ids), 0);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &taken);
		memcpy(&all[i * IDS], taken, IDS * sizeof(row_id));
		free(taken);
	}
	qsort(all, ARRAY_LEN(all), sizeof(*all), by_value);
	for (size_t i = 1; i < ARRAY_LEN(all); i++)
		assert_true(all[i - 1].value < all[i].value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pool_replaces_what_broke),
		cmocka_unit_test(what_takes_too_long_is_stopped),
		cmocka_unit_test(a_stream_reads_many_rows_in_pieces),
		cmocka_unit_test(a_failed_transaction_cannot_be_committed),
		cmocka_unit_test(ids_of_many_threads_differ),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
