/* form_totals_store.h - questions of formulas put to record sets; private to the stores of
 * src/app/form. */
#ifndef APP_FORM_FORM_TOTALS_STORE_H
#define APP_FORM_FORM_TOTALS_STORE_H

#include "app/form/form_store.h"
#include "db/totals.h"

/* Where a question is asked: the sheet without its cells. */
struct form_asking {
	struct db *db;
	struct arena *arena;
	const struct form_set *set;
	const char *const *choices;
	enum form_tier tier;
	row_id unit;
	struct period period;
	const struct select_own *own; /* form_sheet_open_own */
};

/* The record set whose records a query means. */
const struct recordset *form_records_of(const struct form_query *q);

/* Conditions of one question while they are turned into those of select.h. */
struct form_conditions {
	const struct form_asking *asking;
	const struct recordset *set;
	struct select_condition *to;
	size_t n, most;
};
/* Puts `c`, which is none by name, as a condition on the set's field of that name. */
ERR_RESULT form_put_condition(struct form_conditions *b, const struct calc_condition *c);

/* The rows that a total counts; `field` is what it counts distinct or adds, or NULL. */
ERR_RESULT form_select(struct select *out, const struct recordset_field **field,
                       const struct form_asking *asking, const struct calc_total *total);

/* Fills the values: DEC_NONE where the unit has no record of that set at all, because what was
 * never kept here is not known to be 0. */
struct form_answer {
	const struct calc_total *total;
	dec_t value;
};
/* From the counters where they can tell, from the records otherwise. */
ERR_RESULT form_count_totals(const struct form_asking *asking, struct form_answer *answers,
                             size_t n);
/* From the records alone: what the counters are tested against. */
ERR_RESULT form_count_records(const struct form_asking *asking, struct form_answer *answers,
                              size_t n);
/* Whether the unit and those below it have any record of the set. */
ERR_RESULT form_has_records(bool *out, const struct form_asking *asking,
                            const struct recordset *set);

#endif
