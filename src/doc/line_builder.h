/* line_builder.h - gathers the lines of a text_file, for the readers of src/doc.  Private to
 * src/doc.
 *
 * Texts become what text_lines.h promises: NFC, blanks of every kind one blank, no blanks at
 * the ends, characters that nobody sees (soft hyphens, marks of direction, zero width) left
 * out, and the bullets of symbol fonts "-".
 */
#ifndef DOC_LINE_BUILDER_H
#define DOC_LINE_BUILDER_H

#include "text/text_lines.h"

struct line_builder {
	struct arena *arena;
	struct text_line *lines;
	size_t n, bytes;
	bool page_break; /* the next line that is not blank begins a page */
	int tables;      /* begun so far */
};

/* A text as a line or a cell holds it; never a tab. */
ERR_RESULT line_clean(const char **out, struct arena *a, const char *text, size_t n);

/* Adds a line of clean text, which is not copied.  ERR_TOO_LARGE beyond the maximums. */
ERR_RESULT lines_put(struct line_builder *b, enum text_line_kind kind, const char *text,
                     int place);
/* Adds a blank line, unless there is one or nothing stands before it. */
ERR_RESULT lines_blank(struct line_builder *b);
/* Adds a row of table number `tables`. */
ERR_RESULT lines_row(struct line_builder *b, const char *const *cells, size_t n, int place);

/* What was gathered, without a blank line at the end; its name is "". */
struct text_file lines_finish(const struct line_builder *b);

#endif
