/* dossier_clock_store.h - the calendar and the rule sets that count a unit's terms. */
#ifndef APP_DOSSIER_DOSSIER_CLOCK_STORE_H
#define APP_DOSSIER_DOSSIER_CLOCK_STORE_H

#include "app/dossier/dossier_due.h"
#include "db/db.h"

ERR_RESULT dossier_clock_load(struct dossier_clock *out, struct db *db, struct arena *a,
                              row_id unit);

#endif
