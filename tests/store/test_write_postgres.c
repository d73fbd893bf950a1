/* Writes on a PostgreSQL server that run beside each other, get in each other's way, lose their
 * connection, and outlive the server. */
#include "lib/test_db.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "db/engine.h"
#include "db/write.h"
#include "lib/pg_cluster.h"
#include "lib/pg_proxy.h"

enum { WRITERS = 8, TRIES = 400, TRY_US = 10000 };

/* The shared cluster, and a way to it that can be cut. */
struct fixture {
	struct pg_cluster cluster;
	struct pg_proxy proxy;
	struct id_source ids;
	struct db *db;                  /* for looking */
	struct db_writer *writer, *far; /* straight, and through the proxy */
};

static const struct db_field number_in[] = { { "n", DB_INT, 0 } };
static const struct query add_number = {
	.name = "add_number",
	.postgres = "insert into number (n) values ($1)",
	.in = number_in,
	.n_in = 1,
	.writes = true,
};
static const struct query touch_number = {
	.name = "touch_number",
	.postgres = "update number set touched = touched + 1 where n = $1",
	.in = number_in,
	.n_in = 1,
	.writes = true,
};
static const struct query all_numbers = {
	.name = "all_numbers",
	.postgres = "select n from number order by n",
	.out = number_in,
	.n_out = 1,
};

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	const struct db_options options = { .writers = WRITERS, .lock_ms = 5000 };

	pg_cluster_start(&f->cluster);
	pg_proxy_start(&f->proxy, &f->cluster);
	assert_ok(db_open(&f->db, f->cluster.url, DB_WRITE));
	assert_ok(db_migrate(f->db));
	test_db_exec(f->db, "create table number (n bigint, touched bigint default 0)");
	assert_ok(db_writer_start_with(&f->writer, f->cluster.url, &options, CLOCK_SYSTEM,
	                               &f->ids));
	assert_ok(db_writer_start_with(&f->far, f->proxy.url, &options, CLOCK_SYSTEM, &f->ids));
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	db_writer_stop(f->far);
	db_writer_stop(f->writer);
	db_close(f->db);
	pg_proxy_stop(&f->proxy);
	pg_cluster_stop(&f->cluster);
	free(f);
	return 0;
}

static int empty(void **state)
{
	struct fixture *f = *state;

	test_db_exec(f->db, "truncate number; delete from request_result");
	return 0;
}

static struct change some_change(void)
{
	return (struct change){ .account_id = { 7 },
		                .at = INSTANT_NONE,
		                .origin = "test",
		                .action = "test.write" };
}

static int64_t count(const struct fixture *f, long n)
{
	char text[80];

	snprintf(text, sizeof(text), "select count(*) from number where n = %ld", n);
	return test_db_int(f->db, text);
}

/* ---- one beside the other ---- */

/* Writers meet here: each waits until `wanted` have come, or gives up. */
struct meeting {
	_Atomic int came;
	int wanted;
};

static bool meet(struct meeting *m)
{
	atomic_fetch_add(&m->came, 1);
	for (int i = 0; i < TRIES && atomic_load(&m->came) < m->wanted; i++)
		usleep(TRY_US);
	return atomic_load(&m->came) >= m->wanted;
}

struct task {
	struct fixture *f;
	struct meeting *meeting;
	const char *request_id;
	bool concurrent, met;
	int64_t first, second; /* rows to touch, 0: none */
	_Atomic int runs;
	enum err result;
	row_id result_id;
};

static enum err add_and_meet(struct db_write_context *w, void *arg)
{
	struct task *t = arg;

	t->runs++;
	w->n_noted++; /* as if the journal had it */
	TRY(db_run(w->db, &add_number, &t->first));
	t->met = meet(t->meeting);
	w->change->result = db_new_id(w);
	return ERR_OK;
}

/* Both come between the two rows, so that each holds what the other wants. */
static enum err touch_both(struct db_write_context *w, void *arg)
{
	struct task *t = arg;
	int64_t changed;

	t->runs++;
	w->n_noted++; /* as if the journal had it */
	TRY(db_run(w->db, &touch_number, &t->first));
	TRY(db_changed_rows(&changed, w->db)); /* it is done, not only sent */
	meet(t->meeting);
	return db_run(w->db, &touch_number, &t->second);
}

