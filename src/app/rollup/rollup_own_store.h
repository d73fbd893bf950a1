/* rollup_own_store.h - a unit's own sheet as cells that are added up, with the lists behind
 * them; private to the stores of src/app/rollup. */
#ifndef APP_ROLLUP_ROLLUP_OWN_STORE_H
#define APP_ROLLUP_ROLLUP_OWN_STORE_H

#include "app/rollup/rollup_store.h"

/* One cell for each row; lists of catalogue rows alone. */
ERR_RESULT rollup_own_cells(struct rollup_cell **out, struct db *db, struct arena *a,
                            const struct form_sheet *own, struct rollup_codes *codes);
/* Puts the list behind one row into its cell, when the row has one. */
ERR_RESULT rollup_own_list(struct rollup_cell *cell, struct db *db, struct arena *a,
                           const struct form_sheet *own, const struct form_row *row,
                           struct rollup_codes *codes);

#endif
