/* procedure_change_store.c - announcing, amending, repealing. */
#include <string.h>

#include "app/journal/journal_store.h"
#include "app/procedure/procedure_note_store.h"
#include "app/procedure/procedure_store.h"
#include "app/procedure/procedure_store.sql.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "base/vntext.h"

static ERR_RESULT refuse_if_any(const struct problems *problems)
{
	if (problems->n > 0)
		return err_set(ERR_INPUT, "the change of the catalogue was refused: %s",
		               problems->first->message);
	return ERR_OK;
}

/* ---- fields ---- */

/* The field of that name, however it is written; a new one is added. */
static ERR_RESULT field_id(row_id *out, struct db_write_context *w, const char *name)
{
	struct q_procedure_field_by_code_in in;
	struct q_procedure_field_by_code_row row;
	struct q_procedure_field_insert_in added;
	enum err e;

	TRY(text_fold(w->arena, &in.code, name));
	e = q_procedure_field_by_code_one(w->db, w->arena, &in, &row);
	if (e == ERR_OK) {
		*out = row.id;
		return ERR_OK;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	added = (struct q_procedure_field_insert_in){
		.id = db_new_id(w),
		.code = in.code,
		.name = name,
		.change_id = w->change->id,
	};
	TRY(text_sort_key(w->arena, &added.sort_key, name));
	TRY(q_procedure_field_insert_run(w->db, &added));
	*out = added.id;
	return ERR_OK;
}

/* ---- the rows of a version ---- */

static ERR_RESULT insert_version(struct db_write_context *w, row_id procedure, row_id version,
                                 int64_t number, const struct procedure_draft *d)
{
	struct q_procedure_version_insert_in in = {
		.id = version,
		.procedure_id = procedure,
		.version = number,
		.name = d->name,
		.service_level = d->service_level,
		.old_level = d->old_level ? d->old_level : INT_NONE,
		.online_offered = d->online_offered,
		.online_payment = d->online_payment,
		.on_national_portal = d->on_national_portal,
		.linked = d->linked,
		.any_place = d->any_place,
		.statutory_term = d->statutory_term,
		.statutory_basis = d->statutory_basis,
		.shortened_term = d->shortened_term,
		.shortened_basis = d->shortened_basis,
		.supplement_rule = d->supplement_rule,
		.fee_dong = d->fee,
		.fee_note = d->fee_note,
		.result_name = d->result_name,
		.simplified_on = d->simplified_on,
		.decision_kind = d->decision_kind,
		.decision = d->decision,
		.decision_on = d->decision_on,
		.valid_from = d->valid_from,
		.note = d->note,
		.from_change = w->change->id,
	};

	TRY(text_fold(w->arena, &in.folded_name, d->name));
	TRY(field_id(&in.field_id, w, d->field));
	return q_procedure_version_insert_run(w->db, &in);
}

static ERR_RESULT insert_lists(struct db_write_context *w, row_id version,
                               const struct procedure_draft *d)
{
	for (size_t i = 0; i < d->n_levels; i++)
		TRY(q_procedure_level_insert_run(
		        w->db, &(struct q_procedure_level_insert_in){ db_new_id(w), version,
		                                                      d->levels[i] }));
	for (size_t i = 0; i < d->n_parts; i++) {
		const struct procedure_part *part = &d->parts[i];
		struct q_procedure_part_insert_in in = {
			db_new_id(w), version,      (int64_t)i + 1, part->name,
			part->form,   part->copies, part->required,
		};

		TRY(q_procedure_part_insert_run(w->db, &in));
	}
	for (size_t i = 0; i < d->n_steps; i++) {
		const struct procedure_step *step = &d->steps[i];
		struct q_procedure_step_insert_in in = {
			db_new_id(w), version,    (int64_t)i + 1,
			step->name,   step->role, step->budget,
		};

		TRY(q_procedure_step_insert_run(w->db, &in));
	}
	return ERR_OK;
}

static ERR_RESULT insert_word(struct db_write_context *w, row_id procedure, const char *word)
{
	return q_procedure_word_insert_run(
	        w->db, &(struct q_procedure_word_insert_in){ word, procedure });
}

/* The words of the name, the code in small letters, and its number ("005129"). */
static ERR_RESULT insert_words(struct db_write_context *w, row_id procedure,
                               const struct procedure_draft *d)
{
	struct procedure_words code;
	struct slice rest, word;
	const char *folded;

	TRY(procedure_words_split(&code, w->arena, d->code));
	TRY(insert_word(w, procedure, code.at[0]));
	TRY(arena_strndup(w->arena, &folded, d->code + 2, 6));
	TRY(insert_word(w, procedure, folded));
	TRY(text_fold(w->arena, &folded, d->name));
	rest = slice_of(folded);
	while (slice_cut(&rest, ' ', &word)) {
		const char *one;

		TRY(arena_strndup(w->arena, &one, word.at, word.len));
		if (one[0])
			TRY(insert_word(w, procedure, one));
	}
	return ERR_OK;
}

/* ---- saving ---- */

/* Every level is one of the tree's, once. */
static ERR_RESULT check_levels(struct db_write_context *w, struct procedure_draft *draft,
                               struct problems *problems)
{
	struct unit_levels levels;
	size_t n = 0;

	TRY(unit_levels(&levels, w->db, w->arena));
	for (size_t i = 0; i < draft->n_levels; i++) {
		bool known = false, again = false;

		for (size_t k = 0; k < levels.n; k++)
			known = known || str_eq(levels.at[k].code, draft->levels[i]);
		for (size_t k = 0; k < n; k++)
			again = again || str_eq(draft->levels[k], draft->levels[i]);
		if (!known)
			TRY(problems_say(problems, "levels", 0, MSG_PROCEDURE_LEVEL_UNKNOWN,
			                 draft->levels[i]));
		if (!again)
			draft->levels[n++] = draft->levels[i];
	}
	draft->n_levels = n;
	return ERR_OK;
}

static bool has_level(const struct procedure_draft *d, const char *level)
{
	for (size_t i = 0; i < d->n_levels; i++)
		if (str_eq(d->levels[i], level))
			return true;
	return false;
}

static bool same_part(const struct procedure_part *a, const struct procedure_part *b)
{
	return str_eq(a->name, b->name) && str_eq(a->form, b->form) && a->copies == b->copies &&
	       a->required == b->required;
}

static bool same_step(const struct procedure_step *a, const struct procedure_step *b)
{
	return str_eq(a->name, b->name) && str_eq(a->role, b->role) &&
	       str_eq(a->budget, b->budget);
}

static bool same_lists(const struct procedure_draft *a, const struct procedure_draft *b)
{
	if (a->n_levels != b->n_levels || a->n_parts != b->n_parts || a->n_steps != b->n_steps)
		return false;
	for (size_t i = 0; i < a->n_levels; i++)
		if (!has_level(b, a->levels[i]))
			return false;
	for (size_t i = 0; i < a->n_parts; i++)
		if (!same_part(&a->parts[i], &b->parts[i]))
			return false;
	for (size_t i = 0; i < a->n_steps; i++)
		if (!same_step(&a->steps[i], &b->steps[i]))
			return false;
	return true;
}

static bool same_flags(const struct procedure_draft *a, const struct procedure_draft *b)
{
	return a->online_offered == b->online_offered &&
	       a->online_payment == b->online_payment &&
	       a->on_national_portal == b->on_national_portal && a->any_place == b->any_place &&
	       a->old_level == b->old_level && a->fee.dong == b->fee.dong &&
	       a->simplified_on.days == b->simplified_on.days;
}

/* Whether two drafts state the same facts, whatever their decisions. */
static bool same_facts(const struct procedure_draft *a, const struct procedure_draft *b)
{
	const char *const left[] = { a->name,           a->field,           a->service_level,
		                     a->linked,         a->statutory_term,  a->statutory_basis,
		                     a->shortened_term, a->shortened_basis, a->supplement_rule,
		                     a->fee_note,       a->result_name };
	const char *const right[] = { b->name,           b->field,           b->service_level,
		                      b->linked,         b->statutory_term,  b->statutory_basis,
		                      b->shortened_term, b->shortened_basis, b->supplement_rule,
		                      b->fee_note,       b->result_name };

	for (size_t i = 0; i < ARRAY_LEN(left); i++)
		if (!str_eq(left[i], right[i]))
			return false;
	return same_flags(a, b) && same_lists(a, b);
}

static ERR_RESULT check_follows(const struct procedure *last,
                                const struct procedure_draft *draft, struct problems *problems)
{
	char day[DATE_TEXT];
	bool repealed = str_eq(last->decision_kind, "repealed");

	if (date_cmp(draft->valid_from, last->valid_from) <= 0)
		TRY(problems_say(problems, "valid_from", 0, MSG_PROCEDURE_VALID_EARLY,
		                 date_vn(last->valid_from, day)));
	if (!repealed && str_eq(draft->decision_kind, "announced"))
		TRY(problems_say(problems, "decision_kind", 0, MSG_PROCEDURE_KIND_KNOWN));
	return ERR_OK;
}

/* Closes the last version and adds the next one; *saved says what happened. */
static ERR_RESULT add_version(enum procedure_saved *saved, struct db_write_context *w,
                              row_id procedure, struct procedure_draft *draft,
                              struct problems *problems)
{
	struct procedure last;
	struct procedure_draft before;
	row_id version = db_new_id(w);
	bool repealed;

	TRY(procedure_find_last(&last, w->db, w->arena, procedure));
	TRY(procedure_to_draft(&before, &last));
	repealed = str_eq(last.decision_kind, "repealed");
	if (!repealed && same_facts(&before, draft)) {
		*saved = PROCEDURE_UNCHANGED;
		journal_nothing(w);
		return ERR_OK;
	}
	if (!draft->decision_kind)
		draft->decision_kind = repealed ? "announced" : "amended";
	TRY(check_follows(&last, draft, problems));
	TRY(refuse_if_any(problems));
	TRY(q_procedure_version_close_run(
	        w->db, &(struct q_procedure_version_close_in){
	                       last.version_id, date_add(draft->valid_from, -1) }));
	TRY(insert_version(w, procedure, version, last.version + 1, draft));
	TRY(insert_lists(w, version, draft));
	TRY(insert_words(w, procedure, draft));
	*saved = PROCEDURE_AMENDED;
	return procedure_note(w, procedure, &before, draft);
}

static ERR_RESULT add_procedure(row_id *out, struct db_write_context *w,
                                struct procedure_draft *draft, struct problems *problems)
{
	row_id procedure = db_new_id(w), version = db_new_id(w);

	if (draft->decision_kind && !str_eq(draft->decision_kind, "announced"))
		TRY(problems_say(problems, "decision_kind", 0, MSG_PROCEDURE_KIND_NEW));
	TRY(refuse_if_any(problems));
	draft->decision_kind = "announced";
	TRY(q_procedure_insert_run(w->db, &(struct q_procedure_insert_in){
	                                          procedure, draft->code, w->change->id }));
	TRY(insert_version(w, procedure, version, 1, draft));
	TRY(insert_lists(w, version, draft));
	TRY(insert_words(w, procedure, draft));
	*out = procedure;
	return procedure_note(w, procedure, NULL, draft);
}

ERR_RESULT procedure_save_in(enum procedure_saved *out, struct db_write_context *w,
                             struct procedure_draft *draft, struct problems *problems)
{
	enum procedure_saved saved = PROCEDURE_ADDED;
	row_id procedure;
	enum err e;

	problems_init(problems, problems->arena);
	TRY(procedure_draft_check(draft, 0, problems));
	TRY(check_levels(w, draft, problems));
	TRY(refuse_if_any(problems));
	e = procedure_find_code(&procedure, w->db, w->arena, draft->code);
	if (e == ERR_NOT_FOUND)
		TRY(add_procedure(&procedure, w, draft, problems));
	else if (e == ERR_OK)
		TRY(add_version(&saved, w, procedure, draft, problems));
	else
		return e;
	w->change->result = procedure;
	if (out)
		*out = saved;
	return ERR_OK;
}

/* ---- repealing ---- */

static ERR_RESULT check_repeal(const struct procedure_repeal *r, const struct procedure *last,
                               struct problems *problems)
{
	char day[DATE_TEXT];

	if (str_blank(r->decision))
		TRY(problems_say(problems, "decision", 0, MSG_PROCEDURE_DECISION_MISSING));
	if (date_is_none(r->decision_on))
		TRY(problems_say(problems, "decision_on", 0, MSG_PROCEDURE_DAY_MISSING));
	if (date_is_none(r->valid_from))
		return problems_say(problems, "valid_from", 0, MSG_PROCEDURE_DAY_MISSING);
	if (str_eq(last->decision_kind, "repealed"))
		return problems_say(problems, "", 0, MSG_PROCEDURE_REPEALED_ALREADY,
		                    date_vn(last->valid_from, day));
	if (date_cmp(r->valid_from, last->valid_from) <= 0)
		return problems_say(problems, "valid_from", 0, MSG_PROCEDURE_VALID_EARLY,
		                    date_vn(last->valid_from, day));
	return ERR_OK;
}

ERR_RESULT procedure_repeal_in(struct db_write_context *w, const struct procedure_repeal *r,
                               struct problems *problems)
{
	struct procedure last;
	struct procedure_draft before, draft;
	row_id version = db_new_id(w);

	problems_init(problems, problems->arena);
	TRY(procedure_find_last(&last, w->db, w->arena, r->procedure));
	TRY(check_repeal(r, &last, problems));
	TRY(refuse_if_any(problems));
	TRY(procedure_to_draft(&before, &last));
	draft = before;
	draft.decision_kind = "repealed";
	draft.decision = r->decision;
	draft.decision_on = r->decision_on;
	draft.valid_from = r->valid_from;
	draft.note = r->note ? r->note : "";
	draft.n_parts = 0;
	draft.n_steps = 0;
	TRY(q_procedure_version_close_run(
	        w->db, &(struct q_procedure_version_close_in){ last.version_id,
	                                                       date_add(r->valid_from, -1) }));
	TRY(insert_version(w, r->procedure, version, last.version + 1, &draft));
	TRY(insert_lists(w, version, &draft));
	w->change->result = r->procedure;
	return procedure_note(w, r->procedure, &before, &draft);
}

/* ---- each as a write of its own ---- */

struct task {
	struct procedure_draft *draft;
	const struct procedure_repeal *repeal;
	enum procedure_saved *saved;
	struct problems *problems;
};

static enum err run_save(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return procedure_save_in(t->saved, w, t->draft, t->problems);
}

ERR_RESULT procedure_save(enum procedure_saved *out, struct db_writer *writer,
                          struct change *change, struct procedure_draft *draft,
                          struct problems *problems)
{
	enum procedure_saved saved = PROCEDURE_ADDED; /* a repeated request: what it was then */
	struct task t = { .draft = draft, .saved = &saved, .problems = problems };

	TRY(db_write(writer, change, run_save, &t));
	if (out)
		*out = saved;
	return ERR_OK;
}

static enum err run_repeal(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return procedure_repeal_in(w, t->repeal, t->problems);
}

ERR_RESULT procedure_repeal(struct db_writer *writer, struct change *change,
                            const struct procedure_repeal *r, struct problems *problems)
{
	struct task t = { .repeal = r, .problems = problems };

	return db_write(writer, change, run_repeal, &t);
}
