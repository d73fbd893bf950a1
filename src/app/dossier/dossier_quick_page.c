/* GET and POST /dossiers/quick: "trả ngay", received and returned by one key. */
#include "app/account/actor.h"
#include "app/dossier/dossier_form_page.h"
#include "app/dossier/dossier_store.h"
#include "gen/links.h"
#include "gen/pages.h"

/* After a success the same page again, with the next one to type. */
static struct url after_quick(row_id id)
{
	return url_with_int(link_dossier_quick(), "last", id.value);
}

struct quick {
	struct dossier_quick_view v;
	struct dossier last;
	struct dossier_kit kit;
	struct problems problems;
};

static ERR_RESULT load_last(struct quick *k, struct req *req, row_id id)
{
	struct dossier_names names;

	TRY(dossier_find(&k->last, req->db, req->arena, id, req->actor->unit_id,
	                 clock_today(&req->clock)));
	TRY(dossier_names_load(&names, req->db, req->arena, id));
	k->v.last = &k->last;
	k->v.last_procedure = names.procedure_name;
	k->v.last_applicant = names.applicant.name;
	k->v.last_receipt = link_slip_show(id, "receipt");
	return ERR_OK;
}

static ERR_RESULT show(struct quick *k, struct req *req, struct resp *resp)
{
	struct dossier_unit unit;

	TRY(dossier_unit_load(&unit, req->db, req->arena, req->actor->unit_id));
	k->v.needs_code = !unit.issues_codes;
	k->v.procedure = k->kit.procedure;
	if (k->kit.procedure == NULL)
		TRY(dossier_form_options(&k->v.picker, req, &k->v.form));
	k->v.problems = &k->problems;
	resp->title = msg_text(MSG_QUICK_TITLE);
	tmpl_dossier_quick(&resp->out, &k->v);
	return ERR_OK;
}

enum err dossier_quick(struct req *req, struct resp *resp)
{
	struct quick k = { .v = { .last = NULL } };
	row_id last = params_id(&req->query, "last");

	problems_init(&k.problems, req->arena);
	TRY(dossier_form_read(&k.v.form, req));
	k.v.form.procedure = params_id(&req->query, "procedure");
	if (!row_is_none(last)) {
		TRY(load_last(&k, req, last));
		k.v.form.procedure = k.last.procedure_id;
	}
	TRY(dossier_form_kit(&k.kit, req, &k.v.form, &k.problems));
	return show(&k, req, resp);
}

/* The one before, once more: same procedure, person and quantity. */
static ERR_RESULT repeat(struct quick *k, struct req *req)
{
	struct dossier_names names;
	struct dossier_form *form = &k->v.form;

	TRY(dossier_find(&k->last, req->db, req->arena, params_id(&req->form, "again"),
	                 req->actor->unit_id, clock_today(&req->clock)));
	TRY(dossier_names_load(&names, req->db, req->arena, k->last.id));
	form->procedure = k->last.procedure_id;
	form->kind = choice_word(names.applicant.kind);
	form->name = names.applicant.name;
	form->identity_number = names.applicant.identity_number;
	form->phone = names.applicant.phone;
	form->email = names.applicant.email;
	form->address = names.applicant.address;
	TRY(arena_printf(req->arena, &form->quantity, "%d", k->last.quantity));
	return arena_printf(req->arena, &form->fee, "%lld", (long long)k->last.fee.dong);
}

static ERR_RESULT read_intake(struct dossier_intake *in, struct req *req, struct quick *k)
{
	struct dossier_intake checked;

	TRY(dossier_form_intake(in, &k->v.form, req, &k->problems));
	in->action = ACTION_RECEIVE_RETURN;
	if (row_is_none(k->v.form.procedure))
		TRY(problems_say(&k->problems, "q", 0, MSG_INTAKE_CHOOSE_PROCEDURE));
	checked = *in;
	return dossier_intake_check(&checked, req->arena, &k->problems, clock_now(&req->clock));
}

static bool only_looks(const struct req *req)
{
	const char *step = params_get(&req->form, "step");

	return req->refill || str_eq(step, "search") || str_eq(step, "change") ||
	       str_eq(step, "pick");
}

enum err dossier_quick_take_in(struct req *req, struct resp *resp)
{
	struct quick k = { .v = { .last = NULL } };
	struct change change = actor_change(req, "dossier.receive-return", after_quick);
	struct dossier_intake intake;
	const char *step = params_get(&req->form, "step");
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &k.problems));
	TRY(dossier_form_read(&k.v.form, req));
	if (str_eq(step, "again"))
		TRY(repeat(&k, req));
	if (str_eq(step, "search") || str_eq(step, "change"))
		k.v.form.procedure = ROW_NONE;
	if (!only_looks(req))
		TRY(read_intake(&intake, req, &k));
	TRY(dossier_form_kit(&k.kit, req, &k.v.form, &k.problems));
	if (!only_looks(req) && k.problems.n == 0)
		e = dossier_receive(req->writer, &change, &k.kit, &intake, &k.problems);
	if (e == ERR_OK)
		return resp_redirect(resp, change.link(change.result));
	if (e != ERR_INPUT)
		return e;
	if (k.problems.n > 0)
		resp->status = 422;
	return show(&k, req, resp);
}
