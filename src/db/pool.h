/* pool.h - connections that threads borrow.  The one returned last is lent first, because
 * its page cache is warm.  A connection is opened when it is first needed.
 */
#ifndef DB_POOL_H
#define DB_POOL_H

#include "db/db.h"
#include "db/options.h"

struct db_pool;
ERR_RESULT db_pool_open(struct db_pool **out, const char *where, size_t most);
ERR_RESULT db_pool_open_with(struct db_pool **out, const char *where, enum db_mode mode,
                             const struct db_options *options, size_t most);
void db_pool_close(struct db_pool *p); /* every connection was returned */

/* Waits while all are lent; ERR_BUSY after ten seconds.  A connection that broke meanwhile is
 * replaced by a new one; ERR_DB_GONE when the server does not answer. */
ERR_RESULT db_pool_lease(struct db_pool *p, struct db **out);
void db_pool_return(struct db_pool *p, struct db *db); /* no transaction is open on it */

struct db_pool_use {
	size_t lent, open, most;
};
struct db_pool_use db_pool_use(struct db_pool *p);

#endif
