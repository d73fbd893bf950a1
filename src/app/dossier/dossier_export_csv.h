/* dossier_export_csv.h - writes a list of dossiers as a file, CSV or XLSX, row by row. */
#ifndef APP_DOSSIER_DOSSIER_EXPORT_CSV_H
#define APP_DOSSIER_DOSSIER_EXPORT_CSV_H

#include <stdio.h>

#include "app/dossier/dossier_export_store.h"

/* *n: rows written.  ERR_NOT_FOUND: the unit of the filter is not below its scope; ERR_IO. */
ERR_RESULT dossier_export_write(int64_t *n, FILE *to, struct db *db,
                                const struct dossier_export_ask *ask);

#endif
