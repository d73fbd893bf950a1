/* write.h - the one door through which everything is written.
 *
 * A write is a function that can be run again: it reads and writes through the connection it
 * is given, inside a savepoint, and keeps nothing on the side.  On SQLite one writer thread
 * runs the functions that wait, commits them together (one fsync for all of them) and only
 * then answers; an error rolls back that function alone.  The caller sleeps meanwhile.
 *
 * On PostgreSQL a write is a transaction of its own on the caller's thread, READ COMMITTED.
 * It runs alone, as if there were one writer, unless its change says `concurrent`.  It is run
 * again when another write was in the way or the connection was lost, and never when it may
 * have been committed already.
 */
#ifndef DB_WRITE_H
#define DB_WRITE_H

#include "base/change.h"
#include "base/clock.h"
#include "base/histogram.h"
#include "db/db.h"
#include "db/options.h"

struct db_write_context {
	struct db *db;
	struct change *change; /* set change->result to the row that was made */
	struct id_source *ids;
	struct arena *arena;             /* lives until the write is answered */
	struct counter_gather *counters; /* app/counter/counter_store.h; NULL: none gathered */
	int64_t n_noted; /* records noted in the journal (app/journal/journal_store.h) */
};
/* A fresh id for a new row. */
row_id db_new_id(struct db_write_context *w);

/* Until this write ends, other writes that lock the same key wait here: for a concurrent write
 * that looks for a row before it adds it.  Any other write is alone anyhow. */
ERR_RESULT db_write_lock(struct db_write_context *w, const char *key);

typedef enum err db_write_fn(struct db_write_context *w, void *arg);

/* Connection and thread of the writer; the database must be migrated. */
struct db_writer;
ERR_RESULT db_writer_start(struct db_writer **out, const char *where, struct clock clock,
                           struct id_source *ids);
ERR_RESULT db_writer_start_with(struct db_writer **out, const char *where,
                                const struct db_options *options, struct clock clock,
                                struct id_source *ids);
void db_writer_stop(struct db_writer *w); /* answers what is queued first */

/* A writer without a thread, for commands: db_write runs `fn` on the caller's thread, which
 * is the only one to use it.  Many writes in one transaction are much faster:
 *
 *	TRY(db_begin(&tx, db_writer_db(w)));
 *	for (...)
 *		TRY(db_write(w, &change, fn, arg));
 *	TRY(db_commit(&tx));
 */
ERR_RESULT db_writer_inline(struct db_writer **out, const char *where, struct clock clock,
                            struct id_source *ids);
struct db *db_writer_db(struct db_writer *w); /* only of an inline writer */
/* An inline writer fills a database that is new and that nobody else has open: fast, but a
 * crash of the machine may spoil it, and after an error it must be thrown away. */
ERR_RESULT db_writer_fill_new(struct db_writer *w);

/* Stores the change, runs `fn` and returns when it is committed (ERR_OK) or rolled back (its
 * error, with its message on this thread).  `change` gets its id and time.  When
 * change->request_id was answered before, `fn` is not run and change->result is that of the
 * first time (ERR_CONFLICT when it was another account's); the row of `request_result` is
 * written in the same savepoint.  ERR_BUSY when the queue stays full or
 * others stay in the way, ERR_DB_GONE when the server does not come back, ERR_DB_UNSURE when it
 * went away during the commit and nobody can say how that ended (the same request_id may be
 * sent again).  Never called from inside `fn`.
 * A change with an action that noted nothing in the journal is refused: ERR_INTERNAL.  A
 * change without an action is housekeeping (sessions used, failures counted): no row of
 * `change_log` is written for it. */
ERR_RESULT db_write(struct db_writer *w, struct change *change, db_write_fn *fn, void *arg);

/* What a writer has done since its start, for whoever watches it. */
struct db_writer_stats {
	_Atomic int64_t written, failed; /* write functions */
	struct histogram batch_sizes;    /* histogram_sizes: functions in one transaction */
	struct histogram commit_times;   /* histogram_times: of the commit alone */
};
const struct db_writer_stats *db_writer_stats(const struct db_writer *w);
size_t db_writer_queued(struct db_writer *w);

#endif
