/* calc.h - the formula language of the statistical forms: pure, it knows neither rows nor
 * records; what a reference, a record set or a setting is, the caller says.
 *
 *	100 * [2.2] / [2.1]                         other rows; [8/6.3.1]: row 6.3.1 of form 8
 *	count(dossier where finished in period and outcome in (early, on_time)
 *	      by receiving_unit)                     records that meet conditions
 *	[5.2] + [5.3] <= [5.1]                       a check
 *	if [7] = 0 then [7.1] = 0
 *
 * docs/first-form.md is the whole grammar.  A parsed formula is typed: numbers and truths do
 * not mix.  Values are exact fractions; rounding happens once, by calc_round().  Blank is no
 * zero: it propagates through every operation and makes a check "not checked".
 */
#ifndef CALC_CALC_H
#define CALC_CALC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "calc/total.h"

enum { CALC_LONGEST = 4000, CALC_DEEPEST = 40, CALC_MOST_NODES = 400, CALC_MOST_REFS = 64 };

struct calc_ref {
	const char *form; /* NULL: the same form */
	const char *code;
	int row; /* for the caller, who resolves it after parsing; -1 */
	int line, column;
};

enum calc_op {
	CALC_CONST,
	CALC_REF,
	CALC_TOTAL,
	CALC_DENOMINATOR, /* of the row's own ratio */
	CALC_ADD,
	CALC_SUBTRACT,
	CALC_MULTIPLY,
	CALC_DIVIDE,
	CALC_NEGATE,
	CALC_IF,
	CALC_COMPARE,
	CALC_AND,
	CALC_OR,
	CALC_NOT,
	CALC_CHOSEN,  /* setting name = choice */
	CALC_UNIT_IS, /* unit is tier */
	CALC_ENTERED,
	CALC_IS_BLANK
};

struct calc_node {
	enum calc_op op;
	bool truth;                    /* its type; false: a number */
	enum calc_compare compare;     /* CALC_COMPARE */
	const struct calc_node *a, *b; /* operands */
	const struct calc_node *otherwise;
	dec_t number;
	struct calc_ref *ref; /* CALC_REF, CALC_ENTERED, CALC_IS_BLANK */
	const struct calc_total *total;
	const char *name, *word; /* CALC_CHOSEN, CALC_UNIT_IS */
};

struct calc {
	const char *text;
	const struct calc_node *root;
	struct calc_ref *refs[CALC_MOST_REFS]; /* in the order of the text */
	size_t n_refs;
	const struct calc_total *totals[CALC_MOST_REFS];
	size_t n_totals;
};

/* What is wrong with a text: where (counted from 1; columns in characters) and what to do. */
struct calc_error {
	int line, column;
	const char *message;
};

/* ERR_INPUT with `error` filled when the text is wrong; everything lives in `a`.  `text` may
 * run over several lines. */
ERR_RESULT calc_parse_number(const struct calc **out, struct calc_error *error, struct arena *a,
                             const char *text, const struct calc_schema *schema);
ERR_RESULT calc_parse_check(const struct calc **out, struct calc_error *error, struct arena *a,
                            const char *text, const struct calc_schema *schema);
/* Conditions of records of `set` joined by "and": what a form set may name; "" is none. The
 * result is a total that counts. */
ERR_RESULT calc_parse_conditions(const struct calc_total **out, struct calc_error *error,
                                 struct arena *a, const char *text, const char *set,
                                 const struct calc_schema *schema);

/* The formula for a spreadsheet, each reference written by `cell` (false: it has no cell);
 * false when the formula holds what a sheet cannot compute. */
bool calc_spreadsheet(struct str *out, const struct calc_node *node,
                      bool (*cell)(struct str *out, const void *self,
                                   const struct calc_ref *ref),
                      const void *self);

#endif
