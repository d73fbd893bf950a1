/* procedure_form_page.c - announcing, amending and repealing a procedure. */
#include "app/account/account.h"
#include "app/account/actor.h"
#include "app/procedure/procedure_store.h"
#include "app/procedure/procedure_view.h"
#include "app/unit/unit_store.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { BLANK_ROWS = 3, MORE_ROWS = 5 };

/* ---- what was typed ---- */

/* The i-th row's field of a list: "part_name_3". */
static ERR_RESULT row_field(const char **out, struct req *req, const char *base, size_t i)
{
	return arena_printf(req->arena, out, "%s_%zu", base, i);
}

static ERR_RESULT row_value(const char **out, struct req *req, const char *base, size_t i)
{
	const char *name;

	TRY(row_field(&name, req, base, i));
	*out = params_get(&req->form, name);
	return ERR_OK;
}

/* Rows without a name are left out. */
static ERR_RESULT read_parts(struct procedure_draft *d, struct req *req)
{
	for (size_t i = 0; i < PROCEDURE_MOST_PARTS; i++) {
		struct procedure_part part = { 0 };
		const char *copies, *required;
		long long n = 1;

		TRY(row_value(&part.name, req, "part_name", i));
		if (str_blank(part.name))
			continue;
		TRY(row_value(&part.form, req, "part_form", i));
		TRY(row_value(&copies, req, "part_copies", i));
		TRY(row_value(&required, req, "part_required", i));
		if (!str_blank(copies) && (!str_to_int(copies, &n) || n < 1 || n > 99))
			n = -1; /* procedure_draft_check says so at the field */
		part.copies = (int)n;
		part.required = required != NULL;
		d->parts[d->n_parts++] = part;
	}
	return ERR_OK;
}

static ERR_RESULT read_steps(struct procedure_draft *d, struct req *req)
{
	for (size_t i = 0; i < PROCEDURE_MOST_STEPS; i++) {
		struct procedure_step step = { 0 };

		TRY(row_value(&step.name, req, "step_name", i));
		if (str_blank(step.name))
			continue;
		TRY(row_value(&step.role, req, "step_role", i));
		TRY(row_value(&step.budget, req, "step_budget", i));
		d->steps[d->n_steps++] = step;
	}
	return ERR_OK;
}

static void read_texts(struct procedure_draft *d, const struct params *form)
{
	d->code = params_get(form, "code");
	d->name = params_get(form, "name");
	d->field = params_get(form, "field");
	d->service_level = params_get(form, "service_level");
	d->linked = params_get(form, "linked");
	d->statutory_term = params_get(form, "statutory_term");
	d->statutory_basis = params_get(form, "statutory_basis");
	d->shortened_term = params_get(form, "shortened_term");
	d->shortened_basis = params_get(form, "shortened_basis");
	d->supplement_rule = params_get(form, "supplement_rule");
	d->fee_note = params_get(form, "fee_note");
	d->result_name = params_get(form, "result_name");
	d->decision_kind = params_get(form, "decision_kind");
	d->decision = params_get(form, "decision");
	d->note = params_get(form, "note");
}

static ERR_RESULT read_draft(struct procedure_draft *d, struct req *req,
                             struct problems *problems)
{
	const struct params *form = &req->form;
	const char *fee = params_get(form, "fee");

	procedure_draft_init(d);
	read_texts(d, form);
	d->old_level = (int)params_int(form, "old_level", 0);
	d->online_offered = params_get(form, "online_offered") != NULL;
	d->online_payment = params_get(form, "online_payment") != NULL;
	d->on_national_portal = params_get(form, "on_national_portal") != NULL;
	d->any_place = params_get(form, "any_place") != NULL;
	d->simplified_on = params_date(form, "simplified_on");
	d->decision_on = params_date(form, "decision_on");
	d->valid_from = params_date(form, "valid_from");
	for (size_t i = 0; i < params_count(form, "levels") && i < PROCEDURE_MOST_LEVELS; i++)
		d->levels[d->n_levels++] = params_nth(form, "levels", i);
	TRY(read_parts(d, req));
	TRY(read_steps(d, req));
	if (!procedure_fee_parse(&d->fee, fee))
		return problems_say(problems, "fee", 0, MSG_PROCEDURE_FEE_BAD, fee);
	return ERR_OK;
}

/* ---- choices ---- */

static ERR_RESULT term_choices(const struct choice **out, size_t *n, struct req *req,
                               const struct procedure_terms *terms)
{
	struct choice *choices;

	TRY(arena_array(req->arena, &choices, terms->n));
	for (size_t i = 0; i < terms->n; i++)
		choices[i] = (struct choice){ terms->at[i].word, terms->at[i].label };
	*out = choices;
	*n = terms->n;
	return ERR_OK;
}

