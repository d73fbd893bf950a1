/* sheet_header.h - finds the row of column titles in a table from outside, whatever stands
 * above it (official lists begin with the office, the decision, a title), and which column is
 * which.
 */
#ifndef DOC_SHEET_HEADER_H
#define DOC_SHEET_HEADER_H

#include "doc/sheet.h"

/* A column that is looked for: its titles without marks, "ma tthc|ma thu tuc"; a title also
 * fits a cell that begins with it ("phi le phi" fits "Phí, lệ phí (đồng)"). */
struct sheet_column {
	const char *titles;
};

enum { SHEET_MOST_WANTED = 40, SHEET_NO_COLUMN = -1 };

struct sheet_header {
	size_t row;                     /* index in sheet->rows; the data begin after it */
	int columns[SHEET_MOST_WANTED]; /* of each wanted column, SHEET_NO_COLUMN: none */
	size_t n_found;
};

/* Looks in the first 40 rows for the one with the most wanted titles; fewer than two: false. */
ERR_RESULT sheet_header_find(bool *found, struct sheet_header *out, struct arena *a,
                             const struct sheet *sheet, const struct sheet_column *wanted,
                             size_t n_wanted);

/* The row's cell in a wanted column; "" when the column is missing. */
const char *sheet_header_cell(const struct sheet_header *header, const struct sheet_row *row,
                              size_t wanted);

/* The table as CSV text, so that a page can carry it to its next step. */
ERR_RESULT sheet_to_csv(const char **out, struct arena *a, const struct sheet *sheet);

#endif
