/* docx_text.h - the text of a Word document (ECMA-376 part 1, WordprocessingML) as lines.
 *
 * Taken: paragraphs with the numbers that Word counts for them, headings, tables, footnotes and
 * endnotes, text boxes, inserted revisions, the results of fields.  Left out: headers and
 * footers, the table of contents, hidden text, deleted revisions, marks of notes.  A line break
 * inside a paragraph ends a line unless a small letter goes on.  A blank line stands before and
 * after a table.
 *
 * `place` of a line is the index of its paragraph (w:p) among all of the main document, from
 * 0; of a row that of its first paragraph; of a note that of the paragraph that refers to it.
 */
#ifndef DOC_DOCX_TEXT_H
#define DOC_DOCX_TEXT_H

#include "base/problems.h"
#include "text/text_lines.h"

enum {
	DOCX_MOST_UNPACKED = 256 * 1024 * 1024, /* bytes of the parts that are read */
	DOCX_MOST_NESTED = 16,                  /* tables in tables; text boxes in text boxes */
};

/* A file that cannot be taken says so in `problems` (field "file") and gives ERR_OK with no
 * lines.  Lines live in `a`. */
ERR_RESULT docx_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                          struct problems *problems);

#endif
