/* dossier_clock_store.h - the calendar and the rule sets that count a unit's terms. */
#ifndef APP_DOSSIER_DOSSIER_CLOCK_STORE_H
#define APP_DOSSIER_DOSSIER_CLOCK_STORE_H

#include "app/calendar/calendar_store.h"
#include "app/dossier/dossier_due.h"
#include "db/db.h"

/* `cache` NULL: compiled into `a` (slow: for a test or a single command). */
ERR_RESULT dossier_clock_load(struct dossier_clock *out, struct db *db, struct arena *a,
                              struct calendar_cache *cache, row_id unit, date_t today);

#endif
