/* csv.h - reads and writes comma separated values (RFC 4180).
 *
 * Reading takes UTF-8 with or without a byte order mark, separated by comma, semicolon or tab
 * (found out from the first lines, or stated by Excel's first line "sep=;"), LF or CRLF, fields
 * in double quotes that may hold separators and line breaks.
 */
#ifndef DOC_CSV_H
#define DOC_CSV_H

#include "base/str.h"
#include "doc/sheet.h"

/* See sheet_read. */
ERR_RESULT csv_read(struct sheet *out, struct arena *a, const void *bytes, size_t n,
                    struct problems *problems);

/* The same for a part of a longer file: `line` is the number of its first line there. */
ERR_RESULT csv_read_part(struct sheet *out, struct arena *a, struct slice part, int line,
                         struct problems *problems);
/* What separates the cells of a file that begins so. */
char csv_separator(struct slice beginning);

/* Writing: cells one after another, then csv_end_row.  Starts with a byte order mark, so that
 * Excel reads UTF-8; rows end in CRLF.  Failures are those of the str. */
struct csv {
	struct str *to;
	bool in_row;
};
void csv_start(struct csv *c, struct str *to);
/* NULL writes an empty cell.  A text that a spreadsheet would run as a formula (it starts with
 * = + - @ or a control character) gets an apostrophe before it. */
void csv_text(struct csv *c, const char *text);
/* Without the apostrophe: for a table that this program reads back. */
void csv_plain(struct csv *c, const char *text);
void csv_number(struct csv *c, const char *plain); /* digits as they are: "-12.5" */
void csv_end_row(struct csv *c);

#endif
