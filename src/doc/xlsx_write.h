/* xlsx_write.h - writes an Excel workbook: a thin cover over libxlsxwriter.
 *
 * Rows and columns count from 0.  Failures are remembered and reported by xlsx_finish.  The
 * same calls with the same `created` give the same bytes.  Number formats follow the reader's
 * Excel: 1.234,5 on a Vietnamese one.
 */
#ifndef DOC_XLSX_WRITE_H
#define DOC_XLSX_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/str.h"

struct xlsx;

struct xlsx_setup {
	const char *title, *author; /* document properties; may be NULL */
	instant_t created;
	/* For long lists: only one row is kept in memory, so cells must come row by row from
	 * the top, and a merged range must stay within its row. */
	bool streaming;
};

/* How a cell looks: any of these together; XLSX_PLAIN is Times New Roman 12. */
enum xlsx_style {
	XLSX_PLAIN = 0,
	XLSX_BOLD = 1 << 0,
	XLSX_ITALIC = 1 << 1,
	XLSX_WRAP = 1 << 2,
	XLSX_BORDER = 1 << 3,
	XLSX_CENTRE = 1 << 4,
	XLSX_RIGHT = 1 << 5,
	XLSX_TITLE = 1 << 6,     /* 14, bold, centred */
	XLSX_HEADER = 1 << 7,    /* a table's head: bold, centred, wrapped, bordered, tinted */
	XLSX_INTEGER = 1 << 8,   /* 1.234 */
	XLSX_DECIMAL = 1 << 9,   /* 1.234,5: as many decimals as there are, at most six */
	XLSX_DECIMAL2 = 1 << 10, /* 1.234,50 */
	XLSX_DAY = 1 << 11,      /* 07/02/2024 */
	XLSX_AS_TEXT = 1 << 12,  /* codes: Excel keeps leading zeros when it is edited */
	XLSX_MUTED = 1 << 13,    /* grey: a row that is not of this level */
	XLSX_UNDERLINE = 1 << 14,
	XLSX_SMALL = 1 << 15,   /* 11 */
	XLSX_INSTANT = 1 << 16, /* 07/02/2024 15:20 */
};

struct xlsx_sheet_setup {
	const char
	        *name;  /* cut to 31 characters; characters that Excel forbids become blanks */
	bool landscape; /* A4; always fitted to one page in width */
	const int *widths; /* of the columns, in characters; NULL: all the usual width */
	int n_widths;
	int header_row, n_header_rows; /* repeated on each page; n 0: none */
	bool freeze;                   /* keep everything above the first data row in view */
	bool page_numbers;             /* top centre */
};

ERR_RESULT xlsx_new(struct xlsx **out, const struct xlsx_setup *setup);
void xlsx_free(struct xlsx *x);
static inline void xlsx_cleanup(struct xlsx **x)
{
	if (*x)
		xlsx_free(*x);
}
#define XLSX_CLEANUP __attribute__((cleanup(xlsx_cleanup)))

/* Starts a worksheet; what follows is written into it. */
void xlsx_sheet(struct xlsx *x, const struct xlsx_sheet_setup *setup);

/* NULL or "" leaves the cell empty but styled. */
void xlsx_text(struct xlsx *x, int row, int column, unsigned style, const char *text);
void xlsx_int(struct xlsx *x, int row, int column, unsigned style, int64_t n);
void xlsx_decimal(struct xlsx *x, int row, int column, unsigned style,
                  dec_t d);                                                   /* none: empty */
void xlsx_day(struct xlsx *x, int row, int column, unsigned style, date_t d); /* none: empty */
void xlsx_instant(struct xlsx *x, int row, int column, unsigned style,
                  instant_t at); /* none: empty; to the minute, local */
/* "=B2+B3" with the value that is shown until somebody recalculates (none: empty text). */
void xlsx_formula(struct xlsx *x, int row, int column, unsigned style, const char *formula,
                  dec_t cached);
/* A text over several cells of one row, or of several rows when `last_row` > `row`. */
struct xlsx_range {
	int row, column, last_row, last_column;
};
void xlsx_merge(struct xlsx *x, struct xlsx_range range, unsigned style, const char *text);
void xlsx_row_height(struct xlsx *x, int row, int points); /* before the row's cells */

/* The cell's name, "B2", for formulas. */
enum { XLSX_CELL_NAME = 16 };
const char *xlsx_cell_name(char out[XLSX_CELL_NAME], int row, int column);

/* Appends the file's bytes to `to`.  The workbook cannot be written any more. */
ERR_RESULT xlsx_finish(struct xlsx *x, struct str *to);
/* The same, into a file: with `streaming` memory does not grow with the rows. */
ERR_RESULT xlsx_finish_file(struct xlsx *x, FILE *to);

#endif
