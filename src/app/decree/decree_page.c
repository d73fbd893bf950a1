/* decree_page.c - days off and worked, decisions of a year, weekly sessions: what a document
 * changes in a calendar.  Each change counts the dues of open dossiers again. */
#include <stdio.h>

#include "app/account/actor.h"
#include "app/calendar/calendar_draft.h"
#include "app/decree/decree_view.h"
#include "base/str.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

static struct url after_change(row_id result)
{
	(void)result;
	return url_with_int(link_calendar_changes(), "moved", 0);
}

/* Counts the dues of open dossiers again and leads to the list of those that moved. */
static enum err recount(struct req *req, struct resp *resp, const struct change *made)
{
	struct change change = actor_change(req, "calendar.recount", NULL);
	int n_moved;

	change.request_id = NULL; /* the change of the calendar has answered it */
	change.reason = made->reason;
	TRY(decree_recount(&n_moved, req->writer, &change, app_calendars(req->app)));
	return resp_redirect(resp, url_with_int(link_calendar_changes(), "moved", n_moved));
}

/* ---- days and decisions ---- */

static enum err fill_rows(struct decree_changes_view *v, struct req *req)
{
	struct calendar_settings s;
	struct decree_change_row *rows;
	row_id own = req->actor->unit_id;
	size_t n = 0;

	TRY(calendar_settings_load(&s, req->db, req->arena, own, clock_today(&req->clock)));
	TRY(arena_array(req->arena, &rows, s.n_exceptions + s.n_decisions));
	for (size_t i = 0; i < s.n_exceptions; i++) {
		const struct calendar_exception_row *r = &s.exceptions[i];
		bool off = r->exception.kind == EXCEPTION_OFF;

		rows[n++] = (struct decree_change_row){
			.id = r->id,
			.own = row_eq(r->unit_id, own),
			.unit_name = r->unit_name,
			.what = msg_text(off ? MSG_CALENDAR_KIND_OFF
			                     : MSG_CALENDAR_KIND_MADE_UP),
			.name = r->exception.name,
			.source = r->exception.source,
			.on = r->exception.on,
		};
	}
	for (size_t i = 0; i < s.n_decisions; i++) {
		const struct year_decision_row *r = &s.decisions[i];
		struct decree_change_row *row = &rows[n++];
		char digits[4] = { (char)('0' + r->decision.tet_days_before % 10) };

		*row = (struct decree_change_row){ .id = r->id,
			                           .own = row_eq(r->unit_id, own),
			                           .unit_name = r->unit_name,
			                           .what = msg_text(MSG_CALENDAR_DECISION),
			                           .source = r->decision.source,
			                           .on = DATE_NONE };
		TRY(arena_printf(req->arena, &row->year, "%d", r->decision.year));
		TRY(msg_format(&row->name, req->arena, MSG_CALENDAR_DECISION_TEXT, digits,
		               r->decision.national_day_before ? "01/9" : "03/9"));
	}
	v->rows = rows;
	v->n_rows = n;
	return ERR_OK;
}

static enum err show_changes(struct req *req, struct resp *resp, struct decree_changes_view *v)
{
	struct decree_moved_rows moved;

	v->unit_name = req->actor->unit_name;
	TRY(fill_rows(v, req));
	TRY(decree_moved(&moved, req->db, req->arena, req->actor->unit_id,
	                 clock_today(&req->clock)));
	v->moved = moved.at;
	v->n_moved_rows = moved.n;
	TRY(decree_owed_dossiers(&v->n_owed, req->db, req->actor->unit_id,
	                         clock_today(&req->clock)));
	if (v->problems && v->problems->n > 0)
		resp->status = 422;
	resp->title = msg_text(MSG_CALENDAR_CHANGES_TITLE);
	tmpl_decree_changes(&resp->out, v);
	return ERR_OK;
}

enum err calendar_changes(struct req *req, struct resp *resp)
{
	long long n_moved = params_int(&req->query, "moved", -1);
	struct decree_changes_view v = { .changed = n_moved >= 0, .n_moved = (int)n_moved };

	return show_changes(req, resp, &v);
}

enum err calendar_except_add(struct req *req, struct resp *resp)
{
	const struct params *f = &req->form;
	struct decree_changes_view v = { .on = params_get(f, "on"),
		                         .to = params_get(f, "to"),
		                         .kind = params_get(f, "kind"),
		                         .sessions = params_get(f, "sessions"),
		                         .name = params_get(f, "name"),
		                         .source = params_get(f, "source") };
	struct exception_draft draft = { v.on, v.to, v.kind, v.sessions, v.name, v.source };
	struct exceptions_checked checked;
	struct problems problems;

	TRY(req_problems(req, &problems));
	v.problems = &problems;
	TRY(exception_draft_check(&checked, &problems, &draft));
	if (problems.n > 0)
		return show_changes(req, resp, &v);
	struct change change = actor_change(req, "calendar.except", after_change);
	change.reason = v.name;
	TRY(calendar_except(req->writer, &change, &checked.exception, checked.n_days));
	return recount(req, resp, &change);
}

/* Both forms of the page have a document; the second one's field has its own name. */
static enum err rename_field(struct problems *problems, struct problems *from)
{
	for (const struct problem *p = from->first; p; p = p->next)
		TRY(problems_add(problems,
		                 str_eq(p->field, "source") ? "decision_source" : p->field, 0,
		                 p->message));
	return ERR_OK;
}

