/* zip_write.h - a ZIP of files in memory whose bytes depend on nothing but the files: no clock,
 * no time zone, every file dated 1/1/1980.
 */
#ifndef DOC_ZIP_WRITE_H
#define DOC_ZIP_WRITE_H

#include "base/str.h"

struct zip_file_bytes {
	const char *path; /* "word/document.xml" */
	const void *bytes;
	size_t n;
};

/* Appends the ZIP with the files in this order, deflated. */
ERR_RESULT zip_write(struct str *to, const struct zip_file_bytes *files, size_t n);

#endif
