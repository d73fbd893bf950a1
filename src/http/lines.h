/* lines.h - the connections that are open, and until when each may go on as it does.
 *
 * libmicrohttpd only ends a connection on which nothing moves.  A client that sends a byte now
 * and then, or takes its answer a byte at a time, would keep its place for ever.  So each step
 * of a connection has a deadline, and one thread cuts the connections that missed theirs.
 */
#ifndef HTTP_LINES_H
#define HTTP_LINES_H

#include <pthread.h>
#include <stdbool.h>

#include "http/address.h"

enum line_step {
	LINE_IDLE,   /* before a request's first line is whole */
	LINE_HEAD,   /* its headers */
	LINE_BODY,   /* its form */
	LINE_WORK,   /* we work: no deadline */
	LINE_ANSWER, /* the client takes the answer */
	LINE_STEPS
};

struct line {
	struct line *next, *previous;
	int fd;
	char client[ADDRESS_TEXT]; /* "": not counted */
	_Atomic int step;
	_Atomic int64_t until_ms; /* of the monotonic clock */
};

struct lines {
	pthread_mutex_t lock; /* of the list and `stopping` */
	pthread_cond_t end;
	pthread_t thread;
	bool has_thread, stopping;
	struct line *first;
	size_t n;
	_Atomic int64_t cut[LINE_STEPS]; /* connections that missed a deadline */
	_Atomic int64_t refused;         /* beyond what one client may have */
};

ERR_RESULT lines_start(struct lines *l);
void lines_stop(struct lines *l); /* none is open any more */

/* Whether `client` has fewer than `most` connections; counts a refusal. */
bool lines_may_open(struct lines *l, const char *client, size_t most);
/* A new connection, which has `ms` for its first step; NULL: no memory. */
struct line *line_open(struct lines *l, int fd, const char *client, int64_t ms);
void line_close(struct lines *l, struct line *line); /* `fd` is still open */
/* The next step has `ms` from now; LINE_WORK has no end.  NULL is let pass. */
void line_step(struct line *line, enum line_step step, int64_t ms);

size_t lines_open(struct lines *l);

#endif
