/* xlsx_value.h - what the number in a cell means to the person who sees it.  Pure; private to
 * src/doc. */
#ifndef DOC_XLSX_VALUE_H
#define DOC_XLSX_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum xlsx_format { XLSX_FORMAT_NUMBER, XLSX_FORMAT_DATE };

/* Of a number format of the workbook: ECMA-376 part 1, 18.8.30.  `code` NULL: built in. */
enum xlsx_format xlsx_format_of(long id, const char *code);

/* The code of a number format that every workbook has without saying so; NULL: "General". */
const char *xlsx_built_in_code(long id);

enum { XLSX_VALUE_TEXT = 64 };
/* The text of a stored number: at most 15 significant digits, plain notation; false when it is
 * no number or outside 10^±30.  `value` is not changed when it is plain already. */
bool xlsx_number_text(char out[XLSX_VALUE_TEXT], const char *value);
/* A stored day number as an ISO day, day and time, or time alone; false outside 1900-2199. */
bool xlsx_date_text(char out[XLSX_VALUE_TEXT], const char *value, bool from_1904);

/* Appends a stored number as a Vietnamese reader sees it in a cell of that format code (NULL:
 * "General"): "36,8%", "12,50", "1234" (thousands are not grouped), with the words of the
 * code; nothing for a zero that the code hides.  false when it is no number. */
bool xlsx_shown_put(struct str *to, const char *value, const char *code);

/* "BC12" -> column 54, row 12, counted from 0 and 1; false when malformed or beyond a sheet's
 * 16384 columns and 1048576 rows. */
bool xlsx_cell_parse(size_t *column, int *row, const char *ref, const char **end);

#endif
