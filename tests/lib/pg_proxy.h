/* pg_proxy.h - stands between the program and a test's PostgreSQL cluster and cuts a connection
 * at the moment that a test asks for: the network that fails during a commit.
 */
#ifndef TESTS_PG_PROXY_H
#define TESTS_PG_PROXY_H

#include <pthread.h>
#include <stdatomic.h>

#include "lib/pg_cluster.h"

enum pg_proxy_cut {
	PG_PROXY_PASS,
	PG_PROXY_CUT_BEFORE, /* the next commit does not reach the server */
	PG_PROXY_CUT_AFTER   /* the next commit is done, its answer does not come back */
};

struct pg_proxy {
	char folder[64];
	char url[128];   /* for db_open */
	char server[64]; /* the folder of its socket */
	int listener;
	pthread_t thread;
	_Atomic int cut; /* an enum pg_proxy_cut; goes back to PASS when it was done */
};

void pg_proxy_start(struct pg_proxy *p, const struct pg_cluster *c);
void pg_proxy_stop(struct pg_proxy *p); /* no connection is open through it */

#endif
