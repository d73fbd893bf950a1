#include "app/dossier/dossier_store.h"

#include "app/dossier/dossier_code.h"
#include "app/dossier/dossier_row_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "base/str.h"

enum {
	MOST_EVENTS = 1000,
	MOST_PARTS = 60,
	MOST_STEPS = 60,
	MOST_PAUSES = 100,
	MOST_PEOPLE = 200
};

ERR_RESULT dossier_find(struct dossier *out, struct db *db, struct arena *a, row_id id,
                        row_id scope, date_t today)
{
	return dossier_load(out, db, a, id, scope, today);
}

ERR_RESULT dossier_find_code(struct dossier *out, struct db *db, struct arena *a,
                             const char *code, row_id scope, date_t today)
{
	struct dossier_code read;
	char text[DOSSIER_CODE_TEXT];
	struct q_dossier_id_by_code_in in = { text };
	struct q_dossier_id_by_code_row row;

	if (dossier_code_parse(&read, code) != DOSSIER_CODE_OK)
		return ERR_NOT_FOUND;
	dossier_code_write(&read, text);
	TRY(q_dossier_id_by_code_one(db, a, &in, &row));
	return dossier_load(out, db, a, row.id, scope, today);
}

ERR_RESULT dossier_names_load(struct dossier_names *out, struct db *db, struct arena *a,
                              row_id dossier)
{
	struct q_dossier_names_in in = { dossier };
	struct q_dossier_names_row r;
	struct dossier_names names;

	TRY(q_dossier_names_one(db, a, &in, &r));
	names = (struct dossier_names){
		.procedure_code = r.procedure_code,
		.procedure_name = r.procedure_name,
		.field = r.field,
		.result_name = r.result_name,
		.fee_note = r.fee_note,
		.receiving_unit = r.receiving_unit,
		.competent_unit = r.competent_unit,
		.holder = r.holder,
		.holder_title = r.holder_title,
		.source = r.source,
		.applicant = { r.applicant_id, APPLICANT_PERSON, r.applicant_name,
		               r.identity_number, r.phone, r.email, r.address },
	};
	if (!choice_parse(&names.applicant.kind, LIST_APPLICANT, r.applicant_kind))
		return err_set(ERR_DB, "unknown kind of applicant");
	*out = names;
	return ERR_OK;
}

ERR_RESULT dossier_events_load(struct dossier_event **out, size_t *n, struct db *db,
                               struct arena *a, row_id dossier, int64_t after_revision)
{
	struct q_dossier_events_in in = { dossier, after_revision };
	struct q_dossier_events_row r;
	struct dossier_event *list;
	size_t count = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &list, MOST_EVENTS));
	TRY(q_dossier_events_open(&rows, db, &in));
	while (count < MOST_EVENTS && q_dossier_events_next(&rows, &r)) {
		TRY(db_keep_row(a, &query_dossier_events, &r));
		list[count++] = (struct dossier_event){ r.at,         r.revision,   r.kind,
			                                r.account,    r.to_account, r.note,
			                                r.due_before, r.due_after };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	*n = count;
	return ERR_OK;
}

ERR_RESULT dossier_pauses_load(struct dossier_pause_row **out, size_t *n, struct db *db,
                               struct arena *a, row_id dossier)
{
	struct q_dossier_pauses_in in = { dossier };
	struct q_dossier_pauses_row r;
	struct dossier_pause_row *list;
	size_t count = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &list, MOST_PAUSES));
	TRY(q_dossier_pauses_open(&rows, db, &in));
	while (count < MOST_PAUSES && q_dossier_pauses_next(&rows, &r)) {
		TRY(db_keep_row(a, &query_dossier_pauses, &r));
		list[count++] =
		        (struct dossier_pause_row){ r.kind,   r.from_at,    r.to_at,
			                            r.reason, r.due_before, r.due_after };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	*n = count;
	return ERR_OK;
}

ERR_RESULT dossier_parts_load(struct dossier_part_row **out, size_t *n, struct db *db,
                              struct arena *a, row_id dossier)
{
	struct q_dossier_parts_in in = { dossier };
	struct q_dossier_parts_row r;
	struct dossier_part_row *list;
	size_t count = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &list, MOST_PARTS));
	TRY(q_dossier_parts_open(&rows, db, &in));
	while (count < MOST_PARTS && q_dossier_parts_next(&rows, &r)) {
		TRY(db_keep_row(a, &query_dossier_parts, &r));
		list[count++] = (struct dossier_part_row){ (int)r.position, (int)r.copies,
			                                   r.name, r.form, r.handed_in };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	*n = count;
	return ERR_OK;
}

ERR_RESULT dossier_steps_load(struct dossier_step_row **out, size_t *n, struct db *db,
                              struct arena *a, row_id dossier)
{
	struct q_dossier_steps_in in = { dossier };
	struct q_dossier_steps_row r;
	struct dossier_step_row *list;
	size_t count = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &list, MOST_STEPS));
	TRY(q_dossier_steps_open(&rows, db, &in));
	while (count < MOST_STEPS && q_dossier_steps_next(&rows, &r)) {
		struct dossier_step_row *s = &list[count];

		TRY(db_keep_row(a, &query_dossier_steps, &r));
		*s = (struct dossier_step_row){ .position = (int)r.position,
			                        .name = r.name,
			                        .role = r.role,
			                        .budget = r.budget,
			                        .account = r.account,
			                        .started_at = r.started_at,
			                        .due_at = r.due_at,
			                        .done_at = r.done_at };
		if (!outcome_parse(&s->outcome, r.outcome))
			return err_set(ERR_DB, "unknown outcome of a step: %s", r.outcome);
		count++;
	}
	TRY(db_rows_status(&rows));
	*out = list;
	*n = count;
	return ERR_OK;
}

ERR_RESULT dossier_colleagues_load(struct dossier_colleague **out, size_t *n, struct db *db,
                                   struct arena *a, const struct dossier *d, date_t today)
{
	struct q_dossier_colleagues_in in = { d->receiving_unit_id, d->competent_unit_id,
		                              today };
	struct q_dossier_colleagues_row r;
	struct dossier_colleague *list;
	size_t count = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &list, MOST_PEOPLE));
	TRY(q_dossier_colleagues_open(&rows, db, &in));
	while (count < MOST_PEOPLE && q_dossier_colleagues_next(&rows, &r)) {
		TRY(db_keep_row(a, &query_dossier_colleagues, &r));
		list[count++] = (struct dossier_colleague){ r.id, r.name, r.title, r.unit };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	*n = count;
	return ERR_OK;
}
