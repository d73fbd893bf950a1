/* eval.h - what a parsed formula gives: exact fractions, blank and truth. */
#ifndef CALC_EVAL_H
#define CALC_EVAL_H

#include "base/decimal.h"
#include "calc/calc.h"

__extension__ typedef __int128 calc_wide;

/* Blank: not known.  Absent: a row that this unit does not fill; a sum goes on without it. */
enum calc_state { CALC_BLANK, CALC_ABSENT, CALC_KNOWN };

struct calc_value {
	enum calc_state state;
	calc_wide n, d; /* an exact fraction, d > 0, when known */
};

struct calc_env {
	void *self;
	struct calc_value (*ref)(void *self, const struct calc_ref *ref);
	struct calc_value (*total)(void *self, const struct calc_total *total);
	struct calc_value (*denominator)(void *self);
	bool (*entered)(void *self, const struct calc_ref *ref);
	const char *(*choice)(void *self, const char *setting);
	const char *unit_tier;
};

/* What an evaluation met. */
struct calc_report {
	bool divided_by_zero; /* x/0 with x other than 0; 0/0 is blank in silence */
	bool partial;         /* a sum was left blank although some of its parts are known */
	bool overflow;
};

struct calc_value calc_number(const struct calc_node *node, const struct calc_env *env,
                              struct calc_report *report);

enum calc_truth { CALC_FALSE, CALC_TRUE, CALC_UNKNOWN };

/* The comparison that decided a check, with both sides as they were. */
struct calc_verdict {
	enum calc_truth truth;
	const struct calc_node *comparison; /* NULL: none was evaluated */
	struct calc_value left, right;
};
struct calc_verdict calc_check(const struct calc_node *node, const struct calc_env *env,
                               struct calc_report *report);

struct calc_value calc_known(dec_t d); /* blank for DEC_NONE */
/* Rounded half away from zero; DEC_NONE unless known and within range. */
dec_t calc_round(struct calc_value v, int places);
int calc_order(struct calc_value a, struct calc_value b); /* both known */
/* 100 * part / whole, as a formula gives it. */
struct calc_value calc_percent(struct calc_value part, struct calc_value whole,
                               struct calc_report *report);

#endif
