/* unit_change_store.c - what changes the tree, and unit_closure with it. */
#include "app/unit/unit_follow_store.h"
#include "app/unit/unit_note_store.h"
#include "app/unit/unit_store.h"
#include "app/unit/unit_store.sql.h"
#include "app/unit/unit_tree.h"
#include "base/str.h"
#include "base/vec.h"

static date_t today_of(const struct db_write_context *w)
{
	return instant_day(w->change->at);
}

/* ERR_INPUT once something was found; the text for users is in `problems`. */
static ERR_RESULT refuse_if_any(const struct problems *problems)
{
	if (problems->n > 0)
		return err_set(ERR_INPUT, "the change of units was refused: %s",
		               problems->first->message);
	return ERR_OK;
}

/* ---- unit_closure ---- */

static ERR_RESULT read_edges(struct unit_edges *out, struct db *db, struct arena *a)
{
	struct q_unit_edges_row row;
	struct unit_edge *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_unit_edges_open(&rows, db));
	while (q_unit_edges_next(&rows, &row)) {
		TRY(vec_room(a, at, n));
		at[n++] =
		        (struct unit_edge){ row.unit_id, row.above_id, row.from_on, row.to_on };
	}
	TRY(db_rows_status(&rows));
	*out = (struct unit_edges){ at, n };
	return ERR_OK;
}

static ERR_RESULT store_above(struct db *db, row_id unit, date_t born, struct unit_edges edges)
{
	struct unit_above above[UNIT_MOST_SPANS];
	size_t n;

	TRY(unit_tree_above(above, &n, unit, born, edges));
	TRY(q_unit_closure_clear_run(db, &(struct q_unit_closure_clear_in){ unit }));
	for (size_t i = 0; i < n; i++) {
		struct q_unit_closure_insert_in in = { above[i].ancestor_id, unit,
			                               above[i].depth, above[i].from_on,
			                               above[i].to_on };

		TRY(q_unit_closure_insert_run(db, &in));
	}
	return ERR_OK;
}

/* After an edge above `unit` changed: its rows and those of all that was ever below it. */
static ERR_RESULT derive_closure(struct db_write_context *w, row_id unit)
{
	struct q_unit_ever_below_in in = { unit };
	struct q_unit_ever_below_row row, *below = NULL;
	struct unit_edges edges;
	size_t n = 0;

	TRY(read_edges(&edges, w->db, w->arena));
	{
		DB_ROWS rows = { 0 };

		TRY(q_unit_ever_below_open(&rows, w->db, &in));
		while (q_unit_ever_below_next(&rows, &row)) {
			TRY(vec_room(w->arena, below, n));
			below[n++] = row;
		}
		TRY(db_rows_status(&rows));
	}
	for (size_t i = 0; i < n; i++)
		TRY(store_above(w->db, below[i].unit_id, below[i].valid_from, edges));
	return ERR_OK;
}

ERR_RESULT unit_closure_fill(struct db *db, struct arena *a)
{
	struct q_unit_births_row row, *units = NULL;
	struct unit_edges edges;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(read_edges(&edges, db, a));
	TRY(q_unit_births_open(&rows, db));
	while (q_unit_births_next(&rows, &row)) {
		TRY(vec_room(a, units, n));
		units[n++] = row;
	}
	TRY(db_rows_status(&rows));
	for (size_t i = 0; i < n; i++)
		TRY(store_above(db, units[i].id, units[i].valid_from, edges));
	return ERR_OK;
}

/* ---- questions ---- */

static bool stands_on(const struct unit *u, date_t on)
{
	return date_cmp(u->valid_from, on) <= 0 &&
	       (date_is_none(u->valid_to) || date_cmp(u->valid_to, on) >= 0);
}

/* The unit, when it is in the change's scope and stands on `on`; otherwise a problem. */
static ERR_RESULT find_standing(struct unit *out, struct db_write_context *w, row_id id,
                                date_t on, const char *field, struct problems *problems)
{
	char day[DATE_TEXT];
	enum err e = unit_find(out, w->db, w->arena, w->change->unit_id, id, today_of(w));

	if (e == ERR_NOT_FOUND)
		return problems_say(problems, field, 0, MSG_UNIT_UNKNOWN);
	TRY(e);
	if (!stands_on(out, on))
		return problems_say(problems, field, 0, MSG_UNIT_DOES_NOT_STAND, out->name,
		                    date_vn(on, day));
	return ERR_OK;
}

