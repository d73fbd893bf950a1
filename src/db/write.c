#include "db/write.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/str.h"
#include "db/engine.h"
#include "db/write.sql.h"

enum {
	MOST_QUEUED = 256,
	MOST_IN_BATCH = 128,
	WAIT_SECONDS = 10,
	ARENA_MAX = 256 << 20,
	MESSAGE_SIZE = 512
};
/* A batch is committed when it has lasted this long, so that nobody waits for the others. */
static const int64_t batch_us = 20000;

struct job {
	struct change *change;
	db_write_fn *fn;
	void *arg;
	enum err result;
	char message[MESSAGE_SIZE];
	bool answered;
	pthread_cond_t wake;
	struct job *next;
};

struct db_writer {
	struct db *db;
	struct clock clock;
	struct id_source *ids;
	struct arena arena;
	bool has_thread;
	pthread_t thread;
	/* The queue, guarded by `lock`. */
	pthread_mutex_t lock;
	pthread_cond_t work, room;
	struct job *first, *last;
	size_t n_queued;
	bool stopping;
	struct db_writer_stats stats;
};

row_id db_new_id(struct db_write_context *w)
{
	return row_id_next(w->ids, w->change->at);
}

/* ---- one write ---- */

/* *repeated: the request was answered before, and how. */
static enum err find_answer(bool *repeated, struct db *db, struct change *c)
{
	struct q_request_result_find_in in = { c->request_id };
	struct q_request_result_find_row row;

	*repeated = false;
	if (!c->request_id)
		return ERR_OK;
	enum err e = q_request_result_find_one(db, NULL, &in, &row);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	if (!row_eq(row.account_id, c->account_id))
		return err_set(ERR_CONFLICT, "the request was made by another account");
	c->result = row.result_id;
	*repeated = true;
	return ERR_OK;
}

static enum err store_change(struct db *db, const struct change *c)
{
	if (!c->action)
		return ERR_OK; /* housekeeping */
	TRY(q_change_await_seal_run(db, &(struct q_change_await_seal_in){ c->id }));
	return q_change_add_run(db, &(struct q_change_add_in){
	                                    .id = c->id,
	                                    .account_id = c->account_id,
	                                    .unit_id = c->unit_id,
	                                    .at = c->at,
	                                    .origin = c->origin ? c->origin : "",
	                                    .action = c->action,
	                                    .reason = c->reason,
	                                    .request_id = c->request_id,
	                            });
}

static enum err store_answer(struct db *db, const struct change *c)
{
	struct url link = { "" };

	if (!c->request_id)
		return ERR_OK;
	if (c->link)
		link = c->link(c->result);
	return q_request_result_add_run(db, &(struct q_request_result_add_in){
	                                            .request_id = c->request_id,
	                                            .account_id = c->account_id,
	                                            .result_id = c->result,
	                                            .link = link.text,
	                                            .at = c->at,
	                                    });
}

static enum err write_in_savepoint(struct db_writer *w, struct job *j)
{
	struct change *c = j->change;
	struct db_write_context context = { w->db, c, w->ids, &w->arena, 0 };
	bool repeated;
	DB_TX tx = { 0 };

	TRY(db_begin(&tx, w->db));
	TRY(find_answer(&repeated, w->db, c));
	if (repeated)
		return db_commit(&tx);
	if (instant_is_none(c->at) || c->at.us == 0)
		c->at = clock_now(&w->clock);
	c->id = row_id_next(w->ids, c->at);
	TRY(store_change(w->db, c));
	TRY(j->fn(&context, j->arg));
	TRY(store_answer(w->db, c));
	return db_commit(&tx);
}

static void set_result(struct job *j, enum err result, const char *message)
{
	j->result = result;
	snprintf(j->message, sizeof(j->message), "%s", message);
}

/* An error of the whole transaction: SQLite ends it by itself when the disk is full. */
static enum err run_job(struct db_writer *w, struct job *j)
{
	err_clear();
	enum err e = write_in_savepoint(w, j);