enum err calendar_decide_year(struct req *req, struct resp *resp)
{
	const struct params *f = &req->form;
	struct decree_changes_view v = {
		.year = params_get(f, "year"),
		.tet_days_before = params_get(f, "tet_days_before"),
		.national_day = params_get(f, "national_day"),
		.decision_source = params_get(f, "decision_source"),
	};
	struct decision_draft draft = { v.year, v.tet_days_before, v.national_day,
		                        v.decision_source };
	struct year_decision decision;
	struct problems problems, found;

	TRY(req_problems(req, &problems));
	problems_init(&found, req->arena);
	v.problems = &problems;
	TRY(decision_draft_check(&decision, &found, &draft));
	TRY(rename_field(&problems, &found));
	if (problems.n > 0)
		return show_changes(req, resp, &v);
	struct change change = actor_change(req, "calendar.decide", after_change);
	change.reason = v.decision_source;
	TRY(calendar_decide(req->writer, &change, &decision));
	return recount(req, resp, &change);
}

enum err calendar_take_back(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct decree_changes_view v = { .problems = &problems };

	TRY(req_problems(req, &problems));
	if (problems.n > 0)
		return show_changes(req, resp, &v);
	struct change change = actor_change(req, "calendar.withdraw", after_change);
	change.reason = msg_text(MSG_DECREE_TAKEN_BACK);
	TRY(calendar_withdraw(req->writer, &change, params_id(&req->route, "id")));
	return recount(req, resp, &change);
}

/* ---- sessions ---- */

static enum err session_texts(const char *out[7], struct arena *a, const struct work_week *week)
{
	char text[DAY_SESSIONS_TEXT];

	for (int i = 0; i < 7; i++)
		TRY(arena_strdup(a, &out[i], day_sessions_text(&week->days[i], text)));
	return ERR_OK;
}

/* The program's week, then those of the ancestors, then the unit's own. */
static enum err fill_weeks(struct decree_sessions_view *v, struct req *req)
{
	struct calendar_settings s;
	struct decree_week_row *rows;
	row_id own = req->actor->unit_id;

	TRY(calendar_settings_load(&s, req->db, req->arena, own, clock_today(&req->clock)));
	TRY(arena_array(req->arena, &rows, s.n_weeks + 1));
	rows[0].from = DATE_NONE;
	rows[0].shipped = true;
	rows[0].source = msg_text(MSG_CALENDAR_DEFAULT_WEEK);
	TRY(session_texts(rows[0].days, req->arena, &calendar_default_week));
	for (size_t i = 0; i < s.n_weeks; i++) {
		rows[i + 1].from = s.weeks[i].week.from;
		rows[i + 1].own = row_eq(s.weeks[i].unit_id, own);
		rows[i + 1].source = s.weeks[i].source;
		TRY(session_texts(rows[i + 1].days, req->arena, &s.weeks[i].week));
	}
	v->rows = rows;
	v->n_rows = s.n_weeks + 1;
	return ERR_OK;
}

static enum err show_sessions(struct req *req, struct resp *resp,
                              struct decree_sessions_view *v, const struct week_draft *typed)
{
	struct decree_day_field *fields;

	TRY(fill_weeks(v, req));
	TRY(arena_array(req->arena, &fields, 7));
	for (int i = 0; i < 7; i++) {
		const struct decree_week_row *last = &v->rows[v->n_rows - 1];

		TRY(arena_printf(req->arena, &fields[i].name, "day%d", i));
		fields[i].label = msg_text((enum msg)(MSG_CALENDAR_MONDAY + i));
		fields[i].value = typed ? typed->days[i] : last->days[i];
	}
	v->fields = fields;
	v->n_fields = 7;
	v->unit_name = req->actor->unit_name;
	v->may_manage = actor_may(req->actor, PERMISSION_CALENDAR_MANAGE);
	if (v->problems && v->problems->n > 0)
		resp->status = 422;
	resp->title = msg_text(MSG_CALENDAR_SESSIONS_TITLE);
	tmpl_decree_sessions(&resp->out, v);
	return ERR_OK;
}

enum err calendar_sessions(struct req *req, struct resp *resp)
{
	return show_sessions(req, resp, &(struct decree_sessions_view){ .from = NULL }, NULL);
}

enum err calendar_set_sessions(struct req *req, struct resp *resp)
{
	static const char *const names[] = { "day0", "day1", "day2", "day3",
		                             "day4", "day5", "day6" };
	struct week_draft draft = { .from = params_get(&req->form, "from"),
		                    .source = params_get(&req->form, "source") };
	struct decree_sessions_view v = { .from = draft.from, .source = draft.source };
	struct problems problems;
	struct work_week week;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		draft.days[i] = params_get(&req->form, names[i]);
	TRY(req_problems(req, &problems));
	v.problems = &problems;
	TRY(week_draft_check(&week, &problems, &draft));
	if (problems.n > 0)
		return show_sessions(req, resp, &v, &draft);
	struct change change = actor_change(req, "calendar.sessions", after_change);
	change.reason = draft.source;
	TRY(calendar_set_week(req->writer, &change, &week, draft.source));
	return recount(req, resp, &change);
}
