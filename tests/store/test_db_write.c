#include "lib/test_db.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "db/engine.h"
#include "db/pool.h"
#include "db/write.h"

enum { MANY = 20, TRIES = 6000, TRY_US = 5000, WHOLE_BATCH_MS = 60000 };

static const struct query add_level = {
	.name = "add_level",
	.sqlite = "insert into unit_level (code, name, rank) values (?1, ?1, ?2)",
	.postgres = "insert into unit_level (code, name, rank) values ($1, $1, $2)",
	.in = (const struct db_field[]){ { "code", DB_TEXT, 0 }, { "rank", DB_INT, 8 } },
	.n_in = 2,
	.writes = true,
};
struct level {
	const char *code;
	int64_t rank;
};

struct fixture {
	struct test_db t;
	struct id_source ids;
	struct db_writer *writer;
	struct db_pool *pool;
};

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	test_db_open(&f->t);
	assert_ok(db_writer_start_with(&f->writer, f->t.where,
	                               &(struct db_options){ .batch_ms = WHOLE_BATCH_MS },
	                               CLOCK_SYSTEM, &f->ids));
	assert_ok(db_pool_open(&f->pool, f->t.where, 4));
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	db_pool_close(f->pool);
	db_writer_stop(f->writer);
	test_db_close(&f->t);
	free(f);
	return 0;
}

static struct change some_change(void)
{
	return (struct change){ .account_id = { 7 },
		                .at = INSTANT_NONE,
		                .origin = "test",
		                .action = "test.write" };
}

static int64_t count(struct fixture *f, const char *select)
{
	struct db *db;

	assert_ok(db_pool_lease(f->pool, &db));
	int64_t n = test_db_int(db, select);
	db_pool_return(f->pool, db);
	return n;
}

/* What the threads share: the write to make, and what each saw. */
struct task {
	struct fixture *f;
	int number;
	bool fails, defers;
	enum err result;
	int64_t committed_before; /* rows of others that were already committed */
	char message[80];
	_Atomic int runs;
};

static enum err write_level(struct db_write_context *w, void *arg)
{
	struct task *task = arg;
	char code[32];

	task->runs++;
	w->n_noted++;
	snprintf(code, sizeof(code), "level%d", task->number);
	TRY(db_run(w->db, &add_level, &(struct level){ code, 1000 + task->number }));
	task->committed_before = count(task->f, "select count(*) from unit_level");
	w->change->result = db_new_id(w);
	if (task->defers) {
		test_db_exec(w->db,
		             "pragma defer_foreign_keys = 1;"
		             "insert into unit_successor values (1, 2, 3, 'merge', 0, '', 0)");
	}
	return task->fails ? err_set(ERR_INPUT, "number %d is wrong", task->number) : ERR_OK;
}

/* Stays first in the batch until all others wait behind it. */
struct gate {
	struct fixture *f;
	_Atomic bool entered;
	enum err result;
};

static enum err hold_the_gate(struct db_write_context *w, void *arg)
{
	struct gate *gate = arg;
	size_t wanted = test_db_is_postgres() ? 0 : MANY;

	gate->entered = true;
	w->n_noted++;
	for (int i = 0; i < TRIES && db_writer_queued(gate->f->writer) < wanted; i++)
		usleep(TRY_US);
	assert_true(db_writer_queued(gate->f->writer) >= wanted);
	return ERR_OK;
}

static void *run_task(void *arg)
{
	struct task *task = arg;
	struct change c = some_change();

	task->result = db_write(task->f->writer, &c, write_level, task);
	snprintf(task->message, sizeof(task->message), "%s",
	         task->result == ERR_OK ? "" : err_message());
	return NULL;
}

static void *run_gate(void *arg)
{
	struct gate *gate = arg;
	struct change c = some_change();

	gate->result = db_write(gate->f->writer, &c, hold_the_gate, gate);
	return NULL;
}

/* All tasks wait behind one write, so they form one batch with it on SQLite.  Its result. */
static enum err run_together(struct fixture *f, struct task tasks[MANY])
{
	struct gate gate = { .f = f };
	pthread_t first, threads[MANY];

