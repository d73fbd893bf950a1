/* form_lock_store.h - sheets that a report has locked (khóa số liệu).
 *
 * A report keeps its lock in its own transactions (app/report); whatever changes a cell asks
 * here first.  One lock holds all cells of a unit, set and period, and the decisions on
 * counting with which the sheet was submitted: a later decision does not reach a locked sheet.
 */
#ifndef APP_FORM_FORM_LOCK_STORE_H
#define APP_FORM_FORM_LOCK_STORE_H

#include "app/form/form_store.h"

struct form_lock {
	row_id report_id;
	const char *why; /* in Vietnamese: what locked it, and who can open it */
};
struct form_lock_place {
	row_id unit;
	const char *set_code;
	date_t from_on, to_on;
};
/* *out is NULL when the sheet is open. */
ERR_RESULT form_lock_find(const struct form_lock **out, struct db *db, struct arena *a,
                          const struct form_lock_place *place);

/* The decisions kept with a locked sheet, one for each setting of the set; those that it does
 * not have are left as they are. */
ERR_RESULT form_lock_decisions(struct form_decision *out, struct db *db, struct arena *a,
                               const struct form_set *set, const struct form_lock_place *place);

/* Sets the lock, or says anew why it is locked.  The decisions that hold at the first locking
 * are kept with it. */
ERR_RESULT form_lock_put_in(struct db_write_context *w, const struct form_lock_place *place,
                            const struct form_lock *lock);
ERR_RESULT form_lock_drop_in(struct db_write_context *w, const struct form_lock_place *place);

#endif
