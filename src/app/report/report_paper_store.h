/* report_paper_store.h - reads what a report says on paper. */
#ifndef APP_REPORT_REPORT_PAPER_STORE_H
#define APP_REPORT_REPORT_PAPER_STORE_H

#include "app/report/report_paper.h"
#include "db/db.h"

/* What was signed or, before that, what stands in the database now.  ERR_NOT_FOUND when there
 * is no such report or it is outside `scope` (ROW_NONE: all). */
struct report_paper_of {
	row_id scope, report;
	date_t today;
};
ERR_RESULT report_paper_open(struct report_paper *out, struct db *db, struct arena *a,
                             const struct report_paper_of *of);

#endif
