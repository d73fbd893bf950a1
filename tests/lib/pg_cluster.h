/* pg_cluster.h - a PostgreSQL server of our own for one test: a new cluster in a temporary
 * directory, reached through a socket in it, gone afterwards.  As root it runs as `postgres`.
 */
#ifndef TESTS_PG_CLUSTER_H
#define TESTS_PG_CLUSTER_H

#include <stdbool.h>
#include <sys/types.h>

struct pg_cluster {
	char folder[64];
	char url[128]; /* for db_open */
	pid_t server;
	bool durable; /* it syncs, as a real one does; tests that need no disk go without */
};

/* Fails the running test, naming the remedy, when PostgreSQL is not installed. */
void pg_cluster_start(struct pg_cluster *c);
void pg_cluster_start_durable(struct pg_cluster *c);
void pg_cluster_stop(struct pg_cluster *c);
/* The whole path of one of PostgreSQL's programs. */
void pg_cluster_program(char out[288], const char *name);

/* The server dies as in a power failure, and starts again. */
void pg_cluster_crash(struct pg_cluster *c);
/* The same, and each of its processes is killed: none of them says goodbye to another. */
void pg_cluster_kill(struct pg_cluster *c);
void pg_cluster_run(struct pg_cluster *c);

/* A hot standby that follows `primary`; stopped like any cluster. */
void pg_standby_start(struct pg_cluster *standby, const struct pg_cluster *primary);

/* PgBouncer before a cluster, in transaction mode: its folder and url are those of a cluster
 * with few connections.  Stopped like any cluster. */
void pg_bouncer_start(struct pg_cluster *bouncer, const struct pg_cluster *c);

#endif