static void *run_adding(void *arg)
{
	struct task *t = arg;
	struct change c = some_change();

	c.concurrent = t->concurrent;
	c.request_id = t->request_id;
	t->result = db_write(t->f->writer, &c, add_and_meet, t);
	t->result_id = c.result;
	return NULL;
}

static void *run_touching(void *arg)
{
	struct task *t = arg;
	struct change c = some_change();

	c.concurrent = true;
	t->result = db_write(t->f->writer, &c, touch_both, t);
	return NULL;
}

static void run_two(struct task tasks[2], void *(*run)(void *))
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, run, &tasks[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

static void concurrent_writes_run_at_once(void **state)
{
	struct meeting m = { .wanted = 2 };
	struct task tasks[2] = {
		{ .f = *state, .meeting = &m, .concurrent = true, .first = 1 },
		{ .f = *state, .meeting = &m, .concurrent = true, .first = 2 },
	};

	run_two(tasks, run_adding);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(tasks[i].result, ERR_OK);
		assert_true(tasks[i].met);
	}
}

static void other_writes_are_alone(void **state)
{
	struct meeting m = { .wanted = 2 };
	struct task tasks[2] = {
		{ .f = *state, .meeting = &m, .concurrent = true, .first = 1 },
		{ .f = *state, .meeting = &m, .first = 2 },
	};

	run_two(tasks, run_adding);
	assert_int_equal(tasks[0].result, ERR_OK);
	assert_int_equal(tasks[1].result, ERR_OK);
	assert_false(tasks[0].met && tasks[1].met); /* the first of them waited in vain */
}

static void a_deadlock_is_run_again(void **state)
{
	struct fixture *f = *state;
	struct meeting m = { .wanted = 2 };
	struct task tasks[2] = {
		{ .f = f, .meeting = &m, .first = 1, .second = 2 },
		{ .f = f, .meeting = &m, .first = 2, .second = 1 },
	};

	test_db_exec(f->db, "insert into number values (1), (2)");
	run_two(tasks, run_touching);
	assert_int_equal(tasks[0].result, ERR_OK);
	assert_int_equal(tasks[1].result, ERR_OK);
	assert_true(tasks[0].runs + tasks[1].runs > 2);
	assert_int_equal(test_db_int(f->db, "select sum(touched) from number"), 4);
}

static void the_same_request_twice_at_once(void **state)
{
	struct fixture *f = *state;
	struct meeting m = { .wanted = 2 };
	struct task tasks[2] = {
		{ .f = f, .meeting = &m, .concurrent = true, .first = 5, .request_id = "r" },
		{ .f = f, .meeting = &m, .concurrent = true, .first = 5, .request_id = "r" },
	};

	run_two(tasks, run_adding);
	assert_int_equal(tasks[0].result, ERR_OK);
	assert_int_equal(tasks[1].result, ERR_OK);
	assert_int_equal(tasks[0].result_id.value, tasks[1].result_id.value);
	assert_int_equal(count(f, 5), 1);
}

static enum err conflict(struct db_write_context *w, void *arg)
{
	(void)w;
	++*(int *)arg;
	return err_set(ERR_CONFLICT, "somebody was first");
}

static enum err take_twice(struct db_write_context *w, void *arg)
{
	++*(int *)arg;
	return w->db->engine->exec(w->db, "insert into unit_level values ('x', 'x', 900), "
	                                  "('x', 'y', 901)");
}

static void a_conflict_is_said_and_not_tried_for_ever(void **state)
{
	struct fixture *f = *state;
	struct change c = some_change();
	int runs = 0;

	assert_err(db_write(f->writer, &c, conflict, &runs), ERR_CONFLICT);
	assert_int_equal(runs, 1);
	assert_err(db_write(f->writer, &c, take_twice, &runs), ERR_CONFLICT);
	assert_int_equal(runs, 3); /* a unique index may have met another write: once more */
}

/* ---- statements that are sent together ---- */

