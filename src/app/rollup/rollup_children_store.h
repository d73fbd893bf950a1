/* rollup_children_store.h - who reports to a unit and the cells that they sent; private to the
 * stores of src/app/rollup. */
#ifndef APP_ROLLUP_ROLLUP_CHILDREN_STORE_H
#define APP_ROLLUP_ROLLUP_CHILDREN_STORE_H

#include "app/rollup/rollup_store.h"

/* Of which reports a sheet is made. */
struct rollup_asking {
	struct db *db;
	struct arena *arena;
	const struct form_set *set;
	row_id unit;
	struct period period;
	const char *regime, *code; /* of the period: "2024-Q1"; NULL: nobody reports */
	row_id report;             /* the unit's own; ROW_NONE: it owes none */
};
/* Finds regime and period code of the unit's own report, else of those it receives. */
ERR_RESULT rollup_asking_find(struct rollup_asking *asking);

/* Whether anybody owes the unit a report, exempt or not; asking->regime is known. */
ERR_RESULT rollup_has_children(bool *out, const struct rollup_asking *asking);

struct rollup_sent {
	struct rollup_child_report *reports; /* everybody who owes one */
	struct rollup_child *children;       /* without the exempt */
	const char ***notes;                 /* of each of `children`, one for each row; NULL */
	size_t n_reports, n_children, n_sent, n_exempt;
};
/* Codes are made in `codes`. */
ERR_RESULT rollup_sent_read(struct rollup_sent *out, const struct rollup_asking *asking,
                            struct rollup_codes *codes);

#endif
