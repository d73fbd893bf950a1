/* rollup.h - tổng hợp: one unit's form set from its own part and the sheets of its children,
 * each row by its own rule.  Pure.
 *
 *	sum          own part and children added; what is blank or missing is no 0: the figure
 *	             says how many gave theirs ("97 trên 157") and is incomplete
 *	recompute    the row's formula over rolled-up rows; a ratio whose parts stand in no row
 *	             adds the numerators and denominators that the children carry
 *	own          the unit's own figure, children never added
 *	catalogue    distinct (procedure, level) of the lists behind the children's figures; one
 *	             figure without its list leaves the row blank
 *	count_units  units that did it among all that owe the row, sent or not
 *
 * Adding and taking the union know no order, so neither does the result.  A figure made here
 * is a child's cell one level up (rollup_cell_of): communes rolled into districts into a
 * province give what communes rolled straight into the province give.
 */
#ifndef APP_ROLLUP_ROLLUP_H
#define APP_ROLLUP_ROLLUP_H

#include "app/form/form_eval.h"
#include "app/rollup/rollup_codes.h"
#include "base/row_id.h"

/* One row of a sheet that goes in. */
struct rollup_cell {
	dec_t value, numerator, denominator; /* DEC_NONE: blank */
	/* The list behind the figure, each code once.  A catalogue row counts the codes; of a
	 * summed row amounts[i] is the part of the figure that belongs to codes[i]. */
	const struct rollup_code *const *codes;
	const dec_t *amounts; /* NULL for a catalogue */
	size_t n_codes;
	bool listed;     /* the list is given, though it may be empty */
	bool unlisted;   /* blank because a list was missing below */
	bool incomplete; /* rolled up itself, and something was missing below */
	bool not_owed;   /* this unit need not give the row, whatever its level says */
};
#define ROLLUP_NO_CELL                                                                         \
	((struct rollup_cell){                                                                 \
	        .value = DEC_NONE, .numerator = DEC_NONE, .denominator = DEC_NONE })

struct rollup_child {
	row_id unit;
	const char *name;
	enum form_tier tier;
	/* One for each row of the set; NULL: nothing was sent. */
	const struct rollup_cell *cells;
	/* How many units of each level it stands for, itself included, when units are
	 * counted; all 0: itself alone. */
	size_t units[FORM_TIERS];
};

/* Điều chỉnh có lý do: what the unit adds to a figure.  A summed or catalogue row takes
 * `value`; a ratio of its own parts and a row that counts units take parts. */
struct rollup_adjustment {
	int row;
	dec_t value, numerator, denominator; /* DEC_NONE: nothing */
	const char *reason;
};

struct rollup_input {
	const struct form_set *set;
	enum form_tier tier; /* of the unit that is rolled up */
	struct period period;
	const char *const *choices;       /* one for each setting */
	const struct rollup_codes *codes; /* that all lists were made with; NULL: no lists */
	/* The unit's own part, without what its children count; NULL: none.  It is added on
	 * rows of the unit's own level only. */
	const struct rollup_cell *own;
	const struct rollup_child *children;
	size_t n_children;
	const struct rollup_adjustment *adjustments;
	size_t n_adjustments;
};

enum rollup_how {
	ROLLUP_NOTHING, /* a heading */
	ROLLUP_SUMMED,
	ROLLUP_RECOMPUTED,
	ROLLUP_OWN_ONLY,
	ROLLUP_DISTINCT,
	ROLLUP_COUNTED
};
const char *rollup_how_word(enum rollup_how how); /* "sum": stored and in JSON */
const char *rollup_how_name(enum rollup_how how); /* "cộng các đơn vị" */

enum rollup_blank {
	ROLLUP_KNOWN,
	ROLLUP_NOT_FILLED,    /* no row of this level: silent */
	ROLLUP_CLOSED,        /* its level had ended: form_set.closed_because */
	ROLLUP_NOTHING_GIVEN, /* every part is blank or missing */
	ROLLUP_NO_LISTS,      /* a catalogue figure came without its list */
	ROLLUP_PARTS_BLANK,   /* a row that the formula reads is blank */
	ROLLUP_ZERO,          /* the denominator is 0 */
	ROLLUP_TOO_LARGE
};

struct rollup_figure {
	enum rollup_how how;
	enum rollup_blank blank;                /* why `value` is DEC_NONE */
	dec_t value, numerator, denominator;    /* value rounded as the row says */
	const struct rollup_code *const *codes; /* of a catalogue, sorted; of any other none */
	size_t n_codes;
	bool listed;
	/* Children that owe the row and those whose figure went in.  Of a recomputed row: of
	 * the row it reads that lacks most. */
	size_t owed, given, unlisted;
	bool own_blank;  /* the unit has still to give its own part */
	bool incomplete; /* something is missing here or below */
	const struct rollup_adjustment *adjustment; /* NULL: none */
};

struct rollup_plan; /* private: what is done with each row */
struct rollup {
	const struct rollup_input *input;
	const struct rollup_figure *figures; /* one for each row of the set */
	const struct rollup_plan *plan;
};

/* Everything is made in `a`; `input` must outlive *out.  ERR_INPUT: an adjustment without a
 * reason or of a row that takes none (rollup_adjustment_problem says which before). */
ERR_RESULT rollup_make(struct rollup *out, struct arena *a, const struct rollup_input *input);

/* Why it cannot stand, in Vietnamese; NULL: it can. */
const char *rollup_adjustment_problem(const struct form_set *set,
                                      const struct rollup_adjustment *adjustment);

/* The figure as the unit hands it up.  An adjusted catalogue has no list any more. */
struct rollup_cell rollup_cell_of(const struct rollup_figure *figure);
ERR_RESULT rollup_cells_of(const struct rollup_cell **out, struct arena *a,
                           const struct rollup *r);

/* "97 trên 157 đơn vị"; NULL: nothing is missing among the children. */
ERR_RESULT rollup_given_text(const char **out, struct arena *a, const struct rollup_figure *f);
/* Why the row is blank and what to do; NULL: it is not, or nobody expects it. */
ERR_RESULT rollup_blank_text(const char **out, struct arena *a, const struct rollup *r,
                             int row);

#endif