static ERR_RESULT find_level(struct unit_level *out, int64_t *last_rank,
                             struct db_write_context *w, const char *code,
                             struct problems *problems)
{
	struct unit_levels levels;

	TRY(unit_levels(&levels, w->db, w->arena));
	for (size_t i = 0; i < levels.n; i++) {
		*last_rank = levels.at[i].rank;
		if (str_eq(levels.at[i].code, code))
			*out = levels.at[i];
	}
	if (!out->code)
		return problems_say(problems, "level", 0, MSG_UNIT_LEVEL_UNKNOWN, code);
	return ERR_OK;
}

static ERR_RESULT check_code_free(struct db_write_context *w, const char *code, row_id self,
                                  const char *field, struct problems *problems)
{
	row_id taken = ROW_NONE;
	enum err e;

	if (!code)
		return ERR_OK;
	e = unit_find_code(&taken, w->db, w->arena, code);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	if (!row_eq(taken, self))
		return problems_say(problems, field, 0, MSG_UNIT_CODE_TAKEN, code);
	return ERR_OK;
}

/* ---- adding ---- */

/* Whether the draft may stand under its parent. */
static ERR_RESULT check_place(struct db_write_context *w, const struct unit_draft *draft,
                              struct problems *problems)
{
	struct unit parent = { 0 };
	struct unit_level level = { 0 };
	int64_t last_rank = 0;

	TRY(find_level(&level, &last_rank, w, draft->level, problems));
	if (row_is_none(draft->parent_id)) {
		if (!row_is_none(w->change->unit_id))
			TRY(problems_say(problems, "parent_id", 0, MSG_UNIT_PARENT_MISSING));
		return ERR_OK;
	}
	TRY(find_standing(&parent, w, draft->parent_id, draft->from_on, "parent_id", problems));
	if (problems->n == 0 && !unit_rank_fits(parent.rank, level.rank, last_rank))
		return problems_say(problems, "parent_id", 0, MSG_UNIT_RANK, level.name,
		                    parent.level_name);
	return ERR_OK;
}

static ERR_RESULT insert_unit(struct db_write_context *w, row_id id,
                              const struct unit_draft *draft)
{
	struct q_unit_insert_in in = {
		.id = id,
		.code = draft->code,
		.code_qcvn = draft->code_qcvn,
		.name = draft->name,
		.level = draft->level,
		.place = draft->place,
		.letterhead_parent = draft->letterhead_parent,
		.letterhead = draft->letterhead,
		.address = draft->address,
		.phone = draft->phone,
		.issues_codes = draft->issues_codes,
		.valid_from = draft->from_on,
		.from_change = w->change->id,
	};

	return q_unit_insert_run(w->db, &in);
}

static ERR_RESULT insert_name(struct db_write_context *w, const struct unit_renaming *r)
{
	struct q_unit_name_insert_in in = {
		.id = db_new_id(w),
		.unit_id = r->unit,
		.name = r->name,
		.from_on = r->on,
		.source = r->source ? r->source : "",
		.change_id = w->change->id,
	};

	return q_unit_name_insert_run(w->db, &in);
}

static ERR_RESULT insert_parent(struct db_write_context *w, const struct unit_moving *m)
{
	struct q_unit_parent_insert_in in = {
		.id = db_new_id(w),
		.unit_id = m->unit,
		.parent_id = m->parent,
		.from_on = m->on,
		.change_id = w->change->id,
	};

	return q_unit_parent_insert_run(w->db, &in);
}

ERR_RESULT unit_add_in(row_id *out, struct db_write_context *w, struct unit_draft *draft,
                       struct problems *problems)
{
	row_id id = db_new_id(w);
	struct unit_edges edges;

