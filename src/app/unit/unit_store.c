/* unit_store.c - reading units; unit_change_store.c writes them. */
#include "app/unit/unit_store.h"

#include "app/unit/unit_store.sql.h"
#include "app/unit/unit_tree.h"
#include "base/vec.h"
#include "base/vntext.h"

ERR_RESULT unit_is_below(bool *out, struct db *db, row_id ancestor, row_id unit, date_t on)
{
	struct q_unit_covers_in in = { ancestor, unit, on };
	struct q_unit_covers_row row;
	DB_ROWS rows = { 0 };
	bool found;

	TRY(q_unit_covers_open(&rows, db, &in));
	found = q_unit_covers_next(&rows, &row);
	TRY(db_rows_status(&rows));
	*out = found;
	return ERR_OK;
}

ERR_RESULT unit_is_below_from(bool *out, struct db *db, row_id ancestor, row_id unit,
                              date_t from_on)
{
	struct q_unit_covers_from_in in = { ancestor, unit, from_on };
	struct q_unit_covers_from_row row;
	DB_ROWS rows = { 0 };
	bool found;

	TRY(q_unit_covers_from_open(&rows, db, &in));
	found = q_unit_covers_from_next(&rows, &row);
	TRY(db_rows_status(&rows));
	*out = found;
	return ERR_OK;
}

ERR_RESULT unit_find(struct unit *out, struct db *db, struct arena *a, row_id scope, row_id id,
                     date_t today)
{
	struct q_unit_by_id_in in = { id, today };
	struct q_unit_by_id_row row;
	bool visible = true;

	if (!row_is_none(scope))
		TRY(unit_is_below_from(&visible, db, scope, id, today));
	if (!visible)
		return err_set(ERR_NOT_FOUND, "the unit is not below the actor's");
	TRY(q_unit_by_id_one(db, a, &in, &row));
	*out = (struct unit){
		.id = row.id,
		.code = row.code,
		.code_qcvn = row.code_qcvn,
		.name = row.name,
		.level = row.level,
		.level_name = row.level_name,
		.rank = row.rank,
		.place = row.place,
		.letterhead_parent = row.letterhead_parent,
		.letterhead = row.letterhead,
		.address = row.address,
		.phone = row.phone,
		.issues_codes = row.issues_codes,
		.valid_from = row.valid_from,
		.valid_to = row.valid_to,
	};
	return ERR_OK;
}

ERR_RESULT unit_find_code(row_id *out, struct db *db, struct arena *a, const char *code)
{
	char written[UNIT_CODE_TEXT];
	struct q_unit_id_by_code_in in = { written };
	struct q_unit_id_by_code_row row;

	if (unit_code_parse(written, code) == UNIT_CODE_BAD)
		return err_set(ERR_NOT_FOUND, "no unit can have the code '%.40s'", code);
	TRY(q_unit_id_by_code_one(db, a, &in, &row));
	*out = row.id;
	return ERR_OK;
}

ERR_RESULT unit_parent_on(row_id *out, struct db *db, row_id unit, date_t on)
{
	struct q_unit_parent_on_in in = { unit, on };
	struct q_unit_parent_on_row row = { ROW_NONE };
	DB_ROWS rows = { 0 };
	bool found;

	TRY(q_unit_parent_on_open(&rows, db, &in));
	found = q_unit_parent_on_next(&rows, &row);
	TRY(db_rows_status(&rows));
	*out = found ? row.parent_id : ROW_NONE;
	return ERR_OK;
}

ERR_RESULT unit_path(struct unit_rows *out, struct db *db, struct arena *a, row_id unit,
                     date_t on)
{
	struct unit_row up[UNIT_MOST_DEPTH];
	struct unit_rows path = { 0 };

	for (row_id id = unit; !row_is_none(id) && path.n < UNIT_MOST_DEPTH;) {
		struct unit_row *row = &up[path.n++];
		struct unit found;

		TRY(unit_find(&found, db, a, ROW_NONE, id, on));
		*row = (struct unit_row){
			.id = id, .code = found.code, .name = found.name, .level = found.level
		};
		TRY(unit_parent_on(&row->parent_id, db, id, on));
		id = row->parent_id;
	}
	TRY(arena_array(a, &path.at, path.n));
	for (size_t i = 0; i < path.n; i++)
		path.at[i] = up[path.n - 1 - i];
	*out = path;
	return ERR_OK;
}

static ERR_RESULT read_standing(struct unit_rows *out, struct db *db, struct arena *a,
                                const struct q_unit_standing_in *in)
{
	struct q_unit_standing_row row;
	struct unit_rows list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_unit_standing_open(&rows, db, in));
	while (q_unit_standing_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_unit_standing, &row));
		TRY(vec_room(a, list.at, list.n));
		list.at[list.n++] = (struct unit_row){
			.id = row.id,
			.parent_id = row.parent_id,
			.code = row.code,
			.code_qcvn = row.code_qcvn,
			.name = row.name,
			.level = row.level,
			.level_name = row.level_name,
			.rank = row.rank,
			.issues_codes = row.issues_codes,
			.valid_from = row.valid_from,
			.valid_to = row.valid_to,
		};
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}