static const struct query add_level = {
	.name = "add_level",
	.postgres = "insert into unit_level values ('x', 'x', $1)",
	.in = number_in,
	.n_in = 1,
	.writes = true,
};

struct sending {
	int64_t n;
	bool wrong, reads;
	enum err read;
};

/* Many statements, the wrong one among the first. */
static enum err send_many(struct db_write_context *w, void *arg)
{
	struct sending *s = arg;
	struct db_rows rows;
	int64_t n, rank = 1; /* taken */

	w->n_noted++;
	if (s->wrong)
		TRY(db_run(w->db, &add_level, &rank));
	for (n = 0; n < s->n; n++)
		TRY(db_run(w->db, &add_number, &n));
	if (!s->reads)
		return ERR_OK;
	TRY(db_open_rows(&rows, w->db, &all_numbers, NULL));
	for (n = 0; db_next_row(&rows, &n);)
		;
	s->read = db_rows_status(&rows);
	db_rows_close(&rows);
	return s->read;
}

static enum err send(struct fixture *f, struct sending *s)
{
	struct change c = some_change();

	c.concurrent = true;
	return db_write(f->writer, &c, send_many, s);
}

static void many_statements_arrive_in_their_order(void **state)
{
	struct fixture *f = *state;
	struct sending s = { .n = 3 * DB_MOST_QUEUED + 5, .reads = true };

	assert_ok(send(f, &s));
	assert_int_equal(test_db_int(f->db, "select count(*) from number"), s.n);
	assert_int_equal(test_db_int(f->db, "select max(n) from number"), s.n - 1);
}

static void an_error_that_comes_late_undoes_the_write(void **state)
{
	struct fixture *f = *state;

	for (int64_t n = 0; n < 3 * DB_MOST_QUEUED; n += 31) {
		struct sending s = { .n = n, .wrong = true }, good = { .n = 1 };

		assert_err(send(f, &s), ERR_CONFLICT);
		assert_non_null(strstr(err_message(), "unit_level"));
		s.reads = true;
		assert_err(send(f, &s), ERR_CONFLICT);
		assert_int_equal(test_db_int(f->db, "select count(*) from number"), 0);
		assert_ok(send(f, &good));
		test_db_exec(f->db, "truncate number");
	}
}

/* ---- lost connections ---- */

struct number {
	int64_t n;
	int runs;
	bool dies;
};

static enum err add_one(struct db_write_context *w, void *arg)
{
	struct number *x = arg;

	w->n_noted++;
	TRY(db_run(w->db, &add_number, &x->n));
	if (++x->runs == 1 && x->dies)
		return w->db->engine->exec(w->db,
		                           "select pg_terminate_backend(pg_backend_pid())");
	return ERR_OK;
}

static void a_connection_lost_before_the_commit(void **state)
{
	struct fixture *f = *state;
	struct number x = { .n = 3, .dies = true };
	struct change c = some_change();

	assert_ok(db_write(f->writer, &c, add_one, &x));
	assert_int_equal(x.runs, 2);
	assert_int_equal(count(f, 3), 1);
}

static void cut_at_the_commit(struct fixture *f, enum pg_proxy_cut cut, const char *action,
                              int runs)
{
	struct number x = { .n = 100 };
	struct change c = some_change();

	test_db_exec(f->db, "truncate number");
	c.action = action;
	c.concurrent = true;
	atomic_store(&f->proxy.cut, cut);
	assert_ok(db_write(f->far, &c, add_one, &x));
	assert_int_equal(atomic_load(&f->proxy.cut), PG_PROXY_PASS);
	assert_int_equal(x.runs, runs);
	assert_int_equal(count(f, 100), 1);
}

static void a_commit_that_did_not_arrive_is_made_again(void **state)
{
	cut_at_the_commit(*state, PG_PROXY_CUT_BEFORE, "test.write", 2);
	cut_at_the_commit(*state, PG_PROXY_CUT_BEFORE, NULL, 2);
}

static void a_commit_whose_answer_was_lost_is_not_made_again(void **state)
{
	cut_at_the_commit(*state, PG_PROXY_CUT_AFTER, "test.write", 1);
	cut_at_the_commit(*state, PG_PROXY_CUT_AFTER, NULL, 1);
}

