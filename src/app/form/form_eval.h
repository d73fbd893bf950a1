/* form_eval.h - the figures of one sheet: a form set, a unit, a period.  Pure: what people
 * stated and what the records count comes in, cells with their problems come out.
 *
 * A stated value stands, beside it what the formula gives; every other formula reads the
 * stated one.  So one wrong figure raises its own problem and no others.
 */
#ifndef APP_FORM_FORM_EVAL_H
#define APP_FORM_FORM_EVAL_H

#include "app/form/form.h"
#include "calc/eval.h"

/* What people entered for a row; all NONE and NULL: nothing. */
struct form_stated {
	dec_t value, numerator, denominator;
	int places; /* decimals printed, where the value needs fewer: 2 of "100,00" */
	bool blank; /* the sheet says outright that this formula row is blank */
	const char *note, *reason;
};
#define FORM_NOTHING_STATED                                                                    \
	((struct form_stated){                                                                 \
	        .value = DEC_NONE, .numerator = DEC_NONE, .denominator = DEC_NONE })

struct form_input {
	const struct form_set *set;
	enum form_tier tier; /* of the unit whose sheet it is */
	struct period period;
	const struct form_stated *stated; /* one for each row of the set */
	const char *const *choices;       /* one for each setting: the chosen word */
	/* A count or sum over records; blank when nothing can be counted. NULL: all blank. */
	dec_t (*total)(void *self, const struct calc_total *total);
	void *self;
};

enum form_source { FORM_BLANK, FORM_COMPUTED, FORM_ENTERED, FORM_OVERRIDDEN };
const char *form_source_word(enum form_source source); /* "computed" */
const char *form_source_name(enum form_source source); /* "máy tính" */

enum { FORM_MOST_CODES = 12 };

struct form_problem {
	enum form_severity severity;
	const char
	        *kind; /* "sum", "ratio", "subset", "missing-value", "enum", "cross-form" ... */
	const char *codes[FORM_MOST_CODES]; /* the row first, then what it is held against */
	size_t n_codes;
	dec_t stated, computed; /* both sides */
	const char *message;
	const struct form_problem *next;
};

struct form_cell {
	enum form_source source;
	dec_t value;                  /* what is printed */
	dec_t computed;               /* what the formula gives, rounded; DEC_NONE: nothing */
	dec_t numerator, denominator; /* of a ratio */
	const char *note, *reason;
	const char *why_blank; /* a row that this unit does not fill in this period, or NULL */
	bool fills;            /* the unit fills this row */
	const struct form_problem *problems;
	size_t n_problems;
};

/* One cell for each row of the set, in `a`. */
ERR_RESULT form_evaluate(const struct form_cell **out, struct arena *a,
                         const struct form_input *input);

/* Whether `stated` is `exact` as somebody may print it: half a unit of its last digit
 * (number_fits). */
bool form_accepts(const struct form_stated *stated, struct calc_value exact);

/* Whether a sheet of this unit fills the row: a tier it covers that was not closed. */
bool form_row_fills(const char **why_not, const struct form_input *input,
                    const struct form_row *row);

/* Runs the worked examples of every form; each failure becomes a problem. */
ERR_RESULT form_run_examples(struct problems *problems, struct arena *a,
                             const struct form_set *set);

/* ---- one question to a record set, settings and names worked in ---- */

enum { FORM_MOST_CONDITIONS = 24 };

struct form_query {
	const struct calc_total *total;
	const char *by; /* "receiving_unit"; NULL: the set has one owner only */
	const struct calc_condition *conditions[FORM_MOST_CONDITIONS]; /* none is CALC_NAMED */
	size_t n_conditions;
};
/* ERR_TOO_LARGE when there are more conditions than fit. */
ERR_RESULT form_query_of(struct form_query *out, const struct form_set *set,
                         const char *const *choices, const struct calc_total *total);

#endif
