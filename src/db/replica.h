/* replica.h - a streaming replica of the database, from which pages may read that can be a
 * little behind.  It is looked at every few seconds (db_replica_check); between two looks a
 * page knows an upper bound of how far behind it is, and does not read from it beyond a limit.
 */
#ifndef DB_REPLICA_H
#define DB_REPLICA_H

#include "db/pool.h"

struct db_replica;
/* Opens no connection yet.  most_lag_s: further behind it is not used. */
ERR_RESULT db_replica_open(struct db_replica **out, const char *where,
                           const struct db_options *options, size_t most, int64_t most_lag_s);
void db_replica_close(struct db_replica *r); /* every connection was returned */

/* Compares it with `primary`.  An error of the replica is no error: it is not used. */
ERR_RESULT db_replica_check(struct db_replica *r, struct db *primary);

/* A connection to read from, at most *lag_s seconds behind.  ERR_NOT_FOUND: read from the
 * primary. */
ERR_RESULT db_replica_lease(struct db_replica *r, struct db **out, int64_t *lag_s);
void db_replica_return(struct db_replica *r, struct db *db);
/* A page failed on it: not used before the next look. */
void db_replica_distrust(struct db_replica *r);

#endif
