/* rollup_tree_store.h - trees in time: who took over whom, gaps in the tree of a day, and a
 * series of a figure under the tree of another day. */
#ifndef APP_ROLLUP_ROLLUP_TREE_STORE_H
#define APP_ROLLUP_ROLLUP_TREE_STORE_H

#include "app/rollup/rollup_store.h"

/* Why the tree below `unit` cannot be rolled up on that day: a unit that stands and has nobody
 * standing above it.  In Vietnamese, with the first such unit; NULL: the tree is whole. */
ERR_RESULT rollup_tree_problem(const char **out, struct db *db, struct arena *a, row_id unit,
                               date_t on);

/* For each child of `before` that is no more on `today`: who answers for it then. */
ERR_RESULT rollup_heirs(struct rollup_heir **out, size_t *n, struct db *db, struct arena *a,
                        const struct rollup_sheet *before, date_t today);

enum rollup_point_kind {
	ROLLUP_POINT_OWN,     /* the unit stood in that period: its own figure */
	ROLLUP_POINT_REBASED, /* of the units that it took over, rolled up by the row's rule */
	ROLLUP_POINT_SPLIT,   /* one of them went to several: it cannot be taken apart */
	ROLLUP_POINT_NOBODY   /* nobody stood before it */
};
struct rollup_point {
	struct period period;
	enum rollup_point_kind kind;
	dec_t value, numerator, denominator;
	const char *of; /* the units before, "Xã A, Xã B"; NULL: the unit itself */
};
struct rollup_series_of {
	const struct form_set *set;
	row_id scope, unit; /* of the tree that the series is re-based to */
	int row;
	const struct period *periods;
	size_t n;
};
/* One point for each period. */
ERR_RESULT rollup_series(const struct rollup_point **out, struct db *db, struct arena *a,
                         const struct rollup_series_of *of);
const char *rollup_point_text(enum rollup_point_kind kind); /* what is said beside it */

#endif
