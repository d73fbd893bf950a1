/* procedure_store.c - reading versions; procedure_search_store.c lists and searches,
 * procedure_change_store.c writes. */
#include "app/procedure/procedure_store.h"

#include <string.h>

#include "app/procedure/procedure_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

ERR_RESULT procedure_find_code(row_id *out, struct db *db, struct arena *a, const char *code)
{
	char written[PROCEDURE_CODE_TEXT];
	struct q_procedure_id_by_code_in in = { written };
	struct q_procedure_id_by_code_row row;

	if (!procedure_code_parse(written, code))
		return err_set(ERR_NOT_FOUND, "no procedure can have the code '%.40s'", code);
	TRY(q_procedure_id_by_code_one(db, a, &in, &row));
	*out = row.id;
	return ERR_OK;
}

static ERR_RESULT read_levels(struct procedure *p, struct db *db, struct arena *a)
{
	struct q_procedure_levels_of_in in = { p->version_id };
	struct q_procedure_levels_of_row row;
	DB_ROWS rows = { 0 };

	TRY(q_procedure_levels_of_open(&rows, db, &in));
	while (q_procedure_levels_of_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_procedure_levels_of, &row));
		TRY(vec_room(a, p->levels, p->n_levels));
		p->levels[p->n_levels++] = (struct procedure_level){ row.level, row.name };
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_parts(struct procedure *p, struct db *db, struct arena *a)
{
	struct q_procedure_parts_of_in in = { p->version_id };
	struct q_procedure_parts_of_row row;
	DB_ROWS rows = { 0 };

	TRY(q_procedure_parts_of_open(&rows, db, &in));
	while (q_procedure_parts_of_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_procedure_parts_of, &row));
		TRY(vec_room(a, p->parts, p->n_parts));
		p->parts[p->n_parts++] =
		        (struct procedure_part){ row.name, row.form, (int)row.copies,
			                         row.required };
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_steps(struct procedure *p, struct db *db, struct arena *a)
{
	struct q_procedure_steps_of_in in = { p->version_id };
	struct q_procedure_steps_of_row row;
	DB_ROWS rows = { 0 };

	TRY(q_procedure_steps_of_open(&rows, db, &in));
	while (q_procedure_steps_of_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_procedure_steps_of, &row));
		TRY(vec_room(a, p->steps, p->n_steps));
		p->steps[p->n_steps++] =
		        (struct procedure_step){ row.name, row.role, row.budget };
	}
	return db_rows_status(&rows);
}

static struct procedure from_row(const struct q_procedure_version_by_id_row *row)
{
	return (struct procedure){
		.id = row->procedure_id,
		.version_id = row->id,
		.version = row->version,
		.code = row->code,
		.name = row->name,
		.field_id = row->field_id,
		.field = row->field,
		.service_level = row->service_level,
		.old_level = row->old_level,
		.online_offered = row->online_offered,
		.online_payment = row->online_payment,
		.on_national_portal = row->on_national_portal,
		.any_place = row->any_place,
		.linked = row->linked,
		.statutory_term = row->statutory_term,
		.statutory_basis = row->statutory_basis,
		.shortened_term = row->shortened_term,
		.shortened_basis = row->shortened_basis,
		.term = procedure_driving_term(row->statutory_term, row->shortened_term),
		.supplement_rule = row->supplement_rule,
		.fee = row->fee_dong,
		.fee_note = row->fee_note,
		.result_name = row->result_name,
		.simplified_on = row->simplified_on,
		.decision_kind = row->decision_kind,
		.decision = row->decision,
		.decision_on = row->decision_on,
		.valid_from = row->valid_from,
		.valid_to = row->valid_to,
		.note = row->note,
	};
}

