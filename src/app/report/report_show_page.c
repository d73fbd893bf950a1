/* report_show_page.c - GET /reports/:id. */
#include "app/report/report_show_page.h"

#include <stdio.h>

#include "app/account/actor.h"
#include "app/form/form_lock_store.h"
#include "app/form/form_tally.h"
#include "app/report/report_freeze_store.h"
#include "app/report/report_own_page.h"
#include "gen/links.h"
#include "gen/pages.h"

struct page {
	struct req *req;
	struct report r;
	struct report_show_view *v;
	enum report_action tried;
};

enum err report_page_find(struct report *out, const struct req *req)
{
	return report_find(out, req->db, req->arena, req->actor->unit_id,
	                   params_id(&req->route, "id"), clock_today(&req->clock));
}

/* ---- the state line ---- */

/* How many of the steps are done. */
static int steps_done(enum report_state s)
{
	static const int done[REPORT_STATE_COUNT_] = {
		[REPORT_COMPILING] = 0, [REPORT_CHECKING] = 1, [REPORT_SUBMITTED] = 3,
		[REPORT_SIGNED] = 4,    [REPORT_NUMBERED] = 5, [REPORT_SENT] = 6,
		[REPORT_ACCEPTED] = 7,  [REPORT_RETURNED] = 6, [REPORT_EXEMPT] = 0,
	};

	return done[s];
}

static ERR_RESULT day_of(const char **out, struct arena *a, date_t day)
{
	char text[DATE_TEXT];

	*out = NULL;
	return date_is_none(day) ? ERR_OK : arena_strdup(a, out, date_vn(day, text));
}

static ERR_RESULT fill_steps(struct page *p)
{
	static const enum msg labels[REPORT_STEPS] = {
		MSG_REPORT_STEP_COMPILE, MSG_REPORT_STEP_CHECK,  MSG_REPORT_STEP_SUBMIT,
		MSG_REPORT_STEP_SIGN,    MSG_REPORT_STEP_NUMBER, MSG_REPORT_STEP_SEND,
		MSG_REPORT_STEP_ACCEPT,
	};
	const struct report *r = &p->r;
	const char *who[REPORT_STEPS] = { r->compiler_name,
		                          r->checker_name,
		                          NULL,
		                          r->signer_name,
		                          r->clerk_name,
		                          NULL,
		                          NULL };
	const char *when[REPORT_STEPS] = { 0 };
	struct arena *a = p->req->arena;
	int done = steps_done(r->state);

	TRY(day_of(&when[3], a, r->signed_on));
	when[4] = p->v->document[0] ? p->v->document : NULL;
	TRY(day_of(&when[5], a, r->sent_on));
	for (int i = 0; i < REPORT_STEPS; i++)
		p->v->steps[i] = (struct report_step){ .label = msg_text(labels[i]),
			                               .look = i < done ? "done" : "",
			                               .who = i < done ? who[i] : NULL,
			                               .when = i < done ? when[i] : NULL,
			                               .current = i == done };
	p->v->on_the_way = r->state != REPORT_EXEMPT;
	if (r->state == REPORT_RETURNED) {
		p->v->steps[REPORT_STEPS - 1].label = report_state_text(r->state);
		p->v->steps[REPORT_STEPS - 1].look = "late";
	}
	return ERR_OK;
}

/* ---- what may be done ---- */

static void add_offer(struct page *p, enum report_action a, bool first)
{
	const struct report_action_rule *rule = report_action_rule(a);

	p->v->offers[p->v->n_offers++] = (struct report_offer){
		.action = a,
		.word = rule->word,
		.label = rule->label,
		.needs_reason = rule->needs_reason,
		.numbers = a == REPORT_DO_NUMBER,
		.danger = a == REPORT_DO_RETURN || a == REPORT_DO_UNLOCK,
		.first = first,
		.open = a == p->tried,
	};
}

