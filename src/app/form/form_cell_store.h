/* form_cell_store.h - what people enter: cells, decisions on counting, who supplies a row. */
#ifndef APP_FORM_FORM_CELL_STORE_H
#define APP_FORM_FORM_CELL_STORE_H

#include "app/form/form_store.h"

/* One cell to be stored.  Nothing stated at all withdraws what was entered before. */
struct form_entry {
	const struct form_row *row;
	struct form_stated stated;
};
struct form_entries {
	const struct form_set *set;
	row_id scope, unit; /* the unit must stand below the scope: ERR_NOT_FOUND */
	struct period period;
	const struct form_entry *entries;
	size_t n;
	/* The caller's, emptied first: ERR_INPUT means that the sheet is locked, and it says
	 * who can open it (form_lock_store.h).  NULL: the error alone. */
	struct problems *problems;
	size_t n_changed; /* set by the write */
};
/* A cell that already says the same is left alone; what it said before stays as history.
 * change->result is the unit. */
db_write_fn form_enter_in; /* arg: struct form_entries */
ERR_RESULT form_enter(struct db_writer *writer, struct change *change,
                      struct form_entries *entries);

/* What the journal calls a cell among those of its unit:
 * "bnv-2022/3/received_total/2024-01-01/2024-03-31". */
ERR_RESULT form_cell_part(const char **out, struct arena *a, const char *set,
                          const struct form_row *row, const struct period *period);

struct form_past {
	dec_t value;
	bool blank;
	const char *note, *reason, *account_name;
	instant_t at;
};
struct form_pasts {
	struct form_past *items;
	size_t n;
};
/* Every value the unit entered for the row in the period, newest first. */
ERR_RESULT form_cell_history(struct form_pasts *out, struct db *db, struct arena *a,
                             const struct form_sheet *sheet, const struct form_row *row);

/* A unit's own decisions for settings of the set: words[i] of setting i, NULL: as it is. */
struct form_choosing {
	const struct form_set *set;
	row_id unit;
	const char *words[FORM_MOST_SETTINGS];
};
ERR_RESULT form_decide(struct db_writer *writer, struct change *change,
                       struct form_choosing *choosing);

/* A department, or one officer: then `id` is the department that the officer belongs to. */
struct form_owner {
	row_id id, account;
	const char *name; /* NULL: nobody was named */
};
/* Whether the row is for this officer of this department to supply. */
bool form_owner_is(const struct form_owner *o, row_id account, row_id room);
/* Who supplies each row of the set: out[row->at]. */
ERR_RESULT form_owners(const struct form_owner **out, struct db *db, struct arena *a,
                       const struct form_set *set, row_id scope, row_id unit);
/* Names the owners of rows; ROW_NONE: nobody. */
struct form_owning {
	const struct form_set *set;
	row_id unit;
	const struct form_owned {
		const struct form_row *row;
		row_id owner, account; /* account ROW_NONE: the department as a whole */
	} * rows;
	size_t n;
};
ERR_RESULT form_own(struct db_writer *writer, struct change *change,
                    struct form_owning *owning);

#endif
