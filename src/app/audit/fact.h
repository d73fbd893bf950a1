/* fact.h - the amounts that a document states, each with what it counts, so that one quantity
 * can be found in two places.  Pure.
 *
 * audit_run calls facts_of before the checks; checks walk `pairs`: two facts that count the
 * same thing, whatever their values are.
 */
#ifndef APP_AUDIT_FACT_H
#define APP_AUDIT_FACT_H

#include "app/audit/audit_check.h"
#include "app/audit/fact_words.h"

/* A sorted set of numbers of words and terms. */
struct fact_set {
	const int *at;
	size_t n;
};

/* A value of a dimension: what is said of the amount, or what stands around it allows. */
struct fact_dimension {
	int value;  /* enum fact_term; 0: not said */
	int other;  /* may be meant too; -1: nothing else */
	bool loose; /* `other` is a guess */
};

struct fact_what {
	int object;   /* what is counted: a term or a word; 0: not known */
	bool total;   /* "tổng số", or something that parts are told of */
	bool rate;    /* "tỷ lệ" */
	bool aim;     /* a goal: "phấn đấu", "tối thiểu" */
	bool no;      /* "chưa", "không" */
	bool counted; /* "số", "số lượng" */
	bool guessed; /* the object comes from other words than its own */
	bool unclear; /* nothing is said that tells it from its total */
	struct fact_dimension dimensions[FACT_DIMENSIONS];
	/* Words that tell it from others; that may tell it; of the clause before, which may
	 * only tell a story; of what stands above it, which narrows it down as well. */
	struct fact_set own, near, before, context;
};

struct fact_period {
	date_t from, to; /* none: not stated */
	bool stated;     /* in its own sentence, section or column */
	bool past;       /* same period of last year, last year: compared with nothing */
};

struct fact {
	struct figure figure;
	struct fact_what what;
	struct fact_period period;
	bool is_goal;
	int block;                 /* of a text outside tables; else -1 */
	int table, row, column;    /* of a cell; else -1 */
	bool in_words;             /* a figure in a sentence, also in a cell that holds one */
	const struct joined *text; /* bytes [start, end) hold the figure */
	size_t start, end;
	int whole;             /* index of the fact it is a part of ("trong đó"); -1 */
	struct number carried; /* of it, what the period before left; 0: not told */
	bool is_none;          /* "chưa có", "không có": none, said without a figure */
	/* Of the section whose heading names a place beside others ("a) Tại ...", "b) Tại
	 * ..."): it counts what is done there; 0: nothing says so. */
	int population;
	bool broad;    /* "toàn huyện": every place of it */
	bool spread;   /* parts of it are told by the level of the office */
	int sum_of[2]; /* a fact that the document does not print: two parts added; -1 */
};

enum fact_match {
	FACT_OTHER,  /* not the same quantity, or nobody can tell */
	FACT_LIKELY, /* the same, but the wording leaves room */
	FACT_SAME
};
struct fact_pair {
	int a, b; /* a < b, in the order of the document */
	enum fact_match match;
	bool agree; /* the values do not contradict each other */
};

struct fact_list {
	const struct fact *facts;
	size_t n_facts;
	const struct fact_pair *pairs;
	size_t n_pairs;
};

ERR_RESULT facts_of(struct fact_list **out, struct audit *x);

/* Whether two facts count the same thing in the same period. */
enum fact_match fact_compare(const struct fact_words *w, const struct fact *a,
                             const struct fact *b);
/* Whether their values can both be true. */
bool fact_agree(const struct fact *a, const struct fact *b);

#endif