	problems_init(problems, problems->arena);
	TRY(unit_draft_check(draft, problems));
	TRY(refuse_if_any(problems));
	TRY(check_code_free(w, draft->code, ROW_NONE, "code", problems));
	TRY(check_code_free(w, draft->code_qcvn, ROW_NONE, "code_qcvn", problems));
	TRY(check_place(w, draft, problems));
	TRY(refuse_if_any(problems));

	TRY(insert_unit(w, id, draft));
	TRY(insert_name(
	        w, &(struct unit_renaming){ id, draft->name, draft->from_on, draft->source }));
	if (!row_is_none(draft->parent_id))
		TRY(insert_parent(
		        w, &(struct unit_moving){ id, draft->parent_id, draft->from_on }));
	TRY(read_edges(&edges, w->db, w->arena));
	TRY(store_above(w->db, id, draft->from_on, edges));
	w->change->result = id;
	*out = id;
	return unit_note_added(w, id, draft);
}

/* ---- what carries no history ---- */

ERR_RESULT unit_edit_in(struct db_write_context *w, row_id unit, struct unit_draft *draft,
                        struct problems *problems)
{
	struct unit old;
	struct q_unit_update_details_in in;

	problems_init(problems, problems->arena);
	TRY(unit_find(&old, w->db, w->arena, w->change->unit_id, unit, today_of(w)));
	draft->code = old.code;
	draft->name = old.name;
	draft->level = old.level;
	draft->from_on = old.valid_from;
	TRY(unit_draft_check(draft, problems));
	TRY(check_code_free(w, draft->code_qcvn, unit, "code_qcvn", problems));
	TRY(refuse_if_any(problems));

	in = (struct q_unit_update_details_in){
		.id = unit,
		.place = draft->place,
		.letterhead_parent = draft->letterhead_parent,
		.letterhead = draft->letterhead,
		.address = draft->address,
		.phone = draft->phone,
		.issues_codes = draft->issues_codes && date_is_none(old.valid_to),
		.code_qcvn = draft->code_qcvn,
		.from_change = w->change->id,
	};
	w->change->result = unit;
	TRY(unit_note_edited(w, &old, draft));
	return q_unit_update_details_run(w->db, &in);
}

/* ---- a new name ---- */

ERR_RESULT unit_rename_in(struct db_write_context *w, const struct unit_renaming *r,
                          struct problems *problems)
{
	struct unit unit = { 0 };
	struct q_unit_name_last_in last_in = { r->unit };
	struct q_unit_name_last_row last;
	char day[DATE_TEXT];

	problems_init(problems, problems->arena);
	if (str_blank(r->name))
		TRY(problems_say(problems, "name", 0, MSG_UNIT_NAME_MISSING));
	if (date_is_none(r->on))
		TRY(problems_say(problems, "on", 0, MSG_UNIT_DAY_MISSING));
	TRY(refuse_if_any(problems));
	TRY(find_standing(&unit, w, r->unit, r->on, "on", problems));
	TRY(refuse_if_any(problems));
	TRY(q_unit_name_last_one(w->db, w->arena, &last_in, &last));
	if (date_cmp(r->on, last.from_on) <= 0)
		TRY(problems_say(problems, "on", 0, MSG_UNIT_NAME_SINCE, last.name,
		                 date_vn(last.from_on, day)));
	if (str_eq(r->name, last.name))
		TRY(problems_say(problems, "name", 0, MSG_UNIT_NAME_SAME));
	TRY(refuse_if_any(problems));

	TRY(q_unit_name_close_run(
	        w->db, &(struct q_unit_name_close_in){ r->unit, date_add(r->on, -1) }));
	TRY(insert_name(w, r));
	w->change->result = r->unit;
	TRY(unit_note_renamed(w, last.name, r));
	return q_unit_update_name_run(
	        w->db, &(struct q_unit_update_name_in){ r->unit, r->name, w->change->id });
}

/* ---- another parent ---- */

