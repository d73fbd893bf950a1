/* report_asof_store.h - the database as it stood at a number of the journal's chain, as far as
 * it feeds the figures of one unit: a database in memory of its own, over which the ordinary
 * code runs (docs/decisions/0008).  Private to the stores of src/app/report.
 */
#ifndef APP_REPORT_REPORT_ASOF_STORE_H
#define APP_REPORT_REPORT_ASOF_STORE_H

#include "app/report/report_freeze_store.h"

struct report_asof {
	struct db *db; /* in use; inside a transaction that reads */
	struct arena *arena;
	row_id unit;
	int64_t pinned;
};
/* *out is to be closed with db_close.  Contents of other reports that were thrown away are
 * derived again first. */
ERR_RESULT report_asof_open(struct db **out, const struct report_asof *asof);

/* Derives one freezing of a report. */
ERR_RESULT report_rederive_frozen(struct report_again *out, struct db *db, struct arena *a,
                                  const struct package_frozen *frozen);
ERR_RESULT report_unit_of(row_id *out, struct db *db, struct arena *a, row_id report);

#endif
