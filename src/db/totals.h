/* totals.h - many counts and sums over one record set in one pass.
 *
 * The figures of a form ask the same records in slightly different ways; asking once for all
 * of them costs little more than asking for one.
 */
#ifndef DB_TOTALS_H
#define DB_TOTALS_H

#include "db/select.h"

enum total_kind { TOTAL_COUNT, TOTAL_DISTINCT, TOTAL_SUM };

enum { TOTALS_MOST = 40, TOTAL_MOST_CONDITIONS = 16 };

/* Over the rows of the select that meet these conditions too. */
struct total {
	enum total_kind kind;
	const struct recordset_field *field; /* TOTAL_DISTINCT, TOTAL_SUM */
	struct select_condition conditions[TOTAL_MOST_CONDITIONS];
	size_t n_conditions;
};

/* One number for each total.  A sum over no rows is 0.  ERR_TOO_LARGE when they hold more
 * values than a statement takes, ERR_RANGE when a sum leaves dec_t; otherwise as
 * select_count(). */
ERR_RESULT select_totals(dec_t *out, struct db *db, const struct select *s,
                         const struct total *totals, size_t n);

/* The same for each owning unit (the set has a scope) that has rows of the select: one group
 * for each. */
struct totals_by {
	const struct recordset_field *field; /* a text that follows from the unit alone */
	const struct total *totals;
	size_t n;
};
struct totals_group {
	const char *by; /* the field, or NULL */
	dec_t *values;
};
struct totals_groups {
	struct totals_group *at;
	size_t n;
};
ERR_RESULT select_totals_by_unit(struct totals_groups *out, struct db *db, struct arena *a,
                                 const struct select *s, const struct totals_by *by);
/* The same for each value of the field, a text. */
ERR_RESULT select_totals_by_field(struct totals_groups *out, struct db *db, struct arena *a,
                                  const struct select *s, const struct totals_by *by);

#endif