/* The next step first; when it is somebody else's, whose. */
static void fill_offers(struct page *p)
{
	struct report_actor who = report_actor_of(p->req->actor);
	unsigned may = report_actions_of(&who, &p->r);
	enum report_action next = REPORT_ACTION_COUNT_;

	if (report_next_action(&next, p->r.state) && (may >> next & 1) != 0)
		add_offer(p, next, true);
	else if (next != REPORT_ACTION_COUNT_)
		p->v->waits = report_may(next, &who, &p->r);
	for (int a = 0; a < REPORT_ACTION_COUNT_; a++)
		if ((may >> a & 1) != 0 && a != (int)next)
			add_offer(p, (enum report_action)a, false);
}

/* What the clerk is offered: what the report had before it was reopened, else the next one. */
static ERR_RESULT fill_number(struct page *p)
{
	struct req *req = p->req;
	struct report_show_view *v = p->v;
	date_t today = clock_today(&req->clock);
	struct report_number n;
	char day[DATE_TEXT];
	enum err e;

	if (p->r.state != REPORT_SIGNED || v->number)
		return ERR_OK;
	e = report_number_kept(&n, req->db, req->arena, req->actor->unit_id, p->r.id);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND) {
		TRY(report_number_next(&n, req->db, req->arena, p->r.unit_id,
		                       date_year(today)));
		n.dated_on = today;
	}
	TRY(arena_printf(req->arena, &v->number, "%lld", (long long)n.number));
	v->notation = str_blank(n.notation) ? msg_text(MSG_REPORT_PAGE_NOTATION) : n.notation;
	return arena_strdup(req->arena, &v->dated_on, date_iso(n.dated_on, day));
}

/* ---- forms ---- */

static ERR_RESULT form_state(struct report_form_line *line, struct arena *a,
                             const struct form_tally *t)
{
	char n[16];

	line->tone = t->errors ? TONE_LATE : t->warnings ? TONE_SOON : TONE_OK;
	snprintf(n, sizeof(n), "%d", t->errors ? t->errors : t->warnings);
	if (t->errors)
		return msg_format(&line->state, a, MSG_FORM_PAGE_ERRORS, n);
	if (t->warnings)
		return msg_format(&line->state, a, MSG_FORM_PAGE_WARNINGS, n);
	line->state = msg_text(MSG_FORM_PAGE_FINE);
	return ERR_OK;
}

/* "97 trên 157 đơn vị đã gửi". */
static ERR_RESULT given_text(struct page *p, const struct rollup_sheet *sheet)
{
	char sent[24], owed[24];

	snprintf(sent, sizeof(sent), "%zu", sheet->n_sent);
	snprintf(owed, sizeof(owed), "%zu", sheet->n_children - sheet->n_exempt);
	return msg_format(&p->v->given, p->req->arena, MSG_REPORT_PAGE_GIVEN, sent, owed);
}

static ERR_RESULT fill_forms(struct page *p, const struct rollup_sheet *sheet)
{
	const struct form_set *set = sheet->set;
	struct report_form_line *lines;

	TRY(arena_array(p->req->arena, &lines, set->n_forms + 1));
	for (size_t i = 0; i < set->n_forms; i++) {
		const struct form *form = &set->forms[i];
		struct form_tally t = report_tally(sheet, form);
		struct report_form_line *line = &lines[i];

		line->title = form->title;
		line->filled = t.filled;
		line->missing = t.missing;
		line->show = report_form_url(
		        p->req, &p->r,
		        sheet->rollup ? link_rollup_form_show(set->code, form->code)
		                      : link_form_sheet_show(set->code, form->code));
		line->enter = report_form_url(p->req, &p->r,
		                              link_form_grid_show(set->code, form->code));
		TRY(arena_printf(p->req->arena, &line->name, "%s %s", set->printed,
		                 form->code));
		TRY(form_state(line, p->req->arena, &t));
		p->v->missing += t.missing;
	}
	p->v->forms = lines;
	p->v->n_forms = set->n_forms;
	p->v->missing_url = report_form_url(p->req, &p->r, link_form_missing_list(set->code));
	if (sheet->rollup)
		TRY(given_text(p, sheet));
	p->v->may_enter = !sheet->lock && actor_may(p->req->actor, PERMISSION_FORM_ENTER);
	return ERR_OK;
}

/* ---- what differs from the document before ---- */

