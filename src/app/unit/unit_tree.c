/* unit_tree.c - walks up the dated edges, then merges what it met into spans. */
#include "app/unit/unit_tree.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	row_id unit;
	struct unit_edges edges;
	struct unit_above met[UNIT_MOST_SPANS]; /* every way, overlapping */
	size_t n_met;
};

static bool ends_before(date_t to_on, date_t day)
{
	return !date_is_none(to_on) && date_cmp(to_on, day) < 0;
}

bool unit_span_meet(date_t *from_on, date_t *to_on, date_t other_from, date_t other_to)
{
	if (date_cmp(other_from, *from_on) > 0)
		*from_on = other_from;
	if (!date_is_none(other_to) && (date_is_none(*to_on) || date_cmp(other_to, *to_on) < 0))
		*to_on = other_to;
	return !ends_before(*to_on, *from_on);
}

static size_t first_edge(const struct walk *walk, row_id unit)
{
	size_t low = 0, high = walk->edges.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (walk->edges.at[middle].unit_id.value < unit.value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether a way already met is as short and holds on all these days. */
static bool is_met(const struct walk *walk, const struct unit_above *at)
{
	for (size_t i = 0; i < walk->n_met; i++) {
		const struct unit_above *m = &walk->met[i];
		bool lasts = date_is_none(m->to_on) ||
		             (!date_is_none(at->to_on) && date_cmp(m->to_on, at->to_on) >= 0);

		if (row_eq(m->ancestor_id, at->ancestor_id) && m->depth <= at->depth && lasts &&
		    date_cmp(m->from_on, at->from_on) <= 0)
			return true;
	}
	return false;
}

static ERR_RESULT meet(struct walk *walk, const struct unit_above *at)
{
	if (at->depth > 0 && row_eq(at->ancestor_id, walk->unit))
		return err_set(ERR_RANGE, "a unit stands above itself");
	if (is_met(walk, at))
		return ERR_OK;
	if (at->depth > UNIT_MOST_DEPTH)
		return err_set(ERR_RANGE, "the unit tree is deeper than %d", UNIT_MOST_DEPTH);
	if (walk->n_met == UNIT_MOST_SPANS)
		return err_set(ERR_RANGE, "a unit has more than %d ancestors", UNIT_MOST_SPANS);
	walk->met[walk->n_met++] = *at;
	return ERR_OK;
}

/* One edge further up from `at`, on the days that both hold. */
static ERR_RESULT step_up(struct walk *walk, struct unit_above at)
{
	for (size_t i = first_edge(walk, at.ancestor_id);
	     i < walk->edges.n && row_eq(walk->edges.at[i].unit_id, at.ancestor_id); i++) {
		const struct unit_edge *edge = &walk->edges.at[i];
		struct unit_above next = { edge->above_id, at.depth + 1, at.from_on, at.to_on };

		if (unit_span_meet(&next.from_on, &next.to_on, edge->from_on, edge->to_on))
			TRY(meet(walk, &next));
	}
	return ERR_OK;
}

/* Breadth first: what was met is the queue, so that shorter ways come before longer ones. */
static ERR_RESULT walk_up(struct walk *walk, const struct unit_above *from)
{
	TRY(meet(walk, from));
	for (size_t i = 0; i < walk->n_met; i++)
		TRY(step_up(walk, walk->met[i]));
	return ERR_OK;
}

static int by_ancestor_and_day(const void *a, const void *b)
{
	const struct unit_above *x = a, *y = b;

	if (!row_eq(x->ancestor_id, y->ancestor_id))
		return x->ancestor_id.value < y->ancestor_id.value ? -1 : 1;
	return date_cmp(x->from_on, y->from_on);
}

/* The smallest depth on `day` among the ways, -1 for none; *until is the last day on which
 * that answer certainly holds. */
static int depth_on(const struct unit_above *ways, size_t n, date_t day, date_t *until)
{
	int depth = -1;

	*until = DATE_NONE;
	for (size_t i = 0; i < n; i++) {
		date_t change = DATE_NONE;

		if (date_cmp(ways[i].from_on, day) > 0) {
			change = date_add(ways[i].from_on, -1);
		} else if (!ends_before(ways[i].to_on, day)) {
			change = ways[i].to_on;
			if (depth < 0 || ways[i].depth < depth)
				depth = ways[i].depth;
		}
		if (!date_is_none(change) &&
		    (date_is_none(*until) || date_cmp(change, *until) < 0))
			*until = change;
	}
	return depth;
}

/* Appends the spans of one ancestor. */
static ERR_RESULT merge_ways(struct unit_above *out, size_t *n_out,
                             const struct unit_above *ways, size_t n)
{
	size_t first = *n_out;
	date_t day = ways[0].from_on;

	for (;;) {
		date_t until;
		int depth = depth_on(ways, n, day, &until);
		struct unit_above *last = *n_out > first ? &out[*n_out - 1] : NULL;

		if (depth >= 0 && last && last->depth == depth && !date_is_none(last->to_on) &&
		    date_add(last->to_on, 1).days == day.days) {
			last->to_on = until;
		} else if (depth >= 0) {
			if (*n_out == UNIT_MOST_SPANS)
				return err_set(ERR_RANGE, "too many spans in the unit tree");
			out[(*n_out)++] =
			        (struct unit_above){ ways[0].ancestor_id, depth, day, until };
		}
		if (date_is_none(until))
			return ERR_OK;
		day = date_add(until, 1);
	}
}

ERR_RESULT unit_tree_above(struct unit_above out[UNIT_MOST_SPANS], size_t *n, row_id unit,
                           date_t born, struct unit_edges edges)
{
	struct walk walk = { .unit = unit, .edges = edges };
	size_t n_out = 0;

	TRY(walk_up(&walk, &(struct unit_above){ unit, 0, born, DATE_NONE }));
	qsort(walk.met, walk.n_met, sizeof(*walk.met), by_ancestor_and_day);
	for (size_t i = 0, end; i < walk.n_met; i = end) {
		for (end = i + 1; end < walk.n_met &&
		                  row_eq(walk.met[end].ancestor_id, walk.met[i].ancestor_id);)
			end++;
		TRY(merge_ways(out, &n_out, walk.met + i, end - i));
	}
	*n = n_out;
	return ERR_OK;
}

static int by_parent(const void *a, const void *b)
{
	const struct unit_place *x = a, *y = b;

	if (!row_eq(x->parent_id, y->parent_id))
		return x->parent_id.value < y->parent_id.value ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->sort_key, y->sort_key);
}

static int by_value(const void *a, const void *b)
{
	const row_id *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

/* Parents that are not in the tree become ROW_NONE. */
static ERR_RESULT find_roots(struct unit_place *places, size_t n, struct arena *a)
{
	row_id *ids;

	TRY(arena_array(a, &ids, n));
	for (size_t i = 0; i < n; i++)
		ids[i] = places[i].id;
	qsort(ids, n, sizeof(*ids), by_value);
	for (size_t i = 0; i < n; i++)
		if (!bsearch(&places[i].parent_id, ids, n, sizeof(*ids), by_value))
			places[i].parent_id = ROW_NONE;
	return ERR_OK;
}

struct ordering {
	const struct unit_place *from; /* sorted by parent */
	size_t n;
	struct unit_place *to;
	size_t n_to;
};

static size_t first_child(const struct ordering *o, row_id parent)
{
	size_t low = 0, high = o->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (o->from[middle].parent_id.value < parent.value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Preorder: a unit comes out of `waiting` and its children go in, the first one on top. */
static ERR_RESULT put_all(struct ordering *o, struct arena *a)
{
	struct unit_place *waiting;
	size_t n = 0;

	TRY(arena_array(a, &waiting, o->n));
	for (size_t i = o->n; i-- > 0;)
		if (row_is_none(o->from[i].parent_id))
			waiting[n++] = o->from[i];
	while (n > 0) {
		struct unit_place place = waiting[--n];
		size_t first = first_child(o, place.id), end = first;

		o->to[o->n_to++] = place;
		while (end < o->n && row_eq(o->from[end].parent_id, place.id))
			end++;
		while (end-- > first) {
			waiting[n] = o->from[end];
			waiting[n++].depth = place.depth + 1;
		}
	}
	return ERR_OK;
}

ERR_RESULT unit_tree_order(struct unit_place *places, size_t n, struct arena *a)
{
	struct unit_place *sorted;
	struct ordering o = { .n = n, .to = places };

	if (n == 0)
		return ERR_OK;
	TRY(find_roots(places, n, a));
	TRY(arena_array(a, &sorted, n));
	memcpy(sorted, places, n * sizeof(*places));
	qsort(sorted, n, sizeof(*sorted), by_parent);
	o.from = sorted;
	TRY(put_all(&o, a));
	if (o.n_to != n)
		return err_set(ERR_INTERNAL, "the unit tree of one day has a cycle");
	return ERR_OK;
}
