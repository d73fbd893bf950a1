/* text_lines.h - a document as numbered lines of plain text: what every reader makes (plain
 * text, Word, Excel, PDF) and all that `document_build` needs.
 *
 * A paragraph is one line.  A row of a table is one line with a tab between its cells; an empty
 * cell is the empty text between two tabs.  Readers of formats that mark headings, footnotes
 * and tables say so in `kind` and `table`; plain text says TEXT_PLAIN everywhere and leaves it
 * to the words.  Texts are valid UTF-8 in NFC without control characters but the tab.
 */
#ifndef TEXT_TEXT_LINES_H
#define TEXT_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum {
	TEXT_MOST_LINES = 200000,
	TEXT_MOST_BYTES = 16 * 1024 * 1024, /* of all lines of one file */
	TEXT_MOST_CELLS = 256               /* of one row */
};

enum text_line_kind {
	TEXT_PLAIN,   /* the words decide what it is; "" is a blank line */
	TEXT_HEADING, /* marked as a heading by its style or by '#' */
	TEXT_ROW,     /* a row of table number `table` */
	TEXT_NOTE     /* a footnote; it stands after the paragraph that refers to it */
};

struct text_line {
	const char *text;
	enum text_line_kind kind;
	int table;       /* from 1 in its file; 0: not known to be a row */
	int place;       /* what it is in the source: see the reader; -1: nothing */
	bool page_break; /* a page of the source begins with this line */
};

struct text_file {
	const char *name; /* as the user gave it, for messages */
	struct text_line *lines;
	size_t n_lines; /* the line at [i] is called line i + 1 */
};

/* Reads plain text or Markdown: one line for each line of the file, so numbers agree with what
 * an editor shows.  `bytes` may hold CR LF and a byte order mark; other control characters
 * become blanks, bytes that are no UTF-8 give ERR_INPUT.  ERR_TOO_LARGE beyond the limits
 * above. */
ERR_RESULT text_file_read(struct text_file *out, struct arena *a, const char *bytes, size_t n);

#endif