	assert_int_equal(pthread_create(&first, NULL, run_gate, &gate), 0);
	for (int i = 0; i < TRIES && !gate.entered; i++)
		usleep(TRY_US);
	for (int i = 0; i < MANY; i++) {
		tasks[i].f = f;
		tasks[i].number = i;
		assert_int_equal(pthread_create(&threads[i], NULL, run_task, &tasks[i]), 0);
	}
	for (int i = 0; i < MANY; i++)
		pthread_join(threads[i], NULL);
	pthread_join(first, NULL);
	return gate.result;
}

static void stores_the_change(void **state)
{
	struct fixture *f = *state;
	struct change c = some_change();
	struct task task = { .f = f };

	assert_ok(db_write(f->writer, &c, write_level, &task));
	assert_true(c.id.value > 0);
	assert_true(c.result.value > c.id.value);
	assert_false(instant_is_none(c.at));
	assert_int_equal(count(f, "select count(*) from change_log where account_id = 7 and "
	                          "origin = 'test' and action = 'test.write'"),
	                 1);
	assert_int_equal(count(f, "select id from change_log"), c.id.value);
	assert_int_equal(count(f, "select at from change_log"), c.at.us);
}

static enum err forget_to_note(struct db_write_context *w, void *arg)
{
	(void)arg;
	return db_run(w->db, &add_level, &(struct level){ "level1", 1001 });
}

static void a_write_must_say_what_it_did(void **state)
{
	struct fixture *f = *state;
	struct change c = some_change(), quiet = { .at = INSTANT_NONE };

	assert_err(db_write(f->writer, &c, forget_to_note, NULL), ERR_INTERNAL);
	assert_int_equal(count(f, "select count(*) from unit_level where code = 'level1'"), 0);
	assert_int_equal(count(f, "select count(*) from change_log"), 0);
	assert_ok(db_write(f->writer, &quiet, forget_to_note, NULL)); /* housekeeping */
}

static void an_error_undoes_everything_of_that_write(void **state)
{
	struct fixture *f = *state;
	struct change c = some_change();
	struct task task = { .f = f, .number = 3, .fails = true };

	c.request_id = "r1";
	assert_err(db_write(f->writer, &c, write_level, &task), ERR_INPUT);
	assert_string_equal(err_message(), "number 3 is wrong");
	assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"), 0);
	assert_int_equal(count(f, "select count(*) from change_log"), 0);
	assert_int_equal(count(f, "select count(*) from request_result"), 0);
}

static void many_writes_share_one_commit(void **state)
{
	struct fixture *f = *state;
	struct task tasks[MANY] = { 0 };

	assert_int_equal(run_together(f, tasks), ERR_OK);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(tasks[i].result, ERR_OK);
		assert_int_equal(tasks[i].committed_before, tasks[0].committed_before);
	}
	assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"), MANY);
	assert_int_equal(count(f, "select count(*) from change_log"), MANY + 1);
}

static void one_of_many_rolls_back_alone(void **state)
{
	struct fixture *f = *state;
	struct task tasks[MANY] = { [4] = { .fails = true }, [11] = { .fails = true } };

	assert_int_equal(run_together(f, tasks), ERR_OK);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(tasks[i].result, i == 4 || i == 11 ? ERR_INPUT : ERR_OK);
	assert_string_equal(tasks[4].message, "number 4 is wrong");
	assert_string_equal(tasks[11].message, "number 11 is wrong");
	assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"),
	                 MANY - 2);
	assert_int_equal(count(f, "select count(*) from unit_level where rank = 1004"), 0);
}

static void a_failed_commit_fails_the_whole_batch(void **state)
{
	struct fixture *f = *state;
	struct task tasks[MANY] = { [5] = { .defers = true }, [6] = { .fails = true } };

	assert_int_equal(run_together(f, tasks), ERR_DB);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(tasks[i].result, i == 6 ? ERR_INPUT : ERR_DB);
	assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"), 0);
	assert_int_equal(count(f, "select count(*) from change_log"), 0);
	struct task after = { .f = f, .number = 1 };
	run_task(&after);
	assert_int_equal(after.result, ERR_OK);
}

