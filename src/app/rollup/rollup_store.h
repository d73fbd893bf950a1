/* rollup_store.h - the figures of a unit's report for a period: one truth for pages, text,
 * printed forms and what is frozen.
 *
 * A unit below which nobody owes a report has its form sheet.  Another one has its own part
 * (what it received and entered itself) and the cells of its children as they sent them, each
 * row by its rule (rollup.h), with adjustments that have a reason.  A child that sent nothing
 * is missing, never 0.
 */
#ifndef APP_ROLLUP_ROLLUP_STORE_H
#define APP_ROLLUP_ROLLUP_STORE_H

#include "app/form/form_store.h"
#include "app/rollup/rollup_why.h"

enum rollup_source {
	ROLLUP_SOURCE_BLANK,
	ROLLUP_SOURCE_COMPUTED, /* by the row's formula, from records or other rows */
	ROLLUP_SOURCE_ENTERED,
	ROLLUP_SOURCE_OVERRIDDEN, /* entered beside what the formula gives */
	ROLLUP_SOURCE_ROLLED_UP,
	ROLLUP_SOURCE_ADJUSTED /* rolled up, with an adjustment */
};
const char *rollup_source_word(enum rollup_source source); /* "rolled-up": stored, in JSON */
const char *rollup_source_name(enum rollup_source source); /* "tổng hợp" */

/* One row of the set as the report gives it. */
struct rollup_value {
	enum rollup_source source;
	bool fills;                          /* the unit's report has the row in this period */
	bool incomplete;                     /* something is missing, here or below */
	dec_t value, numerator, denominator; /* DEC_NONE: blank; value as it is printed */
	const char *note;                    /* Ghi chú; NULL: none */
	const char *reason;                  /* why it was overridden or adjusted; NULL: none */
	const char *why_blank; /* in words; NULL: it is not, or nothing is to be said */
	const char *given;     /* "97 trên 157 đơn vị"; NULL: no child is missing */
	size_t owed,
	        n_given; /* children that owe the row, that gave theirs; 0, 0: no children */
	/* Codes behind a catalogue figure, sorted by rollup_code_order; listed: they are known,
	 * though there may be none.  A unit without children: after rollup_sheet_lists(). */
	const struct rollup_code *const *codes;
	const dec_t *amounts; /* of a summed row: dossiers of each code; NULL for a catalogue */
	size_t n_codes;
	bool listed;
	/* What the unit entered itself for a row that only its children fill: not used, shown
	 * so that nobody believes it is.  DEC_NONE: nothing. */
	dec_t aside;
};

enum rollup_child_state { ROLLUP_CHILD_MISSING, ROLLUP_CHILD_SENT, ROLLUP_CHILD_EXEMPT };

/* A unit that owes this one a report, whether it was sent or not; by code. */
struct rollup_child_report {
	row_id unit, report;     /* the report that counts, or its current one */
	const char *code, *name; /* name in the period */
	enum form_tier tier;
	struct period period;       /* its own cut-offs may be others */
	const struct form_set *set; /* that it fills; NULL: not installed here */
	enum rollup_child_state state;
	const struct rollup_child *child; /* in rollup->input; NULL: exempt */
	const char *const *notes; /* Ghi chú that it sent, one for each row; NULL: none */
};

struct rollup_sheet {
	const struct form_set *set;
	struct form_unit unit;
	row_id scope;
	struct period period;
	const struct form_decision *decisions; /* one for each setting, with choices */
	const char *const *choices;
	const struct form_lock *lock;      /* NULL: the figures are open */
	row_id report;                     /* the unit's own; ROW_NONE: it owes none */
	const char *regime, *period_code;  /* "bnv-581", "2024-Q1"; NULL: of no report */
	const struct rollup_value *values; /* one for each row of the set */
	/* What the unit itself states and counts; its cells have the problems of the rows. */
	struct form_sheet own;
	/* NULL: nobody below owes a report, and values are those of `own`. */
	const struct rollup *rollup;
	const struct rollup_child_report *children;
	size_t n_children, n_sent, n_exempt;
	struct rollup_codes *codes;    /* all that occur */
	struct rollup_cell *own_cells; /* of rollup->input; NULL without a roll-up */
};
/* ERR_NOT_FOUND: the unit is not below the scope. */
ERR_RESULT rollup_sheet_open(struct rollup_sheet *out, struct db *db, struct arena *a,
                             const struct form_set *set, const struct form_sheet_of *of);

/* Another sheet of the same set, to be compared with `first` (rollup_why): their codes are made
 * together. */
ERR_RESULT rollup_sheet_open_beside(struct rollup_sheet *out, struct db *db, struct arena *a,
                                    const struct rollup_sheet *first,
                                    const struct form_sheet_of *of);

/* Adds the lists behind figures that opening does not need: of a unit without children those of
 * catalogue rows, and of rows that count dossiers how many of each procedure.  What is frozen
 * has them, and "vì sao thay đổi" by procedure reads them. */
ERR_RESULT rollup_sheet_lists(struct rollup_sheet *sheet, struct db *db, struct arena *a);

#endif
