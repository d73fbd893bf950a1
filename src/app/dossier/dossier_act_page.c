/* POST /dossiers/:id/do/:action and GET, POST /dossiers/:id/edit. */
#include "app/account/actor.h"
#include "app/calendar/calendar_store.h"
#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_form_page.h"
#include "app/dossier/dossier_page.h"
#include "gen/links.h"
#include "gen/pages.h"

/* ---- one action ---- */

static ERR_RESULT read_parts(struct dossier_doing *doing, struct req *req)
{
	size_t n = params_count(&req->form, "part");
	int *parts;

	if (n > INTAKE_MOST_PARTS)
		return err_set(ERR_INPUT, "more papers than a dossier has");
	TRY(arena_array(req->arena, &parts, n + 1));
	for (size_t i = 0; i < n; i++) {
		long long position = 0;

		if (!str_to_int(params_nth(&req->form, "part", i), &position) || position < 0 ||
		    position > 1000)
			return err_set(ERR_INPUT, "a paper that the form does not offer");
		parts[i] = (int)position;
	}
	doing->parts = parts;
	doing->n_parts = n;
	return ERR_OK;
}

/* Only to somebody whom the page offers. */
static ERR_RESULT read_person(struct dossier_doing *doing, struct req *req,
                              const struct dossier *d, struct problems *problems)
{
	row_id to = params_id(&req->form, "to");
	struct dossier_colleague *people;
	size_t n;

	if (row_is_none(to))
		return ERR_OK;
	TRY(dossier_colleagues_load(&people, &n, req->db, req->arena, d,
	                            clock_today(&req->clock)));
	for (size_t i = 0; i < n; i++) {
		if (row_eq(people[i].id, to)) {
			doing->to_account_id = to;
			return ERR_OK;
		}
	}
	return problems_say(problems, "to", 0, MSG_DOSSIER_NOT_A_COLLEAGUE);
}

static ERR_RESULT read_doing(struct dossier_doing *doing, struct req *req,
                             const struct dossier *d, struct problems *problems)
{
	const char *due = params_get(&req->form, "due");
	const char *reason = params_get(&req->form, "reason");

	doing->dossier_id = d->id;
	doing->revision = params_int(&req->form, "revision", 0);
	doing->at = INSTANT_NONE;
	doing->due = INSTANT_NONE;
	doing->reason = str_blank(reason) ? NULL : reason;
	doing->next_step = params_get(&req->form, "next_step") != NULL;
	if (doing->action == ACTION_EXTEND &&
	    (str_blank(due) || !instant_parse_vn(&doing->due, due)))
		TRY(problems_say(problems, "", 0, MSG_DOSSIER_EXTEND_WHEN));
	TRY(read_parts(doing, req));
	return read_person(doing, req, d, problems);
}

/* The page again, with what was typed in the action that did not go through. */
static ERR_RESULT show_again(struct req *req, struct resp *resp,
                             const struct dossier_doing *doing, const struct problems *problems)
{
	struct dossier_view_page v = {
		.reason = params_get(&req->form, "reason"),
		.to = params_get(&req->form, "to"),
		.due = params_get(&req->form, "due"),
		.next_step = params_get(&req->form, "next_step"),
		.problems = problems,
	};
	struct dossier d;

	TRY(dossier_page_find(&d, req));
	TRY(dossier_page_fill(&v, req, &d));
	if (d.revision != doing->revision)
		TRY(dossier_page_conflict(&v.conflict, req, d.id, doing->revision));
	for (size_t i = 0; i < v.n_offers; i++)
		v.offers[i].open = v.offers[i].action == doing->action;
	resp->status = v.conflict.n > 0 ? 409 : 422;
	resp->title = d.code;
	tmpl_dossier(&resp->out, &v);
	return ERR_OK;
}

static ERR_RESULT change_of(struct change *out, struct req *req,
                            const struct dossier_doing *doing)
{
	const char *action;

	TRY(arena_printf(req->arena, &action, "dossier.%s",
	                 dossier_action_rule(doing->action)->word));
	*out = actor_change(req, action, link_dossier_show);
	out->reason = doing->reason;
	return ERR_OK;
}

enum err dossier_act(struct req *req, struct resp *resp)
{
	struct dossier_doing doing = { .to_account_id = ROW_NONE };
	struct dossier_clock clock;
	struct problems problems;
	struct change change;
	struct dossier d;
	enum err e = ERR_INPUT;

