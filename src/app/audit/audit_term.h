/* audit_term.h - a figure as a term of a sum: its value with all that was said of it, whatever
 * paragraph it stands in; and groups of terms, a total with what could be its parts.  Pure. */
#ifndef APP_AUDIT_AUDIT_TERM_H
#define APP_AUDIT_AUDIT_TERM_H

#include "app/audit/audit_check.h"
#include "app/audit/audit_passage.h"

struct term {
	const struct joined *text;
	const struct figure *figure;
	struct number value;
	struct slice noun; /* small letters; empty: none, or what follows is a label */
	bool noun_is_label;
	struct number half; /* half of what the last printed digit of money stands for */
	unsigned values[ASPECTS], before, flags;
	enum piece_edge edge;
	enum cue opener;
	int piece;   /* in its passage */
	bool starts; /* the figure comes before its words */
};

/* A count or an amount of money that is stated exactly. */
bool figure_is_amount(const struct figure *f);
/* The term of a piece's first figure; the figure must be there. */
struct term term_of(const struct passage *p, int piece);
/* The same piece by its second figure. */
struct term term_of_second(const struct passage *p, int piece);
/* "80 hồ sơ": the figure with its noun, as printed. */
ERR_RESULT term_quote(const char **out, struct arena *a, const struct term *t);
size_t term_quote_end(const struct term *t);
void term_at(struct audit_draft *d, const struct term *t);

/* What two counted nouns have to do with each other. */
enum noun_fit {
	NOUN_DIFFERS,
	NOUN_OPEN, /* one of them is left out, or is a label: "80 trực tuyến" */
	NOUN_KIND, /* the part is a kind of the whole: "văn bản", "quyết định" */
	NOUN_SAME
};
enum noun_fit noun_fit(const struct term *whole, const struct term *part);

enum { MOST_TOTALS = 8, MOST_PARTS = 32 };
struct group {
	struct audit *audit;
	enum cue opener;   /* CUE_CONSISTS, CUE_AMONG, CUE_DETAIL; CUE_NONE: nothing said so */
	bool bracket;      /* the parts stand in a bracket right after the total */
	bool some;         /* the list is not closed */
	struct slice said; /* of a bracket: the words from its total on, small letters */
	struct term totals[MOST_TOTALS]; /* what could be the total, nearest first */
	struct term parts[MOST_PARTS];   /* in order */
	size_t n_totals, n_parts;
	bool used[MOST_PARTS]; /* out: belongs to a relation that was checked */
	bool failed;           /* out: something did not hold */
};

/* Empty again, of the same audit. */
static inline void group_clear(struct group *g)
{
	*g = (struct group){ .audit = g->audit };
}
/* Checks the sums and subsets of a group: reports what does not hold, counts what holds. */
ERR_RESULT group_judge(struct group *g);
/* Tells of all its parts and its first total. */
ERR_RESULT group_say(struct group *g, enum audit_verdict verdict);
/* Whether they differ by a fifth at most, as a slip would leave them. */
bool is_near(struct number a, struct number b);
/* One part of a group that "trong đó" opens. */
ERR_RESULT group_judge_subset(struct group *g, const struct term *part);

/* Whether nothing can be counted by both, by what was said of them. */
bool terms_exclude(const struct term *a, const struct term *b);
/* Whether these values of an aspect are all there is; *likely: mostly. */
bool aspect_covers(enum aspect aspect, unsigned values, bool *likely);
/* What could be the total of parts that begin with piece `first`: nearest first. */
void group_find_totals(struct group *g, const struct passage *p, int first);
/* The same for what follows the passage. */
void group_find_last(struct group *g, const struct passage *p);

/* The checks of one paragraph; sums first. */
ERR_RESULT sentence_sums(struct audit *x, struct passage *p);
/* A list that ends with its total. */
ERR_RESULT sentence_totals(struct audit *x, const struct passage *p);
/* Whether a piece is the total that ends its list; whether one follows in the scope of a piece.
 */
bool piece_closes(const struct passage *p, int piece);
bool scope_closes(const struct passage *p, int first);
ERR_RESULT sentence_flow(struct audit *x, struct passage *p);
ERR_RESULT sentence_rates(struct audit *x, const struct passage *p);
/* An exact percentage of something, no change. */
bool figure_is_rate(const struct figure *f);
void rate_at(struct audit_draft *d, const struct passage *p, const struct figure *rate);
/* What the rate of a piece cannot be. */
ERR_RESULT rate_bounds(struct audit *x, const struct passage *p, int piece);
ERR_RESULT sentence_growth(struct audit *x, const struct passage *p);
ERR_RESULT sentence_counts(struct audit *x, const struct passage *p);
/* The items under a paragraph: blocks that it introduces. */
struct list {
	size_t parent;
	const size_t *items;
	size_t n;
};
/* A paragraph with its items; `p` is the paragraph, `item` is used for each of them. */
ERR_RESULT list_sums(struct audit *x, struct passage *p, struct passage *item,
                     const struct list *list);
/* From a paragraph that says what was received on. */
ERR_RESULT list_flow(struct audit *x, struct passage *item, size_t block);
ERR_RESULT list_counts(struct audit *x, struct passage *p, struct passage *item,
                       const struct list *list);

#endif
