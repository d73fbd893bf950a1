/* decree_store.h - after a document changed a calendar (văn bản về ngày nghỉ, giờ làm việc):
 * the dues of open dossiers are counted again, and those that move are listed.
 */
#ifndef APP_DECREE_DECREE_STORE_H
#define APP_DECREE_DECREE_STORE_H

#include "app/calendar/calendar_store.h"
#include "db/write.h"

/* Counts again the dossiers below change->unit_id that are not finished, as a change of its
 * calendar owes (table calendar_recount), some hundreds in one write each, so that the desks
 * are not held up.  At most about 2,000: the rest, and what a failure leaves, is done by
 * decree_recount_owed.  *n_moved: dossiers moved since the change.  `change` is copied for each
 * write; its reason is kept with every dossier that moves.  A dossier that cannot be counted
 * stays as it is. */
ERR_RESULT decree_recount(int *n_moved, struct db_writer *writer, const struct change *change,
                          struct calendar_cache *cache);

/* The same for any unit that owes it, in the name of who changed the calendar.  For
 * housekeeping: called every few seconds it finishes what was interrupted. */
ERR_RESULT decree_recount_owed(struct db_writer *writer, struct db *db, struct arena *a,
                               struct calendar_cache *cache);

/* How many dossiers below `scope` wait for it. */
ERR_RESULT decree_owed_dossiers(int64_t *out, struct db *db, row_id scope, date_t today);

struct decree_moved {
	row_id id; /* the dossier */
	const char *code, *unit_name, *reason;
	instant_t before, after, at;
};
struct decree_moved_rows {
	struct decree_moved *at;
	size_t n;
};
/* The latest 200 of dossiers below `scope`, newest first. */
ERR_RESULT decree_moved(struct decree_moved_rows *out, struct db *db, struct arena *a,
                        row_id scope, date_t today);

#endif
