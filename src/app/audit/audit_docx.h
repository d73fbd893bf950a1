/* audit_docx.h - the documents that the auditor reads and marks. */
#ifndef APP_AUDIT_AUDIT_DOCX_H
#define APP_AUDIT_AUDIT_DOCX_H

#include "base/problems.h"
#include "text/text_lines.h"

/* Reads Word, Excel, PDF or plain text, told apart by their bytes.  A file that cannot be read
 * says why in `problems` (field "file"). */
ERR_RESULT audit_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                      const char *name, struct problems *problems);

#endif
