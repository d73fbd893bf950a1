/* write.c - the writer: its start and stop, the queue before the one thread of SQLite. */
#include "db/write.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/str.h"
#include "db/write.sql.h"
#include "db/writer.h"

enum {
	MOST_QUEUED = 256,
	MOST_IN_BATCH = 128,
	WAIT_SECONDS = 10,
	FEW_WRITERS = 4,
	BATCH_MS = 20
};

/* ---- one write ---- */

static enum err write_in_savepoint(struct db_writer *w, struct job *j)
{
	DB_TX tx = { 0 };

	TRY(db_begin(&tx, w->db));
	TRY(write_body(w, w->db, &w->arena, j));
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

/* Runs `j` and what waits behind it in one transaction, as `*batch`. */
static enum err run_batch(struct db_writer *w, struct job *j, struct job **batch)
{
	int64_t until = write_now_us() + w->batch_us;
	struct job *last = j;
	DB_TX tx = { 0 };

	*batch = j;
	TRY(db_begin(&tx, w->db));
	for (int n = 1;; n++) {
		TRY(run_job(w, last));
		if (n == MOST_IN_BATCH || write_now_us() > until)
			break;
		struct job *next = take_job(w, false);
		if (!next)
			break;
		last->next = next;
		last = next;
	}
	return write_commit(w, &tx);
}

static void count_batch(struct db_writer *w, const struct job *batch)
{
	int64_t n = 0;

	for (; batch; batch = batch->next, n++)
		write_count(w, batch->result);
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
	/* Its result stands once the batch is committed; until then the batch may fail it. */
	struct job j = { .change = change, .fn = fn, .arg = arg, .result = ERR_OK };

	if (w->pool)
		return write_own(w, &j);
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
	int64_t given = atomic_load(&w->ids->last);
	int64_t last = ((row.id.value >> ID_TIME_SHIFT) + 1) << PACKED_TIME_SHIFT;
	while (!row_is_none(row.id) && given < last &&
	       !atomic_compare_exchange_weak(&w->ids->last, &given, last))
		;
	return ERR_OK;
}

static enum err open_writer(struct db_writer **out, const char *where,
                            const struct db_options *options, struct clock clock,
                            struct id_source *ids)
{
	struct db_writer *w = calloc(1, sizeof(*w));

	if (!w)
		return err_set(ERR_NO_MEMORY, "no memory for a writer");
	w->clock = clock;
	w->ids = ids;
	w->batch_us = (options->batch_ms ? options->batch_ms : BATCH_MS) * INT64_C(1000);
	arena_init(&w->arena, WRITER_ARENA_MAX);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	pthread_cond_init(&w->room, NULL);
	enum err e = db_open_with(&w->db, where, DB_WRITE, options);
	if (e == ERR_OK)
		e = continue_ids(w);
	if (e != ERR_OK) {
		db_writer_stop(w);
		return e;
	}
	*out = w;
	return ERR_OK;
}

enum err db_writer_inline(struct db_writer **out, const char *where, struct clock clock,
                          struct id_source *ids)
{
	return open_writer(out, where, &(struct db_options){ 0 }, clock, ids);
}

enum err db_writer_start(struct db_writer **out, const char *where, struct clock clock,
                         struct id_source *ids)
{
	return db_writer_start_with(out, where, &(struct db_options){ 0 }, clock, ids);
}

/* The connection was only opened to look at the database. */
static enum err start_pool(struct db_writer *w, const char *where,
                           const struct db_options *options)
{
	int most = options->writers ? options->writers : FEW_WRITERS;

	db_close(w->db);
	w->db = NULL;
	return db_pool_open_with(&w->pool, where, DB_WRITE, options, (size_t)most);
}

static enum err start_thread(struct db_writer *w)
{
	w->has_thread = true;
	if (!pthread_create(&w->thread, NULL, writer_thread, w))
		return ERR_OK;
	w->has_thread = false;
	return err_set(ERR_NO_MEMORY, "no thread for the writer");
}

enum err db_writer_start_with(struct db_writer **out, const char *where,
                              const struct db_options *options, struct clock clock,
                              struct id_source *ids)
{
	struct db_writer *w;

	TRY(open_writer(&w, where, options, clock, ids));
	enum err e =
	        w->db->engine->own_writers ? start_pool(w, where, options) : start_thread(w);
	if (e != ERR_OK) {
		db_writer_stop(w);
		return e;
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
	assert(!w->has_thread && w->db);
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
	if (w->pool)
		db_pool_close(w->pool);
	if (w->db)
		db_close(w->db);
	arena_release(&w->arena);
	pthread_cond_destroy(&w->room);
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
