/* officers.h - officers at their desks: each logged in at a unit of its own, sending real forms
 * over HTTP one after another, and remembering what the server has answered.  A form without an
 * answer, or refused as 503, is sent again as it was, which is what the program asks people to
 * do.
 */
#ifndef TESTS_OFFICERS_H
#define TESTS_OFFICERS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "lib/http_client.h"

enum { OFFICERS_MOST = 16, OFFICER_FORM = 4096 };

struct officers;

/* One acknowledged form. */
struct officer_done {
	int64_t dossier;
	bool finished; /* an action on it; otherwise its intake */
};

struct officer {
	struct officers *all;
	pthread_t thread;
	struct http_client client;
	char cookie[300], csrf[80], page_id[40], login[80];
	char path[120], form[OFFICER_FORM]; /* what is sent, until it is answered */
	bool pending, finishing;
	int64_t next_to_finish; /* a dossier just taken in; 0: none */
	uint64_t random;
	long n_forms, n_sent_again, n_unavailable;
	struct officer_done *done;
	size_t n_done, room;
};

struct officers {
	struct officer at[OFFICERS_MOST];
	int n, port;
	int64_t procedure;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool working, leaving; /* guarded by lock, as is what follows */
	int n_idle;
	char failure[400]; /* an answer that should not be; "": none */
	atomic_long n_answered;
};

/* Logs in; false with o->failure when that is refused. */
bool officers_start(struct officers *o, int port, int64_t procedure, const char *const *logins,
                    int n, uint64_t seed);
void officers_work(struct officers *o);
/* Waits until every form has its answer; false when they do not come for two minutes. */
bool officers_rest(struct officers *o);
void officers_stop(struct officers *o);

#endif
