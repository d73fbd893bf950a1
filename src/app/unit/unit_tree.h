/* unit_tree.h - who stands above a unit, and on which days.  Pure.
 *
 * Two things put a unit under another: its parent (for the days of a unit_parent row), and its
 * successor (from the day it took over, for ever), so that whoever is responsible now reads
 * what the units before left behind.  On no day may these edges form a cycle; over time they
 * may (A under B in 2020, B under A in 2022).
 */
#ifndef APP_UNIT_UNIT_TREE_H
#define APP_UNIT_UNIT_TREE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/row_id.h"

struct unit_edge {
	row_id unit_id, above_id;
	date_t from_on, to_on; /* both inclusive; to_on DATE_NONE: open */
};

/* A row of unit_closure. */
struct unit_above {
	row_id ancestor_id;
	int depth; /* edges on the shortest way, 0: itself */
	date_t from_on, to_on;
};

enum { UNIT_MOST_DEPTH = 24, UNIT_MOST_SPANS = 256 };

struct unit_edges {
	const struct unit_edge *at; /* sorted by unit_id */
	size_t n;
};

/* All ancestors of `unit` and itself (from `born` on), ordered by ancestor and day; the spans
 * of one ancestor do not overlap, and touching spans of equal depth are one.  ERR_RANGE when
 * the unit stands above itself, a way is longer than UNIT_MOST_DEPTH or there are more than
 * UNIT_MOST_SPANS. */
ERR_RESULT unit_tree_above(struct unit_above out[UNIT_MOST_SPANS], size_t *n, row_id unit,
                           date_t born, struct unit_edges edges);

/* The later start and the earlier end; false when no day is left. */
bool unit_span_meet(date_t *from_on, date_t *to_on, date_t other_from, date_t other_to);

/* One unit of a day's tree, for sorting it into reading order. */
struct unit_place {
	row_id id, parent_id; /* parent on that day, ROW_NONE or outside: a root */
	int64_t rank;         /* siblings stand by rank, then sort_key */
	const char *sort_key; /* of its name */
	int depth;            /* set by unit_tree_order: 0 for a root */
	size_t row;           /* the caller's */
};
/* Sorts every parent before its children. */
ERR_RESULT unit_tree_order(struct unit_place *places, size_t n, struct arena *a);

#endif
