/* report_remote_store.h - steps of a report that were done in another installation, as words of
 * it tell us (app/exchange).  Nobody's account stands behind them here: the history has none.
 * Each function runs inside a write.
 */
#ifndef APP_REPORT_REPORT_REMOTE_STORE_H
#define APP_REPORT_REPORT_REMOTE_STORE_H

#include "app/report/report_store.h"

/* ---- at the office above: a document that came ---- */

struct report_arriving {
	row_id report_id; /* compiling: nobody here works on it */
	int64_t number;   /* that the unit's clerk gave; 0: none */
	const char *notation;
	date_t dated_on, signed_on;
	const char *sha256; /* of its content */
};
/* Makes it sent, today by our calendar.  ERR_CONFLICT when the state is another one. */
ERR_RESULT report_arrive_in(struct report *out, struct db_write_context *w,
                            const struct report_arriving *x);
/* Whether another document of the unit has this number of the year. */
ERR_RESULT report_number_is_taken(bool *out, struct db *db, struct arena *a,
                                  const struct report *r, const struct report_arriving *x);
/* The unit's own correction: the document (sent, or returned) is returned with `reason` and
 * *out is the one that replaces it, compiling. */
ERR_RESULT report_replace_in(struct report *out, struct db_write_context *w, row_id report,
                             const char *reason);

/* ---- at the office that reports: what the one above said ---- */

struct report_telling {
	row_id report_id;
	bool accepted; /* else returned or unlocked */
	const char *reason;
	const struct report_remark
	        *remarks; /* on rows that the set does not have: on the whole */
	size_t n;
};
/* *done false: the report is not in a state for it (the office noted it itself). */
ERR_RESULT report_told_in(bool *done, struct db_write_context *w,
                          const struct report_telling *x);

#endif
