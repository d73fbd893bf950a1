/* paper_parts.h - what both writers of a paper go by: the decree's measures, the lines that are
 * made of a document's fields, and its parts, which begin on new pages.  Private to src/doc.
 *
 * Lengths are twips (1/20 point) unless they say otherwise; sizes of letters are points.
 */
#ifndef DOC_PAPER_PARTS_H
#define DOC_PAPER_PARTS_H

#include "doc/paper.h"

/* A4, and the text area between the margins: 20 mm above, below and at the right, 30 mm at the
 * left (allowed: 20-25, 20-25, 15-20, 30-35). */
enum {
	PAPER_SHORT = 11906,
	PAPER_LONG = 16838,
	PAPER_MARGIN = 1134,
	PAPER_MARGIN_LEFT = 1701,
	PAPER_PAGE_NUMBER_AT = 510, /* below the edge of the page */
	PAPER_WIDTH = PAPER_SHORT - PAPER_MARGIN_LEFT - PAPER_MARGIN,
	PAPER_WIDTH_LANDSCAPE = PAPER_LONG - PAPER_MARGIN_LEFT - PAPER_MARGIN
};
static inline int paper_width(bool landscape)
{
	return landscape ? PAPER_WIDTH_LANDSCAPE : PAPER_WIDTH;
}

/* Sizes, in points, as in the examples of Phụ lục I, mục V of the decree. */
enum {
	PAPER_SIZE_STATE = 12,  /* quốc hiệu, cơ quan */
	PAPER_SIZE_MOTTO = 13,  /* tiêu ngữ, số, địa danh và ngày */
	PAPER_SIZE_LETTER = 12, /* V/v of a letter */
	PAPER_SIZE_TEXT = 14,
	PAPER_SIZE_SENT_HEAD = 12,
	PAPER_SIZE_SENT = 11,
	PAPER_SIZE_NOTE = 11, /* footnotes, notes below a table */
	PAPER_SIZE_PAGE_NUMBER = 13
};
int paper_table_size(const struct paper_table *t); /* of its letters */

/* Paragraphs: first line 1.27 cm, 6 pt behind, lines 1.1 times single.  The height of a single
 * line of Times New Roman is 1.149 of its size. */
enum {
	PAPER_INDENT = 720,
	PAPER_AFTER = 120,
	PAPER_SPACING = 264, /* of 240 */
	PAPER_SINGLE = 1149  /* thousandths of the size */
};

/* Columns without borders: of the letterhead, of recipients and signature. */
enum {
	PAPER_HEAD_LEFT = 3600,
	PAPER_HEAD_RIGHT = PAPER_WIDTH - PAPER_HEAD_LEFT,
	PAPER_SIGN_LEFT = 4450,
	PAPER_SIGN_RIGHT = PAPER_WIDTH - PAPER_SIGN_LEFT,
	PAPER_SIGN_SPACE = 1600, /* for signature and seal */
	PAPER_TO_HEAD = 1700,    /* of "Kính gửi:" to several */
	PAPER_TO_ITEM = 2720,    /* of their dashes, below its colon */
	PAPER_SIGN_BEFORE = 120, /* above recipients and signature */
	PAPER_CELL_PAD = 80,     /* in cells of tables, left and right */
	PAPER_CELL_SPACE = 20,   /* above and below */
	PAPER_RULE_GAP = 40,     /* between capitals and the rule below them */
	PAPER_RULE_GAP_TEXT = 80 /* the same below letters with tails */
};

/* What stands above an appendix. */
struct paper_appendix_head {
	const char *label, *title, *attached;
};
/* Blocks on pages of their own. */
struct paper_part {
	bool landscape;
	bool first;                                 /* letterhead and title stand above */
	bool ends_body;                             /* recipients and signature stand below */
	bool restarts;                              /* page 1 again, not shown */
	const struct paper_appendix_head *appendix; /* stands above; NULL: none */
	const struct paper_block *at;
	size_t n;
};
struct paper_plan {
	const struct paper *paper;
	const char *number, *dated; /* lines of boxes 3 and 4 */
	const char **addressees;    /* more than one: with "- " and their mark at the end */
	const char **recipients;    /* with "- " and their mark at the end */
	const char *end;            /* "./." to stand alone: there is no last paragraph */
	struct paper_part *parts;
	size_t n_parts;
};
/* ERR_INPUT as paper_docx. */
ERR_RESULT paper_plan(struct paper_plan *out, struct arena *a, const struct paper *p);
ERR_RESULT paper_check(const struct paper *p);

/* Whether a block stays with the next one. */
bool paper_block_keeps(const struct paper_block *b);
/* A row with nothing but bold texts is the name of a group: it stays with the next one. */
bool paper_row_keeps(const struct paper_table *t, size_t row);

/* Left edges of a table's columns and the right edge behind them, over `width`. */
void paper_columns(int out[PAPER_MOST_COLUMNS + 1], const struct paper_table *t, int width);

/* ---- how wide bold letters are: for rules under lines, and for lines of equal length ---- */

int paper_bold_width(const char *text, size_t n, int size);
/* A text in the middle of `most`: the narrowest measure that needs no more lines than the
 * whole width does. */
struct paper_measure {
	int width; /* that it takes, with some air */
	int rule;  /* of the line under it: 1/3 to 1/2 of its lines */
};
struct paper_measure paper_measure(const char *text, int size, int most);

#endif
