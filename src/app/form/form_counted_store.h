/* form_counted_store.h - questions of formulas answered from the counters (app/counter);
 * private to the stores of src/app/form.
 *
 * A question is turned into conditions on a counter by the same code that makes conditions on
 * records: the counter's fields have the names and values of the record's.  A condition on a
 * field that no counter has leaves the question to the records.
 */
#ifndef APP_FORM_FORM_COUNTED_STORE_H
#define APP_FORM_FORM_COUNTED_STORE_H

#include "app/counter/counter_store.h"
#include "app/form/form_totals_store.h"

enum { COUNTED_MOST_TIERS = 4 };

/* A question as the counters take it. */
struct form_counted {
	const struct recordset *set, *records; /* the counter; whose records it stands for */
	enum counter_whose whose;
	date_t from, to;                   /* of receipt; of the result in counter_finished */
	date_t received_from, received_to; /* of receipt too; DATE_NONE: whenever */
	struct total total;                /* its conditions without those on unit_tier */
	struct select_condition tiers[COUNTED_MOST_TIERS];
	size_t n_tiers;
	bool distinct;                  /* procedures are counted, each once */
	const struct calc_total *among; /* of these procedures only; NULL: of any */
};
/* *can: whether the counters can answer `total` as it is asked here. */
ERR_RESULT form_counted_of(struct form_counted *out, bool *can,
                           const struct form_asking *asking, const struct calc_total *total);

/* Answers what the counters can answer: answered[i] says so. */
ERR_RESULT form_count_counted(bool *answered, const struct form_asking *asking,
                              struct form_answer *answers, size_t n);

/* Whether a value of the field of `c` meets it; a NULL text or INT_NONE is blank. */
bool form_condition_holds(const struct select_condition *c, const char *text, int64_t number);

/* ---- procedures (form_procedures_store.c) ---- */

/* What was read for one sheet, so that several questions read it once. */
struct form_versions {
	const struct form_asking *asking;
	struct {
		struct counter_asked asked;
		struct counter_versions found;
	} at[16];
	size_t n;
};
/* The number of procedures that `x` counts. */
ERR_RESULT form_count_procedures(dec_t *out, struct form_versions *v,
                                 const struct form_counted *x);
/* For x->among: *all when *out is the whole answer, otherwise what to take from the count
 * without that condition.  *can false: the counters cannot tell. */
ERR_RESULT form_count_among(dec_t *out, bool *all, bool *can, struct form_versions *v,
                            const struct form_counted *x);

#endif
