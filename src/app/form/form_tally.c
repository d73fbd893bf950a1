#include "app/form/form_tally.h"

bool form_is_missing(const struct form_row *row, const struct form_cell *cell)
{
	return row->kind != FORM_GROUP && !row->value && cell->fills &&
	       dec_is_none(cell->value);
}

struct form_tally form_tally(const struct form_set *set, const struct form *form,
                             const struct form_cell *cells)
{
	struct form_tally t = { 0 };

	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &set->rows[(size_t)form->first + i];
		const struct form_cell *cell = &cells[row->at];

		if (row->kind != FORM_GROUP) {
			t.filled += !dec_is_none(cell->value);
			t.blank += dec_is_none(cell->value) && cell->fills;
		}
		t.missing += form_is_missing(row, cell);
		for (const struct form_problem *p = cell->problems; p; p = p->next) {
			t.errors += p->severity == FORM_ERROR;
			t.warnings += p->severity != FORM_ERROR;
		}
	}
	return t;
}
