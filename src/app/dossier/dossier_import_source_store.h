/* dossier_import_source_store.h - the source of a list and which of its columns is which.  For
 * dossier_import_list_store.c only. */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_SOURCE_STORE_H
#define APP_DOSSIER_DOSSIER_IMPORT_SOURCE_STORE_H

#include "app/dossier/dossier_import_list_store.h"

/* Inside a write: stores name and mapping of ask->source; its id. */
ERR_RESULT dossier_import_source_keep_in(row_id *out, struct db_write_context *w,
                                         const struct dossier_import_ask *ask);

#endif
