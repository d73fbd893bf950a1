/* Who reports to a unit for a period, and the cells that they sent.
 *
 * Cells come as rows of package_cell and go into one array for each child, found by the
 * content they belong to; rows are found by indicator, over a bridge where the child fills
 * another form set. */
#include "app/rollup/rollup_children_store.h"

#include <stdlib.h>

#include "app/rollup/rollup_bridge.h"
#include "app/rollup/rollup_list.h"
#include "app/rollup/rollup_store.sql.h"
#include "base/vec.h"

/* ---- which reports ---- */

static enum err find_own(struct rollup_asking *x)
{
	struct q_rollup_own_report_in in = { x->unit, x->set->code, x->period.from,
		                             x->period.to };
	struct q_rollup_own_report_row row;

	TRY(q_rollup_own_report_one(x->db, x->arena, &in, &row));
	x->report = row.id;
	x->regime = row.regime_code;
	x->code = row.period;
	return ERR_OK;
}

static enum err find_received(struct rollup_asking *x)
{
	struct q_rollup_received_period_in in = { x->unit, x->period.from, x->period.to };
	struct q_rollup_received_period_row row;

	TRY(q_rollup_received_period_one(x->db, x->arena, &in, &row));
	x->regime = row.regime_code;
	x->code = row.period;
	return ERR_OK;
}

enum err rollup_asking_find(struct rollup_asking *x)
{
	x->report = ROW_NONE;
	x->regime = x->code = NULL;
	enum err e = find_own(x);
	if (e == ERR_NOT_FOUND)
		e = find_received(x);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err rollup_has_children(bool *out, const struct rollup_asking *x)
{
	struct q_rollup_has_children_in in = { x->unit, x->regime, x->code };
	struct q_rollup_has_children_row row;

	TRY(q_rollup_has_children_one(x->db, x->arena, &in, &row));
	*out = row.n > 0;
	return ERR_OK;
}

/* ---- who ---- */

struct place {
	row_id frozen;
	size_t child;
	size_t bridge;
};

struct known_set {
	const char *code;
	const struct form_set *set; /* NULL: not installed */
};

struct reader {
	const struct rollup_asking *asking;
	struct rollup_sent *sent;
	struct place *places; /* of those whose cells count; by content */
	size_t n_places;
	struct rollup_bridge *bridges; /* one for each form set that children fill */
	size_t n_bridges;
	struct known_set *sets;
	size_t n_sets;
	struct rollup_mapping mapping;
	struct rollup_lists lists;
	struct rollup_cell **cells; /* of each child, the same as children[].cells */
};

static enum err bridge_of(size_t *out, struct reader *r, const char *set_code)
{
	struct arena *a = r->asking->arena;
	const char *code;

	for (size_t i = 0; i < r->n_bridges; i++)
		if (str_eq(r->bridges[i].from_set, set_code)) {
			*out = i;
			return ERR_OK;
		}
	TRY(arena_strdup(a, &code, set_code));
	TRY(vec_room(a, r->bridges, r->n_bridges));
	TRY(rollup_bridge_make(&r->bridges[r->n_bridges], a, &r->mapping, code,
	                       r->asking->set));
	*out = r->n_bridges++;
	return ERR_OK;
}

static bool is_sent(const char *state)
{
	return str_eq(state, "sent") || str_eq(state, "accepted");
}

static enum err keep_place(struct reader *r, const struct q_rollup_children_row *row,
                           size_t child)
{
	struct place place = { row->frozen, child, 0 };

	TRY(bridge_of(&place.bridge, r, row->set_code));
	TRY(vec_room(r->asking->arena, r->places, r->n_places));
	r->places[r->n_places++] = place;
	return ERR_OK;
}

/* Children fill few sets; their definitions are read once. */
static enum err set_of(const struct form_set **out, struct reader *r, const char *code)
{
	struct arena *a = r->asking->arena;

	for (size_t i = 0; i < r->n_sets; i++)
		if (str_eq(r->sets[i].code, code)) {
			*out = r->sets[i].set;
			return ERR_OK;
		}
	TRY(vec_room(a, r->sets, r->n_sets));
	struct known_set *known = &r->sets[r->n_sets++];
	*known = (struct known_set){ NULL, NULL };
	TRY(arena_strdup(a, &known->code, code));
	if (str_eq(code, r->asking->set->code)) {
		known->set = r->asking->set;
	} else {
		enum err e = form_set_open(&known->set, r->asking->db, a, code);

		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
	}
	*out = known->set;
	return ERR_OK;
}

static enum err add_child(struct reader *r, const struct q_rollup_children_row *row)
{
	struct rollup_sent *s = r->sent;
	struct arena *a = r->asking->arena;
	bool exempt = str_eq(row->state, "exempt");
	struct rollup_child_report report = { .unit = row->unit_id,
		                              .report = row->report_id,
		                              .tier = form_tier_of_level(row->level) };

