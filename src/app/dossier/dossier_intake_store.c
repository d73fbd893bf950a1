#include "app/dossier/dossier_intake_store.h"

#include "app/dossier/dossier_code.h"
#include "app/dossier/dossier_note_store.h"
#include "app/dossier/dossier_row_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "base/str.h"

enum { MOST_STEPS = 60, CODE_TRIES = 1000 };

/* ---- the kit ---- */

ERR_RESULT dossier_unit_load(struct dossier_unit *out, struct db *db, struct arena *a,
                             row_id unit)
{
	struct q_dossier_unit_in in = { unit };
	struct q_dossier_unit_row row;

	TRY(q_dossier_unit_one(db, a, &in, &row));
	*out = (struct dossier_unit){ .id = unit,
		                      .code = row.code,
		                      .name = row.name,
		                      .issues_codes = row.issues_codes,
		                      .valid_from = row.valid_from,
		                      .valid_to = row.valid_to };
	return ERR_OK;
}

static ERR_RESULT load_parts(struct dossier_procedure *p, struct db *db, struct arena *a)
{
	struct q_dossier_procedure_parts_in in = { p->version_id };
	struct q_dossier_procedure_parts_row row;
	struct dossier_procedure_part *parts;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &parts, INTAKE_MOST_PARTS));
	TRY(q_dossier_procedure_parts_open(&rows, db, &in));
	while (n < INTAKE_MOST_PARTS && q_dossier_procedure_parts_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_dossier_procedure_parts, &row));
		parts[n++] = (struct dossier_procedure_part){ .position = (int)row.position,
			                                      .copies = (int)row.copies,
			                                      .name = row.name,
			                                      .form = row.form,
			                                      .required = row.required };
	}
	TRY(db_rows_status(&rows));
	p->parts = parts;
	p->n_parts = n;
	return ERR_OK;
}

static ERR_RESULT load_steps(struct dossier_procedure *p, struct db *db, struct arena *a)
{
	struct q_dossier_procedure_steps_in in = { p->version_id };
	struct q_dossier_procedure_steps_row row;
	struct dossier_procedure_step *steps;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &steps, MOST_STEPS));
	TRY(q_dossier_procedure_steps_open(&rows, db, &in));
	while (n < MOST_STEPS && q_dossier_procedure_steps_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_dossier_procedure_steps, &row));
		steps[n++] = (struct dossier_procedure_step){ .position = (int)row.position,
			                                      .name = row.name,
			                                      .role = row.role,
			                                      .budget = row.budget };
	}
	TRY(db_rows_status(&rows));
	p->steps = steps;
	p->n_steps = n;
	return ERR_OK;
}

ERR_RESULT dossier_procedure_load(struct dossier_procedure *out, struct db *db, struct arena *a,
                                  row_id procedure, date_t on)
{
	struct q_dossier_procedure_on_in in = { procedure, on };
	struct q_dossier_procedure_on_row r;
	struct dossier_procedure p;

	TRY(q_dossier_procedure_on_one(db, a, &in, &r));
	if (str_eq(r.decision_kind, "repealed"))
		return err_set(ERR_NOT_FOUND, "procedure %s was repealed", r.code);
	p = (struct dossier_procedure){
		.version_id = r.version_id,
		.procedure_id = r.procedure_id,
		.field_id = r.field_id,
		.code = r.code,
		.name = r.name,
		.field = r.field,
		.term = str_blank(r.shortened_term) ? r.statutory_term : r.shortened_term,
		.fee = r.fee_dong,
		.fee_note = r.fee_note,
		.result_name = r.result_name,
	};
	p.own_supplement_rule = r.supplement_rule != NULL &&
	                        supplement_rule_parse(&p.supplement_rule, r.supplement_rule);
	TRY(load_parts(&p, db, a));
	TRY(load_steps(&p, db, a));
	*out = p;
	return ERR_OK;
}

ERR_RESULT dossier_kit_load(struct dossier_kit *out, struct db *db, struct arena *a,
                            struct calendar_cache *cache, const struct dossier_kit_wish *wish)
{
	struct dossier_unit *u;
	struct dossier_procedure *p;
	struct dossier_clock *clock;

