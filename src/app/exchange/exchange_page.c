/* exchange_page.c - /exchange: the queue, the inbox, files carried by hand. */
#include "app/account/actor.h"
#include "app/exchange/exchange_desk_store.h"
#include "app/exchange/exchange_view.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "html/controls.h"
#include "http/http.h"

static const char package_type[] = "application/vnd.cchc.package";

/* ---- lines ---- */

static struct html_badge out_badge(enum exchange_state s)
{
	static const enum tone tones[EXCHANGE_STATE_COUNT_] = {
		[EXCHANGE_WAITING] = TONE_WAIT, [EXCHANGE_SENDING] = TONE_INFO,
		[EXCHANGE_HELD] = TONE_SOON,    [EXCHANGE_DELIVERED] = TONE_INFO,
		[EXCHANGE_ACCEPTED] = TONE_OK,  [EXCHANGE_RETURNED] = TONE_LATE,
		[EXCHANGE_REFUSED] = TONE_LATE, [EXCHANGE_GIVEN_UP] = TONE_OFF,
	};

	return badge(tones[s], exchange_state_text(s));
}

static struct html_badge in_badge(enum exchange_inbox s)
{
	if (s == INBOX_TAKEN)
		return badge(TONE_OK, msg_text(MSG_EXCHANGE_INBOX_TAKEN));
	return s == INBOX_HELD ? badge(TONE_SOON, msg_text(MSG_EXCHANGE_INBOX_HELD))
	                       : badge(TONE_LATE, msg_text(MSG_EXCHANGE_INBOX_REFUSED));
}

static ERR_RESULT out_line(struct exchange_out_line *x, struct arena *a,
                           const struct exchange_out_row *r)
{
	char tries[24];

	*x = (struct exchange_out_line){
		.id = r->id,
		.report = link_report_show(r->report_id),
		.file = url_with_int(link_exchange_file(), "item", r->id.value),
		.unit = r->unit_name,
		.period = r->period_name,
		.state = out_badge(r->state),
		.reason = r->reason,
		.next_at = r->state == EXCHANGE_WAITING ? r->next_at : INSTANT_NONE,
		.can_send = r->state != EXCHANGE_DELIVERED && r->state != EXCHANGE_ACCEPTED &&
		            r->state != EXCHANGE_RETURNED
	};
	if (r->tries == 0)
		return ERR_OK;
	snprintf(tries, sizeof(tries), "%lld", (long long)r->tries);
	return msg_format(&x->tries, a, MSG_EXCHANGE_TRIES, tries);
}

static struct exchange_in_line in_line(const struct exchange_in_row *r)
{
	return (struct exchange_in_line){
		.id = r->id,
		.report = link_report_show(r->report_id),
		.file = url_with_int(link_exchange_file(), "item", r->id.value),
		.unit = *r->unit_name ? r->unit_name : msg_text(MSG_EXCHANGE_UNREADABLE),
		.code = r->unit_code,
		.period = r->period_name,
		.from = r->peer_name ? r->peer_name : msg_text(MSG_EXCHANGE_AS_FILE),
		.state = in_badge(r->state),
		.reason = r->state == INBOX_TAKEN ? "" : r->reason,
		.came_at = r->came_at,
		.held = r->state == INBOX_HELD,
		.has_report = !row_is_none(r->report_id),
		.replaces = r->finding == FOUND_SECOND || r->finding == FOUND_AMENDS_UNKNOWN
	};
}

static ERR_RESULT fill_lists(struct exchange_view *v, struct req *req)
{
	struct exchange_lists lists;
	struct exchange_out_line *out;
	struct exchange_in_line *in;

	TRY(exchange_lists(&lists, req->db, req->arena, req->actor->unit_id));
	TRY(arena_array(req->arena, &out, lists.n_out + 1));
	TRY(arena_array(req->arena, &in, lists.n_in + 1));
	for (size_t i = 0; i < lists.n_out; i++)
		TRY(out_line(&out[i], req->arena, &lists.out[i]));
	for (size_t i = 0; i < lists.n_in; i++)
		in[i] = in_line(&lists.in[i]);
	v->out = out;
	v->n_out = lists.n_out;
	v->more_out = lists.more_out;
	v->in = in;
	v->n_in = lists.n_in;
	v->more_in = lists.more_in;
	return ERR_OK;
}

static ERR_RESULT fill_line(struct exchange_view *v, struct req *req)
{
	struct exchange_peers peers;

	v->line_next_at = INSTANT_NONE;
	TRY(exchange_peers(&peers, req->db, req->arena));
	if (peers.n == 0 || !peers.at[0].above)
		return ERR_OK;
	v->above = peers.at[0].name;
	v->above_url = peers.at[0].url;
	v->trouble = peers.at[0].trouble;
	v->line_next_at = peers.at[0].next_at;
	return ERR_OK;
}