	set_result(j, e, e == ERR_OK ? "" : err_message());
	if (w->db->engine->in_transaction(w->db))
		return ERR_OK;
	return e != ERR_OK ? e : err_set(ERR_DB, "the transaction was lost");
}

/* ---- batches ---- */

static struct job *take_job(struct db_writer *w, bool wait)
{
	pthread_mutex_lock(&w->lock);
	while (wait && !w->first && !w->stopping)
		pthread_cond_wait(&w->work, &w->lock);
	struct job *j = w->first;
	if (j) {
		w->first = j->next;
		if (!w->first)
			w->last = NULL;
		w->n_queued--;
		j->next = NULL;
		pthread_cond_signal(&w->room);
	}
	pthread_mutex_unlock(&w->lock);
	return j;
}

static void answer_all(struct db_writer *w, struct job *batch)
{
	pthread_mutex_lock(&w->lock);
	while (batch) {
		struct job *next = batch->next; /* the job is gone once its owner wakes */

		batch->answered = true;
		pthread_cond_signal(&batch->wake);
		batch = next;
	}
	pthread_mutex_unlock(&w->lock);
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum err commit(struct db_writer *w, struct db_tx *tx)
{
	int64_t start = now_us();
	enum err e = db_commit(tx);

	histogram_add(&w->stats.commit_times, &histogram_times, now_us() - start);
	return e;
}

/* Runs `j` and what waits behind it in one transaction, as `*batch`. */
static enum err run_batch(struct db_writer *w, struct job *j, struct job **batch)
{
	int64_t until = now_us() + batch_us;
	struct job *last = j;
	DB_TX tx = { 0 };

	*batch = j;
	TRY(db_begin(&tx, w->db));
	for (int n = 1;; n++) {
		TRY(run_job(w, last));
		if (n == MOST_IN_BATCH || now_us() > until)
			break;
		struct job *next = take_job(w, false);
		if (!next)
			break;
		last->next = next;
		last = next;
	}
	return commit(w, &tx);
}

static void count_batch(struct db_writer *w, const struct job *batch)
{
	int64_t n = 0;

	for (; batch; batch = batch->next, n++)
		if (batch->result == ERR_OK)
			atomic_fetch_add_explicit(&w->stats.written, 1, memory_order_relaxed);
		else
			atomic_fetch_add_explicit(&w->stats.failed, 1, memory_order_relaxed);
	histogram_add(&w->stats.batch_sizes, &histogram_sizes, n);
}

static void write_batch(struct db_writer *w, struct job *j)
{
	struct job *batch;
	enum err e = run_batch(w, j, &batch);

	for (j = batch; e != ERR_OK && j; j = j->next)
		if (j->result == ERR_OK)
			set_result(j, e, err_message());
	count_batch(w, batch);
	answer_all(w, batch);
	arena_reset(&w->arena);
}

static void *writer_thread(void *arg)
{
	struct db_writer *w = arg;

	for (struct job *j = take_job(w, true); j; j = take_job(w, true))
		write_batch(w, j);
	return NULL;
}

/* ---- the caller's side ---- */

/* Waits for room; the lock is held. */
static enum err wait_for_room(struct db_writer *w)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_SECONDS;
	while (w->n_queued >= MOST_QUEUED)
		if (pthread_cond_timedwait(&w->room, &w->lock, &until))
			return err_set(ERR_BUSY, "%d writes are waiting", MOST_QUEUED);
	return w->stopping ? err_set(ERR_BUSY, "the program is stopping") : ERR_OK;
}