ERR_RESULT procedure_find_version(struct procedure *out, struct db *db, struct arena *a,
                                  row_id version)
{
	struct q_procedure_version_by_id_in in = { version };
	struct q_procedure_version_by_id_row row;
	struct procedure p;

	TRY(q_procedure_version_by_id_one(db, a, &in, &row));
	p = from_row(&row);
	TRY(read_levels(&p, db, a));
	TRY(read_parts(&p, db, a));
	TRY(read_steps(&p, db, a));
	*out = p;
	return ERR_OK;
}

ERR_RESULT procedure_find_on(struct procedure *out, struct db *db, struct arena *a,
                             row_id procedure, date_t on)
{
	struct q_procedure_version_on_in in = { procedure, on };
	struct q_procedure_version_on_row row;

	TRY(q_procedure_version_on_one(db, a, &in, &row));
	return procedure_find_version(out, db, a, row.version_id);
}

ERR_RESULT procedure_find_last(struct procedure *out, struct db *db, struct arena *a,
                               row_id procedure)
{
	struct q_procedure_version_last_in in = { procedure };
	struct q_procedure_version_last_row row;

	TRY(q_procedure_version_last_one(db, a, &in, &row));
	return procedure_find_version(out, db, a, row.version_id);
}

ERR_RESULT procedure_to_draft(struct procedure_draft *out, const struct procedure *p)
{
	struct procedure_draft d = {
		.code = p->code,
		.name = p->name,
		.field = p->field,
		.n_levels = p->n_levels,
		.service_level = p->service_level,
		.old_level = p->old_level == INT_NONE ? 0 : (int)p->old_level,
		.online_offered = p->online_offered,
		.online_payment = p->online_payment,
		.on_national_portal = p->on_national_portal,
		.any_place = p->any_place,
		.linked = p->linked,
		.statutory_term = p->statutory_term,
		.statutory_basis = p->statutory_basis,
		.shortened_term = p->shortened_term,
		.shortened_basis = p->shortened_basis,
		.supplement_rule = p->supplement_rule,
		.fee = p->fee,
		.fee_note = p->fee_note,
		.result_name = p->result_name,
		.simplified_on = p->simplified_on,
		.decision_on = DATE_NONE,
		.valid_from = DATE_NONE,
		.note = p->note,
		.n_parts = p->n_parts,
		.n_steps = p->n_steps,
	};

	if (p->n_levels > PROCEDURE_MOST_LEVELS || p->n_parts > PROCEDURE_MOST_PARTS ||
	    p->n_steps > PROCEDURE_MOST_STEPS)
		return err_set(ERR_RANGE, "the version of %s has too many rows", p->code);
	for (size_t i = 0; i < p->n_levels; i++)
		d.levels[i] = p->levels[i].code;
	if (p->n_parts > 0)
		memcpy(d.parts, p->parts, p->n_parts * sizeof(*p->parts));
	if (p->n_steps > 0)
		memcpy(d.steps, p->steps, p->n_steps * sizeof(*p->steps));
	*out = d;
	return ERR_OK;
}

ERR_RESULT procedure_versions(struct procedure_versions *out, struct db *db, struct arena *a,
                              row_id procedure)
{
	struct q_procedure_version_list_in in = { procedure };
	struct q_procedure_version_list_row row;
	struct procedure_versions list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_procedure_version_list_open(&rows, db, &in));
	while (q_procedure_version_list_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_procedure_version_list, &row));
		TRY(vec_room(a, list.at, list.n));
		list.at[list.n++] = (struct procedure_version){
			.id = row.id,
			.version = row.version,
			.name = row.name,
			.decision_kind = row.decision_kind,
			.decision = row.decision,
			.decision_on = row.decision_on,
			.valid_from = row.valid_from,
			.valid_to = row.valid_to,
		};
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}

ERR_RESULT procedure_fields(struct procedure_fields *out, struct db *db, struct arena *a)
{
	struct q_procedure_fields_row row;
	struct procedure_fields list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_procedure_fields_open(&rows, db));
	while (q_procedure_fields_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_procedure_fields, &row));
		TRY(vec_room(a, list.at, list.n));
		list.at[list.n++] = (struct procedure_field){ row.id, row.name };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}
