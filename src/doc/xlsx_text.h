/* xlsx_text.h - the sheets of an Excel workbook as lines: what a person sees in them.
 *
 * All sheets that are not hidden, in their order; the name of a sheet is a heading unless the
 * program gave it ("Sheet1").  Rows that stand together are a table; its titles above and notes
 * below, rows with one filled cell, are plain lines.  A blank line stands before and after a
 * table.  `place` is the row's number in its sheet, from 1.
 */
#ifndef DOC_XLSX_TEXT_H
#define DOC_XLSX_TEXT_H

#include "base/problems.h"
#include "text/text_lines.h"

/* A file that cannot be taken says so in `problems` (field "file") and gives ERR_OK with no
 * lines.  Lines live in `a`. */
ERR_RESULT xlsx_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                          struct problems *problems);

/* The same of comma separated values. */
ERR_RESULT csv_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                         struct problems *problems);

#endif
