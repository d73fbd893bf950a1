/* writer.h - what the parts of the writer share: write.c queues writes for the one thread of
 * SQLite, write_own.c runs them in the caller's own transaction, write_body.c is what every
 * write does.  Only src/db/write*.c includes this. */
#ifndef DB_WRITER_H
#define DB_WRITER_H

#include <pthread.h>

#include "db/engine.h"
#include "db/pool.h"
#include "db/write.h"

enum { WRITER_ARENA_MAX = 256 << 20, WRITER_MESSAGE = 512 };

struct job {
	struct change *change;
	db_write_fn *fn;
	void *arg;
	enum err result;
	char message[WRITER_MESSAGE];
	bool answered;
	pthread_cond_t wake;
	struct job *next;
};

struct db_writer {
	struct db *db;        /* of the thread, or of an inline writer */
	struct db_pool *pool; /* writes run in transactions of their own */
	struct clock clock;
	struct id_source *ids;
	struct arena arena;
	/* A batch is committed when it has lasted this long, so that nobody waits for others.
	 */
	int64_t batch_us;
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

/* Inside a transaction: the change, the function, the answer to a repeated request. */
ERR_RESULT write_body(struct db_writer *w, struct db *db, struct arena *a, struct job *j);
/* The commit, with its time in the stats. */
ERR_RESULT write_commit(struct db_writer *w, struct db_tx *tx);
/* In a transaction of its own, again when another write or a lost connection was in the way. */
ERR_RESULT write_own(struct db_writer *w, struct job *j);

void write_count(struct db_writer *w, enum err result);
int64_t write_now_us(void); /* a clock that only goes forward */

#endif
