/* report_row_store.h - one row of `report`, its history and its lock: for the stores that act
 * on reports.  Each function runs inside a write.
 */
#ifndef APP_REPORT_REPORT_ROW_STORE_H
#define APP_REPORT_REPORT_ROW_STORE_H

#include "app/report/report_store.h"

/* A new document: its row, the first line of its history, its note in the journal.  Of `draft`
 * the unit, receiver, regime, period, days, set, first_sent_on and amends_report_id are read;
 * its id is set unless it has one. */
ERR_RESULT report_add_row(struct db_write_context *w, struct report *draft, const char *reason);
/* Stores what differs, notes it, adds a line to the history and keeps the lock on the sheet.
 * after->amended_by_id set: another document replaces it. */
ERR_RESULT report_change_row(struct db_write_context *w, const struct report *before,
                             const struct report *after, const struct report_doing *doing);
/* Comments on a report; they were checked. */
ERR_RESULT report_add_remarks(struct db_write_context *w, const struct report *r,
                              const struct report_actor *who,
                              const struct report_remark *remarks, size_t n);
/* Fields "text", line: which remark. */
ERR_RESULT report_check_remarks(struct db_write_context *w, const struct report *r,
                                const struct report_remark *remarks, size_t n,
                                struct problems *problems);

#endif
