/* procedure_import_csv.h - a list of procedures from outside (CSV or XLSX, as offices publish
 * them: title rows above the header, headings of fields between) as drafts, with what is wrong
 * line by line.
 */
#ifndef APP_PROCEDURE_PROCEDURE_IMPORT_CSV_H
#define APP_PROCEDURE_PROCEDURE_IMPORT_CSV_H

#include "app/procedure/procedure.h"

enum { PROCEDURE_IMPORT_MOST = 5000 };

/* What the list leaves out; NULL, "" and DATE_NONE: not stated. */
struct procedure_import_defaults {
	const char *level;         /* code of unit_level */
	const char *service_level; /* word of procedure_service_levels */
	const char *decision;
	date_t decision_on, valid_from;
};

struct procedure_import_row {
	int line;
	struct procedure_draft draft;
	bool wrong; /* has problems on its line */
};

struct procedure_import {
	struct procedure_import_row *rows;
	size_t n_rows, n_wrong;
	const char
	        *columns; /* which were found, as users call them: "Mã thủ tục, Tên thủ tục" */
	const char *table; /* the file as CSV: what the next step reads again */
};

/* Problems with line 0 concern the file; then there are no rows. */
ERR_RESULT procedure_import_read(struct procedure_import *out, struct arena *a,
                                 const void *bytes, size_t n,
                                 const struct procedure_import_defaults *defaults,
                                 struct problems *problems);

#endif
