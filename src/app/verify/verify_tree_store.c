/* verify_tree_store.c - unit_closure computed again from the history of the units. */
#include "app/unit/unit_store.sql.h"
#include "app/unit/unit_tree.h"
#include "app/verify/verify_store.h"
#include "app/verify/verify_store.sql.h"
#include "base/vec.h"

/* The stored pairs of one unit after the other; `row` is the next one while `there`. */
struct stored {
	struct db_rows *rows;
	struct q_unit_closure_rows_row row;
	bool there;
};

static void next(struct stored *s)
{
	s->there = q_unit_closure_rows_next(s->rows, &s->row);
}

static enum err read_edges(struct unit_edges *out, struct verify *v)
{
	struct q_unit_edges_row row;
	struct unit_edge *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_unit_edges_open(&rows, v->db));
	while (q_unit_edges_next(&rows, &row)) {
		TRY(vec_room(v->arena, at, n));
		at[n++] =
		        (struct unit_edge){ row.unit_id, row.above_id, row.from_on, row.to_on };
	}
	TRY(db_rows_status(&rows));
	*out = (struct unit_edges){ at, n };
	return ERR_OK;
}

static enum err say(struct verify *v, enum msg id, row_id ancestor, row_id unit, date_t from)
{
	char day[DATE_TEXT];

	return verify_found(v, id, verify_number(v, ancestor.value),
	                    verify_number(v, unit.value), date_vn(from, day));
}

/* Order of the pairs of one unit: by ancestor, then day. */
static int compare(const struct unit_above *a, const struct q_unit_closure_rows_row *row)
{
	if (!row_eq(a->ancestor_id, row->ancestor_id))
		return a->ancestor_id.value < row->ancestor_id.value ? -1 : 1;
	return date_cmp(a->from_on, row->from_on);
}

static enum err say_extra(struct verify *v, struct stored *s)
{
	TRY(say(v, MSG_VERIFY_CLOSURE_EXTRA, s->row.ancestor_id, s->row.unit_id,
	        s->row.from_on));
	next(s);
	return ERR_OK;
}

static bool is_of(const struct stored *s, row_id unit)
{
	return s->there && row_eq(s->row.unit_id, unit);
}

/* One computed pair against the stored ones, which it passes over. */
static enum err compare_pair(struct verify *v, struct stored *s, row_id unit,
                             const struct unit_above *a)
{
	while (is_of(s, unit) && compare(a, &s->row) > 0)
		TRY(say_extra(v, s));
	if (!is_of(s, unit) || compare(a, &s->row) < 0)
		return say(v, MSG_VERIFY_CLOSURE_MISSING, a->ancestor_id, unit, a->from_on);
	bool same = a->depth == s->row.depth && date_cmp(a->to_on, s->row.to_on) == 0;
	next(s);
	return same ? ERR_OK
	            : say(v, MSG_VERIFY_CLOSURE_DIFFERS, a->ancestor_id, unit, a->from_on);
}

static enum err compare_unit(struct verify *v, struct stored *s, row_id unit, date_t born,
                             struct unit_edges edges)
{
	struct unit_above above[UNIT_MOST_SPANS];
	size_t n;

	while (s->there && s->row.unit_id.value < unit.value)
		TRY(say_extra(v, s));
	enum err e = unit_tree_above(above, &n, unit, born, edges);
	if (e == ERR_RANGE)
		return verify_found(v, MSG_VERIFY_CYCLE, verify_number(v, unit.value));
	TRY(e);
	for (size_t i = 0; i < n; i++)
		TRY(compare_pair(v, s, unit, &above[i]));
	while (is_of(s, unit))
		TRY(say_extra(v, s));
	return ERR_OK;
}

enum err verify_unit_tree(struct verify *v)
{
	struct q_verify_units_row unit;
	struct unit_edges edges;
	DB_ROWS closure = { 0 };
	DB_ROWS units = { 0 };
	struct stored s = { .rows = &closure };

	TRY(read_edges(&edges, v));
	TRY(q_unit_closure_rows_open(&closure, v->db));
	TRY(q_verify_units_open(&units, v->db));
	next(&s);
	while (q_verify_units_next(&units, &unit))
		TRY(compare_unit(v, &s, unit.id, unit.valid_from, edges));
	TRY(db_rows_status(&units));
	while (s.there)
		TRY(say_extra(v, &s));
	return db_rows_status(&closure);
}
