/* rollup_share.h - what one unit gives to one row, and formulas read over rolled-up rows;
 * shared by the roll-up and by what explains it, private to them. */
#ifndef APP_ROLLUP_ROLLUP_SHARE_H
#define APP_ROLLUP_ROLLUP_SHARE_H

#include "app/rollup/rollup.h"

enum rollup_rule {
	RULE_NOTHING,
	RULE_SUM,
	RULE_PARTS,   /* a ratio whose numerator and denominator stand in no row */
	RULE_FORMULA, /* over other rows */
	RULE_OWN,
	RULE_DISTINCT,
	RULE_COUNT
};
enum rollup_rule rollup_rule_of(const struct form_row *row);

struct rollup_plan {
	enum rollup_rule rule;
	bool fills;          /* the unit's sheet has the row in this period */
	const char *why_not; /* else: why its level closed, or NULL */
	bool own_adds;       /* the unit's own level fills it: its own part is added */
	unsigned owed_by;    /* bit for each level of a child that fills it */
	bool draws;          /* anything of the children goes into it */
};
ERR_RESULT rollup_plan_make(const struct rollup_plan **out, struct arena *a,
                            const struct rollup_input *input);

enum rollup_giving {
	ROLLUP_GAVE,
	ROLLUP_GAVE_BLANK,
	ROLLUP_NOT_SENT,
	ROLLUP_NO_LIST,  /* of a catalogue row: a figure without its list */
	ROLLUP_NO_PARTS, /* of a ratio: a rate without its parts */
	ROLLUP_NOT_OWED
};

/* value: what is added, DEC_NONE for a ratio; the parts of a ratio and of counted units. */
struct rollup_share {
	enum rollup_giving giving;
	dec_t value, numerator, denominator;
	bool incomplete;
};
/* `row` is none of a formula.  A child that sent nothing has no cells. */
struct rollup_share rollup_share_of(const struct rollup_plan *plan, const struct form_row *row,
                                    const struct rollup_child *child);
/* The unit's own part; ROLLUP_NOT_OWED when it adds none.  `counted`: a child owes the row. */
struct rollup_share rollup_own_share(const struct rollup_input *input,
                                     const struct rollup_plan *plan, const struct form_row *row,
                                     bool counted);

/* A formula over rows; base() gives the rows that are none of a formula. */
struct rollup_reader {
	const struct rollup_input *input;
	const struct rollup_plan *plan; /* of row 0 */
	void *self;
	struct calc_value (*base)(void *self, const struct form_row *row);
};
struct rollup_formula {
	struct calc_value value, numerator, denominator;
	struct calc_report report;
};
struct rollup_formula rollup_run(struct rollup_reader *reader, const struct form_row *row);

#endif