static ERR_RESULT add_choices(struct procedure_form_view *v, struct req *req)
{
	struct procedure_fields fields;
	struct choice *names, *roles;

	TRY(term_choices(&v->service_levels, &v->n_service_levels, req,
	                 &procedure_service_levels));
	TRY(term_choices(&v->old_levels, &v->n_old_levels, req, &procedure_old_levels));
	TRY(term_choices(&v->links, &v->n_links, req, &procedure_links));
	TRY(term_choices(&v->supplements, &v->n_supplements, req, &procedure_supplements));
	TRY(term_choices(&v->part_forms, &v->n_part_forms, req, &procedure_part_forms));
	TRY(procedure_fields(&fields, req->db, req->arena));
	TRY(arena_array(req->arena, &names, fields.n + 1));
	for (size_t i = 0; i < fields.n; i++)
		names[i] = (struct choice){ fields.at[i].name, fields.at[i].name };
	v->fields = names;
	v->n_fields = fields.n;
	TRY(arena_array(req->arena, &roles, ROLE_COUNT_));
	for (int r = 0; r < ROLE_COUNT_; r++)
		roles[r] = (struct choice){ role_name((enum role)r), role_title((enum role)r) };
	v->roles = roles;
	v->n_roles = ROLE_COUNT_;
	return ERR_OK;
}

static ERR_RESULT add_levels(struct procedure_form_view *v, struct req *req,
                             const struct procedure_draft *d)
{
	struct procedure_level_tick *ticks;
	struct unit_levels levels;

	TRY(unit_levels(&levels, req->db, req->arena));
	TRY(arena_array(req->arena, &ticks, levels.n + 1));
	for (size_t i = 0; i < levels.n; i++) {
		ticks[i] = (struct procedure_level_tick){ levels.at[i].code, levels.at[i].name,
			                                  false };
		for (size_t k = 0; k < d->n_levels; k++)
			ticks[i].chosen |= str_eq(d->levels[k], levels.at[i].code);
	}
	v->levels = ticks;
	v->n_levels = levels.n;
	return ERR_OK;
}

/* ---- rows of the two lists ---- */

static size_t rows_shown(const struct req *req, const char *more, size_t filled, size_t most)
{
	size_t n = filled + (params_get(&req->form, more) ? MORE_ROWS : BLANK_ROWS);

	return n < most ? n : most;
}

static ERR_RESULT add_parts(struct procedure_form_view *v, struct req *req,
                            const struct procedure_draft *d)
{
	struct procedure_form_part *rows;

	v->n_parts = rows_shown(req, "more_parts", d->n_parts, PROCEDURE_MOST_PARTS);
	TRY(arena_array(req->arena, &rows, v->n_parts));
	for (size_t i = 0; i < v->n_parts; i++) {
		const struct procedure_part *part = i < d->n_parts ? &d->parts[i] : NULL;

		TRY(row_field(&rows[i].name_field, req, "part_name", i));
		TRY(row_field(&rows[i].form_field, req, "part_form", i));
		TRY(row_field(&rows[i].copies_field, req, "part_copies", i));
		TRY(row_field(&rows[i].required_field, req, "part_required", i));
		rows[i].copies = "1";
		rows[i].required = "1";
		if (!part)
			continue;
		rows[i].name = part->name;
		rows[i].form = part->form;
		rows[i].required = part->required ? "1" : NULL;
		TRY(arena_printf(req->arena, &rows[i].copies, "%d", part->copies));
	}
	v->parts = rows;
	return ERR_OK;
}

static ERR_RESULT add_steps(struct procedure_form_view *v, struct req *req,
                            const struct procedure_draft *d)
{
	struct procedure_form_step *rows;

	v->n_steps = rows_shown(req, "more_steps", d->n_steps, PROCEDURE_MOST_STEPS);
	TRY(arena_array(req->arena, &rows, v->n_steps));
	for (size_t i = 0; i < v->n_steps; i++) {
		TRY(row_field(&rows[i].name_field, req, "step_name", i));
		TRY(row_field(&rows[i].role_field, req, "step_role", i));
		TRY(row_field(&rows[i].budget_field, req, "step_budget", i));
		if (i >= d->n_steps)
			continue;
		rows[i].name = d->steps[i].name;
		rows[i].role = d->steps[i].role;
		rows[i].budget = d->steps[i].budget;
	}
	v->steps = rows;
	return ERR_OK;
}

