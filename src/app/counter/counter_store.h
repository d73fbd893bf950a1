/* counter_store.h - the counters of dossiers (sổ đếm): kept with every change, verified, made
 * anew.  What they hold and what one change costs: docs/architecture.md, "Counters".
 */
#ifndef APP_COUNTER_COUNTER_STORE_H
#define APP_COUNTER_COUNTER_STORE_H

#include "app/counter/counter.h"
#include "db/select.h"
#include "db/write.h"

/* Whoever inserts (before NULL) or updates a row of `dossier` calls this in the same
 * transaction, after the row.  It reads and adds rows of the dossier's own units only, in one
 * order.  A write that changes many dossiers takes them in its own order: it must not be
 * concurrent (struct change). */
ERR_RESULT counter_move(struct db_write_context *w, const struct counter_facts *before,
                        const struct counter_facts *after);

/* For a write that changes many dossiers: from counter_gather() on counter_move() only notes
 * what is to be added, and counter_gather_end() adds it, a row that many dossiers share once.
 * Without the end nothing is added.  counter_gathered() and counter_gather_back() take back
 * what was noted since, when its savepoint is rolled back. */
ERR_RESULT counter_gather(struct db_write_context *w);
ERR_RESULT counter_gather_end(struct db_write_context *w);
size_t counter_gathered(const struct db_write_context *w);
void counter_gather_back(struct db_write_context *w, size_t gathered);

/* A row of a counter that is not what the records say. */
struct counter_difference {
	const char *counter; /* its table */
	const char *row;     /* "H99.01.01 từ 15/02/2026 ..." */
	int64_t kept, found; /* by the counter, in the records */
};
struct counter_differences {
	struct counter_difference *at;
	size_t n;
};
/* Counts every dossier again (about a minute for a million) and compares in one reading
 * transaction; at most the first 100 rows of each counter. */
ERR_RESULT counter_verify(struct counter_differences *out, struct db *db, struct arena *a);

/* Makes every counter anew from the records. */
db_write_fn counter_rebuild_in; /* arg: unused */
ERR_RESULT counter_rebuild(struct db_writer *writer, struct change *change);

/* What a unit and those below it (on `on`) had at the end of the day `on`. */
struct counter_stock {
	int64_t pending; /* accepted, no result yet, not closed */
	int64_t overdue; /* of them: past their due date, the clock not standing */
};
ERR_RESULT counter_stock_on(struct counter_stock *out, struct db *db, row_id unit, date_t on,
                            enum counter_whose whose);

/* Results that units below `unit` handed over, whenever; of one channel, or NULL: all.  The
 * list of nearly all dossiers takes its length from it. */
ERR_RESULT counter_returned_below(int64_t *out, struct db *db, struct arena *a, row_id unit,
                                  const char *channel);

/* What a subtree had of one version of a procedure in whole half months. */
struct counter_version {
	row_id version_id, procedure_id;
	const char *service_level, *channel;
	int64_t old_level; /* INT_NONE: not stated */
	bool online_offered, accepted;
	int64_t n; /* dossiers; of many units INT_NONE: some */
};
struct counter_versions {
	struct counter_version *at;
	size_t n;
	bool counted; /* n is known: few units */
};
/* `whose` is COUNTER_RECEIVING or COUNTER_COMPETENT. */
struct counter_asked {
	row_id unit;
	const struct select_own *own; /* NULL: with all below it */
	date_t tree_on, from, to;     /* from and to the ends of half months */
	enum counter_whose whose;
	const char *channel; /* of the versions of many units */
	bool accepted;
};
/* Of few units: every version, channel and acceptance that occurs.  Of many units: every
 * version, with n 0 where none was `accepted` through `channel`. */
ERR_RESULT counter_versions_of(struct counter_versions *out, struct db *db, struct arena *a,
                               const struct counter_asked *asked);

#endif
