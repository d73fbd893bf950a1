/* text_read.h - reads any report that an office has into lines: plain text, Word (.docx), Excel
 * (.xlsx), PDF with text.
 *
 * The first bytes say what a file is; its name is only used in messages.  Everything has a
 * maximum, no entity is expanded, nothing outside the file is read, nothing in it is executed.
 */
#ifndef DOC_TEXT_READ_H
#define DOC_TEXT_READ_H

#include "base/problems.h"
#include "text/text_lines.h"

enum text_source_kind {
	TEXT_SOURCE_PLAIN, /* or anything that is not one of the others */
	TEXT_SOURCE_DOCX,
	TEXT_SOURCE_XLSX,
	TEXT_SOURCE_PDF
};
/* What the bytes look like; a ZIP is told by the parts in it. */
enum text_source_kind text_source_kind(const void *bytes, size_t n);

/* Reads a file of `n` bytes called `name` (which is kept, not copied).  A file that cannot be
 * read says why and what to do in `problems` (field "file"): no lines then, and ERR_OK.  Errors
 * are the machine's only.  Lines live in `a`.  How large a file may be, the caller says
 * (setting audit_most_mb) before it has the bytes. */
ERR_RESULT text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                     const char *name, struct problems *problems);

#endif