ERR_RESULT unit_tree(struct unit_rows *out, struct db *db, struct arena *a, row_id scope,
                     date_t today, date_t on)
{
	struct q_unit_standing_in in = { scope, today, on };
	struct unit_rows list, ordered;
	struct unit_place *places;

	TRY(read_standing(&list, db, a, &in));
	TRY(arena_array(a, &places, list.n + 1));
	for (size_t i = 0; i < list.n; i++) {
		struct unit_row *row = &list.at[i];

		places[i] = (struct unit_place){
			.id = row->id, .parent_id = row->parent_id, .rank = row->rank, .row = i
		};
		TRY(text_sort_key(a, &places[i].sort_key, row->name));
	}
	TRY(unit_tree_order(places, list.n, a));
	ordered.n = list.n;
	TRY(arena_array(a, &ordered.at, list.n + 1));
	for (size_t i = 0; i < list.n; i++) {
		ordered.at[i] = list.at[places[i].row];
		ordered.at[i].depth = places[i].depth;
	}
	*out = ordered;
	return ERR_OK;
}

ERR_RESULT unit_children(struct unit_rows *out, struct db *db, struct arena *a, row_id parent,
                         date_t on)
{
	struct unit_rows tree;
	size_t n = 0;

	TRY(unit_tree(&tree, db, a, parent, on, on));
	for (size_t i = 0; i < tree.n; i++)
		if (row_eq(tree.at[i].parent_id, parent))
			tree.at[n++] = tree.at[i];
	*out = (struct unit_rows){ tree.at, n };
	return ERR_OK;
}

ERR_RESULT unit_levels(struct unit_levels *out, struct db *db, struct arena *a)
{
	struct q_unit_levels_row row;
	struct unit_levels list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_unit_levels_open(&rows, db));
	while (q_unit_levels_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_unit_levels, &row));
		TRY(vec_room(a, list.at, list.n));
		list.at[list.n++] = (struct unit_level){ row.code, row.name, row.rank };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}

static ERR_RESULT read_parents(struct unit_history *out, struct db *db, struct arena *a,
                               row_id unit)
{
	struct q_unit_parents_in in = { unit };
	struct q_unit_parents_row row;
	DB_ROWS rows = { 0 };

	TRY(q_unit_parents_open(&rows, db, &in));
	while (q_unit_parents_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_unit_parents, &row));
		TRY(vec_room(a, out->parents, out->n_parents));
		out->parents[out->n_parents++] =
		        (struct unit_past_parent){ row.parent_id, row.name, row.from_on,
			                           row.to_on };
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_names(struct unit_history *out, struct db *db, struct arena *a,
                             row_id unit)
{
	struct q_unit_names_in in = { unit };
	struct q_unit_names_row row;
	DB_ROWS rows = { 0 };

	TRY(q_unit_names_open(&rows, db, &in));
	while (q_unit_names_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_unit_names, &row));
		TRY(vec_room(a, out->names, out->n_names));
		out->names[out->n_names++] =
		        (struct unit_past_name){ row.name, row.source, row.from_on, row.to_on };
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_successors(struct unit_history *out, struct db *db, struct arena *a,
                                  row_id unit)
{
	struct q_unit_successors_in in = { unit };
	struct q_unit_successors_row row;
	DB_ROWS rows = { 0 };

	TRY(q_unit_successors_open(&rows, db, &in));
	while (q_unit_successors_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_unit_successors, &row));
		TRY(vec_room(a, out->successors, out->n_successors));
		out->successors[out->n_successors++] =
		        (struct unit_kin){ row.other_id, row.code,   row.name,
			                   row.kind,     row.source, row.on_day };
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_predecessors(struct unit_history *out, struct db *db, struct arena *a,
                                    row_id unit)
{
	struct q_unit_predecessors_in in = { unit };
	struct q_unit_predecessors_row row;
	DB_ROWS rows = { 0 };

	TRY(q_unit_predecessors_open(&rows, db, &in));
	while (q_unit_predecessors_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_unit_predecessors, &row));
		TRY(vec_room(a, out->predecessors, out->n_predecessors));
		out->predecessors[out->n_predecessors++] =
		        (struct unit_kin){ row.other_id, row.code,   row.name,
			                   row.kind,     row.source, row.on_day };
	}
	return db_rows_status(&rows);
}

ERR_RESULT unit_history(struct unit_history *out, struct db *db, struct arena *a, row_id unit)
{
	struct unit_history history = { 0 };

	TRY(read_parents(&history, db, a, unit));
	TRY(read_names(&history, db, a, unit));
	TRY(read_successors(&history, db, a, unit));
	TRY(read_predecessors(&history, db, a, unit));
	*out = history;
	return ERR_OK;
}
