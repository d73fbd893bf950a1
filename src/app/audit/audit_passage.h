/* audit_passage.h - a paragraph taken apart for the checks inside sentences: words with what
 *they tell (cues), brackets as scopes of their own, and pieces, the stretches between
 *separators that state one figure each.  Pure.
 *
 *	"Tiếp nhận 120 hồ sơ, trong đó: trực tuyến 80 hồ sơ, trực tiếp 40 hồ sơ"
 *	 [piece 0          ]  (opener) [piece 1           ]  [piece 2         ]
 */
#ifndef APP_AUDIT_AUDIT_PASSAGE_H
#define APP_AUDIT_AUDIT_PASSAGE_H

#include "app/audit/audit_cues.h"
#include "base/str.h"
#include "text/document.h"

enum word_kind {
	WORD_PLAIN,
	WORD_FIGURE,
	WORD_NAMED, /* a day, a period, a citation */
	WORD_COMMA,
	WORD_SEMICOLON,
	WORD_COLON,
	WORD_OPEN,
	WORD_CLOSE,
	WORD_MORE, /* ... */
	WORD_SLASH,
	WORD_QUOTE,
	WORD_SIGN
};
#define WORD_ALONE SIZE_MAX
struct word {
	size_t start, end;
	enum word_kind kind;
	enum cue cue;
	enum aspect aspect;
	unsigned value;
	int figure;  /* of WORD_FIGURE */
	size_t mate; /* of brackets: the word that closes or opens; else WORD_ALONE */
	int scope;
};

/* What separates a piece from the one before it in its scope. */
enum piece_edge { EDGE_START, EDGE_COMMA, EDGE_AND, EDGE_SEMICOLON, EDGE_COLON };

struct piece {
	size_t from, to; /* words */
	int scope;
	size_t sentence;
	enum piece_edge edge;
	enum cue opener;        /* CUE_CONSISTS, CUE_AMONG or CUE_DETAIL right before it */
	int figure;             /* the first count or amount of money; -1 */
	int second;             /* the next one; -1 */
	int rate;               /* the first percentage; -1 */
	unsigned before, flags; /* cues before its figure, in the whole piece: 1u << cue */
	unsigned values[ASPECTS];
};

/* Scope 0.. : a sentence, or a bracket in the scope `parent`, right after words of a piece. */
struct scope {
	int parent;      /* -1: a sentence */
	int after;       /* piece of `parent` that the bracket stands in; -1 */
	size_t from, to; /* words */
	size_t first;    /* its first piece; those of a sentence follow one another */
	size_t sentence;
};

enum { CUE_BUCKETS = 256, CUE_ROWS_MOST = 512 };
/* No sentence of a report is longer: loops from a figure to its neighbours go no further. */
enum { PIECES_AROUND = 200, WORDS_AROUND = 2000 };
struct passage {
	struct arena *arena;
	short first[CUE_BUCKETS]; /* rows of audit_cues.def by their first word */
	short next[CUE_ROWS_MOST];
	bool indexed;
	const struct block *block;
	const char *lower; /* its text in small letters, byte for byte */
	struct word *words;
	struct piece *pieces;
	struct scope *scopes;
	size_t n_words, n_pieces, n_scopes;
	size_t room_words, room_pieces, room_scopes;
	bool *sum_failed; /* of each sentence: a sum in it was reported (sentence_sums) */
};

/* Takes a paragraph apart; arrays of the call before are used again. */
ERR_RESULT passage_read(struct passage *p, struct arena *a, const struct block *block);

static inline const struct figure *passage_figure(const struct passage *p, int i)
{
	return &p->block->text.reading.figures[i];
}
/* Whether the word is these letters (given in lower case). */
bool passage_word_is(const struct passage *p, size_t word, const char *text);
/* The first word that starts at or after byte `at`. */
size_t passage_word_at(const struct passage *p, size_t at);

/* Small letters of Vietnamese and ASCII; every other byte stays: same length. */
ERR_RESULT vn_lower(struct arena *a, const char **out, const char *text);

/* Whether the piece begins with its figure: what is said of it follows. */
bool piece_starts_with_figure(const struct passage *p, const struct piece *piece);

#endif
