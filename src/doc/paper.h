/* paper.h - an administrative document as blocks, in the layout of Nghị định 30/2020/NĐ-CP
 * (Phụ lục I), written as DOCX and PDF.  Knows no subject.
 *
 * The caller says what stands in the document; sizes, margins, rules under titles, numbering of
 * appendices, page numbers, "./." and the words of the layout ("Nơi nhận:", "Kính gửi:") are
 * the writers'.  A4, margins 20 20 30 20 mm (top, bottom, left, right), text 14 pt.
 *
 * All texts are UTF-8 in NFC and belong to the caller; arrays and texts must live while a
 * writer runs.  NULL and "" both mean "none".  A line break inside a text starts a new line
 * in the same paragraph.  The same document gives the same bytes, on any day and machine.
 */
#ifndef DOC_PAPER_H
#define DOC_PAPER_H

#include "base/date.h"
#include "base/str.h"

/* ---- text ---- */

enum paper_weight { PAPER_BOLD = 1, PAPER_ITALIC = 2 };

struct paper_run {
	const char *text;
	unsigned weight; /* PAPER_BOLD | PAPER_ITALIC; adds to its block's */
	/* In DOCX a bookmark around the run, to find it again in a file that was edited: a
	 * letter, then letters, digits and "_", at most PAPER_MARK_LONGEST, once in a
	 * document.  NULL: none. */
	const char *mark;
	const struct paper_text *note; /* a footnote behind the run; NULL: none */
};
struct paper_text {
	const struct paper_run *runs;
	size_t n;
};
enum { PAPER_MARK_LONGEST = 40 };

/* ---- tables ---- */

enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT };

struct paper_column {
	int width; /* share: all widths together are the width of the text */
	enum paper_align align;
};
/* A cell of the head: covers `columns` columns and `rows` rows of it; 0 counts as 1. */
struct paper_head_cell {
	const char *text;
	int row, column, rows, columns;
};
struct paper_cell {
	const char *text;
	unsigned weight;
};
struct paper_table {
	const struct paper_column *columns;
	size_t n_columns;                   /* 1 to PAPER_MOST_COLUMNS */
	const struct paper_head_cell *head; /* repeated on each page; covers it without gaps */
	size_t n_head;
	int head_rows; /* 0 (no head) to PAPER_MOST_HEAD_ROWS */
	/* n_rows * n_columns, row by row; a row all in bold stays with the next one. */
	const struct paper_cell *cells;
	size_t n_rows;
	bool landscape; /* on pages of its own, turned */
};
enum { PAPER_MOST_COLUMNS = 24, PAPER_MOST_HEAD_ROWS = 4 };

/* ---- blocks ---- */

enum paper_kind {
	PAPER_HEADING, /* level 1: "I. TITLE", bold; 2: "1. Title", bold; 3: "a) Title", bold */
	PAPER_PARAGRAPH, /* justified, first line indented */
	PAPER_BASIS,     /* "Căn cứ ...": the same in italics */
	PAPER_ITEM,      /* of a list, with its "- " or "+ " in the text; as a paragraph */
	PAPER_TABLE,
	PAPER_LINE, /* one centred line: the name of a table */
	PAPER_NOTE  /* small print below a table, 11 pt; all in bold: stays with what follows */
};
/* The numbers of headings are part of their text: nothing is numbered automatically. */
struct paper_block {
	enum paper_kind kind;
	int level; /* of a heading, 1 to 3 */
	struct paper_text text;
	unsigned weight;                 /* of the whole block, beside the kind's own */
	const char *mark;                /* as of a run; of a heading or paragraph */
	const struct paper_table *table; /* PAPER_TABLE; `text` is not read */
};
struct paper_blocks {
	const struct paper_block *at;
	size_t n;
};

/* ---- the document; numbers in comments are the boxes of the decree ---- */

struct paper_letterhead {
	const char *parent; /* 2: "ỦY BAN NHÂN DÂN TỈNH X"; none for a UBND of its own */
	const char *issuer; /* 2: "SỞ NỘI VỤ"; "\n" starts a new line */
	const char *number; /* 3: "15"; none: room to write it */
	const char *notation; /* 3: "BC-UBND" */
	const char *place;    /* 4: "Hương Sơn" */
	date_t dated;         /* 4: DATE_NONE: room to write it, under `year` */
	int year;             /* of a document without a date; 0: room for it, too */
	const char *urgency;  /* 10b: "KHẨN"; none */
};

struct paper_signature {
	const char *const *authority; /* 7a: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH": a line each */
	size_t n_authority;
	const char *name; /* 7b: none: room only */
};

struct paper_appendix {
	const char
	        *label; /* "Biểu mẫu 1"; none: "Phụ lục", with its Roman numeral of several */
	const char *title; /* printed in capitals as it stands */
	struct paper_blocks body;
	bool landscape; /* the whole appendix */
};

struct paper {
	struct paper_letterhead head;
	const char *type; /* 5a: "BÁO CÁO"; none: a letter, with `subject` under the number */
	const char *subject;           /* 5a or 5b ("V/v ...") */
	const char *const *addressees; /* 9a: "Kính gửi" */
	size_t n_addressees;
	struct paper_blocks body; /* 6; "./." is put behind its last paragraph */
	struct paper_signature signature;
	const char *const *recipients; /* 9b: "Như trên", "Lưu: VT": without "- " and ";" */
	size_t n_recipients;
	const char *contact; /* 13: at the foot of page 1; none */
	const struct paper_appendix *appendices;
	size_t n_appendices;
	/* In "(Kèm theo Báo cáo số 15/BC-UBND ngày 18 tháng 3 năm 2024 của ...)" under the
	 * title of each appendix. */
	const char *kind_name;   /* "Báo cáo" */
	const char *issuer_name; /* "Ủy ban nhân dân xã Hương Sơn" */
	/* Properties of the file. */
	const char *title;
	instant_t created; /* not the clock: of what is printed */
};

/* Append the file's bytes to `to`; `a` holds what is needed on the way.  ERR_INPUT: a text is
 * not UTF-8, a mark is none, a table does not add up.  ERR_IO: the font is not installed. */
ERR_RESULT paper_docx(struct str *to, struct arena *a, const struct paper *p);
ERR_RESULT paper_pdf(struct str *to, struct arena *a, const struct paper *p);

#endif
