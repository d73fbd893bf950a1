/* reading_parts.h - how a text is read; for the files behind reading.h only.
 *
 * The text is cut into tokens once.  Then passes run in this order, each takes (claims) the
 * tokens it understands, and later ones see only what is left: citations (with their days),
 * addresses, days, periods, names with numbers, figures.  Every pass goes over the tokens once
 * and looks a bounded number of tokens around, so time grows with the length.
 */
#ifndef TEXT_READING_PARTS_H
#define TEXT_READING_PARTS_H

#include <string.h>

#include "text/reading.h"

enum token_kind {
	TOKEN_END,    /* beyond the text on either side */
	TOKEN_WORD,   /* letters */
	TOKEN_NUMBER, /* digits with points and commas between them: "1.302.826", "3.3.1" */
	TOKEN_MARK    /* one character of any other kind; also a line end or tab */
};

enum claim {
	CLAIM_NONE,
	CLAIM_CITATION,
	CLAIM_DAY,
	CLAIM_PERIOD,
	CLAIM_NAME, /* digits that are no amount */
	CLAIM_FIGURE
};

struct token {
	size_t start, end;
	enum token_kind kind;
	enum claim claim;
	int item;   /* of its first token: index of the day or period that was read */
	bool gap;   /* a blank before it, or the text's beginning */
	bool upper; /* begins with a capital */
};

struct reader {
	struct arena *arena;
	const char *text, *lower; /* the same with small letters, byte for byte */
	struct token *tokens;
	size_t n;
	struct figure *figures;
	struct written_day *days;
	struct written_period *periods;
	struct citation *citations;
	size_t n_figures, n_days, n_periods, n_citations;
};

enum { CELL_MOST_BYTES = 160 };
struct cell_room {
	char lower[CELL_MOST_BYTES + 1];
	struct token tokens[CELL_MOST_BYTES];
};

/* ---- tokens ---- */

ERR_RESULT reader_open(struct reader *r, struct arena *a, const char *text);
/* The same for a cell of a table, without an arena; false when it is empty or too long. */
bool reader_open_cell(struct reader *r, struct cell_room *room, const char *text);
/* Any index is right, also the one before 0: TOKEN_END. */
extern const struct token token_end;
static inline const struct token *token_at(const struct reader *r, size_t i)
{
	return i < r->n ? &r->tokens[i] : &token_end;
}
static inline size_t token_len(const struct token *t)
{
	return t->end - t->start;
}
/* `word` in small letters.  Inline, so that a word that is written out is compared at once. */
static inline bool token_is(const struct reader *r, size_t i, const char *word)
{
	const struct token *t = token_at(r, i);

	return t->kind != TOKEN_END && r->lower[t->start] == word[0] &&
	       token_len(t) == strlen(word) &&
	       memcmp(r->lower + t->start, word, token_len(t)) == 0;
}
bool token_is_any(const struct reader *r, size_t i, const char *const *words); /* ends NULL */
bool token_is_dash(const struct reader *r, size_t i);
/* Words that follow each other from token i on, or end right before it: how many, or 0. */
size_t token_says(const struct reader *r, size_t i, const char *phrase);
size_t token_says_any(const struct reader *r, size_t i, const char *const *phrases);
size_t token_said_before(const struct reader *r, size_t i, const char *phrase);
/* Phrases of at most eight words. */
size_t token_said_any_before(const struct reader *r, size_t i, const char *const *phrases);
bool token_free(const struct reader *r, size_t i); /* there and not claimed */
bool token_free_number(const struct reader *r, size_t i);
bool token_glued(const struct reader *r, size_t i); /* no blank before it */
/* Digits alone, at most `most` of them: its value, else -1. */
int64_t token_int(const struct reader *r, size_t i, size_t most);
int token_year(const struct reader *r, size_t i);  /* 1900-2199 in four digits, else 0 */
int token_roman(const struct reader *r, size_t i); /* "I" to "IV", else 0 */
void token_claim(struct reader *r, size_t from, size_t to, enum claim claim, int item);
/* A word that says what was counted: no function word, no verb of the field. */
bool token_is_noun(const struct reader *r, size_t i);
/* "....", "…", "___": what a form leaves for a pen. */
bool token_is_filler(const struct reader *r, size_t i);
size_t token_skip_filler(const struct reader *r, size_t i);

/* ---- days ---- */

/* Days from token i on ("ngày" or a number), pushed and claimed: the first token after them, 0
 * when there is none.  "ngày 08, 09 tháng 01 năm 2022" is two. */
ERR_RESULT day_read(struct reader *r, size_t i, size_t *after);
ERR_RESULT days_read(struct reader *r);

/* ---- the passes, and what they share ---- */
ERR_RESULT citations_read(struct reader *r);
void addresses_claim(struct reader *r);
ERR_RESULT periods_read(struct reader *r);
ERR_RESULT windows_read(struct reader *r);
void names_claim(struct reader *r);
ERR_RESULT figures_read(struct reader *r);

/* The type word of a document that ends right before token i: its tokens (0: none) and code. */
size_t citation_type_before(const struct reader *r, size_t i, const char **code);
size_t citation_type_at(const struct reader *r, size_t i);

/* What the digits of one number say; false when they are no number ("3.3.1").  `percent`: a
 * rate stands there, so three digits after a mark are decimals. */
bool numeral_read(struct number *out, unsigned *marks, const char *text, size_t n,
                  bool percent);
/* A small number in words from token i on: how many tokens, 0: none. */
size_t numeral_words(const struct reader *r, size_t i, int64_t *out);

/* A figure being read, in tokens. */
struct figure_at {
	struct figure figure;
	size_t first;    /* where the look backwards begins */
	size_t behind;   /* the first token behind its digits */
	size_t unit_end; /* ... behind its unit */
	size_t after;    /* ... behind its noun, too, once that was read */
};

/* A figure from number i on with all around it; 0 when those digits are no number, else the
 * first token behind its digits (a whole behind its noun included).  Claims nothing. */
size_t figure_read(const struct reader *r, size_t i, struct figure_at *f);
size_t figure_unit_read(const struct reader *r, struct figure_at *f, size_t i);
void figure_bound_read(const struct reader *r, struct figure_at *f);
void figure_change_read(const struct reader *r, struct figure_at *f,
                        const struct figure *before);
/* "nâng tỷ lệ từ 85% lên 92%": the level before, when its noun was read. */
void figure_level_read(const struct reader *r, struct figure_at *f);
void figure_noun_read(const struct reader *r, struct figure_at *f);

#endif
