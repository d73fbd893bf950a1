#include "db/replica.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "db/replica.sql.h"

enum { US = 1000000 };

struct db_replica {
	struct db_pool *pool;
	int64_t most_lag_us;
	pthread_mutex_t lock; /* guards what follows */
	bool usable;
	int64_t lag_us, looked_us; /* how far behind it was, and when that was seen */
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * US + t.tv_nsec / 1000;
}

enum err db_replica_open(struct db_replica **out, const char *where,
                         const struct db_options *options, size_t most, int64_t most_lag_s)
{
	struct db_replica *r = calloc(1, sizeof(*r));

	if (!r)
		return err_set(ERR_NO_MEMORY, "no memory for a replica");
	enum err e = db_pool_open_with(&r->pool, where, DB_READ, options, most);
	if (e != ERR_OK) {
		free(r);
		return e;
	}
	r->most_lag_us = most_lag_s * US;
	pthread_mutex_init(&r->lock, NULL);
	*out = r;
	return ERR_OK;
}

void db_replica_close(struct db_replica *r)
{
	db_pool_close(r->pool);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static void set_state(struct db_replica *r, bool usable, int64_t lag_us, int64_t looked_us)
{
	pthread_mutex_lock(&r->lock);
	r->usable = usable;
	r->lag_us = lag_us;
	r->looked_us = looked_us;
	pthread_mutex_unlock(&r->lock);
}

void db_replica_distrust(struct db_replica *r)
{
	set_state(r, false, 0, 0);
}

static enum err position_of(struct q_replica_position_row *out, struct db_replica *r)
{
	struct db *db;

	TRY(db_pool_lease(r->pool, &db));
	enum err e = q_replica_position_one(db, NULL, out);
	db_pool_return(r->pool, db);
	return e;
}

/* The replica that has all the primary had written a moment ago is not behind.  Otherwise it
 * is as old as the last commit it has made, by the clock of the primary. */
enum err db_replica_check(struct db_replica *r, struct db *primary)
{
	struct q_replica_primary_row p;
	struct q_replica_position_row replica;
	int64_t looked_us = now_us();

	TRY(q_replica_primary_one(primary, NULL, &p));
	if (position_of(&replica, r) != ERR_OK || !replica.follows ||
	    replica.position == INT_NONE) {
		db_replica_distrust(r);
		return ERR_OK;
	}
	bool level = replica.position >= p.position;
	int64_t lag = level ? 0 : p.now.us - replica.committed_at.us;
	bool known = level || !instant_is_none(replica.committed_at);
	set_state(r, known, lag > 0 ? lag : 0, looked_us);
	return ERR_OK;
}

enum err db_replica_lease(struct db_replica *r, struct db **out, int64_t *lag_s)
{
	pthread_mutex_lock(&r->lock);
	int64_t behind_us = r->lag_us + now_us() - r->looked_us;
	bool usable = r->usable && behind_us <= r->most_lag_us;
	pthread_mutex_unlock(&r->lock);
	if (!usable)
		return err_set(ERR_NOT_FOUND, "no replica is near enough");
	if (db_pool_lease(r->pool, out) != ERR_OK) {
		db_replica_distrust(r);
		return err_set(ERR_NOT_FOUND, "the replica does not answer");
	}
	*lag_s = (behind_us + US - 1) / US;
	return ERR_OK;
}

void db_replica_return(struct db_replica *r, struct db *db)
{
	db_pool_return(r->pool, db);
}
