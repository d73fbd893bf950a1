/* xlsx_read.h - reads worksheets of an Excel workbook (ECMA-376, Office Open XML).
 *
 * Values come as texts: strings as they are, numbers with the digits a person sees in the cell
 * at full precision ("0.1", not 0.1000000001; "1234567890123" without exponent), TRUE/FALSE,
 * cells with a date format as ISO days or "2024-02-07 15:20", the cached result of a formula.
 * A merged range has its value in the first cell.  Entities are never expanded, nothing outside
 * the file is read, and everything has a maximum.
 */
#ifndef DOC_XLSX_READ_H
#define DOC_XLSX_READ_H

#include "doc/sheet.h"

enum {
	XLSX_MOST_UNPACKED = 256 * 1024 * 1024,    /* bytes of all parts, unpacked */
	XLSX_MOST_STRINGS = 2 * 1000 * 1000,       /* shared strings */
	XLSX_MOST_STRING_BYTES = 64 * 1024 * 1024, /* of all shared strings */
	XLSX_MOST_STYLES = 65536,
	XLSX_MOST_SHEETS = 256,
};

/* A ZIP, or the old binary or encrypted Office file (which xlsx_read refuses by name). */
bool xlsx_looks_like(const void *bytes, size_t n);

/* See sheet_read.  `name` NULL: the first worksheet that is not hidden. */
ERR_RESULT xlsx_read(struct sheet *out, struct arena *a, const void *bytes, size_t n,
                     const char *name, struct problems *problems);

/* Reads all worksheets that are not hidden, each value as a Vietnamese reader sees it in its
 * cell: "36,8%", "07/02/2024".  A sheet may have no rows, but not all of them. */
ERR_RESULT xlsx_read_shown(struct sheet **out, size_t *n_out, struct arena *a,
                           const void *bytes, size_t n, struct problems *problems);

#endif
