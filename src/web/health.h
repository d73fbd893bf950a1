/* health.h - whether this server can do its work, asked again and again by a thread of its own,
 * so that /readyz answers at once, also when a disk or a database does not.
 */
#ifndef WEB_HEALTH_H
#define WEB_HEALTH_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/str.h"
#include "db/write.h"

struct app;

/* What is looked at, in this order. */
enum health_part { HEALTH_DATABASE, HEALTH_SCHEMA, HEALTH_WRITER, HEALTH_DISK, HEALTH_PARTS };

struct health {
	struct app *app;
	pthread_t thread;
	pthread_mutex_t lock; /* of `stopping` */
	pthread_cond_t end;
	bool has_thread, stopping;
	struct db *db;               /* the thread's own; NULL: opened when it is needed */
	_Atomic bool leaving;        /* the server is told to stop */
	_Atomic int64_t asked_us;    /* since when `asking` is not answered; 0: not asking */
	_Atomic int asking;          /* enum health_part */
	_Atomic int64_t answered_us; /* when the last round ended; 0: never yet */
	_Atomic int64_t disk_free;   /* bytes; -1: not known */
	_Atomic int64_t sessions;    /* that have not ended */
	_Atomic int64_t unsealed;    /* changes that the journal has not sealed yet */
	_Atomic int results[HEALTH_PARTS]; /* enum err of the last answer */
};

void health_init(struct health *h, struct app *app);
ERR_RESULT health_start(struct health *h); /* the thread */
void health_stop(struct health *h);        /* also without a start */

/* One round, on the caller's thread: for tests, and before the first request. */
void health_ask(struct health *h);

/* From now on not ready: the server goes. */
void health_leave(struct health *h);

/* Ready, or writes to `why` a line in English for each reason. */
bool health_ready(struct health *h, struct str *why);

#endif