	TRY(arena_new(a, &u));
	TRY(arena_new(a, &p));
	TRY(arena_new(a, &clock));
	TRY(dossier_unit_load(u, db, a, wish->unit));
	TRY(dossier_procedure_load(p, db, a, wish->procedure, wish->on));
	TRY(dossier_clock_load(clock, db, a, cache, wish->unit, wish->on));
	*out = (struct dossier_kit){ u, p, clock };
	return ERR_OK;
}

/* ---- the applicant ---- */

static ERR_RESULT find_by_identity(struct applicant *out, struct db *db, struct arena *a,
                                   row_id unit, const char *number)
{
	struct q_applicant_by_identity_in in = { unit, number };
	struct q_applicant_by_identity_row r;
	enum dossier_choice kind = APPLICANT_PERSON;

	TRY(q_applicant_by_identity_one(db, a, &in, &r));
	if (!choice_parse(&kind, LIST_APPLICANT, r.kind))
		return err_set(ERR_DB, "unknown kind of applicant");
	*out = (struct applicant){ r.id,    kind,    r.name,   r.identity_number,
		                   r.phone, r.email, r.address };
	return ERR_OK;
}

static ERR_RESULT find_by_phone(struct applicant *out, struct db *db, struct arena *a,
                                row_id unit, const char *phone)
{
	struct q_applicant_by_phone_in in = { unit, phone };
	struct q_applicant_by_phone_row r;
	enum dossier_choice kind = APPLICANT_PERSON;

	TRY(q_applicant_by_phone_one(db, a, &in, &r));
	if (!choice_parse(&kind, LIST_APPLICANT, r.kind))
		return err_set(ERR_DB, "unknown kind of applicant");
	*out = (struct applicant){ r.id,    kind,    r.name,   r.identity_number,
		                   r.phone, r.email, r.address };
	return ERR_OK;
}

ERR_RESULT applicant_find(struct applicant *out, struct db *db, struct arena *a, row_id unit,
                          const char *number)
{
	char text[IDENTITY_TEXT], phone[PHONE_TEXT];

	if (identity_normalise(text, number)) {
		enum err e = find_by_identity(out, db, a, unit, text);

		if (e != ERR_NOT_FOUND)
			return e;
	}
	if (phone_normalise(phone, number))
		return find_by_phone(out, db, a, unit, phone);
	return ERR_NOT_FOUND;
}

static const char *kept(const char *typed, const char *known)
{
	return str_blank(typed) ? known : typed;
}

/* What is left blank keeps what the desk knows. */
static ERR_RESULT update_applicant(struct db_write_context *w, row_id unit, struct applicant *p,
                                   const struct applicant *known)
{
	p->id = known->id;
	p->identity_number = kept(p->identity_number, known->identity_number);
	p->phone = kept(p->phone, known->phone);
	p->email = kept(p->email, known->email);
	p->address = kept(p->address, known->address);
	if (p->kind == known->kind && str_eq(p->name, known->name) &&
	    str_eq(p->identity_number, known->identity_number) &&
	    str_eq(p->phone, known->phone) && str_eq(p->email, known->email) &&
	    str_eq(p->address, known->address))
		return ERR_OK;
	struct q_applicant_update_in in = {
		.id = p->id,
		.scope = unit,
		.kind = choice_word(p->kind),
		.name = p->name,
		.identity_number = p->identity_number,
		.phone = p->phone,
		.email = p->email,
		.address = p->address,
		.from_change = w->change->id,
	};

	TRY(q_applicant_update_run(w->db, &in));
	return applicant_note_changed(w, known, p);
}

static ERR_RESULT insert_applicant(struct db_write_context *w, row_id unit, struct applicant *p)
{
	p->id = db_new_id(w);
	struct q_applicant_insert_in in = {
		.id = p->id,
		.unit_id = unit,
		.kind = choice_word(p->kind),
		.name = p->name,
		.identity_number = p->identity_number,
		.phone = p->phone,
		.email = p->email,
		.address = p->address,
		.from_change = w->change->id,
	};

	return q_applicant_insert_run(w->db, &in);
}

