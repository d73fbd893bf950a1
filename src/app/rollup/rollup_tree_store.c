#include "app/rollup/rollup_tree_store.h"

#include "app/rollup/rollup_store.sql.h"
#include "base/messages.h"
#include "base/vec.h"

const char *rollup_point_text(enum rollup_point_kind kind)
{
	static const enum msg texts[] = { MSG_ROLLUP_POINT_OWN, MSG_ROLLUP_POINT_REBASED,
		                          MSG_ROLLUP_POINT_SPLIT, MSG_ROLLUP_POINT_NOBODY };

	return msg_text(texts[kind]);
}

/* ---- gaps ---- */

enum err rollup_tree_problem(const char **out, struct db *db, struct arena *a, row_id unit,
                             date_t on)
{
	struct q_rollup_tree_gaps_in in = { unit, on };
	struct q_rollup_tree_gaps_row row;
	char day[DATE_TEXT];
	enum err e = q_rollup_tree_gaps_one(db, a, &in, &row);

	*out = NULL;
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return msg_format(out, a, MSG_ROLLUP_TREE_GAP, date_vn(on, day), row.name);
}

/* ---- heirs ---- */

enum err rollup_heirs(struct rollup_heir **out, size_t *n, struct db *db, struct arena *a,
                      const struct rollup_sheet *before, date_t today)
{
	struct rollup_heir *heirs;

	*n = 0;
	TRY(arena_array(a, &heirs, before->n_children + 1));
	for (size_t i = 0; i < before->n_children; i++) {
		row_id unit = before->children[i].unit;
		struct q_rollup_heir_in in = { unit, today };
		struct q_rollup_heir_row row;
		enum err e = q_rollup_heir_one(db, a, &in, &row);

		if (e == ERR_NOT_FOUND)
			continue;
		TRY(e);
		if (!row_eq(row.id, unit))
			heirs[(*n)++] = (struct rollup_heir){ unit, row.id };
	}
	*out = heirs;
	return ERR_OK;
}

/* ---- series ---- */

enum { MOST_BEFORE = 400 };

/* The units that stood on a day for one that did not yet. */
struct before {
	row_id at[MOST_BEFORE];
	const char *names[MOST_BEFORE];
	size_t n;
	bool split;
};

struct series {
	struct db *db;
	struct arena *arena;
	const struct rollup_series_of *of;
};

static bool stood(date_t from, date_t to, date_t on)
{
	return date_cmp(from, on) <= 0 && (date_is_none(to) || date_cmp(to, on) >= 0);
}

/* Back from successor to predecessor, until units are met that stood on the day. */
static enum err find_before(struct before *out, const struct series *s, row_id unit, date_t on)
{
	struct q_rollup_predecessors_in in = { unit };
	struct q_rollup_predecessors_row row;
	row_id later[MOST_BEFORE];
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_rollup_predecessors_open(&rows, s->db, &in));
	while (q_rollup_predecessors_next(&rows, &row)) {
		out->split |= row.n_successors > 1;
		if (out->n == MOST_BEFORE || n == MOST_BEFORE)
			return err_set(ERR_TOO_LARGE, "too many units were taken over");
		if (!stood(row.valid_from, row.valid_to, on)) {
			later[n++] = row.unit_id;
			continue;
		}
		TRY(arena_strdup(s->arena, &out->names[out->n], row.name));
		out->at[out->n++] = row.unit_id;
	}
	TRY(db_rows_status(&rows));
	/* A unit ends before its successor begins, so this goes back in time. */
	for (size_t i = 0; i < n; i++)
		TRY(find_before(out, s, later[i], on));
	return ERR_OK;
}

static enum err name_before(const char **out, struct arena *a, const struct before *b)
{
	struct str s;

	str_init(&s, a, 64 * 1024);
	for (size_t i = 0; i < b->n; i++)
		str_printf(&s, "%s%s", i ? ", " : "", b->names[i]);
	return str_finish(&s, out);
}

static struct rollup_cell cell_of(const struct rollup_value *v)
{
	struct rollup_cell cell = ROLLUP_NO_CELL;

