/* sheet.h - a table of texts as a file from outside holds it: what both readers, CSV and XLSX,
 * make, and all that an import needs to know.
 *
 * Cells are UTF-8 in NFC, without control characters (a line break inside a cell is a blank)
 * and without white space around them; an empty cell is "".  Rows without any text are left
 * out; `line` is the row's number in the file, counted from 1, for messages.
 */
#ifndef DOC_SHEET_H
#define DOC_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problems.h"

enum {
	SHEET_MOST_ROWS = 200000,
	SHEET_MOST_COLUMNS = 256,
	SHEET_MOST_CELL = 32767,             /* bytes of one cell, as in Excel */
	SHEET_MOST_BYTES = 32 * 1024 * 1024, /* of the file */
};

struct sheet_row {
	int line;
	size_t n; /* cells up to the last that is not empty */
	const char *const *cells;
};

struct sheet {
	const char *name; /* of the worksheet; "" for CSV */
	struct sheet_row *rows;
	size_t n_rows;
};

/* Never NULL: "" past the last cell. */
const char *sheet_cell(const struct sheet_row *row, size_t column);

/* Reads CSV or XLSX, told apart by their first bytes.  A file that cannot be taken says so in
 * `problems` (field "file"), and `out` has no rows; the error codes are the machine's only.
 * Rows and texts live in `a`. */
ERR_RESULT sheet_read(struct sheet *out, struct arena *a, const void *bytes, size_t n,
                      struct problems *problems);

/* For readers: gathers rows. */
struct sheet_builder {
	struct arena *arena;
	struct sheet_row *rows;
	size_t n_rows, cap_rows;
	const char *cells[SHEET_MOST_COLUMNS]; /* of the row in work */
	size_t n_cells;
};
void sheet_build(struct sheet_builder *b, struct arena *a);
/* A cell's text as a sheet keeps it.  ERR_INPUT when it is no UTF-8, ERR_TOO_LARGE. */
ERR_RESULT sheet_clean(const char **out, struct arena *a, const char *text, size_t n);
/* Puts a clean text, which is not copied, into the row in work. */
ERR_RESULT sheet_put(struct sheet_builder *b, size_t column, const char *clean);
ERR_RESULT sheet_end_row(struct sheet_builder *b, int line); /* ERR_TOO_LARGE: too many */

#endif
