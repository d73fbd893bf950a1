/* touched.h - sessions used lately, gathered in memory so that reading a page never waits for
 * a write.  The server writes them down every few seconds. */
#ifndef WEB_TOUCHED_H
#define WEB_TOUCHED_H

#include <pthread.h>
#include <stddef.h>

#include "base/row_id.h"

enum { TOUCHED_MOST = 1024 };
struct touched {
	pthread_mutex_t lock;
	row_id sessions[TOUCHED_MOST];
	size_t n;
};

void touched_init(struct touched *t);
void touched_release(struct touched *t);
/* A full list forgets it: the session's next request says it again. */
void touched_add(struct touched *t, row_id session);
/* Moves all of them to `out`. */
size_t touched_take(struct touched *t, row_id out[TOUCHED_MOST]);

#endif
