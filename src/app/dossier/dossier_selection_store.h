/* dossier_selection_store.h - a filter of dossiers as a selection over a record set.  For
 * dossier_list_store.c and dossier_export_store.c only. */
#ifndef APP_DOSSIER_DOSSIER_SELECTION_STORE_H
#define APP_DOSSIER_DOSSIER_SELECTION_STORE_H

#include "app/dossier/dossier_list_store.h"

struct dossier_selection {
	struct recordset set; /* scoped by the receiving or by the competent unit */
	struct select select; /* points to `set`: do not copy */
};
/* `set` has the fields of filters; `listing`: rows are wanted, not their number. */
ERR_RESULT dossier_select(struct dossier_selection *s, const struct recordset *set,
                          struct db *db, struct arena *a, const struct dossier_filter *f,
                          bool listing);

#endif
