/* document_table.h - how rows of cells become a table; private to src/text/document*.c. */
#ifndef TEXT_DOCUMENT_TABLE_H
#define TEXT_DOCUMENT_TABLE_H

#include "text/document_parts.h"

/* ---- headers (document_header.c) ---- */

bool is_value_cell(const char *text);   /* digits and the signs of figures, "-" too */
bool is_number_title(const char *text); /* "STT" */
/* A header that its words give away, without a look at the rows below. */
bool is_plain_header(const struct piece *row);
/* Rows of the header at the beginning of these rows; 0: none. */
size_t header_rows(const struct piece *rows, size_t n);
bool is_index_row(const struct piece *row); /* "(1) (2) (3)", "A B 1 2": names of columns */
bool is_same_header(const struct piece *a, const struct piece *b);
/* Whether the rows [from, to) go on with the table that begins at `first`. */
bool rows_go_on(const struct build *b, size_t first, size_t from, size_t to);

/* ---- a table in the making ---- */

struct table_making {
	struct arena *arena;
	const struct piece *pieces;
	size_t n_pieces, n_header, n_titles; /* header rows without the one of indexes */
	struct table_column *columns;
	size_t n_columns;
	struct table_row *rows;
	struct table_cell **cells; /* of each row */
	size_t n_rows;
	int number, label, unit; /* columns; -1 */
};
ERR_RESULT table_columns(struct table_making *t); /* titles and roles (document_column.c) */
ERR_RESULT table_numbers(
        struct table_making *t); /* numbers, parents, groups (document_row.c) */

#endif