static enum err fill_the_disk(struct db_write_context *w, void *arg)
{
	static char text[1 << 20];

	(void)arg;
	w->n_noted++;
	memset(text, 'x', sizeof(text) - 1);
	test_db_exec(w->db, "pragma max_page_count = 1");
	return db_run(w->db, &add_level, &(struct level){ text, 999 });
}

static enum err empty_the_disk(struct db_write_context *w, void *arg)
{
	(void)arg;
	w->n_noted++;
	test_db_exec(w->db, "pragma max_page_count = 1000000");
	return ERR_OK;
}

static void a_full_disk_is_said_and_passes(void **state)
{
	struct fixture *f = *state;
	struct change c = some_change();
	struct task after = { .f = f, .number = 1 };

	assert_err(db_write(f->writer, &c, fill_the_disk, NULL), ERR_DISK_FULL);
	assert_int_equal(count(f, "select count(*) from change_log"), 0);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from pragma_integrity_check "
	                                      "where integrity_check = 'ok'"),
	                 1);
	c = some_change();
	enum err e = db_write(f->writer, &c, empty_the_disk, NULL);
	if (e == ERR_DISK_FULL) /* the change row itself found no room */
		e = db_write(f->writer, &c, empty_the_disk, NULL);
	assert_ok(e);
	run_task(&after);
	assert_int_equal(after.result, ERR_OK);
}

static struct url link_of(row_id id)
{
	return url_add_id(url_path("/things"), id);
}

static void a_repeated_request_is_answered_the_same(void **state)
{
	struct fixture *f = *state;
	struct task task = { .f = f };
	struct change once = some_change(), again, other;

	once.request_id = "request-1";
	once.link = link_of;
	again = other = once;
	other.account_id.value = 8;
	assert_ok(db_write(f->writer, &once, write_level, &task));
	assert_ok(db_write(f->writer, &again, write_level, &task));
	assert_int_equal(task.runs, 1);
	assert_int_equal(again.result.value, once.result.value);
	assert_err(db_write(f->writer, &other, write_level, &task), ERR_CONFLICT);
	assert_int_equal(task.runs, 1);
	assert_int_equal(count(f, "select count(*) from change_log"), 1);
	assert_int_equal(count(f, "select count(*) from request_result r "
	                          "join change_log c on c.request_id = r.request_id "
	                          "where r.link = '/things/' || cast(r.result_id as text)"),
	                 1);
}

static void a_repeat_in_the_same_batch_too(void **state)
{
	struct fixture *f = *state;
	struct db_writer *w;
	struct task task = { .f = f };
	struct change once = some_change(), again;
	DB_TX tx = { 0 };

	once.request_id = "request-2";
	again = once;
	assert_ok(db_writer_inline(&w, f->t.where, CLOCK_SYSTEM, &f->ids));
	assert_ok(db_begin(&tx, db_writer_db(w)));
	assert_ok(db_write(w, &once, write_level, &task));
	assert_ok(db_write(w, &again, write_level, &task));
	assert_ok(db_commit(&tx));
	db_writer_stop(w);
	assert_int_equal(task.runs, 1);
	assert_int_equal(again.result.value, once.result.value);
}

static void inline_writes_can_share_a_transaction(void **state)
{
	struct fixture *f = *state;
	struct db_writer *w;

	assert_ok(db_writer_inline(&w, f->t.where, CLOCK_SYSTEM, &f->ids));
	{
		DB_TX tx = { 0 };
		assert_ok(db_begin(&tx, db_writer_db(w)));
		for (int i = 0; i < MANY; i++) {
			struct task task = { .f = f, .number = i, .fails = i == 3 };
			struct change c = some_change();

			assert_err(db_write(w, &c, write_level, &task),
			           i == 3 ? ERR_INPUT : ERR_OK);
		}
		assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"),
		                 0);
		assert_ok(db_commit(&tx));
	}
	assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"),
	                 MANY - 1);
	struct task alone = { .f = f, .number = 50 };
	struct change c = some_change();
	assert_ok(db_write(w, &c, write_level, &alone));
	assert_int_equal(count(f, "select count(*) from unit_level where rank >= 1000"), MANY);
	db_writer_stop(w);
}

