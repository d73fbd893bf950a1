/* narrative.h - the text of a report (phần lời của báo cáo) as blocks, ready to be shown or
 * printed.  Pure.
 *
 * A text is written in a small language (narrative_language.h, docs/narrative.md): prose with
 * references to cells.  Rendering puts the figures in and gives blocks in the order of the
 * document:
 *
 *	SUBJECT...    trích yếu, below the name of the kind of document (BÁO CÁO)
 *	ADDRESSEE...  one for each office below "Kính gửi:"
 *	BASIS...      căn cứ, in italics
 *	HEADING, PARAGRAPH, ITEM, TABLE, in any order; the number of a heading ("II.", "1.",
 *"a)") is part of its text; the closing "./." is part of the last paragraph RECIPIENT...  nơi
 *nhận, one line each, without the dash: "Lưu: VT." SIGNATORY...  quyền hạn, chức vụ, one line
 *each: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
 *
 * What is not of the text (letterhead, number, day, name of the signer, the forms) is added by
 * whoever prints it.
 */
#ifndef APP_NARRATIVE_NARRATIVE_H
#define APP_NARRATIVE_NARRATIVE_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/problems.h"

enum {
	NARRATIVE_LONGEST = 512 * 1024, /* bytes of a text */
	NARRATIVE_MOST_BLOCKS = 4000,
	NARRATIVE_MOST_COLUMNS = 20,
	NARRATIVE_DEEPEST_HEADING = 4,
	NARRATIVE_DEEPEST_ITEM = 2
};

enum narrative_run_kind {
	NARRATIVE_WORDS,
	NARRATIVE_FIGURE, /* of a cell, or reckoned from cells */
	NARRATIVE_CHANGE, /* "tăng 12 hồ sơ (3,4%)": a cell against another period's */
	NARRATIVE_STATED, /* a statement of the compiler's own (số do người lập tự nêu) */
	NARRATIVE_NOTE_MARK /* the mark of a footnote, raised: "1" */
};

struct narrative_run {
	enum narrative_run_kind kind;
	bool bold, italic;
	const char *text; /* as printed, not empty; of a blank figure NARRATIVE_BLANK_TEXT */
	const char
	        *marker; /* "{{đơn vị}}": what of the source it came from; NULL: it is prose */
	/* Of FIGURE, CHANGE and STATED.  STATED: the cell it stands in place of. */
	const char *reference; /* as written: "dossier.received", "a.b - a.c"; NULL: no cell */
	const char *form, *indicator; /* the (first) cell: "8", "dossier.received"; or NULL */
	dec_t value;                  /* the figure; DEC_NONE: blank, or none */
	size_t note;                  /* NOTE_MARK: index in narrative.notes */
};
/* Printed where the cell is still blank: blank is not 0. */
#define NARRATIVE_BLANK_TEXT "……"

struct narrative_runs {
	const struct narrative_run *at;
	size_t n;
};

enum narrative_kind {
	NARRATIVE_SUBJECT,
	NARRATIVE_ADDRESSEE,
	NARRATIVE_BASIS,
	NARRATIVE_HEADING,   /* level 1: "I. CÔNG TÁC ...", 2: "1. ...", 3: "a) ..." */
	NARRATIVE_PARAGRAPH, /* justified, its first line indented */
	NARRATIVE_ITEM,      /* level 1: "- ...", 2: "+ ..."; the dash is not in the text */
	NARRATIVE_TABLE,
	NARRATIVE_RECIPIENT,
	NARRATIVE_SIGNATORY,
	NARRATIVE_KINDS
};

struct narrative_row {
	const struct narrative_runs *cells; /* block.columns of them */
};

struct narrative_block {
	enum narrative_kind kind;
	int level;                  /* of HEADING and ITEM, from 1; else 0 */
	struct narrative_runs runs; /* empty for a table */
	/* Of a table; a cell with nothing but a number is set to the right. */
	const struct narrative_row *rows;
	size_t n_rows, columns;
	bool has_header; /* row 0 is the heading of the columns */
	int line;        /* of the source, from 1 */
	bool repeated;   /* one of several made from the same line */
};

struct narrative {
	const struct narrative_block *blocks;
	size_t n;
	const struct narrative_runs *notes; /* footnotes, in the order of their marks */
	size_t n_notes;
	size_t n_figures, n_blank, n_stated; /* runs of these kinds; blank: without a value */
};

/* ---- the text as it stood ---- */

/* The rendered text as one canonical text in the same language, every figure with its value:
 * the same blocks give the same bytes.  This is what a signed report keeps. */
ERR_RESULT narrative_freeze(const char **out, struct arena *a, const struct narrative *n);
/* Blocks of a frozen text, without figures of any database; narrative_freeze() of them gives
 * the same bytes.  Bad text: `problems` (with lines), *out is empty then, ERR_OK. */
ERR_RESULT narrative_thaw(struct narrative *out, struct arena *a, struct problems *problems,
                          const char *text);

/* Plain text, a line for each block, items with their dash; what the auditor reads. */
ERR_RESULT narrative_plain(const char **out, struct arena *a, const struct narrative *n);

const char *narrative_kind_word(enum narrative_kind kind); /* "paragraph": in JSON */

#endif
