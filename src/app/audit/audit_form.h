/* audit_form.h - the known forms (app/form) in a document: which table is which form, by its
 * labels whatever numbers, title or columns are printed.  Private to audit_form*.c. */
#ifndef APP_AUDIT_AUDIT_FORM_H
#define APP_AUDIT_AUDIT_FORM_H

#include "app/audit/audit_table.h"
#include "app/form/form_eval.h"

/* Where a row of the form stands; grid NULL: the document does not print it. */
struct form_place {
	struct grid *grid;
	size_t row;
};

/* The forms of one report: each at most once.  A second table of the same form begins another
 * sheet, unless it continues the first. */
struct form_sheet {
	struct form_place *places; /* one for each row of the set */
};

struct form_sheets {
	const struct form_set *set;
	struct form_sheet *sheets;
	size_t n;
};

/* One sheet with the values of its n-th columns. */
struct form_filled {
	const struct form_sheet *sheet;
	size_t nth;
	struct form_stated *stated;
	const struct form_cell *cells;
};

struct forms {
	struct audit *x;
	struct form_sheets sheets;
	struct form_input input;
	struct form_filled *filled;
	size_t n_filled;
};

/* The n-th column of values of a table: amounts; else what its header calls the figures. */
bool form_value_column(size_t *out, const struct grid *g, size_t nth);
/* The printed cell of a row of the set; NULL where there is none. */
const struct grid_cell *form_cell_of(const struct form_filled *f, int row);

/* The set whose labels fit best; n 0: no table is a known form. */
ERR_RESULT form_sheets_of(struct form_sheets *out, struct audit *x, struct grid *grids,
                          size_t n);

#endif