static enum err write_plainly(struct db_write_context *w, void *arg)
{
	(void)arg;
	w->n_noted++;
	TRY(db_run(w->db, &add_level, &(struct level){ "level1", 1001 }));
	w->change->result = db_new_id(w);
	return ERR_OK;
}

/* Whichever database call fails, nothing of the write stays and the next one works. */
static void any_call_may_fail(void **state)
{
	struct fixture *f = *state;
	enum err e = ERR_DB;
	struct db_writer *w;
	long n = 1;

	assert_ok(db_writer_inline(&w, f->t.where, CLOCK_SYSTEM, &f->ids));
	for (; e != ERR_OK && n < 100; n++) {
		struct change c = some_change();

		c.request_id = "request-3";
		db_fail_after(n);
		e = db_write(w, &c, write_plainly, NULL);
		db_fail_after(0);
		int64_t rows = count(f, "select count(*) from unit_level where rank = 1001");
		assert_int_equal(rows, e == ERR_OK ? 1 : 0);
		assert_int_equal(count(f, "select count(*) from change_log"), rows);
		assert_int_equal(count(f, "select count(*) from request_result"), rows);
	}
	assert_ok(e);
	assert_true(n > 8);
	db_writer_stop(w);
}

static void ids_go_on_when_the_clock_was_set_back(void **state)
{
	struct fixture *f = *state;
	struct clock early = { instant_local(date_make(2021, 1, 1), 0) };
	struct id_source ids = { 0 };
	struct db_writer *w;
	struct change late = some_change(), c = some_change();
	struct task task = { .f = f, .number = 1 }, next = { .f = f, .number = 2 };

	assert_ok(db_write(f->writer, &late, write_level, &task));
	assert_ok(db_writer_inline(&w, f->t.where, early, &ids));
	assert_ok(db_write(w, &c, write_level, &next));
	db_writer_stop(w);
	assert_true(c.id.value > late.id.value);
	assert_int_equal(c.at.us, early.fixed.us);
}

static void the_pool_lends_and_takes_back(void **state)
{
	struct fixture *f = *state;
	struct db *db[4], *again;

	for (int i = 0; i < 4; i++)
		assert_ok(db_pool_lease(f->pool, &db[i]));
	assert_ptr_not_equal(db[0], db[3]);
	assert_err(db[0]->engine->exec(db[0], "insert into unit_level values ('x', 'x', 99)"),
	           ERR_READ_ONLY);
	db_pool_return(f->pool, db[2]);
	assert_ok(db_pool_lease(f->pool, &again));
	assert_ptr_equal(again, db[2]);
	for (int i = 0; i < 4; i++)
		db_pool_return(f->pool, db[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(stores_the_change),
		TEST(a_write_must_say_what_it_did),
		TEST(an_error_undoes_everything_of_that_write),
		TEST(a_repeated_request_is_answered_the_same),
		TEST(one_of_many_rolls_back_alone),
		TEST(a_repeat_in_the_same_batch_too),
		TEST(inline_writes_can_share_a_transaction),
		TEST(any_call_may_fail),
		TEST(ids_go_on_when_the_clock_was_set_back),
		TEST(the_pool_lends_and_takes_back),
	};
	/* Its one writer commits together what waits; its disk is made small. */
	const struct CMUnitTest of_sqlite[] = {
		TEST(many_writes_share_one_commit),
		TEST(a_failed_commit_fails_the_whole_batch),
		TEST(a_full_disk_is_said_and_passes),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (!test_db_is_postgres())
		failed += cmocka_run_group_tests(of_sqlite, NULL, NULL);
	return failed;
}