static ERR_RESULT check_last_move(struct db_write_context *w, const struct unit_moving *m,
                                  row_id *old_parent, struct problems *problems)
{
	struct q_unit_parent_last_in in = { m->unit };
	struct q_unit_parent_last_row last;
	char day[DATE_TEXT];
	enum err e = q_unit_parent_last_one(w->db, w->arena, &in, &last);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*old_parent = last.parent_id;
	if (row_eq(last.parent_id, m->parent))
		TRY(problems_say(problems, "parent_id", 0, MSG_UNIT_PARENT_SAME));
	else if (date_cmp(m->on, last.from_on) <= 0)
		TRY(problems_say(problems, "on", 0, MSG_UNIT_PARENT_SINCE,
		                 date_vn(last.from_on, day)));
	return ERR_OK;
}

static ERR_RESULT check_move(struct db_write_context *w, const struct unit_moving *m,
                             row_id *old_parent, struct problems *problems)
{
	struct unit unit = { 0 }, parent = { 0 };
	struct unit_level level = { 0 };
	int64_t last_rank = 0;
	bool cycle;

	if (date_is_none(m->on))
		return problems_say(problems, "on", 0, MSG_UNIT_DAY_MISSING);
	TRY(find_standing(&unit, w, m->unit, m->on, "on", problems));
	TRY(find_standing(&parent, w, m->parent, m->on, "parent_id", problems));
	if (problems->n > 0)
		return ERR_OK;
	TRY(find_level(&level, &last_rank, w, unit.level, problems));
	if (!unit_rank_fits(parent.rank, unit.rank, last_rank))
		TRY(problems_say(problems, "parent_id", 0, MSG_UNIT_RANK, unit.level_name,
		                 parent.level_name));
	TRY(unit_is_below_from(&cycle, w->db, m->unit, m->parent, m->on));
	if (cycle)
		TRY(problems_say(problems, "parent_id", 0, MSG_UNIT_CYCLE, parent.name,
		                 unit.name));
	return check_last_move(w, m, old_parent, problems);
}

/* `problems` is not emptied: a part of a succession. */
static ERR_RESULT move_unit(struct db_write_context *w, const struct unit_moving *m,
                            struct problems *problems)
{
	row_id old_parent = ROW_NONE;

	TRY(check_move(w, m, &old_parent, problems));
	TRY(refuse_if_any(problems));
	if (!row_is_none(old_parent))
		TRY(q_unit_parent_close_run(w->db, &(struct q_unit_parent_close_in){
		                                           m->unit, date_add(m->on, -1) }));
	TRY(insert_parent(w, m));
	TRY(unit_note_moved(w, old_parent, m));
	w->change->result = m->unit;
	return derive_closure(w, m->unit);
}

ERR_RESULT unit_move_in(struct db_write_context *w, const struct unit_moving *m,
                        struct problems *problems)
{
	problems_init(problems, problems->arena);
	return move_unit(w, m, problems);
}

/* ---- merge, split, abolish ---- */

static bool is_ending(const struct unit_succession *s, row_id id)
{
	for (size_t i = 0; i < s->n_old; i++)
		if (row_eq(s->old[i], id))
			return true;
	return false;
}

static ERR_RESULT end_unit(struct db_write_context *w, row_id unit, date_t on)
{
	struct q_unit_update_end_in in = { unit, date_add(on, -1), w->change->id };

	TRY(q_unit_end_add_run(
	        w->db,
	        &(struct q_unit_end_add_in){ db_new_id(w), unit, in.valid_to, w->change->id }));
	TRY(unit_note_ended(w, unit, in.valid_to));
	return q_unit_update_end_run(w->db, &in);
}

static ERR_RESULT check_old(struct db_write_context *w, const struct unit_succession *s,
                            row_id id, struct problems *problems)
{
	struct unit old = { 0 };
	char day[DATE_TEXT];

	TRY(find_standing(&old, w, id, s->on, "old", problems));
	if (!old.code || problems->n > 0)
		return ERR_OK;
	if (!date_is_none(old.valid_to))
		return problems_say(problems, "old", 0, MSG_UNIT_ENDS_ALREADY, old.name,
		                    date_vn(old.valid_to, day));
	if (date_cmp(old.valid_from, s->on) >= 0)
		return problems_say(problems, "on", 0, MSG_UNIT_BEGAN, old.name,
		                    date_vn(old.valid_from, day));
	return ERR_OK;
}

