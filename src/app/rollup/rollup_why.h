/* rollup_why.h - what a rolled-up figure is made of, and why it changed between two roll-ups
 * (two periods, two submissions).  Pure. */
#ifndef APP_ROLLUP_ROLLUP_WHY_H
#define APP_ROLLUP_ROLLUP_WHY_H

#include "app/rollup/rollup_share.h"

enum rollup_part { ROLLUP_CHILD, ROLLUP_OWN_PART, ROLLUP_ADJUSTED };

/* What one unit gave to a figure.  Of an added row, and of a formula that only adds and takes
 * away, the values add up to the figure; of a ratio the parts do, and value is the unit's own
 * rate.  Catalogue: value is how many codes its list has; where a formula reads catalogues, a
 * code that several have counts for the first of them (the unit itself, then by id). */
struct rollup_contribution {
	enum rollup_part part;
	row_id unit;      /* ROW_NONE unless a child */
	const char *name; /* of a child; of an adjustment its reason */
	enum rollup_giving giving;
	dec_t value, numerator, denominator;
	dec_t weight; /* its share in the figure: |value|, |denominator|; 0 when nothing */
	bool incomplete;
	const struct rollup_child *child; /* NULL unless a child */
};
struct rollup_contributions {
	struct rollup_contribution *at;
	size_t n;
};
/* Of one row, heaviest first, then by unit; children that did not give theirs stand last. */
ERR_RESULT rollup_contributions(struct rollup_contributions *out, struct arena *a,
                                const struct rollup *r, int row);

/* Which unit answers for one that is no more: parts of both stand under the new one. */
struct rollup_heir {
	row_id old, now;
};

enum rollup_why_kind {
	ROLLUP_WHY_UNIT,
	ROLLUP_WHY_OWN,
	ROLLUP_WHY_ADJUSTMENT,
	ROLLUP_WHY_PROCEDURE,
	ROLLUP_WHY_FIELD,
	ROLLUP_WHY_UNLISTED, /* what no list tells of */
	ROLLUP_WHY_REST      /* rounding, or a formula that is no plain sum */
};
struct rollup_why_part {
	enum rollup_why_kind kind;
	row_id unit;
	const char *name;               /* unit, procedure, field of procedures, or in words */
	const struct rollup_code *code; /* of a procedure */
	dec_t change;               /* what it did to the figure; percent points of a ratio */
	dec_t before, after;        /* what it gave; DEC_NONE: nothing */
	enum rollup_giving was, is; /* ROLLUP_NOT_OWED: not in that roll-up */
};
struct rollup_why_parts {
	struct rollup_why_part *at; /* what changed only; largest change first */
	size_t n;
};
struct rollup_why {
	dec_t before, after; /* DEC_NONE: blank then */
	dec_t change;        /* after - before, a blank taken as nothing */
	/* Each list adds up to `change` exactly.  Procedures and fields are given for rows
	 * that have lists, else they are empty. */
	struct rollup_why_parts units, procedures, fields;
};
struct rollup_why_question {
	const struct rollup *before, *after; /* of one form set, codes made together */
	int row;
	const struct rollup_heir *heirs;
	size_t n_heirs;
};
/* A procedure that several units have counts for the first of them (by id): its coming or
 * going is one change.  ERR_TOO_LARGE beyond what a figure can hold. */
ERR_RESULT rollup_why(struct rollup_why *out, struct arena *a,
                      const struct rollup_why_question *question);

#endif