	cell.value = v->value;
	cell.numerator = v->numerator;
	cell.denominator = v->denominator;
	cell.codes = v->codes;
	cell.amounts = v->amounts;
	cell.n_codes = v->n_codes;
	cell.listed = v->listed;
	cell.incomplete = v->incomplete;
	return cell;
}

/* Each of them as a child that sent its figures. */
static enum err open_before(struct rollup_child *children, const struct series *s,
                            struct rollup_sheet *first, const struct before *b,
                            const struct period *period)
{
	for (size_t i = 0; i < b->n; i++) {
		struct form_sheet_of of = { .scope = b->at[i],
			                    .unit = b->at[i],
			                    .period = *period };
		struct rollup_sheet sheet;
		struct rollup_cell *cells;

		TRY(rollup_sheet_open_beside(&sheet, s->db, s->arena, first, &of));
		TRY(rollup_sheet_lists(&sheet, s->db, s->arena));
		TRY(arena_array(s->arena, &cells, sheet.set->n_rows + 1));
		for (size_t row = 0; row < sheet.set->n_rows; row++)
			cells[row] = cell_of(&sheet.values[row]);
		children[i] = (struct rollup_child){ .unit = b->at[i],
			                             .name = b->names[i],
			                             .tier = sheet.unit.tier,
			                             .cells = cells };
	}
	return ERR_OK;
}

static enum err rebase(struct rollup_point *point, const struct series *s,
                       const struct before *b, struct rollup_sheet *first)
{
	struct rollup_child *children;
	struct rollup_input input = { .set = first->set,
		                      .tier = first->unit.tier,
		                      .period = point->period,
		                      .choices = first->choices,
		                      .codes = first->codes };
	struct rollup made;

	TRY(arena_array(s->arena, &children, b->n + 1));
	TRY(open_before(children, s, first, b, &point->period));
	input.children = children;
	input.n_children = b->n;
	TRY(rollup_make(&made, s->arena, &input));
	const struct rollup_figure *f = &made.figures[s->of->row];
	point->value = f->value;
	point->numerator = f->numerator;
	point->denominator = f->denominator;
	return name_before(&point->of, s->arena, b);
}

static enum err fill_point(struct rollup_point *point, const struct series *s,
                           struct rollup_sheet *first)
{
	struct q_rollup_unit_days_in in = { s->of->unit };
	struct q_rollup_unit_days_row unit;
	struct before b = { .n = 0 };

	TRY(q_rollup_unit_days_one(s->db, s->arena, &in, &unit));
	if (stood(unit.valid_from, unit.valid_to, point->period.to)) {
		const struct rollup_value *v = &first->values[s->of->row];

		point->kind = ROLLUP_POINT_OWN;
		point->value = v->value;
		point->numerator = v->numerator;
		point->denominator = v->denominator;
		return ERR_OK;
	}
	TRY(find_before(&b, s, s->of->unit, point->period.to));
	point->kind = b.split   ? ROLLUP_POINT_SPLIT
	              : b.n > 0 ? ROLLUP_POINT_REBASED
	                        : ROLLUP_POINT_NOBODY;
	return point->kind == ROLLUP_POINT_REBASED ? rebase(point, s, &b, first) : ERR_OK;
}

enum err rollup_series(const struct rollup_point **out, struct db *db, struct arena *a,
                       const struct rollup_series_of *of)
{
	struct series s = { db, a, of };
	struct rollup_point *points;

	TRY(arena_array(a, &points, of->n + 1));
	for (size_t i = 0; i < of->n; i++) {
		struct form_sheet_of sheet_of = { .scope = of->scope,
			                          .unit = of->unit,
			                          .period = of->periods[i] };
		struct rollup_sheet sheet;

		points[i] = (struct rollup_point){ .period = of->periods[i],
			                           .value = DEC_NONE,
			                           .numerator = DEC_NONE,
			                           .denominator = DEC_NONE };
		TRY(rollup_sheet_open(&sheet, db, a, of->set, &sheet_of));
		TRY(fill_point(&points[i], &s, &sheet));
	}
	*out = points;
	return ERR_OK;
}