/* ---- the view ---- */

static const char *if_set(bool flag)
{
	return flag ? "1" : NULL;
}

static ERR_RESULT day_text(const char **out, struct req *req, date_t day)
{
	char text[DATE_TEXT];

	return arena_strdup(req->arena, out, date_iso(day, text));
}

/* The texts of a draft, as the form's fields hold them. */
static ERR_RESULT show_draft(struct procedure_form_view *v, struct req *req,
                             const struct procedure_draft *d)
{
	v->code = d->code;
	v->name = d->name;
	v->field = d->field;
	v->service_level = d->service_level;
	v->linked = d->linked;
	v->supplement_rule = d->supplement_rule;
	v->statutory_term = d->statutory_term;
	v->statutory_basis = d->statutory_basis;
	v->shortened_term = d->shortened_term;
	v->shortened_basis = d->shortened_basis;
	v->fee_note = d->fee_note;
	v->result_name = d->result_name;
	v->note = d->note;
	v->decision_kind = d->decision_kind;
	v->decision = d->decision;
	v->online_offered = if_set(d->online_offered);
	v->online_payment = if_set(d->online_payment);
	v->on_national_portal = if_set(d->on_national_portal);
	v->any_place = if_set(d->any_place);
	v->old_level = NULL;
	if (d->old_level)
		TRY(arena_printf(req->arena, &v->old_level, "%d", d->old_level));
	if (d->fee.dong != MONEY_NONE.dong)
		TRY(arena_printf(req->arena, &v->fee, "%lld", (long long)d->fee.dong));
	TRY(day_text(&v->simplified_on, req, d->simplified_on));
	TRY(day_text(&v->decision_on, req, d->decision_on));
	return day_text(&v->valid_from, req, d->valid_from);
}

/* What a draft cannot hold when it is wrong is shown as it was typed. */
static void show_typed(struct procedure_form_view *v, const struct params *form)
{
	v->old_level = params_get(form, "old_level");
	v->fee = params_get(form, "fee");
	v->simplified_on = params_get(form, "simplified_on");
	v->decision_on = params_get(form, "decision_on");
	v->valid_from = params_get(form, "valid_from");
}

/* What the page is about: a new procedure, or the one whose last version is `last`. */
struct subject {
	const struct procedure *last; /* NULL: new */
	bool repealed;
};

static ERR_RESULT show(struct req *req, struct resp *resp, const struct subject *about,
                       const struct procedure_draft *d, const struct problems *problems)
{
	struct procedure_form_view v = { .problems = problems };
	static const struct procedure_terms *const kinds = &procedure_decisions;
	enum { FIRST_AMENDING = 1, AMENDING = 2 }; /* amended, replaced */

	TRY(show_draft(&v, req, d));
	if (req->method == POST)
		show_typed(&v, &req->form);
	v.title = msg_text(MSG_PROCEDURE_TITLE_NEW);
	if (about->last) {
		v.id = about->last->id;
		v.known_code = about->last->code;
		v.known_name = about->last->name;
		v.title = msg_text(about->repealed ? MSG_PROCEDURE_TITLE_AGAIN
		                                   : MSG_PROCEDURE_TITLE_AMEND);
	}
	if (about->last && !about->repealed) {
		struct procedure_terms some = { kinds->at + FIRST_AMENDING, AMENDING };

		TRY(term_choices(&v.decision_kinds, &v.n_decision_kinds, req, &some));
	}
	TRY(add_choices(&v, req));
	TRY(add_levels(&v, req, d));
	TRY(add_parts(&v, req, d));
	TRY(add_steps(&v, req, d));
	resp->title = v.title;
	tmpl_procedure_form(&resp->out, &v);
	return ERR_OK;
}

static bool wants_more_rows(const struct req *req)
{
	return params_get(&req->form, "more_parts") || params_get(&req->form, "more_steps");
}

/* Writes the draft or shows the form again. */
static ERR_RESULT save(struct req *req, struct resp *resp, const struct subject *about,
                       struct procedure_draft *d, struct problems *problems)
{
	enum procedure_saved saved = PROCEDURE_ADDED;