static enum err wait_for_answer(struct db_writer *w, struct job *j)
{
	pthread_mutex_lock(&w->lock);
	enum err e = wait_for_room(w);
	if (e == ERR_OK) {
		if (w->last)
			w->last->next = j;
		else
			w->first = j;
		w->last = j;
		w->n_queued++;
		pthread_cond_signal(&w->work);
		while (!j->answered)
			pthread_cond_wait(&j->wake, &w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return e;
}

/* On the caller's thread: inside its transaction, or in one of its own. */
static enum err write_inline(struct db_writer *w, struct job *j)
{
	struct job *batch;

	if (w->db->depth > 0) {
		TRY(run_job(w, j));
		arena_reset(&w->arena);
		return ERR_OK;
	}
	TRY(run_batch(w, j, &batch));
	arena_reset(&w->arena);
	return ERR_OK;
}

enum err db_write(struct db_writer *w, struct change *change, db_write_fn *fn, void *arg)
{
	struct job j = { .change = change, .fn = fn, .arg = arg, .result = ERR_INTERNAL };

	if (!w->has_thread) {
		TRY(write_inline(w, &j));
	} else {
		assert(!pthread_equal(pthread_self(), w->thread));
		pthread_cond_init(&j.wake, NULL);
		enum err e = wait_for_answer(w, &j);
		pthread_cond_destroy(&j.wake);
		TRY(e);
	}
	return j.result == ERR_OK ? ERR_OK : err_set(j.result, "%s", j.message);
}

/* ---- start and stop ---- */

/* Ids go on from the newest stored one, also when the clock was set back since. */
static enum err continue_ids(struct db_writer *w)
{
	enum { ID_TIME_SHIFT = 22, PACKED_TIME_SHIFT = 10 };
	struct q_change_last_row row;

	TRY(q_change_last_one(w->db, NULL, &row));
	int64_t last = ((row.id.value >> ID_TIME_SHIFT) + 1) << PACKED_TIME_SHIFT;
	if (!row_is_none(row.id) && atomic_load(&w->ids->last) < last)
		atomic_store(&w->ids->last, last);
	return ERR_OK;
}

enum err db_writer_inline(struct db_writer **out, const char *where, struct clock clock,
                          struct id_source *ids)
{
	struct db_writer *w = calloc(1, sizeof(*w));

	if (!w)
		return err_set(ERR_NO_MEMORY, "no memory for a writer");
	w->clock = clock;
	w->ids = ids;
	arena_init(&w->arena, ARENA_MAX);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	pthread_cond_init(&w->room, NULL);
	enum err e = db_open(&w->db, where, DB_WRITE);
	if (e == ERR_OK)
		e = continue_ids(w);
	if (e != ERR_OK) {
		db_writer_stop(w);
		return e;
	}
	*out = w;
	return ERR_OK;
}

enum err db_writer_start(struct db_writer **out, const char *where, struct clock clock,
                         struct id_source *ids)
{
	struct db_writer *w;

	TRY(db_writer_inline(&w, where, clock, ids));
	w->has_thread = true;
	if (pthread_create(&w->thread, NULL, writer_thread, w)) {
		w->has_thread = false;
		db_writer_stop(w);
		return err_set(ERR_NO_MEMORY, "no thread for the writer");
	}
	*out = w;
	return ERR_OK;
}

const struct db_writer_stats *db_writer_stats(const struct db_writer *w)
{
	return &w->stats;
}

size_t db_writer_queued(struct db_writer *w)
{
	pthread_mutex_lock(&w->lock);
	size_t n = w->n_queued;
	pthread_mutex_unlock(&w->lock);
	return n;
}

struct db *db_writer_db(struct db_writer *w)
{
	assert(!w->has_thread);
	return w->db;
}

enum err db_writer_fill_new(struct db_writer *w)
{
	return w->db->engine->fill_new(w->db);
}

void db_writer_stop(struct db_writer *w)
{
	if (w->has_thread) {
		pthread_mutex_lock(&w->lock);
		w->stopping = true;
		pthread_cond_broadcast(&w->work);
		pthread_mutex_unlock(&w->lock);
		pthread_join(w->thread, NULL);
	}
	if (w->db)
		db_close(w->db);
	arena_release(&w->arena);
	pthread_cond_destroy(&w->room);
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
