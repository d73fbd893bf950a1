/* options.h - how connections to a database server behave; of a file, how writes are gathered.
 */
#ifndef DB_OPTIONS_H
#define DB_OPTIONS_H

#include <stdbool.h>

/* Zero suits commands. */
struct db_options {
	bool unprepared; /* the server keeps no statements: PgBouncer in transaction mode */
	/* Limits for one statement, for waiting for a lock, and for a transaction in which
	 * nothing happens; 0: none. */
	int statement_ms, lock_ms, idle_ms;
	int writers; /* connections that write at the same time; 0: four */
	/* SQLite: for so long a commit waits for further writes that are queued; 0: 20. */
	int batch_ms;
};

#endif
