/* dossier_import_cache_store.h - which version of which procedure a line means, looked up
 * once.  For dossier_import_list_store.c only. */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_CACHE_STORE_H
#define APP_DOSSIER_DOSSIER_IMPORT_CACHE_STORE_H

#include "app/dossier/dossier_import_list_store.h"
#include "app/dossier/dossier_intake_store.h"

/* The version of the day of receipt; ERR_NOT_FOUND.  `cache` NULL: looked up.  *out lives as
 * the write does, without a cache, or until the next call. */
ERR_RESULT dossier_import_procedure(struct dossier_procedure *out, struct db_write_context *w,
                                    struct dossier_import_cache *cache,
                                    const struct dossier_import_row *row);

#endif
