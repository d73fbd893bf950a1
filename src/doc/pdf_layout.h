/* pdf_layout.h - what stands where on the pages of a PDF: its words as lines, paragraphs and
 * tables.  Private to src/doc.
 *
 * A PDF knows neither: words that stand at one height are a line; lines that had no room for
 * the next word go on below; gaps above each other part the columns of a table.  What is at the
 * head and foot of every page is left out, footnotes are put where they are referred to.
 */
#ifndef DOC_PDF_LAYOUT_H
#define DOC_PDF_LAYOUT_H

#include <stdbool.h>

#include "doc/line_builder.h"
#include "doc/pdf_words.h"

enum { PDF_MOST_WIDTH = 4000, PDF_MOST_COLUMNS_FOUND = 64 };

struct pdf_line {
	struct pdf_word *words; /* from left to right */
	size_t n;
	double x0, x1, y0, y1; /* y0, y1 of its tallest word */
	size_t page;
	int notes;     /* marks of footnotes that were taken out of it */
	bool left_out; /* a page number, a running head, a footnote */
};

/* A footnote. */
struct pdf_note {
	size_t line;       /* that refers to it */
	size_t first, end; /* its own lines */
	int number;
};

struct pdf_side {
	size_t first, end;  /* its lines */
	double left, right; /* of its text */
};

struct pdf_layout {
	struct arena *arena;
	const struct pdf_words *words;
	struct pdf_line *lines; /* of all pages, from top to bottom */
	size_t n_lines;
	struct pdf_side *pages;
	struct pdf_note *notes; /* by `line` */
	size_t n_notes;
	unsigned *room; /* 3 x PDF_MOST_WIDTH, for pdf_grid.c */
	double height;  /* of the words of the text */
	double pitch;   /* from one line of a paragraph to the next */
};

static inline double pdf_middle(const struct pdf_line *line)
{
	return (line->y0 + line->y1) / 2;
}
static inline double pdf_height(const struct pdf_line *line)
{
	return line->y1 - line->y0;
}

/* Makes the lines and says what is left out. */
ERR_RESULT pdf_layout_build(struct pdf_layout *out, struct arena *a, struct pdf_words *words);
/* What pdf_layout_build calls last. */
ERR_RESULT pdf_layout_margins(struct pdf_layout *p);
ERR_RESULT pdf_layout_notes(struct pdf_layout *p);

/* The words of a line from number `from` to `to`, with blanks between; cleaned. */
ERR_RESULT pdf_line_text(const char **out, struct arena *a, const struct pdf_line *line,
                         size_t from, size_t to);

/* What goes between the end of one line and the next one's beginning: a blank, or nothing where
 * a word was cut: "07/KH-" "UBND", "468/QĐ" "-TTg". */
const char *pdf_between(const char *before, const char *after);

/* ---- tables ---- */

/* Lines [first, end) that are a table. */
struct pdf_grid {
	size_t first, end;
	double strips[PDF_MOST_COLUMNS_FOUND][2]; /* the gaps between its columns */
	size_t n_columns;                         /* one more than gaps */
	const char **cells;                       /* rows x columns; "" when empty */
	size_t n_rows;
};

/* The first table at or after a line of a page, among its lines up to `end`; false: none.
 * `before`: a table that may go on here, whose columns it then has; or NULL. */
ERR_RESULT pdf_grid_find(bool *found, struct pdf_grid *out, const struct pdf_layout *p,
                         size_t from, size_t end, const struct pdf_grid *before);

/* What pdf_grid_find calls last: the rows of a table whose columns are known.  `as_lines`:
 * every line is a row. */
ERR_RESULT pdf_grid_rows(struct pdf_grid *grid, const struct pdf_layout *p, bool as_lines);

/* Whether a word is only the sign that a list's item begins with: "-", "2.1.", "a)", "IV.". */
bool pdf_is_marker(const char *text);
/* Gaps between words as shares of the line's height: in running text they are a fifth; one from
 * `near` on may part two columns, one from `wide` on does. */
#define PDF_NEAR 0.3
#define PDF_WIDE 0.75
/* Whether there is such a gap in front of a word. */
bool pdf_is_apart(const struct pdf_line *line, size_t word, double share);

/* ---- the text ---- */

/* The lines of a text_file: paragraphs joined, tables as rows. */
ERR_RESULT pdf_layout_text(struct line_builder *to, const struct pdf_layout *p);

#endif