static ERR_RESULT fill_amendment(struct page *p, struct report_amendment_line *to,
                                 const struct form_set *set, const struct report_amendment *x)
{
	const struct params *typed = &p->req->form;
	const struct form_row *row = report_row_of(set, x->form, x->indicator);
	struct arena *a = p->req->arena;

	to->form = x->form;
	to->indicator = x->indicator;
	to->reason = x->reason;
	to->open = p->v->reason && str_eq(params_get(typed, "form"), x->form) &&
	           str_eq(params_get(typed, "indicator"), x->indicator);
	to->to = report_form_url(
	        p->req, &p->r,
	        link_form_figure_show(set->code, x->form, row ? row->code : x->indicator));
	TRY(report_figure_text(&to->before, a, x->before));
	TRY(report_figure_text(&to->after, a, x->after));
	return arena_printf(a, &to->where, "%s %s, %s %s", set->printed, x->form,
	                    row ? row->code : x->indicator, row ? row->label : "");
}

static ERR_RESULT fill_amendments(struct page *p, const struct form_set *set)
{
	struct req *req = p->req;
	struct report_amendments list;
	struct report_amendment_line *lines;
	struct report_actor who = report_actor_of(req->actor);

	if (row_is_none(p->r.amends_report_id))
		return ERR_OK;
	TRY(report_amendments(&list, req->db, req->arena, p->r.id));
	TRY(arena_array(req->arena, &lines, list.n + 1));
	for (size_t i = 0; i < list.n; i++)
		TRY(fill_amendment(p, &lines[i], set, &list.at[i]));
	p->v->amendments = lines;
	p->v->n_amendments = list.n;
	p->v->n_without_reason = list.n_without_reason;
	p->v->may_amend = p->r.state == REPORT_COMPILING &&
	                  (who.permissions & MAY(REPORT_COMPILE)) != 0 &&
	                  report_stands(REPORT_OWN, &who, &p->r);
	return ERR_OK;
}

/* ---- comments and history ---- */

static ERR_RESULT fill_comment(struct page *p, struct report_comment_line *line,
                               const struct form_set *set)
{
	const struct report_comment *c = line->comment;
	const struct form_row *row = report_row_of(set, c->form, c->indicator);
	struct report_actor who = report_actor_of(p->req->actor);

	line->may_settle = (who.permissions & MAY(REPORT_COMPILE)) != 0 &&
	                   report_stands(REPORT_OWN, &who, &p->r);
	line->may_settle |= row_eq(c->account_id, who.account_id);
	if (str_blank(c->indicator))
		return ERR_OK;
	if (!row)
		return arena_printf(p->req->arena, &line->where, "%s %s, %s", set->printed,
		                    c->form, c->indicator);
	line->has_link = true;
	line->to = report_form_url(
	        p->req, &p->r, link_form_figure_show(set->code, row->form->code, row->code));
	return arena_printf(p->req->arena, &line->where, "%s %s, %s %s", set->printed,
	                    row->form->code, row->code, row->label);
}

static ERR_RESULT fill_comments(struct page *p, const struct form_set *set)
{
	struct req *req = p->req;
	struct report_comments list;
	struct report_comment_line *lines;
	struct report_actor who = report_actor_of(req->actor);

	TRY(report_comments(&list, req->db, req->arena, req->actor->unit_id, p->r.id));
	TRY(arena_array(req->arena, &lines, list.n + 1));
	for (size_t i = 0; i < list.n; i++) {
		lines[i].comment = &list.at[i];
		TRY(fill_comment(p, &lines[i], set));
	}
	p->v->comments = lines;
	p->v->n_comments = list.n;
	p->v->n_open = list.n_open;
	p->v->may_comment = (who.permissions & MAY_ACT_ON_REPORTS) != 0 &&
	                    (report_stands(REPORT_OWN, &who, &p->r) ||
	                     report_stands(REPORT_ABOVE, &who, &p->r));
	return ERR_OK;
}

