/* write_own.c - a write in a transaction of its own, on the caller's thread (PostgreSQL).
 *
 * What was in the way is tried again for as long as a user waits.  A connection that is lost
 * before the commit was sent has written nothing.  One that is lost during the commit leaves
 * the question open, and nothing is run again before it is answered: the transaction has to be
 * over, and then the row of the change is there or not.  Housekeeping leaves no such row; the
 * server remembers the end of its transaction. */
#include <stdio.h>
#include <time.h>

#include "base/str.h"
#include "db/write.sql.h"
#include "db/writer.h"

enum { MOST_TRIES = 12, FIRST_PAUSE_US = 2000, LONGEST_PAUSE_US = 500000, LOOK_US = 50000 };
/* How long a write is tried, and how long one waits for the end of a transaction. */
static const int64_t patience_us = 10000000, unsure_us = 30000000;

enum after { AFTER_DONE, AFTER_AGAIN, AFTER_UNSURE };

static void pause_us(int64_t us)
{
	const struct timespec t = { us / 1000000, (long)(us % 1000000 * 1000) };

	nanosleep(&t, NULL);
}

/* Twice as long each time, and never the same for two that were in each other's way. */
static void pause_before_try(int n)
{
	int64_t us = FIRST_PAUSE_US;

	for (; n > 1 && us < LONGEST_PAUSE_US; n--)
		us *= 2;
	us = us < LONGEST_PAUSE_US ? us : LONGEST_PAUSE_US;
	pause_us(us / 2 + write_now_us() % us);
}

static enum err write_once(struct db_writer *w, struct db *db, struct job *j, bool *committing)
{
	enum err e;
	struct arena a;
	DB_TX tx = { 0 };

	TRY(db_begin_as(&tx, db, j->change->concurrent ? DB_BEGIN_CONCURRENT : DB_BEGIN_ALONE));
	arena_init(&a, WRITER_ARENA_MAX);
	e = write_body(w, db, &a, j);
	arena_release(&a);
	TRY(e);
	*committing = true;
	return write_commit(w, &tx);
}

/* ---- was it committed? ---- */

static enum err change_is_there(bool *out, struct db *db, row_id id)
{
	struct q_change_find_row row;
	enum err e = q_change_find_one(db, NULL, &(struct q_change_find_in){ id }, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = e == ERR_OK;
	return ERR_OK;
}

/* *over: the transaction `mark` has ended, and *written says how. */
static enum err look(bool *over, bool *written, struct db *db, const struct change *c,
                     const char *mark)
{
	struct q_change_mark_status_in in = { mark };
	struct q_change_mark_status_row row;
	bool committed = false;
	enum err e = q_change_mark_status_one(db, NULL, &in, &row);

	/* A server that took over may not know the number yet: it has not seen the transaction.
	 */
	if (e != ERR_OK && db->failure == DB_FAILURE_LOST)
		return e;
	*over = e != ERR_OK || row.status != 1;
	committed = e == ERR_OK && row.status == 2;
	if (*over && c->action)
		TRY(change_is_there(&committed, db, c->id));
	*written = committed;
	return ERR_OK;
}

/* ERR_DB_UNSURE when nobody can say. */
static enum err find_outcome(bool *written, struct db_writer *w, const struct change *c,
                             const char *mark)
{
	int64_t until = write_now_us() + unsure_us;
	bool over = false;

	while (!over && write_now_us() < until) {
		struct db *db;
		enum err e = db_pool_lease(w->pool, &db);

		if (e == ERR_OK) {
			e = look(&over, written, db, c, mark);
			db_pool_return(w->pool, db);
		}
		if (e != ERR_OK && e != ERR_DB_GONE && e != ERR_BUSY)
			break;
		if (!over)
			pause_us(LOOK_US);
	}
	return over ? ERR_OK
	            : err_set(ERR_DB_UNSURE, "the connection was lost during the commit");
}

/* ---- trying ---- */

/* Takes over `db`.  *after says what is to be done about the error that comes back. */
static enum err try_with(struct db *db, struct db_writer *w, struct job *j, enum after *after)
{
	char mark[sizeof(db->mark)], message[WRITER_MESSAGE];
	bool committing = false, written = false;
	enum err e = write_once(w, db, j, &committing);
	enum db_failure failure = e == ERR_OK ? DB_FAILURE_FINAL : db->failure;

	snprintf(mark, sizeof(mark), "%s", db->mark);
	snprintf(message, sizeof(message), "%s", e == ERR_OK ? "" : err_message());
	db_pool_return(w->pool, db);
	*after = failure == DB_FAILURE_FINAL ? AFTER_DONE : AFTER_AGAIN;
	if (failure != DB_FAILURE_LOST || !committing)
		return e == ERR_OK ? ERR_OK : err_set(e, "%s", message);
	*after = AFTER_UNSURE;
	TRY(find_outcome(&written, w, j->change, mark));
	*after = written ? AFTER_DONE : AFTER_AGAIN;
	return written ? ERR_OK : err_set(e, "%s", message);
}

static enum err try_once(struct db_writer *w, struct job *j, enum after *after)
{
	struct db *db;
	enum err e = db_pool_lease(w->pool, &db);

	if (e == ERR_OK)
		return try_with(db, w, j, after);
	*after = e == ERR_DB_GONE ? AFTER_AGAIN : AFTER_DONE;
	return e;
}

enum err write_own(struct db_writer *w, struct job *j)
{
	int64_t until = write_now_us() + patience_us;
	enum after after = AFTER_AGAIN;
	enum err e = ERR_INTERNAL;
	int conflicts = 0;

	for (int n = 1; after == AFTER_AGAIN; n++) {
		e = try_once(w, j, &after);
		/* What is taken twice is taken. */
		if (e == ERR_OK || (e == ERR_CONFLICT && ++conflicts == 2))
			break;
		if (after != AFTER_AGAIN || write_now_us() > until ||
		    (n >= MOST_TRIES && e != ERR_DB_GONE))
			break;
		pause_before_try(n);
	}
	write_count(w, e);
	histogram_add(&w->stats.batch_sizes, &histogram_sizes, 1);
	return e;
}
