/* GET and POST /dossiers/new, GET /dossiers/:id/received: a dossier is taken in.
 *
 * One form; its buttons say what it is sent for: finding a procedure or a person comes back
 * with everything that was typed. */
#include "app/account/actor.h"
#include "app/dossier/dossier_days_page.h"
#include "app/dossier/dossier_form_page.h"
#include "app/dossier/dossier_store.h"
#include "gen/links.h"
#include "gen/pages.h"

static ERR_RESULT show(struct req *req, struct resp *resp, struct dossier_new_view *v,
                       const struct dossier_kit *kit)
{
	struct dossier_unit unit;

	TRY(dossier_form_choices(&v->choices, req));
	TRY(dossier_unit_load(&unit, req->db, req->arena, req->actor->unit_id));
	v->needs_code = !unit.issues_codes;
	v->due_at = INSTANT_NONE;
	v->procedure = kit->procedure;
	if (kit->procedure != NULL) {
		struct dossier_intake intake = { .action = ACTION_RECEIVE,
			                         .received_at = INSTANT_NONE };
		struct dossier d;

		TRY(dossier_preview(&d, kit, &intake, clock_now(&req->clock)));
		v->due_at = d.due_at;
	} else {
		TRY(dossier_form_options(&v->picker, req, &v->form));
	}
	resp->title = msg_text(MSG_INTAKE_TITLE);
	tmpl_dossier_new(&resp->out, v);
	return ERR_OK;
}

enum err dossier_new(struct req *req, struct resp *resp)
{
	struct dossier_new_view v = { .problems = NULL };
	struct problems problems;
	struct dossier_kit kit;

	problems_init(&problems, req->arena);
	TRY(dossier_form_read(&v.form, req));
	v.form.procedure = params_id(&req->query, "procedure");
	TRY(dossier_form_kit(&kit, req, &v.form, &problems));
	v.problems = &problems;
	return show(req, resp, &v, &kit);
}

/* The buttons that write nothing; true when one of them was pressed. */
static ERR_RESULT helping_step(bool *helped, struct req *req, struct dossier_new_view *v)
{
	const char *step = params_get(&req->form, "step");
	bool found;

	*helped = true;
	if (str_eq(step, "search") || str_eq(step, "change")) {
		v->form.procedure = ROW_NONE;
		return ERR_OK;
	}
	if (str_eq(step, "person")) {
		TRY(dossier_form_person(&found, &v->form, req));
		v->found = msg_text(found ? MSG_INTAKE_PERSON_FOUND : MSG_INTAKE_PERSON_NEW);
		v->person_next = true;
		return ERR_OK;
	}
	*helped = str_eq(step, "pick");
	return ERR_OK;
}

static ERR_RESULT read_intake(struct dossier_intake *in, struct req *req,
                              const struct dossier_form *form, struct problems *problems)
{
	struct dossier_intake checked;

	TRY(dossier_form_intake(in, form, req, problems));
	if (str_eq(params_get(&req->form, "step"), "not-accept"))
		in->action = ACTION_NOT_ACCEPT;
	if (row_is_none(form->procedure))
		TRY(problems_say(problems, "q", 0, MSG_INTAKE_CHOOSE_PROCEDURE));
	checked = *in;
	return dossier_intake_check(&checked, req->arena, problems, clock_now(&req->clock));
}

enum err dossier_take_in(struct req *req, struct resp *resp)
{
	struct dossier_new_view v = { .problems = NULL };
	struct problems problems;
	struct dossier_intake intake;
	struct dossier_kit kit;
	struct change change = actor_change(req, "dossier.receive", link_dossier_received);
	bool helped;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	v.problems = &problems;
	TRY(dossier_form_read(&v.form, req));
	TRY(helping_step(&helped, req, &v));
	if (!helped && !req->refill)
		TRY(read_intake(&intake, req, &v.form, &problems));
	TRY(dossier_form_kit(&kit, req, &v.form, &problems));
	if (!helped && problems.n == 0)
		e = dossier_receive(req->writer, &change, &kit, &intake, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, change.link(change.result));
	if (e != ERR_INPUT)
		return e;
	if (problems.n > 0)
		resp->status = 422;
	return show(req, resp, &v, &kit);
}

enum err dossier_received(struct req *req, struct resp *resp)
{
	struct dossier_received_view v;
	struct dossier_names names;
	struct dossier d;

	TRY(dossier_find(&d, req->db, req->arena, params_id(&req->route, "id"),
	                 req->actor->unit_id, clock_today(&req->clock)));
	TRY(dossier_names_load(&names, req->db, req->arena, d.id));
	v.dossier = &d;
	v.procedure = names.procedure_name;
	v.applicant = names.applicant.name;
	v.receipt =
	        link_slip_show(d.id, d.state == DOSSIER_NOT_ACCEPTED ? "refusal" : "receipt");
	v.again = url_with_int(link_dossier_new(), "procedure", d.procedure_id.value);
	TRY(dossier_days_fill(&v.days, req, &d));
	resp->title = msg_text(MSG_INTAKE_DONE_TITLE);
	tmpl_dossier_received(&resp->out, &v);
	return ERR_OK;
}