	report.period = period_of_days(row->from_on, row->to_on);
	TRY(set_of(&report.set, r, row->set_code));
	TRY(arena_strdup(a, &report.code, row->code));
	TRY(arena_strdup(a, &report.name, row->name));
	if (exempt) {
		report.state = ROLLUP_CHILD_EXEMPT;
		s->n_exempt++;
	} else if (is_sent(row->state) && !row_is_none(row->frozen)) {
		report.state = ROLLUP_CHILD_SENT;
		s->n_sent++;
		TRY(keep_place(r, row, s->n_children));
	}
	TRY(vec_room(a, s->reports, s->n_reports));
	s->reports[s->n_reports++] = report;
	s->n_children += !exempt;
	return ERR_OK;
}

static enum err read_children(struct reader *r)
{
	const struct rollup_asking *x = r->asking;
	struct q_rollup_children_in in = { x->unit, x->regime, x->code };
	struct q_rollup_children_row row;
	DB_ROWS rows = { 0 };

	TRY(q_rollup_children_open(&rows, x->db, &in));
	while (q_rollup_children_next(&rows, &row))
		TRY(add_child(r, &row));
	return db_rows_status(&rows);
}

/* The children that owe, apart from their reports, in the same order. */
static enum err make_children(struct reader *r)
{
	struct rollup_sent *s = r->sent;
	size_t n = 0;

	TRY(arena_array(r->asking->arena, &s->children, s->n_children + 1));
	TRY(arena_array(r->asking->arena, &s->notes, s->n_children + 1));
	TRY(arena_array(r->asking->arena, &r->cells, s->n_children + 1));
	for (size_t i = 0; i < s->n_reports; i++) {
		struct rollup_child_report *report = &s->reports[i];

		if (report->state == ROLLUP_CHILD_EXEMPT)
			continue;
		s->children[n] = (struct rollup_child){ .unit = report->unit,
			                                .name = report->name,
			                                .tier = report->tier };
		report->child = &s->children[n++];
	}
	return ERR_OK;
}

/* ---- how many stand behind ---- */

static int by_unit(const void *x, const void *y)
{
	const struct rollup_child *const *a = x, *const *b = y;

	return ((*a)->unit.value > (*b)->unit.value) - ((*a)->unit.value < (*b)->unit.value);
}

static enum err sort_by_unit(struct rollup_child ***out, struct reader *r)
{
	struct rollup_child **sorted;

	TRY(arena_array(r->asking->arena, &sorted, r->sent->n_children + 1));
	for (size_t i = 0; i < r->sent->n_children; i++)
		sorted[i] = &r->sent->children[i];
	qsort(sorted, r->sent->n_children, sizeof(*sorted), by_unit);
	*out = sorted;
	return ERR_OK;
}

static enum err read_units_behind(struct reader *r)
{
	const struct rollup_asking *x = r->asking;
	struct q_rollup_units_behind_in in = { x->unit, x->regime, x->code };
	struct q_rollup_units_behind_row row;
	struct rollup_child **sorted;
	DB_ROWS rows = { 0 };

	TRY(sort_by_unit(&sorted, r));
	TRY(q_rollup_units_behind_open(&rows, x->db, &in));
	while (q_rollup_units_behind_next(&rows, &row)) {
		struct rollup_child key = { .unit = row.child_id }, *wanted = &key;
		struct rollup_child **found =
		        bsearch(&wanted, sorted, r->sent->n_children, sizeof(*sorted), by_unit);

		if (found)
			(*found)->units[form_tier_of_level(row.level)] += (size_t)row.n;
	}
	return db_rows_status(&rows);
}

/* ---- cells ---- */

static int by_frozen(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	return (a->frozen.value > b->frozen.value) - (a->frozen.value < b->frozen.value);
}

/* What a child's form does not ask for is not owed; it is until a cell is found. */
static enum err start_cells(struct reader *r)
{
	size_t n_rows = r->asking->set->n_rows;

