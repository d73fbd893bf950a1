/* audit_docx.h - the documents that the auditor reads and marks. */
#ifndef APP_AUDIT_AUDIT_DOCX_H
#define APP_AUDIT_AUDIT_DOCX_H

#include "app/audit/audit.h"
#include "base/problems.h"
#include "base/str.h"

/* Reads Word, Excel, PDF or plain text, told apart by their bytes.  A file that cannot be read
 * says why in `problems` (field "file"). */
ERR_RESULT audit_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                      const char *name, struct problems *problems);

bool audit_is_word(const void *bytes, size_t n);

/* Appends a copy of the Word file `bytes`, file number `file` of the document, with a comment
 * at each passage of each finding. */
struct audit_copy {
	const void *bytes;
	size_t n;
	int file;
	const struct document *document;
	const struct audit_result *result;
};
ERR_RESULT audit_word_copy(struct str *to, struct arena *a, const struct audit_copy *copy,
                           struct problems *problems);

#endif
