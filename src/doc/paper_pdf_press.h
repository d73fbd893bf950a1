/* paper_pdf_press.h - what the files of paper_pdf*.c share; private to src/doc.  Lengths are
 * points, y runs down from the page's top edge.
 *
 * A part of the paper is laid out whole, block by block; then its lines and rows are put on
 * pages one after the other, each time with what must stay with them in view.  Every line of a
 * layout has the same height.
 */
#ifndef DOC_PAPER_PDF_PRESS_H
#define DOC_PAPER_PDF_PRESS_H

#include "doc/paper_parts.h"
#include "doc/pdf_page.h"

/* A text in lines. */
struct laid_text {
	PangoLayout *layout; /* of the press */
	int n;               /* lines */
	double pitch;        /* from one to the next */
	int size;
};
/* A footnote, and the line of its block that carries its mark. */
struct laid_note {
	struct laid_text text;
	int line;
};
struct laid_row {
	struct laid_text *cells;
	double height;
};
struct laid_table {
	const struct paper_table *table;
	double edges[PAPER_MOST_COLUMNS + 1];
	struct laid_text *head; /* one for each cell of it */
	double head_rows[PAPER_MOST_HEAD_ROWS], head_height;
	struct laid_row *rows;
};
struct laid_block {
	struct laid_text text;
	double after;
	bool keep_next;
	struct laid_note *notes;
	size_t n_notes;
	struct laid_table *table; /* NULL: a text */
	const struct paper_block *block;
};

/* A line of a footnote, on this page or waiting for the next. */
struct note_line {
	struct laid_text text;
	int line;
};

struct press {
	struct pdf *pdf;
	struct arena *arena;
	const struct paper_plan *plan;
	GPtrArray *layouts; /* all of the part in work */
	double left, width, top, bottom;
	double y;
	bool fresh;       /* nothing stands on the page yet */
	int page, number; /* of all pages; as it is printed */
	int notes;        /* marks given so far */
	struct note_line *on_page, *waiting;
	size_t n_on_page, n_waiting;
	int outline[3]; /* the last entry of each level */
};

/* ---- text ---- */

struct press_style {
	int size;
	enum pdf_align align;
	unsigned weight;
	int indent;  /* of the first line, twips */
	int spacing; /* of 240 */
};
struct laid_text press_lay(struct press *p, const struct press_style *style,
                           const struct pdf_run *runs, size_t n, double width);
struct laid_text press_lay_text(struct press *p, const struct press_style *style,
                                const char *text, double width);
static inline double laid_height(const struct laid_text *t)
{
	return t->n * t->pitch;
}
/* Lines from `from` up to before `to`. */
void press_draw(struct press *p, const struct laid_text *t, int from, int to, double x,
                double y);
void press_rule(struct press *p, double x, double y, double width);
static inline double press_points(int twips)
{
	return twips / 20.0;
}

/* ---- pages ---- */

void press_start_part(struct press *p, const struct paper_part *part);
ERR_RESULT press_new_page(struct press *p);
/* Draws what the page still lacks: its footnotes. */
ERR_RESULT press_end_part(struct press *p);
double press_room(const struct press *p); /* above the footnotes */
double press_note_height(const struct press *p, const struct laid_note *n);
ERR_RESULT press_add_note(struct press *p, const struct laid_note *n);
void press_outline(struct press *p, int level, const char *text, double y);

/* ---- blocks ---- */

ERR_RESULT press_lay_block(struct press *p, struct laid_block *out,
                           const struct paper_block *b);
ERR_RESULT press_lay_table(struct press *p, struct laid_table **out,
                           const struct paper_table *t);
double press_table_start(const struct laid_table *t); /* what must not be parted */
ERR_RESULT press_put_table(struct press *p, const struct laid_table *t);
/* A text that stays with `tail` points of what follows. */
ERR_RESULT press_put_text(struct press *p, const struct laid_block *b, double tail);

/* Letterhead and title; what stands above an appendix; recipients and signature. */
ERR_RESULT press_put_head(struct press *p);
ERR_RESULT press_put_appendix(struct press *p, const struct paper_appendix_head *head);
struct end_columns;
ERR_RESULT press_lay_end(struct press *p, struct end_columns **out, double *height);
void press_put_end(struct press *p, const struct end_columns *end);

#endif