static ERR_RESULT fill_events(struct page *p)
{
	struct req *req = p->req;
	struct report_events list;
	struct report_event_line *lines;

	TRY(report_events(&list, req->db, req->arena, req->actor->unit_id, p->r.id));
	TRY(arena_array(req->arena, &lines, list.n + 1));
	for (size_t i = 0; i < list.n; i++) {
		const struct report_event *e = &list.at[i];

		lines[i].event = e;
		lines[i].what = e->action == REPORT_ACTION_COUNT_
		                        ? msg_text(MSG_REPORT_PAGE_EVENT_OPEN)
		                        : report_action_rule(e->action)->past;
		lines[i].tone = e->to == REPORT_RETURNED   ? "late"
		                : e->to == REPORT_ACCEPTED ? "ok"
		                                           : "";
		TRY(report_document(&lines[i].document, req->arena, e->number, e->notation));
	}
	p->v->events = lines;
	p->v->n_events = list.n;
	return ERR_OK;
}

/* ---- what others make of it ---- */

static void add_link(struct page *p, const char *icon, enum msg label, struct url to,
                     bool download)
{
	if (p->v->n_links < REPORT_MOST_LINKS)
		p->v->links[p->v->n_links++] = (struct report_link){
			.label = msg_text(label), .icon = icon, .to = to, .download = download
		};
}

static void fill_links(struct page *p)
{
	row_id id = p->r.id;

	add_link(p, "edit", MSG_REPORT_LINK_TEXT, link_report_text_show(id), false);
	add_link(p, "download", MSG_REPORT_LINK_DOCX, link_report_docx_file(id), true);
	add_link(p, "print", MSG_REPORT_LINK_PDF, link_report_pdf_file(id), true);
	if (report_has_package(&p->r))
		add_link(p, "download", MSG_REPORT_LINK_DOWNLOAD, link_report_package_file(id),
		         true);
	if (p->r.content_sha256)
		add_link(p, "history", MSG_REPORT_LINK_MOVED, link_report_moved_show(id),
		         false);
	if (report_state_is_sent(p->r.state) &&
	    (p->req->actor->permissions & (MAY(REPORT_NUMBER) | MAY(REPORT_RECEIVE))) != 0)
		add_link(p, "send", MSG_REPORT_LINK_PACKAGE, link_exchange_show(), false);
}

/* ---- the page ---- */

static ERR_RESULT fill_sheet(struct page *p)
{
	struct rollup_sheet sheet;

	TRY(report_sheet_of(&sheet, p->req, &p->r));
	TRY(fill_forms(p, &sheet));
	TRY(report_mine_fill(&p->v->mine, p->req, &p->r, &sheet));
	TRY(fill_amendments(p, sheet.set));
	return fill_comments(p, sheet.set);
}

static ERR_RESULT fill_head(struct page *p)
{
	struct report_show_view *v = p->v;
	const struct report *r = &p->r;
	struct arena *a = p->req->arena;
	const char *of;

	v->r = r;
	TRY(arena_printf(a, &of, "%s/%s", r->regime_code, r->period));
	v->board = url_with(link_report_board_show(), "of", of);
	v->standing = report_standing_badge(report_standing(
	        r->state, r->send_by_on, r->first_sent_on, clock_today(&p->req->clock)));
	v->docx = link_report_docx_file(r->id);
	v->pdf = link_report_pdf_file(r->id);
	v->amends = link_report_show(r->amends_report_id);
	v->amended_by = link_report_show(r->amended_by_id);
	TRY(report_document(&v->document, a, r->number, r->notation));
	return report_lock_why(&v->locked, a, r);
}

enum err report_page_show(struct report_show_view *v, struct req *req, struct resp *resp,
                          enum report_action tried)
{
	struct page p = { .req = req, .v = v, .tried = tried };

	TRY(report_page_find(&p.r, req));
	TRY(fill_head(&p));
	TRY(fill_steps(&p));
	fill_offers(&p);
	TRY(fill_number(&p));
	TRY(fill_sheet(&p));
	TRY(fill_events(&p));
	fill_links(&p);
	TRY(msg_format(&resp->title, req->arena, MSG_REPORT_PAGE_SHOW, p.r.period_name,
	               p.r.unit_name));
	tmpl_report_show(&resp->out, v);
	return ERR_OK;
}

enum err report_show(struct req *req, struct resp *resp)
{
	struct report_show_view v = { 0 };

	if (params_get(&req->query, "done"))
		v.said = msg_text(MSG_REPORT_PAGE_DONE);
	return report_page_show(&v, req, resp, REPORT_ACTION_COUNT_);
}