	for (size_t i = 0; i < r->n_places; i++) {
		size_t child = r->places[i].child;

		TRY(arena_array(r->asking->arena, &r->cells[child], n_rows + 1));
		for (size_t row = 0; row < n_rows; row++) {
			r->cells[child][row] = ROLLUP_NO_CELL;
			r->cells[child][row].not_owed = true;
		}
		r->sent->children[child].cells = r->cells[child];
	}
	if (r->n_places > 0)
		qsort(r->places, r->n_places, sizeof(*r->places), by_frozen);
	return ERR_OK;
}

static enum err keep_note(struct reader *r, size_t child, int row, const char *note)
{
	struct arena *a = r->asking->arena;

	if (str_blank(note))
		return ERR_OK;
	if (!r->sent->notes[child])
		TRY(arena_array(a, &r->sent->notes[child], r->asking->set->n_rows + 1));
	return arena_strdup(a, &r->sent->notes[child][row], note);
}

static enum err take_list(struct reader *r, struct rollup_cell *cell, const char *codes)
{
	const struct rollup_list *list;

	if (str_blank(codes))
		return ERR_OK;
	TRY(rollup_list_read(&list, &r->lists, codes));
	cell->codes = list->codes;
	cell->amounts = list->amounts;
	cell->n_codes = list->n;
	return ERR_OK;
}

static dec_t add_known(dec_t a, dec_t b)
{
	return dec_is_none(a) ? b : dec_is_none(b) ? a : dec_add(a, b);
}

/* A second row of the child that is the same row here: figures are added; of two lists none
 * stands for both. */
static void add_cell(struct rollup_cell *cell, const struct rollup_cell *more)
{
	cell->value = add_known(cell->value, more->value);
	cell->numerator = add_known(cell->numerator, more->numerator);
	cell->denominator = add_known(cell->denominator, more->denominator);
	cell->incomplete |= more->incomplete;
	cell->unlisted |= more->unlisted;
	cell->listed = false;
	cell->codes = NULL;
	cell->amounts = NULL;
	cell->n_codes = 0;
}

static enum err take_cell(struct reader *r, const struct place *place,
                          const struct q_rollup_cells_row *row)
{
	const struct form_row *to =
	        rollup_bridge_row(&r->bridges[place->bridge], row->indicator, NULL);
	struct rollup_cell made = { .value = row->value,
		                    .numerator = row->numerator,
		                    .denominator = row->denominator,
		                    .listed = row->listed,
		                    .unlisted = row->unlisted,
		                    .incomplete = row->incomplete };

	if (!to || row->not_owed)
		return ERR_OK;
	struct rollup_cell *cell = &r->cells[place->child][to->at];
	TRY(keep_note(r, place->child, to->at, row->note));
	if (!cell->not_owed) {
		add_cell(cell, &made);
		return ERR_OK;
	}
	*cell = made;
	return take_list(r, cell, row->codes);
}

static enum err read_cells(struct reader *r)
{
	const struct rollup_asking *x = r->asking;
	struct q_rollup_cells_in in = { x->unit, x->regime, x->code };
	struct q_rollup_cells_row row;
	const struct place *place = NULL;
	DB_ROWS rows = { 0 };

	TRY(start_cells(r));
	TRY(q_rollup_cells_open(&rows, x->db, &in));
	while (q_rollup_cells_next(&rows, &row)) {
		struct place key = { .frozen = row.frozen };

		if (!place || !row_eq(place->frozen, row.frozen))
			place = bsearch(&key, r->places, r->n_places, sizeof(key), by_frozen);
		if (!place)
			return err_set(ERR_INTERNAL, "cells of a report that was not read");
		TRY(take_cell(r, place, &row));
	}
	return db_rows_status(&rows);
}

enum err rollup_sent_read(struct rollup_sent *out, const struct rollup_asking *asking,
                          struct rollup_codes *codes)
{
	struct rollup_sent sent = { 0 };
	struct reader r = { .asking = asking, .sent = &sent };

	if (!asking->regime) {
		*out = sent;
		return ERR_OK;
	}
	TRY(rollup_mapping_shipped(&r.mapping, asking->arena));
	TRY(rollup_lists_init(&r.lists, codes));
	TRY(read_children(&r));
	TRY(make_children(&r));
	TRY(read_units_behind(&r));
	if (r.n_places > 0)
		TRY(read_cells(&r));
	for (size_t i = 0, n = 0; i < sent.n_reports; i++)
		if (sent.reports[i].state != ROLLUP_CHILD_EXEMPT)
			sent.reports[i].notes = (const char *const *)sent.notes[n++];
	*out = sent;
	return ERR_OK;
}
