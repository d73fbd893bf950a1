/* dossier_stops_store.h - the pauses and the apology of a dossier, as counting takes them. */
#ifndef APP_DOSSIER_DOSSIER_STOPS_STORE_H
#define APP_DOSSIER_DOSSIER_STOPS_STORE_H

#include "app/dossier/dossier_due.h"
#include "db/db.h"

enum { DOSSIER_MOST_PAUSES = 100 };

/* `now` ends the pause that stands; INSTANT_NONE leaves it open. */
ERR_RESULT dossier_stops_load(struct dossier_stops *out, struct db *db, struct arena *a,
                              row_id dossier, instant_t now);

#endif
