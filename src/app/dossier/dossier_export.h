/* dossier_export.h - a list of dossiers as a file: its columns and one row of it.  Pure. */
#ifndef APP_DOSSIER_DOSSIER_EXPORT_H
#define APP_DOSSIER_DOSSIER_EXPORT_H

#include "app/dossier/dossier.h"

#define COLUMN(field, title, width) EXPORT_##field,
enum dossier_export_column {
#include "app/dossier/dossier_export_columns.def"
	EXPORT_COLUMNS
};
#undef COLUMN

const char *dossier_export_field(enum dossier_export_column c); /* of the record set */
const char *dossier_export_title(enum dossier_export_column c);
extern const int dossier_export_widths[EXPORT_COLUMNS]; /* in characters */

/* A cell holds a text or an instant; "" and INSTANT_NONE: blank. */
struct dossier_export_row {
	struct {
		const char *text; /* NULL: it holds an instant */
		instant_t at;
	} cells[EXPORT_COLUMNS];
};

#endif
