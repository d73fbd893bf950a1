/* docx_parts.h - makes a Word document in memory from its XML, for tests of what reads it. */
#ifndef TESTS_DOCX_PARTS_H
#define TESTS_DOCX_PARTS_H

#include <stddef.h>

/* The content of w:body, w:styles, w:numbering, w:footnotes, w:comments; NULL: no such part.
 * The prefix "w" stands for the main namespace. */
struct docx_parts {
	const char *body;
	size_t n_body;
	const char *styles, *numbering, *footnotes, *comments;
};

/* The file's bytes in malloc memory; NULL when it cannot be made. */
void *docx_parts(size_t *n, const struct docx_parts *parts);

/* The bytes of one file of a ZIP as a text in malloc memory; NULL when there is none. */
char *zip_part_text(const void *zip, size_t n, const char *path);

#endif
