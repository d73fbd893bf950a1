/* unit_store.h - units as they are kept: the tree of any day, history, changes.
 *
 * Writing functions come as xxx_in (inside somebody's db_write) and xxx (a db_write of its
 * own; change->result is the unit).  `problems` belongs to the caller's arena; they empty it
 * first, and ERR_INPUT means that it now says why nothing was written.  change->unit_id is the
 * scope: only units below it can be touched (ROW_NONE, a command: all).
 */
#ifndef APP_UNIT_UNIT_STORE_H
#define APP_UNIT_UNIT_STORE_H

#include "app/unit/unit.h"
#include "db/write.h"

struct unit {
	row_id id;
	const char *code, *code_qcvn; /* the latter may be NULL */
	const char *name;             /* today's */
	const char *level, *level_name;
	int64_t rank;
	const char *place, *letterhead_parent, *letterhead, *address, *phone;
	bool issues_codes;
	date_t valid_from, valid_to;
};
struct unit_row { /* one line of a tree or list */
	row_id id, parent_id;
	const char *code, *code_qcvn, *name, *level, *level_name;
	int64_t rank;
	int depth; /* from the top of the list */
	bool issues_codes;
	date_t valid_from, valid_to;
};
struct unit_rows {
	struct unit_row *at;
	size_t n;
};
struct unit_level {
	const char *code, *name;
	int64_t rank;
};
struct unit_levels {
	struct unit_level *at;
	size_t n;
};

/* ERR_NOT_FOUND when there is none or it is outside `scope` (ROW_NONE: all) today and
 * later. */
ERR_RESULT unit_find(struct unit *out, struct db *db, struct arena *a, row_id scope, row_id id,
                     date_t today);
/* By a code in either style, as typed; ERR_NOT_FOUND. */
ERR_RESULT unit_find_code(row_id *out, struct db *db, struct arena *a, const char *code);
/* Whether `unit` is `ancestor` or stood below it on `on`, or was taken over by it before. */
ERR_RESULT unit_is_below(bool *out, struct db *db, row_id ancestor, row_id unit, date_t on);
/* The same on `from_on` or any day after it. */
ERR_RESULT unit_is_below_from(bool *out, struct db *db, row_id ancestor, row_id unit,
                              date_t from_on);
ERR_RESULT unit_parent_on(row_id *out, struct db *db, row_id unit, date_t on); /* or ROW_NONE */
/* From the root down to `unit`. */
ERR_RESULT unit_path(struct unit_rows *out, struct db *db, struct arena *a, row_id unit,
                     date_t on);
/* What stood on `on`, of all that is below `scope` today or later (so a merged commune
 * sees the communes before it): parents before children, siblings by rank and Vietnamese
 * alphabet. */
ERR_RESULT unit_tree(struct unit_rows *out, struct db *db, struct arena *a, row_id scope,
                     date_t today, date_t on);
ERR_RESULT unit_children(struct unit_rows *out, struct db *db, struct arena *a, row_id parent,
                         date_t on);
ERR_RESULT unit_levels(struct unit_levels *out, struct db *db, struct arena *a);

/* History, oldest first. */
struct unit_past_parent {
	row_id parent_id;
	const char *name;
	date_t from_on, to_on;
};
struct unit_past_name {
	const char *name, *source;
	date_t from_on, to_on;
};
struct unit_kin { /* a successor or predecessor */
	row_id id;
	const char *code, *name, *kind, *source;
	date_t on;
};
struct unit_history {
	struct unit_past_parent *parents;
	struct unit_past_name *names;
	struct unit_kin *successors, *predecessors;
	size_t n_parents, n_names, n_successors, n_predecessors;
};
ERR_RESULT unit_history(struct unit_history *out, struct db *db, struct arena *a, row_id unit);

ERR_RESULT unit_add_in(row_id *out, struct db_write_context *w, struct unit_draft *draft,
                       struct problems *problems);
ERR_RESULT unit_add(struct db_writer *writer, struct change *change, struct unit_draft *draft,
                    struct problems *problems);

/* Address, letterhead, place, telephone, older code, whether it issues codes: what carries no
 * history.  Of `draft` only these are read. */
ERR_RESULT unit_edit_in(struct db_write_context *w, row_id unit, struct unit_draft *draft,
                        struct problems *problems);
ERR_RESULT unit_edit(struct db_writer *writer, struct change *change, row_id unit,
                     struct unit_draft *draft, struct problems *problems);

struct unit_renaming {
	row_id unit;
	const char *name;
	date_t on; /* the first day of the new name, after the day the last one began */
	const char *source;
};
ERR_RESULT unit_rename_in(struct db_write_context *w, const struct unit_renaming *r,
                          struct problems *problems);
ERR_RESULT unit_rename(struct db_writer *writer, struct change *change,
                       const struct unit_renaming *r, struct problems *problems);

struct unit_moving {
	row_id unit, parent;
	date_t on; /* the first day under the new parent, after the last move */
};
ERR_RESULT unit_move_in(struct db_write_context *w, const struct unit_moving *m,
                        struct problems *problems);
ERR_RESULT unit_move(struct db_writer *writer, struct change *change,
                     const struct unit_moving *m, struct problems *problems);

/* Merge, split, rename with a new code, abolish: the old units end on the day before s->on and
 * their successors become ancestors of what they leave. */
ERR_RESULT unit_succeed_in(struct db_write_context *w, const struct unit_succession *s,
                           struct problems *problems);
ERR_RESULT unit_succeed(struct db_writer *writer, struct change *change,
                        const struct unit_succession *s, struct problems *problems);

/* unit_closure of every unit from unit_parent and unit_successor, in a database that was filled
 * row by row. */
ERR_RESULT unit_closure_fill(struct db *db, struct arena *a);

#endif