	if (!dossier_action_parse(&doing.action, params_get(&req->route, "action")) ||
	    doing.action == ACTION_CORRECT)
		return err_set(ERR_NOT_FOUND, "no such action");
	if ((req->actor->permissions & dossier_action_rule(doing.action)->may) == 0)
		return err_set(ERR_FORBIDDEN, "this role does not do that");
	TRY(req_problems(req, &problems));
	TRY(dossier_page_find(&d, req));
	TRY(read_doing(&doing, req, &d, &problems));
	TRY(dossier_clock_load(&clock, req->db, req->arena, app_calendars(req->app),
	                       d.receiving_unit_id, clock_today(&req->clock)));
	TRY(change_of(&change, req, &doing));
	if (problems.n == 0)
		e = dossier_do(req->writer, &change, &clock, &doing, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, change.link(change.result));
	if (e != ERR_INPUT && e != ERR_CONFLICT)
		return e;
	return show_again(req, resp, &doing, &problems);
}

/* ---- correction ---- */

static ERR_RESULT form_of(struct dossier_form *form, struct req *req, const struct dossier *d,
                          const struct dossier_names *names)
{
	*form = (struct dossier_form){
		.kind = choice_word(names->applicant.kind),
		.name = names->applicant.name,
		.identity_number = names->applicant.identity_number,
		.phone = names->applicant.phone,
		.email = names->applicant.email,
		.address = names->applicant.address,
		.channel = choice_word(d->channel),
		.delivery = choice_word(d->delivery),
		.summary = d->summary,
		.book = d->book,
	};
	TRY(arena_printf(req->arena, &form->quantity, "%d", d->quantity));
	return arena_printf(req->arena, &form->fee, "%lld", (long long)d->fee.dong);
}

static ERR_RESULT show_edit(struct req *req, struct resp *resp, struct dossier_edit_view *v)
{
	TRY(dossier_form_choices(&v->choices, req));
	v->may_unmask = actor_may(req->actor, PERMISSION_PERSON_UNMASK);
	resp->title = msg_text(MSG_CORRECT_TITLE);
	tmpl_dossier_edit(&resp->out, v);
	return ERR_OK;
}

enum err dossier_edit(struct req *req, struct resp *resp)
{
	struct dossier_edit_view v = { .problems = NULL };
	struct dossier_names names;
	struct dossier d;

	TRY(dossier_page_find(&d, req));
	TRY(dossier_names_load(&names, req->db, req->arena, d.id));
	TRY(form_of(&v.form, req, &d, &names));
	v.dossier = &d;
	return show_edit(req, resp, &v);
}

static ERR_RESULT read_correction(struct dossier_correction *c, struct req *req,
                                  const struct dossier_form *form, struct problems *problems)
{
	struct dossier_intake typed;

	TRY(dossier_form_intake(&typed, form, req, problems));
	c->revision = params_int(&req->form, "revision", 0);
	c->applicant = typed.applicant;
	c->summary = typed.summary ? typed.summary : "";
	c->book = typed.book ? typed.book : "";
	c->quantity = typed.quantity;
	c->channel = typed.channel;
	c->delivery = typed.delivery;
	c->fee = typed.fee.dong == MONEY_NONE.dong ? (money_t){ 0 } : typed.fee;
	return ERR_OK;
}

/* Who sees numbers masked keeps those that are stored. */
static ERR_RESULT keep_numbers(struct dossier_correction *c, struct req *req)
{
	struct dossier_names names;

	if (actor_may(req->actor, PERMISSION_PERSON_UNMASK))
		return ERR_OK;
	TRY(dossier_names_load(&names, req->db, req->arena, c->dossier_id));
	c->applicant.identity_number = names.applicant.identity_number;
	c->applicant.phone = names.applicant.phone;
	return ERR_OK;
}

enum err dossier_edit_save(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "dossier.correct", link_dossier_show);
	struct dossier_edit_view v = { .problems = NULL };
	struct dossier_correction c = { .revision = 0 };
	struct problems problems;
	struct dossier d;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	TRY(dossier_page_find(&d, req));
	c.dossier_id = d.id;
	TRY(dossier_form_read(&v.form, req));
	TRY(read_correction(&c, req, &v.form, &problems));
	TRY(keep_numbers(&c, req));
	if (problems.n == 0)
		e = dossier_correct(req->writer, &change, &c, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, change.link(change.result));
	if (e != ERR_INPUT && e != ERR_CONFLICT)
		return e;
	TRY(dossier_page_find(&d, req));
	if (d.revision != c.revision)
		TRY(dossier_page_conflict(&v.conflict, req, d.id, c.revision));
	v.dossier = &d;
	v.problems = &problems;
	resp->status = v.conflict.n > 0 ? 409 : 422;
	return show_edit(req, resp, &v);
}