	if (wants_more_rows(req)) {
		problems_init(problems, req->arena);
		return show(req, resp, about, d, problems);
	}
	if (problems->n == 0) {
		struct change change = actor_change(
		        req, about->last ? "procedure.amend" : "procedure.announce",
		        link_procedure_show);

		enum err e = procedure_save(&saved, req->writer, &change, d, problems);
		if (e == ERR_OK && saved != PROCEDURE_UNCHANGED)
			return resp_redirect(resp, change.link(change.result));
		TRY(e == ERR_INPUT ? ERR_OK : e);
		if (saved == PROCEDURE_UNCHANGED)
			TRY(problems_say(problems, "", 0, MSG_PROCEDURE_UNCHANGED));
	} else if (!req->refill) {
		TRY(procedure_draft_check(d, 0, problems)); /* say all that is wrong at once */
	}
	resp->status = 422;
	return show(req, resp, about, d, problems);
}

/* ---- a new one ---- */

enum err procedure_new(struct req *req, struct resp *resp)
{
	struct subject about = { 0 };
	struct procedure_draft *d;
	struct problems problems;

	TRY(arena_new(req->arena, &d));
	procedure_draft_init(d);
	problems_init(&problems, req->arena);
	return show(req, resp, &about, d, &problems);
}

static ERR_RESULT refuse_known_code(struct req *req, const struct procedure_draft *d,
                                    struct problems *problems)
{
	row_id known;
	enum err e = procedure_find_code(&known, req->db, req->arena, d->code);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return problems_say(problems, "code", 0, MSG_PROCEDURE_CODE_TAKEN, d->code);
}

enum err procedure_create(struct req *req, struct resp *resp)
{
	struct subject about = { 0 };
	struct procedure_draft *d;
	struct problems problems;

	TRY(req_problems(req, &problems));
	TRY(arena_new(req->arena, &d));
	TRY(read_draft(d, req, &problems));
	d->decision_kind = "announced";
	if (!wants_more_rows(req))
		TRY(refuse_known_code(req, d, &problems));
	return save(req, resp, &about, d, &problems);
}

/* ---- another version ---- */

static ERR_RESULT find_subject(struct subject *about, struct req *req)
{
	struct procedure *last;

	TRY(arena_new(req->arena, &last));
	TRY(procedure_find_last(last, req->db, req->arena, params_id(&req->route, "id")));
	about->last = last;
	about->repealed = str_eq(last->decision_kind, "repealed");
	return ERR_OK;
}

enum err procedure_amend_form(struct req *req, struct resp *resp)
{
	struct subject about;
	struct procedure_draft *d;
	struct problems problems;

	TRY(find_subject(&about, req));
	TRY(arena_new(req->arena, &d));
	TRY(procedure_to_draft(d, about.last));
	problems_init(&problems, req->arena);
	return show(req, resp, &about, d, &problems);
}

enum err procedure_amend_save(struct req *req, struct resp *resp)
{
	struct subject about;
	struct procedure_draft *d;
	struct problems problems;

	TRY(find_subject(&about, req));
	TRY(req_problems(req, &problems));
	TRY(arena_new(req->arena, &d));
	TRY(read_draft(d, req, &problems));
	d->code = about.last->code;
	return save(req, resp, &about, d, &problems);
}

/* ---- its end ---- */

static ERR_RESULT show_repeal(struct req *req, struct resp *resp, const struct subject *about,
                              const struct problems *problems)
{
	const struct params *form = &req->form;

	resp->title = msg_text(MSG_PROCEDURE_TITLE_REPEAL);
	tmpl_procedure_repeal(&resp->out,
	                      &(struct procedure_repeal_view){
	                              .id = about->last->id,
	                              .code = about->last->code,
	                              .name = about->last->name,
	                              .decision = params_get(form, "decision"),
	                              .decision_on = params_get(form, "decision_on"),
	                              .valid_from = params_get(form, "valid_from"),
	                              .note = params_get(form, "note"),
	                              .problems = problems,
	                      });
	return ERR_OK;
}

enum err procedure_repeal_form(struct req *req, struct resp *resp)
{
	struct subject about;
	struct problems problems;

	TRY(find_subject(&about, req));
	problems_init(&problems, req->arena);
	return show_repeal(req, resp, &about, &problems);
}

enum err procedure_repeal_save(struct req *req, struct resp *resp)
{
	struct subject about;
	struct problems problems;
	enum err e = ERR_INPUT;

	TRY(find_subject(&about, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		const struct params *form = &req->form;
		struct change change =
		        actor_change(req, "procedure.repeal", link_procedure_show);
		struct procedure_repeal r = { about.last->id, params_get(form, "decision"),
			                      params_date(form, "decision_on"),
			                      params_date(form, "valid_from"),
			                      params_get(form, "note") };

		e = procedure_repeal(req->writer, &change, &r, &problems);
		if (e == ERR_OK)
			return resp_redirect(resp, change.link(change.result));
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	return show_repeal(req, resp, &about, &problems);
}
