/* form_file_store.h - takes the confirmed figures of a file into the sheet of a unit, and keeps
 * what was taken and the loss report.
 */
#ifndef APP_FORM_FILE_FORM_FILE_STORE_H
#define APP_FORM_FILE_FORM_FILE_STORE_H

#include "app/form/form_store.h"
#include "db/write.h"

struct form_file_figure {
	const struct form_row *row;
	struct form_stated stated; /* without a reason: the file is the reason */
	const char *where;         /* in the file; "" */
};
struct form_file_import {
	const struct form_set *set;
	row_id scope, unit, by_unit; /* the unit must stand below the scope: ERR_NOT_FOUND */
	struct period period;
	const struct form_file_figure *figures;
	size_t n;
	const char *name, *sha256, *losses;
	/* The caller's, emptied first: ERR_INPUT means that a report holds the sheet. */
	struct problems *problems;
	size_t n_changed; /* cells; set by the write */
};
/* What a figure does not state (its value, its note) stays as it stands in the sheet.  A figure
 * that the program computes too and that agrees is not stored: the cell goes on following its
 * records.  One that differs is stored with the file as its reason. change->result is the unit.
 */
db_write_fn form_file_take_in; /* arg: struct form_file_import */
ERR_RESULT form_file_take(struct db_writer *writer, struct change *change,
                          struct form_file_import *import);

/* What was taken into a sheet, newest first. */
struct form_file_taken {
	row_id id;
	const char *name, *sha256, *losses, *account_name;
	int64_t n_taken, n_changed;
	instant_t at;
};
struct form_files_taken {
	struct form_file_taken *at;
	size_t n;
};
ERR_RESULT form_file_list(struct form_files_taken *out, struct db *db, struct arena *a,
                          const struct form_set *set, const struct form_sheet_of *of);

#endif
