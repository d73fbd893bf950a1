/* report_act_page.c - what is done with a report: a step, a comment, a comment settled. */
#include "app/account/actor.h"
#include "app/report/report_freeze_store.h"
#include "app/report/report_own_page.h"
#include "app/report/report_show_page.h"
#include "gen/links.h"
#include "gen/pages.h"

/* ---- a step ---- */

static void read_doing(struct report_doing *doing, const struct req *req,
                       const struct report *r)
{
	const struct params *form = &req->form;
	const char *reason = params_get(form, "reason"),
	           *notation = params_get(form, "notation");

	doing->report_id = r->id;
	doing->revision = params_int(form, "revision", 0);
	doing->who = report_actor_of(req->actor);
	doing->given =
	        (struct report_given){ .reason = str_blank(reason) ? NULL : reason,
		                       .number = params_int(form, "number", REPORT_NO_NUMBER),
		                       .notation = notation ? notation : "",
		                       .dated_on = params_date(form, "dated_on") };
}

static ERR_RESULT show_again(struct req *req, struct resp *resp, enum report_action tried,
                             const struct problems *problems)
{
	const struct params *form = &req->form;
	struct report_show_view v = { .reason = params_get(form, "reason"),
		                      .number = params_get(form, "number"),
		                      .notation = params_get(form, "notation"),
		                      .dated_on = params_get(form, "dated_on"),
		                      .comment = params_get(form, "text"),
		                      .problems = problems };

	if (resp->status < 400)
		resp->status = 422;
	return report_page_show(&v, req, resp, tried);
}

static ERR_RESULT do_step(struct req *req, const struct report_doing *doing, row_id *after,
                          struct problems *problems)
{
	const char *action;
	struct change change;

	TRY(arena_printf(req->arena, &action, "report.%s",
	                 report_action_rule(doing->action)->word));
	change = actor_change(req, action, link_report_show);
	change.reason = doing->given.reason;
	TRY(report_do(req->writer, &change, doing, problems));
	*after = change.result;
	return ERR_OK;
}

/* Somebody else did something with the report while the page was read: it is shown anew, with
 * its history. */
static ERR_RESULT show_conflict(struct req *req, struct resp *resp,
                                const struct report_doing *doing)
{
	struct problems problems;

	problems_init(&problems, req->arena);
	TRY(problems_say(&problems, "", 0, MSG_REPORT_PAGE_CONFLICT));
	resp->status = 409;
	return show_again(req, resp, doing->action, &problems);
}

enum err report_act(struct req *req, struct resp *resp)
{
	struct report_doing doing = { 0 };
	struct problems problems;
	struct report r;
	row_id after = ROW_NONE;
	enum err e = ERR_INPUT;

	if (!report_action_parse(&doing.action, params_get(&req->route, "action")))
		return err_set(ERR_NOT_FOUND, "no such action");
	TRY(req_problems(req, &problems));
	TRY(report_page_find(&r, req));
	read_doing(&doing, req, &r);
	if (problems.n == 0)
		e = do_step(req, &doing, &after, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, url_with(link_report_show(after), "done", "1"));
	if (e == ERR_CONFLICT)
		return show_conflict(req, resp, &doing);
	if (e != ERR_INPUT || problems.n == 0)
		return e;
	return show_again(req, resp, doing.action, &problems);
}

/* ---- comments ---- */

/* Back to where it was written: the form, or the report. */
static struct url after_comment(const struct req *req, const struct report *r)
{
	const char *form = params_get(&req->form, "form");

	if (str_blank(form))
		return link_report_show(r->id);
	return report_form_url(req, r, link_form_sheet_show(r->set_code, form));
}

enum err report_comment_save(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "report.comment", link_report_show);
	struct report_remark remark = { .form = params_get(&req->form, "form"),
		                        .indicator = params_get(&req->form, "indicator"),
		                        .text = params_get(&req->form, "text") };
	struct report_commenting c = { .who = report_actor_of(req->actor),
		                       .remarks = &remark,
		                       .n = 1 };
	struct problems problems;
	struct report r;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	TRY(report_page_find(&r, req));
	c.report_id = r.id;
	if (!remark.indicator)
		remark.indicator = "";
	if (problems.n == 0)
		e = report_comment_add(req->writer, &change, &c, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, after_comment(req, &r));
	if (e != ERR_INPUT || problems.n == 0)
		return e;
	return show_again(req, resp, REPORT_ACTION_COUNT_, &problems);
}

enum err report_comment_close(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "report.settle", link_report_show);
	struct report_actor who = report_actor_of(req->actor);
	row_id comment = params_id(&req->form, "comment");
	struct problems problems;
	struct report r;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	TRY(report_page_find(&r, req));
	if (problems.n == 0)
		e = report_comment_settle(req->writer, &change, comment, &who, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, after_comment(req, &r));
	if (e != ERR_INPUT || problems.n == 0)
		return e;
	return show_again(req, resp, REPORT_ACTION_COUNT_, &problems);
}

/* ---- why a figure is another one ---- */

enum err report_amendment_save(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "report.amendment", link_report_show);
	const char *form = params_get(&req->form, "form"),
	           *indicator = params_get(&req->form, "indicator");
	struct report_amending x = { .who = report_actor_of(req->actor),
		                     .form = form ? form : "",
		                     .indicator = indicator ? indicator : "",
		                     .reason = params_get(&req->form, "reason") };
	struct problems problems;
	struct report r;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	TRY(report_page_find(&r, req));
	x.report_id = r.id;
	change.reason = x.reason;
	if (problems.n == 0)
		e = report_amendment_say(req->writer, &change, &x, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, link_report_show(r.id));
	if (e != ERR_INPUT || problems.n == 0)
		return e;
	return show_again(req, resp, REPORT_ACTION_COUNT_, &problems);
}