/* A family shares a telephone, so it says who somebody is only together with the name. */
ERR_RESULT applicant_keep_in(struct db_write_context *w, row_id unit, struct applicant *p)
{
	struct applicant known = { 0 };
	enum err e = ERR_NOT_FOUND;
	const char *key;

	TRY(arena_printf(w->arena, &key, "applicant %lld %s", (long long)unit.value,
	                 p->identity_number ? p->identity_number
	                 : p->phone         ? p->phone
	                                    : ""));
	TRY(db_write_lock(w, key)); /* or a second one would be added at the same moment */
	if (p->identity_number != NULL)
		e = find_by_identity(&known, w->db, w->arena, unit, p->identity_number);
	else if (p->phone != NULL)
		e = find_by_phone(&known, w->db, w->arena, unit, p->phone);
	if (e == ERR_OK && (p->identity_number != NULL || str_eq(known.name, p->name)))
		return update_applicant(w, unit, p, &known);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	return insert_applicant(w, unit, p);
}

/* ---- the code ---- */

static ERR_RESULT code_is_free(bool *out, struct db_write_context *w, const char *code)
{
	struct q_dossier_id_by_code_in in = { code };
	struct q_dossier_id_by_code_row row;
	enum err e = q_dossier_id_by_code_one(w->db, w->arena, &in, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = e == ERR_NOT_FOUND;
	return ERR_OK;
}

/* A number that an imported code took already is passed over. */
static ERR_RESULT issue_code(const char **out, struct db_write_context *w,
                             const struct dossier_unit *unit, date_t day)
{
	char text[DOSSIER_CODE_TEXT];

	for (int i = 0; i < CODE_TRIES; i++) {
		struct q_dossier_sequence_next_in in = { unit->id, day };
		struct q_dossier_sequence_next_row row;
		bool is_free = false;

		TRY(q_dossier_sequence_next_one(w->db, w->arena, &in, &row));
		dossier_code_issue(unit->code, day, (int)row.last, text);
		TRY(code_is_free(&is_free, w, text));
		if (is_free)
			return arena_strdup(w->arena, out, text);
	}
	return err_set(ERR_INTERNAL, "no free code after %s", text);
}

static ERR_RESULT give_code(struct dossier *d, struct db_write_context *w,
                            const struct dossier_kit *kit, const struct dossier_intake *intake,
                            struct problems *problems)
{
	bool is_free = false;

	if (intake->code == NULL && kit->unit->issues_codes)
		return issue_code(&d->code, w, kit->unit, instant_day(d->received_at));
	if (intake->code == NULL) {
		TRY(problems_say(problems, "code", 0, MSG_INTAKE_CODE_NEEDED, kit->unit->name));
		return ERR_INPUT;
	}
	TRY(code_is_free(&is_free, w, intake->code));
	if (!is_free) {
		TRY(problems_say(problems, "code", 0, MSG_INTAKE_CODE_TAKEN, intake->code));
		return ERR_INPUT;
	}
	d->code = intake->code;
	return ERR_OK;
}

/* ---- the dossier ---- */

ERR_RESULT dossier_preview(struct dossier *out, const struct dossier_kit *kit,
                           const struct dossier_intake *intake, instant_t now)
{
	static const struct dossier_stops none = { NULL, 0, { { INT64_MIN }, { INT64_MIN } } };
	struct dossier d = dossier_begin(intake, kit->procedure, now);
	struct dossier_act act = { .action = intake->action, .at = d.received_at };

	if (!kit->procedure->own_supplement_rule)
		d.supplement_rule = dossier_rules(kit->clock, &d)->supplement;
	if (intake->action != ACTION_NOT_ACCEPT) {
		TRY(dossier_count_due(&d, kit->clock, &none));
		act.outcome = dossier_outcome(&d, kit->clock, act.at);
	}
	dossier_apply(&d, &act);
	d.step = kit->procedure->n_steps > 0 && d.state == DOSSIER_RECEIVED
	                 ? kit->procedure->steps[0].position
	                 : 0;
	*out = d;
	return ERR_OK;
}

static ERR_RESULT insert_parts(struct db_write_context *w, const struct dossier *d,
                               const struct dossier_kit *kit,
                               const struct dossier_intake *intake)
{
	for (size_t i = 0; i < kit->procedure->n_parts; i++) {
		const struct dossier_procedure_part *p = &kit->procedure->parts[i];
		struct q_dossier_part_insert_in in = {
			.id = db_new_id(w),
			.dossier_id = d->id,
			.position = p->position,
			.name = p->name,
			.form = p->form,
			.copies = p->copies,
			.handed_in = intake->handed_in ? intake->handed_in[i] : p->required,
		};

		TRY(q_dossier_part_insert_run(w->db, &in));
	}
	return ERR_OK;
}

/* The first step begins with the receipt; a dossier that is done at once has none. */
static ERR_RESULT insert_steps(struct db_write_context *w, const struct dossier *d,
                               const struct dossier_kit *kit)
{
	if (d->state != DOSSIER_RECEIVED)
		return ERR_OK;
	for (size_t i = 0; i < kit->procedure->n_steps; i++) {
		const struct dossier_procedure_step *s = &kit->procedure->steps[i];
		bool first = i == 0;
		struct q_dossier_step_insert_in in = {
			.id = db_new_id(w),
			.dossier_id = d->id,
			.position = s->position,
			.name = s->name,
			.role = s->role,
			.budget = s->budget,
			.account_id = first ? d->holder_id : ROW_NONE,
			.started_at = first ? d->received_at : INSTANT_NONE,
			.due_at = first ? dossier_step_due(kit->clock, d, s->budget,
			                                   d->received_at)
			                : INSTANT_NONE,
			.done_at = INSTANT_NONE,
		};

		TRY(q_dossier_step_insert_run(w->db, &in));
	}
	return ERR_OK;
}

static ERR_RESULT write_all(struct dossier *d, struct db_write_context *w,
                            const struct dossier_kit *kit, const struct dossier_intake *intake)
{
	struct dossier_happening e = {
		.kind = dossier_action_rule(intake->action)->word,
		.at = d->received_at,
		.note = intake->reason,
		.due_before = INSTANT_NONE,
		.due_after = d->due_at,
	};

	TRY(dossier_insert(w, d));
	TRY(dossier_note_new(w, d, &intake->applicant));
	TRY(insert_parts(w, d, kit, intake));
	TRY(insert_steps(w, d, kit));
	TRY(dossier_index(w, d, &intake->applicant));
	return dossier_record(w, d, &e, NULL);
}

ERR_RESULT dossier_receive_in(struct dossier *out, struct db_write_context *w,
                              const struct dossier_kit *kit, struct dossier_intake *intake,
                              struct problems *problems)
{
	struct dossier d;

	TRY(dossier_intake_check(intake, w->arena, problems, w->change->at));
	if (problems->n > 0)
		return ERR_INPUT;
	TRY(dossier_preview(&d, kit, intake, w->change->at));
	if (row_is_none(d.holder_id))
		d.holder_id = w->change->account_id;
	d.id = db_new_id(w);
	TRY(give_code(&d, w, kit, intake, problems));
	TRY(applicant_keep_in(w, d.receiving_unit_id, &intake->applicant));
	d.applicant_id = intake->applicant.id;
	d.applicant_name = intake->applicant.name;
	TRY(write_all(&d, w, kit, intake));
	w->change->result = d.id;
	*out = d;
	return ERR_OK;
}

/* ---- in a write of its own ---- */

struct receive {
	const struct dossier_kit *kit;
	const struct dossier_intake *intake;
	struct problems *problems;
};

static enum err receive(struct db_write_context *w, void *arg)
{
	const struct receive *r = arg;
	struct dossier_intake intake = *r->intake; /* as typed, should this run again */
	struct dossier d;

	problems_init(r->problems, r->problems->arena);
	return dossier_receive_in(&d, w, r->kit, &intake, r->problems);
}

ERR_RESULT dossier_receive(struct db_writer *writer, struct change *change,
                           const struct dossier_kit *kit, struct dossier_intake *intake,
                           struct problems *problems)
{
	struct receive r = { kit, intake, problems };

	/* The number of the code and the applicant are locked before they are looked at. */
	change->concurrent = true;
	return db_write(writer, change, receive, &r);
}