static const char *said(const char *done)
{
	if (str_eq(done, "now"))
		return msg_text(MSG_EXCHANGE_SAID_NOW);
	if (str_eq(done, "stop"))
		return msg_text(MSG_EXCHANGE_SAID_STOP);
	if (str_eq(done, "taken"))
		return msg_text(MSG_EXCHANGE_SAID_TAKEN);
	return NULL;
}

static ERR_RESULT show(struct req *req, struct resp *resp, const struct problems *problems)
{
	struct exchange_view v = { .problems = problems,
		                   .said = said(params_get(&req->query, "done")),
		                   .may_send = actor_may(req->actor, PERMISSION_REPORT_NUMBER),
		                   .may_receive =
		                           actor_may(req->actor, PERMISSION_REPORT_RECEIVE) };

	TRY(fill_line(&v, req));
	TRY(fill_lists(&v, req));
	resp->title = msg_text(MSG_EXCHANGE_TITLE);
	if (problems->n > 0)
		resp->status = 422;
	tmpl_exchange_show(&resp->out, &v);
	return ERR_OK;
}

enum err exchange_show(struct req *req, struct resp *resp)
{
	struct problems none;

	problems_init(&none, req->arena);
	return show(req, resp, &none);
}

/* ---- deciding ---- */

static struct url back(row_id result)
{
	(void)result;
	return link_exchange_show();
}

static ERR_RESULT decide(struct req *req, struct resp *resp, bool inbox)
{
	struct change change = actor_change(req, "exchange.decide", back);
	const char *deed = params_get(&req->form, "deed");
	struct exchange_deciding d = { .item = params_id(&req->form, "item"),
		                       .inbox = inbox,
		                       .reason = params_get(&req->form, "reason") };
	struct problems problems;
	enum err e = ERR_INPUT;

	if (str_eq(deed, "stop"))
		d.deed = EXCHANGE_STOP;
	else if (str_eq(deed, "instead") && inbox)
		d.deed = EXCHANGE_TAKE_INSTEAD;
	else if (!str_eq(deed, "now"))
		return err_set(ERR_NOT_FOUND, "no such deed");
	TRY(req_problems(req, &problems));
	if (problems.n == 0)
		e = exchange_decide(req->writer, &change, &d, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, url_with(link_exchange_show(), "done",
		                                    d.deed == EXCHANGE_STOP ? "stop" : "now"));
	return e == ERR_INPUT && problems.n > 0 ? show(req, resp, &problems) : e;
}

enum err exchange_outbox_decide(struct req *req, struct resp *resp)
{
	return decide(req, resp, false);
}

enum err exchange_inbox_decide(struct req *req, struct resp *resp)
{
	return decide(req, resp, true);
}

/* ---- files ---- */

enum err exchange_bring(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "exchange.bring", back);
	struct exchange_coming x = { .office_id = req->actor->unit_id };
	struct exchange_receipt receipt;
	struct problems problems;

	TRY(req_problems(req, &problems));
	if (problems.n == 0 && (req->n_uploads == 0 || req->uploads[0].n == 0))
		TRY(problems_say(&problems, "package", 0, MSG_EXCHANGE_NO_FILE));
	if (problems.n > 0)
		return show(req, resp, &problems);
	x.bytes = (struct slice){ (const char *)req->uploads[0].bytes, req->uploads[0].n };
	/* The report is looked for in the whole tree; whether it is below the office is judged.
	 */
	change.unit_id = ROW_NONE;
	TRY(exchange_take_in(&receipt, req->arena, req->writer, &change, &x));
	if (exchange_verdict(receipt.finding) == VERDICT_TAKE)
		return resp_redirect(resp, url_with(link_exchange_show(), "done", "taken"));
	TRY(problems_add(&problems, "package", 0, receipt.said.reason));
	return show(req, resp, &problems);
}

enum err exchange_file(struct req *req, struct resp *resp)
{
	row_id item = params_id(&req->query, "item");
	struct slice bytes;
	const char *name;

	if (row_is_none(item))
		return resp_redirect(resp, link_exchange_show());
	TRY(exchange_bytes(&bytes, req->db, req->arena, req->actor->unit_id, item));
	TRY(arena_printf(req->arena, &name, "bao-cao-%lld%s", (long long)item.value,
	                 PACKAGE_SUFFIX));
	TRY(resp_file(resp, package_type, name, true));
	str_put_n(&resp->body, bytes.at, bytes.len);
	return str_check(&resp->body);
}
