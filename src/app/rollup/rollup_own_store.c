#include "app/rollup/rollup_own_store.h"

#include <stdlib.h>

#include "app/form/form_codes_store.h"

struct listed {
	const struct rollup_code *code;
	dec_t amount;
};

static int by_code(const void *x, const void *y)
{
	const struct listed *a = x, *b = y;

	return rollup_code_order(a->code, b->code);
}

/* Sorted, each code once: amounts of equal codes are added. */
static size_t merge(struct listed *at, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(at, n, sizeof(*at), by_code);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && at[kept - 1].code == at[i].code)
			at[kept - 1].amount = dec_add(at[kept - 1].amount, at[i].amount);
		else
			at[kept++] = at[i];
	}
	return kept;
}

static enum err put_list(struct rollup_cell *cell, struct arena *a, const struct listed *at,
                         size_t n)
{
	const struct rollup_code **codes;
	dec_t *amounts;

	TRY(arena_array(a, &codes, n + 1));
	TRY(arena_array(a, &amounts, n + 1));
	for (size_t i = 0; i < n; i++) {
		codes[i] = at[i].code;
		amounts[i] = at[i].amount;
	}
	cell->codes = codes;
	cell->amounts = n > 0 && !dec_is_none(amounts[0]) ? amounts : NULL;
	cell->n_codes = n;
	cell->listed = true;
	return ERR_OK;
}

enum err rollup_own_list(struct rollup_cell *cell, struct db *db, struct arena *a,
                         const struct form_sheet *own, const struct form_row *row,
                         struct rollup_codes *codes)
{
	struct form_codes found;
	struct listed *at;

	TRY(form_codes_of(&found, db, a, own, row));
	if (!found.known)
		return ERR_OK;
	TRY(arena_array(a, &at, found.n + 1));
	for (size_t i = 0; i < found.n; i++) {
		const struct form_code *code = &found.at[i];

		at[i].amount = code->amount;
		TRY(rollup_code(&at[i].code, codes, code->procedure, code->tier, code->field));
	}
	return put_list(cell, a, at, merge(at, found.n));
}

enum err rollup_own_cells(struct rollup_cell **out, struct db *db, struct arena *a,
                          const struct form_sheet *own, struct rollup_codes *codes)
{
	struct rollup_cell *cells;

	TRY(arena_array(a, &cells, own->set->n_rows + 1));
	for (size_t i = 0; i < own->set->n_rows; i++) {
		const struct form_cell *cell = &own->cells[i];

		cells[i] = ROLLUP_NO_CELL;
		cells[i].value = cell->value;
		cells[i].numerator = cell->numerator;
		cells[i].denominator = cell->denominator;
		if (own->set->rows[i].rollup == FORM_CATALOGUE)
			TRY(rollup_own_list(&cells[i], db, a, own, &own->set->rows[i], codes));
	}
	*out = cells;
	return ERR_OK;
}