/* What a writer thread was told. */
struct stream {
	struct fixture *f;
	int64_t first;
	_Atomic int64_t n;
	_Atomic bool stopping;
	bool unsure[100000];
};

static void *write_numbers(void *arg)
{
	struct stream *s = arg;

	while (!atomic_load(&s->stopping)) {
		struct number x = { .n = s->first + s->n };
		struct change c = some_change();

		c.concurrent = true;
		enum err e = db_write(s->f->writer, &c, add_one, &x);
		s->unsure[s->n] = e != ERR_OK;
		s->n++;
	}
	return NULL;
}

static int64_t written(const struct stream *streams, int n)
{
	int64_t sum = 0;

	for (int i = 0; i < n; i++)
		sum += streams[i].n;
	return sum;
}

/* Waits until the writers have come on. */
static void wait_for_more(const struct stream *streams, int n)
{
	int64_t before = written(streams, n);

	for (int i = 0; i < 3000 && written(streams, n) < before + 50; i++)
		usleep(TRY_US);
	assert_true(written(streams, n) >= before + 50);
}

static void each_is_there_once(struct stream *s, const int64_t *stored, size_t n)
{
	int times[100000] = { 0 };

	for (size_t i = 0; i < n; i++)
		if (stored[i] >= s->first && stored[i] < s->first + s->n)
			times[stored[i] - s->first]++;
	for (int64_t i = 0; i < s->n; i++) {
		assert_true(times[i] <= 1);
		assert_true(s->unsure[i] || times[i] == 1);
	}
}

static size_t read_numbers(struct fixture *f, int64_t *out, size_t room)
{
	size_t n = 0;
	DB_ROWS rows = { 0 };
	DB_TX tx = { 0 };

	assert_ok(db_begin_read(&tx, f->db));
	assert_ok(db_open_rows(&rows, f->db, &all_numbers, NULL));
	db_rows_stream(&rows);
	while (n < room && db_next_row(&rows, &out[n]))
		n++;
	assert_ok(db_rows_status(&rows));
	return n;
}

static void acknowledged_writes_outlive_the_server(void **state)
{
	enum { STREAMS = 4, CRASHES = 3, ROOM = 400000 };
	struct fixture *f = *state;
	struct stream *streams = calloc(STREAMS, sizeof(*streams));
	int64_t *stored = calloc(ROOM, sizeof(*stored));
	pthread_t threads[STREAMS];

	for (int i = 0; i < STREAMS; i++) {
		streams[i].f = f;
		streams[i].first = (i + 1) * 1000000;
		assert_int_equal(pthread_create(&threads[i], NULL, write_numbers, &streams[i]),
		                 0);
	}
	for (int i = 0; i < CRASHES; i++) {
		wait_for_more(streams, STREAMS);
		pg_cluster_crash(&f->cluster);
		pg_cluster_run(&f->cluster);
	}
	wait_for_more(streams, STREAMS);
	for (int i = 0; i < STREAMS; i++)
		atomic_store(&streams[i].stopping, true);
	for (int i = 0; i < STREAMS; i++)
		pthread_join(threads[i], NULL);
	db_close(f->db);
	assert_ok(db_open(&f->db, f->cluster.url, DB_WRITE));
	size_t n = read_numbers(f, stored, ROOM);
	for (int i = 0; i < STREAMS; i++)
		each_is_there_once(&streams[i], stored, n);
	free(stored);
	free(streams);
}

#define TEST(name) cmocka_unit_test_setup(name, empty)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(concurrent_writes_run_at_once),
		TEST(other_writes_are_alone),
		TEST(a_deadlock_is_run_again),
		TEST(the_same_request_twice_at_once),
		TEST(a_conflict_is_said_and_not_tried_for_ever),
		TEST(many_statements_arrive_in_their_order),
		TEST(an_error_that_comes_late_undoes_the_write),
		TEST(a_connection_lost_before_the_commit),
		TEST(a_commit_that_did_not_arrive_is_made_again),
		TEST(a_commit_whose_answer_was_lost_is_not_made_again),
		TEST(acknowledged_writes_outlive_the_server),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