static ERR_RESULT check_succession(struct db_write_context *w, const struct unit_succession *s,
                                   struct problems *problems)
{
	struct unit unit;

	TRY(unit_succession_check(s, problems));
	if (problems->n > 0)
		return ERR_OK;
	for (size_t i = 0; i < s->n_old; i++)
		TRY(check_old(w, s, s->old[i], problems));
	for (size_t i = 0; i < s->n_successors; i++)
		TRY(find_standing(&unit, w, s->successors[i], s->on, "successor", problems));
	return ERR_OK;
}

static ERR_RESULT place_orphan(struct db_write_context *w, const struct unit_succession *s,
                               const struct unit_row *orphan, bool is_direct,
                               struct problems *problems)
{
	char day[DATE_TEXT];

	switch (s->orphans) {
	case UNIT_ORPHANS_REFUSE:
		return is_direct ? problems_say(problems, "orphans", 0, MSG_UNIT_HAS_CHILDREN,
		                                orphan->name)
		                 : ERR_OK;
	case UNIT_ORPHANS_MOVE:
		return is_direct ? move_unit(w,
		                             &(struct unit_moving){ orphan->id, s->orphans_to,
		                                                    s->on },
		                             problems)
		                 : ERR_OK;
	case UNIT_ORPHANS_END:
		if (date_cmp(orphan->valid_from, s->on) >= 0)
			return problems_say(problems, "on", 0, MSG_UNIT_BEGAN, orphan->name,
			                    date_vn(orphan->valid_from, day));
		return end_unit(w, orphan->id, s->on);
	}
	return ERR_OK;
}

static ERR_RESULT place_orphans(struct db_write_context *w, const struct unit_succession *s,
                                row_id old, struct problems *problems)
{
	struct unit_rows below;

	TRY(unit_tree(&below, w->db, w->arena, old, s->on, s->on));
	for (size_t i = 0; i < below.n; i++) {
		const struct unit_row *row = &below.at[i];
		bool is_direct = row_eq(row->parent_id, old);

		if (!is_ending(s, row->id) && !row_eq(row->id, s->orphans_to))
			TRY(place_orphan(w, s, row, is_direct, problems));
	}
	return ERR_OK;
}

static ERR_RESULT link_successor(struct db_write_context *w, const struct unit_succession *s,
                                 row_id old, row_id successor, struct problems *problems)
{
	struct q_unit_successor_insert_in in = {
		.id = db_new_id(w),
		.unit_id = old,
		.successor_id = successor,
		.kind = unit_ending_word(s->kind),
		.on_day = s->on,
		.source = s->source ? s->source : "",
		.change_id = w->change->id,
	};
	bool cycle;

	TRY(unit_is_below_from(&cycle, w->db, old, successor, s->on));
	if (cycle)
		TRY(problems_say(problems, "successor", 0, MSG_UNIT_SUCCESSOR_BELOW));
	TRY(refuse_if_any(problems));
	TRY(q_unit_successor_insert_run(w->db, &in));
	TRY(unit_note_succeeded(w, s, old, successor));
	return derive_closure(w, old);
}

ERR_RESULT unit_succeed_in(struct db_write_context *w, const struct unit_succession *s,
                           struct problems *problems)
{
	problems_init(problems, problems->arena);
	TRY(check_succession(w, s, problems));
	TRY(refuse_if_any(problems));
	for (size_t i = 0; i < s->n_old; i++)
		TRY(place_orphans(w, s, s->old[i], problems));
	TRY(refuse_if_any(problems));
	for (size_t i = 0; i < s->n_old; i++) {
		TRY(end_unit(w, s->old[i], s->on));
		for (size_t k = 0; k < s->n_successors; k++)
			TRY(link_successor(w, s, s->old[i], s->successors[k], problems));
		/* Of several nobody but the people themselves knows where each goes on. */
		if (s->n_successors == 1)
			TRY(unit_roles_follow(w, s->old[i], s->successors[0], s->on));
	}
	w->change->result = s->n_successors == 1 ? s->successors[0] : s->old[0];
	return ERR_OK;
}
