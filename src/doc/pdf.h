/* pdf.h - writes A4 pages of text, rules and tables as PDF: pango and cairo behind a cursor
 * that runs down the page.
 *
 * Lengths are millimetres, font sizes points.  The family is Liberation Serif (the metrics of
 * Times New Roman, which Nghị định 30/2020/NĐ-CP asks for); text is embedded and searchable.
 * The same calls with the same `created` give the same bytes.  Drawing calls do not fail: a
 * failure is remembered and reported by pdf_finish.
 */
#ifndef DOC_PDF_H
#define DOC_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/str.h"

struct pdf;

struct pdf_setup {
	const char *title, *author, *subject; /* may be NULL */
	instant_t created;
	bool landscape;
	double top, bottom, left, right; /* margins */
	bool page_numbers;               /* top centre, from page 2 */
};

/* Bytes are appended to `to`, which must live until pdf_finish.  ERR_IO when the font is not
 * installed (package fonts-liberation2). */
ERR_RESULT pdf_new(struct pdf **out, struct str *to, const struct pdf_setup *setup);
void pdf_free(struct pdf *pdf);
static inline void pdf_cleanup(struct pdf **pdf)
{
	if (*pdf)
		pdf_free(*pdf);
}
#define PDF_CLEANUP __attribute__((cleanup(pdf_cleanup)))
ERR_RESULT pdf_finish(struct pdf *pdf);

/* Text. */
enum pdf_align { PDF_LEFT, PDF_CENTRE, PDF_RIGHT, PDF_JUSTIFY };
enum pdf_weight { PDF_BOLD = 1, PDF_ITALIC = 2, PDF_RAISED = 4 }; /* raised: a note's mark */

struct pdf_style {
	double size; /* points */
	enum pdf_align align;
	unsigned weight;      /* PDF_BOLD | PDF_ITALIC for the whole paragraph */
	double indent;        /* of the first line */
	double before, after; /* space, points */
	double spacing;       /* of lines; 0: single */
	bool balanced;        /* lines about equally long, for headings */
	bool keep_together;   /* never broken over two pages */
};

/* A stretch of a paragraph; `weight` adds to the style's.  A NULL text fills the rest of its
 * line with dots, for what is written by hand; nothing follows it. */
struct pdf_run {
	const char *text;
	unsigned weight;
};
void pdf_paragraph(struct pdf *pdf, const struct pdf_style *style, const struct pdf_run *runs,
                   size_t n);
void pdf_text(struct pdf *pdf, const struct pdf_style *style, const char *text);

/* Where text goes: a column of the text area; width 0: all of it. */
void pdf_area(struct pdf *pdf, double x, double width);
double pdf_width(const struct pdf *pdf); /* of the whole text area */
double pdf_y(const struct pdf *pdf);     /* below the top of the page */
void pdf_move(struct pdf *pdf, double y);
void pdf_skip(struct pdf *pdf, double height);
/* Starts a new page when less than that is left. */
void pdf_need(struct pdf *pdf, double height);
void pdf_new_page(struct pdf *pdf);
void pdf_restart_numbers(struct pdf *pdf); /* the next new page is page 1 */

/* A horizontal rule below the cursor, centred in the area. */
void pdf_rule(struct pdf *pdf, double width);
/* The width of a text on one line. */
double pdf_text_width(struct pdf *pdf, const struct pdf_style *style, const char *text);
/* Rectangles gather until pdf_fill paints them; x, y from the page's top left corner. */
struct pdf_rectangle {
	double x, y, width, height;
};
void pdf_rectangle(struct pdf *pdf, struct pdf_rectangle r);
void pdf_fill(struct pdf *pdf);
/* The left edge of the text area from the page's edge. */
double pdf_left(const struct pdf *pdf);

/* Tables: bordered, over the whole text area; the head is repeated on each page. */
struct pdf_column {
	double width; /* share: all widths together fill the text area */
	enum pdf_align align;
};
/* A cell of the head: covers `columns` columns and `rows` rows of it. */
struct pdf_head {
	const char *text;
	int row, column, rows, columns;
};
struct pdf_table {
	const struct pdf_column *columns;
	size_t n_columns; /* at most PDF_MOST_COLUMNS */
	const struct pdf_head *heads;
	size_t n_heads;
	int head_rows;
	double size; /* points */
};
enum { PDF_MOST_COLUMNS = 24, PDF_MOST_HEAD_ROWS = 3 };
/* `table` must live until pdf_table_end. */
void pdf_table_start(struct pdf *pdf, const struct pdf_table *table);
/* One row; NULL and "" are empty; a line break starts a new line in the cell.  A row goes to
 * the next page as a whole, unless it is taller than a page. */
void pdf_table_row(struct pdf *pdf, const char *const *cells);
void pdf_table_end(struct pdf *pdf);

#endif
