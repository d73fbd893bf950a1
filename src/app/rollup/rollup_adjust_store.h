/* rollup_adjust_store.h - điều chỉnh có lý do: what a unit adds to a figure that it rolled up.
 */
#ifndef APP_ROLLUP_ROLLUP_ADJUST_STORE_H
#define APP_ROLLUP_ROLLUP_ADJUST_STORE_H

#include "app/rollup/rollup_store.h"

struct rollup_adjusting {
	const struct form_set *set;
	row_id scope, unit; /* the unit must stand below the scope: ERR_NOT_FOUND */
	struct period period;
	/* Of one row.  Without any figure: what was adjusted before is withdrawn. */
	struct rollup_adjustment adjustment;
	/* The caller's, emptied first; ERR_INPUT: it says why nothing was stored: no reason, a
	 * row that takes none, nobody reports to the unit, a report has locked the figures. */
	struct problems *problems;
};
/* What it said before stays as history.  change->result is the unit. */
db_write_fn rollup_adjust_in; /* arg: struct rollup_adjusting */
ERR_RESULT rollup_adjust(struct db_writer *writer, struct change *change,
                         struct rollup_adjusting *adjusting);

#endif
