/* document_parts.h - what document_build is made of; private to src/text/document*.c.
 *
 * lines -> pieces (markup gone) -> items (paragraph or rows of one table) -> blocks (joined
 * paragraphs) -> head, tail, annexes, sections -> readings, sentences, tables.
 */
#ifndef TEXT_DOCUMENT_PARTS_H
#define TEXT_DOCUMENT_PARTS_H

#include "base/str.h"
#include "base/vec.h"
#include "text/document.h"

/* ---- words (document_words.c); texts are UTF-8 in NFC ---- */

bool is_letter(int32_t c);
bool is_upper_letter(int32_t c);
bool is_lower_letter(int32_t c);
int32_t point_at(const char *text, size_t *used);  /* 0 at the end */
int32_t point_before(const char *text, size_t at); /* 0 at the start */
/* Whether `text` begins with, or has somewhere, these words (given in lower case) as whole
 * words; what follows the words at the beginning: words_after. */
bool words_start(const char *text, const char *words);
const char *words_after(const char *text, const char *words); /* NULL: does not begin so */
const char *words_in(const char *text, const char *words);    /* where; NULL */
bool starts_lower(const char *text); /* the first letter, quotes and brackets passed over */
bool starts_upper(const char *text);
bool is_upper_text(const char *text); /* letters, and no small one among them */
bool ends_closed(const char *text);   /* ends in . ; : ! ? whatever quotes follow */
bool text_goes_on(const char *text, const char *next); /* `next` is the rest of its sentence */
size_t count_words(const char *text, size_t most);

/* ---- markers (document_marker.c) ---- */

enum marker_class {
	MARK_NONE,
	MARK_PART,   /* Phần, Chương */
	MARK_UPPER,  /* A. */
	MARK_ROMAN,  /* II. */
	MARK_ARABIC, /* 1. 2.1 */
	MARK_LETTER, /* a) */
	MARK_PAREN,  /* 1) (1) */
	MARK_DASH,
	MARK_PLUS,
	MARK_DOT
};
enum { MARKER_PARTS = 8 };
struct marker {
	enum marker_class class;
	int n_parts, parts[MARKER_PARTS]; /* 2.1: 2 and 1; of Romans and letters the ordinal */
	size_t start, end;                /* the number without what closes it, or the bullet */
	size_t whole_end;                 /* with what closes it: "a)" */
	size_t words;                     /* where the words begin */
};
/* What a paragraph begins with.  In a cell the number may stand alone or without a dot. */
struct marker marker_of(const char *text);
struct marker marker_of_cell(const char *text);
static inline bool marker_is_number(const struct marker *m)
{
	return m->class != MARK_NONE && m->class < MARK_DASH;
}

/* ---- pieces (document_piece.c, document_clean.c) ---- */

struct piece {
	const char *text; /* markup gone, blanks single; a tab between cells */
	struct doc_line line;
	int gap;   /* blank lines before it */
	bool page; /* a page break or a page number before it */
	int table; /* of the reader; 0 */
	bool row, note, heading, bold;
	const char **cells; /* of a row */
	size_t n_cells, n_filled;
};
/* Takes markup out of `line`; `bold` is the state that runs from line to line.  Writes at most
 * strlen(line) + 1 bytes. */
struct cleaned {
	bool heading, bold, note;
};
struct cleaned clean_line(char *out, const char *line, bool *bold_open);

/* A paragraph's line, or rows [from, to) of a table. */
struct item {
	bool table;
	struct piece piece;
	size_t from, to;
};

/* ---- blocks in the making ---- */

struct making {
	struct block block;
	struct marker marker;
	int gap;
	bool bold, heading; /* said by markup or by the format */
	size_t from, to;    /* rows of a table: pieces */
};
struct build {
	struct arena *arena;
	const struct text_file *files;
	size_t n_files;
	struct piece *pieces;
	size_t n_pieces;
	struct item *items;
	size_t n_items;
	struct making *blocks;
	size_t n_blocks;
	struct section *sections;
	size_t n_sections;
	struct annex *annexes;
	size_t n_annexes;
	struct doc_head head;
	size_t head_end;                    /* blocks before it are the head */
	size_t at_number, at_day, at_title; /* blocks; SIZE_MAX: none */
};

ERR_RESULT build_pieces(struct build *b);
ERR_RESULT build_items(struct build *b);
ERR_RESULT build_blocks(struct build *b);
ERR_RESULT build_head(struct build *b);    /* kinds of its blocks; texts without readings */
ERR_RESULT build_annexes(struct build *b); /* and the tail */
ERR_RESULT build_sections(struct build *b);
void build_list_parents(struct build *b);
ERR_RESULT build_sentences(struct build *b);
ERR_RESULT build_head_readings(struct build *b);
ERR_RESULT build_office(struct build *b); /* whose report it is (document_office.c) */
ERR_RESULT build_tables(struct build *b, struct document *out);

#endif
