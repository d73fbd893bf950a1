/* Lists behind figures: of each procedure how many dossiers, over the unit itself and its
 * children. */
#include <stdlib.h>

#include "app/rollup/rollup_own_store.h"

struct listing {
	struct rollup_sheet *sheet;
	struct db *db;
	struct arena *arena;
	struct rollup_value *values;
};

static void take_cell(struct rollup_value *value, const struct rollup_cell *cell)
{
	value->codes = cell->codes;
	value->amounts = cell->amounts;
	value->n_codes = cell->n_codes;
	value->listed = cell->listed;
}

static enum err list_own(struct listing *l, const struct form_row *row)
{
	struct rollup_cell cell = ROLLUP_NO_CELL;

	TRY(rollup_own_list(&cell, l->db, l->arena, &l->sheet->own, row, l->sheet->codes));
	take_cell(&l->values[row->at], &cell);
	return ERR_OK;
}

/* ---- a rolled-up row ---- */

struct entry {
	const struct rollup_code *code;
	dec_t amount; /* DEC_NONE: nobody has it */
};

static int by_code(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	return rollup_code_order(a->code, b->code);
}

static void add_cell(struct entry *sums, const struct rollup_cell *cell)
{
	for (size_t i = 0; cell->amounts && i < cell->n_codes; i++) {
		struct entry *e = &sums[cell->codes[i]->number];

		e->amount = e->code ? dec_add(e->amount, cell->amounts[i]) : cell->amounts[i];
		e->code = cell->codes[i];
	}
}

/* Whether the child's figure went in without saying what it is made of. */
static bool lacks_list(const struct rollup_plan *plan, const struct form_row *row,
                       const struct rollup_child *child)
{
	if (rollup_share_of(plan, row, child).giving != ROLLUP_GAVE)
		return false;
	const struct rollup_cell *cell = &child->cells[row->at];
	return !cell->listed && cell->value.micro != 0;
}

static enum err put_sums(struct rollup_cell *out, struct arena *a, struct entry *sums,
                         size_t n_sums)
{
	const struct rollup_code **codes;
	dec_t *amounts;
	size_t n = 0;

	for (size_t i = 0; i < n_sums; i++)
		if (sums[i].code)
			sums[n++] = sums[i];
	if (n > 0)
		qsort(sums, n, sizeof(*sums), by_code);
	TRY(arena_array(a, &codes, n + 1));
	TRY(arena_array(a, &amounts, n + 1));
	for (size_t i = 0; i < n; i++) {
		codes[i] = sums[i].code;
		amounts[i] = sums[i].amount;
	}
	out->codes = codes;
	out->amounts = amounts;
	out->n_codes = n;
	return ERR_OK;
}

static enum err list_summed(struct listing *l, const struct form_row *row)
{
	const struct rollup *r = l->sheet->rollup;
	const struct rollup_plan *plan = &r->plan[row->at];
	struct rollup_cell *own = &l->sheet->own_cells[row->at], made = ROLLUP_NO_CELL;
	struct entry *sums;
	bool lacks = r->figures[row->at].adjustment != NULL;

	if (plan->own_adds)
		TRY(rollup_own_list(own, l->db, l->arena, &l->sheet->own, row,
		                    l->sheet->codes));
	TRY(arena_array(l->arena, &sums, l->sheet->codes->n + 1));
	if (plan->own_adds) {
		add_cell(sums, own);
		lacks |= !own->listed && !dec_is_none(own->value) && own->value.micro != 0;
	}
	for (size_t i = 0; i < r->input->n_children; i++) {
		const struct rollup_child *child = &r->input->children[i];

		lacks |= lacks_list(plan, row, child);
		if (child->cells)
			add_cell(sums, &child->cells[row->at]);
	}
	TRY(put_sums(&made, l->arena, sums, l->sheet->codes->n));
	made.listed = !lacks && made.n_codes > 0;
	if (made.listed)
		take_cell(&l->values[row->at], &made);
	return ERR_OK;
}

static enum err list_row(struct listing *l, const struct form_row *row)
{
	const struct rollup *r = l->sheet->rollup;

	if (!l->values[row->at].fills)
		return ERR_OK;
	if (!r || !r->plan[row->at].draws)
		return list_own(l, row);
	return r->plan[row->at].rule == RULE_SUM ? list_summed(l, row) : ERR_OK;
}

enum err rollup_sheet_lists(struct rollup_sheet *sheet, struct db *db, struct arena *a)
{
	struct listing l = { .sheet = sheet, .db = db, .arena = a };
	size_t n = sheet->set->n_rows;

	TRY(arena_array(a, &l.values, n + 1));
	for (size_t i = 0; i < n; i++)
		l.values[i] = sheet->values[i];
	for (size_t i = 0; i < n; i++)
		TRY(list_row(&l, &sheet->set->rows[i]));
	sheet->values = l.values;
	return ERR_OK;
}
