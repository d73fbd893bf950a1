/* report_board_page.c - GET /reports, GET /reports/reminders, POST /reports/open. */
#include "app/report/report_board_store.h"

#include <stdio.h>
#include <string.h>

#include "app/account/actor.h"
#include "app/report/report_own_page.h"
#include "app/report/report_store.h"
#include "base/vec.h"
#include "gen/links.h"
#include "gen/pages.h"

enum { PAGE_ROWS = 50, MOST_OPENABLE = 12, REMIND_DAYS = 7, REMIND_MOST = 500 };

struct board {
	struct req *req;
	struct report_periods periods;
	const struct report_period *chosen; /* NULL: there is no report at all */
	const char *of;
	struct report_filter filter;
	struct report_board_view v;
	struct problems problems;
};

/* ---- which period ---- */

static ERR_RESULT of_text(const char **out, struct arena *a, const char *regime,
                          const char *period)
{
	return arena_printf(a, out, "%s/%s", regime, period);
}

/* The one asked for, else the latest. */
static ERR_RESULT choose_period(struct board *b)
{
	struct req *req = b->req;
	const char *asked = params_get(&req->query, "of"), *of;

	TRY(report_periods(&b->periods, req->db, req->arena, req->actor->unit_id));
	for (size_t i = 0; i < b->periods.n; i++) {
		const struct report_period *p = &b->periods.at[i];

		TRY(of_text(&of, req->arena, p->regime_code, p->period));
		if (str_eq(of, asked))
			b->chosen = p;
	}
	if (!b->chosen && b->periods.n > 0)
		b->chosen = &b->periods.at[0];
	b->of = "";
	if (b->chosen)
		TRY(of_text(&b->of, req->arena, b->chosen->regime_code, b->chosen->period));
	return ERR_OK;
}

static ERR_RESULT start_board(struct board *b, struct req *req)
{
	*b = (struct board){ .req = req };
	problems_init(&b->problems, req->arena);
	TRY(choose_period(b));
	b->filter = (struct report_filter){ .scope = req->actor->unit_id,
		                            .today = clock_today(&req->clock),
		                            .send_by_until = DATE_NONE };
	if (b->chosen) {
		b->filter.regime = b->chosen->regime_code;
		b->filter.period = b->chosen->period;
	}
	return ERR_OK;
}

/* "quý III năm 2026", with the name of the regime where there are several. */
static ERR_RESULT period_title(const char **out, const struct board *b,
                               const struct report_regimes *all, const struct report_period *p)
{
	bool several = false;
	const char *title = p->regime_code;

	for (size_t i = 0; i < b->periods.n; i++)
		several |= !str_eq(b->periods.at[i].regime_code, p->regime_code);
	for (size_t i = all->n; i > 0; i--)
		if (str_eq(all->at[i - 1].code, p->regime_code))
			title = all->at[i - 1].title;
	if (!several)
		return arena_strdup(b->req->arena, out, p->period_name);
	return arena_printf(b->req->arena, out, "%s - %s", p->period_name, title);
}

static ERR_RESULT list_periods(struct board *b, const struct report_regimes *all)
{
	struct arena *a = b->req->arena;
	struct choice *choices;

	TRY(arena_array(a, &choices, b->periods.n + 1));
	for (size_t i = 0; i < b->periods.n; i++) {
		const struct report_period *p = &b->periods.at[i];

		TRY(of_text(&choices[i].value, a, p->regime_code, p->period));
		TRY(period_title(&choices[i].label, b, all, p));
		if (p == b->chosen)
			b->v.title = choices[i].label;
	}
	b->v.of = b->of;
	b->v.periods = choices;
	b->v.n_periods = b->periods.n;
	return ERR_OK;
}

/* ---- what may be opened ---- */

static bool is_open(const struct board *b, const char *regime, const char *period)
{
	for (size_t i = 0; i < b->periods.n; i++)
		if (str_eq(b->periods.at[i].regime_code, regime) &&
		    str_eq(b->periods.at[i].period, period))
			return true;
	return false;
}

static ERR_RESULT add_openable(struct board *b, struct choice *choices,
                               const struct report_regime *g)
{
	struct arena *a = b->req->arena;
	struct report_span spans[MOST_OPENABLE];
	size_t n = report_spans_around(spans, MOST_OPENABLE, g, b->filter.today);

	for (size_t i = 0; i < n && b->v.n_openable < MOST_OPENABLE; i++) {
		struct choice *c = &choices[b->v.n_openable];

		if (is_open(b, g->code, spans[i].code))
			continue;
		TRY(of_text(&c->value, a, g->code, spans[i].code));
		TRY(report_span_name(&c->label, a, &spans[i]));
		b->v.n_openable++;
	}
	return ERR_OK;
}

/* Periods without a report, of the regimes that hold for the reader's office. */
static ERR_RESULT list_openable(struct board *b, const struct report_regimes *all)
{
	struct req *req = b->req;
	struct choice *choices;

	b->v.may_open = actor_may(req->actor, PERMISSION_REPORT_COMPILE) ||
	                actor_may(req->actor, PERMISSION_REPORT_RECEIVE);
	if (!b->v.may_open)
		return ERR_OK;
	TRY(arena_array(req->arena, &choices, MOST_OPENABLE + 1));
	for (size_t i = 0; i < all->n; i++) {
		struct report_regime g;
		bool again = i > 0 && str_eq(all->at[i].code, all->at[i - 1].code);
		enum err e;

		if (again)
			continue;
		e = report_regime_of(&g, req->db, req->arena, all->at[i].code,
		                     req->actor->unit_id, b->filter.today);
		if (e == ERR_NOT_FOUND)
			continue;
		TRY(e);
		TRY(add_openable(b, choices, &g));
	}
	b->v.openable = choices;
	b->v.to_open = params_get(&req->form, "open");
	return ERR_OK;
}

/* ---- the units below ---- */

static ERR_RESULT rate_text(const char **out, struct arena *a, int64_t part, int64_t whole,
                            dec_t rate)
{
	char n[24], of[24], percent[DEC_TEXT];

	snprintf(n, sizeof(n), "%lld", (long long)part);
	snprintf(of, sizeof(of), "%lld", (long long)whole);
	return msg_format(out, a, MSG_REPORT_PAGE_RATE, n, of,
	                  dec_vn(dec_round(rate, 1), 1, percent));
}

static ERR_RESULT fill_rates(struct board *b)
{
	struct req *req = b->req;
	struct report_rates r;

	TRY(report_rates(&r, req->db, req->actor->unit_id, b->chosen->regime_code,
	                 b->chosen->period));
	if (r.owed == 0)
		return ERR_OK;
	TRY(rate_text(&b->v.complete, req->arena, r.sent, r.owed, r.complete));
	return rate_text(&b->v.timely, req->arena, r.in_time, r.owed, r.timely);
}

static struct url board_url(const struct board *b)
{
	return url_with(link_report_board_show(), "of", b->of);
}

static ERR_RESULT fill_counts(struct board *b)
{
	struct arena *a = b->req->arena;
	struct report_counts counts;
	struct report_level_view *levels;
	const char **states;
	int64_t all = 0;

	TRY(report_counts(&counts, b->req->db, a, &b->filter));
	TRY(arena_array(a, &levels, counts.n + 1));
	TRY(arena_array(a, &states, REPORT_BOARD_STATES));
	for (int s = 0; s < REPORT_BOARD_STATES; s++)
		states[s] = report_state_text((enum report_state)s);
	for (size_t i = 0; i < counts.n; i++) {
		const struct report_level_counts *from = &counts.at[i];

		levels[i] = (struct report_level_view){ .name = from->level_name,
			                                .word = from->level,
			                                .to = url_with(board_url(b), "level",
			                                               from->level),
			                                .n = from->n,
			                                .overdue = from->overdue,
			                                .sent_late = from->sent_late };
		memcpy(levels[i].by_state, from->by_state, sizeof(levels[i].by_state));
		all += from->n;
	}
	b->v.states = states;
	b->v.levels = levels;
	b->v.n_levels = counts.n;
	b->v.has_below = all > (b->v.own.there ? 1 : 0);
	return ERR_OK;
}

static ERR_RESULT fill_tiles(struct board *b)
{
	static const struct {
		const char *tone, *icon;
	} looks[REPORT_VIEWS] = {
		[REPORT_VIEW_ALL] = { "", "file" },
		[REPORT_VIEW_OVERDUE] = { "late", "alert" },
		[REPORT_VIEW_UNSENT] = { "soon", "clock" },
		[REPORT_VIEW_SENT] = { "wait", "inbox" },
		[REPORT_VIEW_ACCEPTED] = { "ok", "done" },
		[REPORT_VIEW_RETURNED] = { "late", "return" },
		[REPORT_VIEW_SENT_LATE] = { "soon", "calendar" },
	};

	for (int i = 0; i < REPORT_VIEWS; i++) {
		struct report_filter f = b->filter;
		enum report_view view = (enum report_view)i;

		f.view = view;
		f.level = NULL;
		b->v.tiles[i] = (struct report_tile){ .to = url_with(board_url(b), "view",
			                                             report_view_word(view)),
			                              .label = report_view_text(view),
			                              .tone = looks[i].tone,
			                              .icon = looks[i].icon,
			                              .current = b->filter.view == view };
		TRY(report_count(&b->v.tiles[i].count, b->req->db, &f));
	}
	return ERR_OK;
}

/* ---- the list ---- */

static ERR_RESULT fill_rows(struct board *b, const struct report_rows *rows)
{
	struct report_row_view *views;

	TRY(arena_array(b->req->arena, &views, rows->n + 1));
	for (size_t i = 0; i < rows->n; i++) {
		const struct report_row *r = &rows->at[i];

		views[i] = (struct report_row_view){ r, report_state_badge(r->state),
			                             report_standing_badge(r->standing), NULL };
		TRY(report_document(&views[i].document, b->req->arena, r->number, r->notation));
	}
	b->v.rows = views;
	b->v.n_rows = rows->n;
	return ERR_OK;
}

/* "Quá hạn gửi, Xã". */
static ERR_RESULT list_title(struct board *b)
{
	const char *view = report_view_text(b->filter.view);

	b->v.list_title = b->v.with_period ? msg_text(MSG_REPORT_PAGE_OWN_LIST) : view;
	for (size_t i = 0; i < b->v.n_levels && b->filter.level; i++)
		if (str_eq(b->v.levels[i].word, b->filter.level))
			return arena_printf(b->req->arena, &b->v.list_title, "%s: %s", view,
			                    b->v.levels[i].name);
	return ERR_OK;
}

static ERR_RESULT fill_list(struct board *b)
{
	struct req *req = b->req;
	struct report_filter f = b->filter;
	struct report_after after = { params_get(&req->query, "code"),
		                      params_id(&req->query, "after") };
	struct report_rows rows;
	struct url here = url_with(board_url(b), "view", report_view_word(f.view));

	if (!after.code)
		after.id = ROW_NONE;
	b->v.with_period = !b->v.has_below;
	if (b->v.with_period)
		f.period = NULL;
	here = url_with(here, "level", f.level);
	TRY(report_list(&rows, req->db, req->arena, &f, after, PAGE_ROWS));
	TRY(fill_rows(b, &rows));
	if (!row_is_none(after.id))
		b->v.pager.previous = here;
	if (rows.more) {
		const struct report_row *last = &rows.at[rows.n - 1];

		b->v.pager.next = url_with_int(url_with(here, "code", last->unit_code), "after",
		                               (long long)last->id.value);
	}
	return list_title(b);
}

/* ---- the page ---- */

static ERR_RESULT fill_own(struct board *b)
{
	struct req *req = b->req;
	struct report_of of = { req->actor->unit_id, req->actor->unit_id,
		                b->chosen->regime_code, b->chosen->period };
	struct report r;
	enum err e = report_find_period(&r, req->db, req->arena, &of, b->filter.today);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return report_own_fill(&b->v.own, req, &r);
}

static ERR_RESULT fill_chosen(struct board *b)
{
	const char *view = params_get(&b->req->query, "view");
	const char *level = params_get(&b->req->query, "level");

	b->v.from_on = b->chosen->from_on;
	b->v.to_on = b->chosen->to_on;
	b->v.send_by_on = b->chosen->send_by_on;
	TRY(fill_own(b));
	TRY(fill_counts(b));
	if (view)
		(void)report_view_parse(&b->filter.view, view);
	b->filter.level = str_blank(level) ? NULL : level;
	if (b->v.has_below) {
		TRY(fill_tiles(b));
		TRY(fill_rates(b));
	}
	return fill_list(b);
}

static ERR_RESULT show_board(struct board *b, struct resp *resp)
{
	struct req *req = b->req;
	struct report_regimes all;

	TRY(report_regimes(&all, req->db, req->arena));
	b->v.unit_name = req->actor->unit_name;
	b->v.regimes = link_report_regime_list();
	b->v.reminders = url_with(link_report_remind_list(), "of", b->of);
	b->v.problems = &b->problems;
	b->v.may_exchange = actor_may(req->actor, PERMISSION_REPORT_NUMBER) ||
	                    actor_may(req->actor, PERMISSION_REPORT_RECEIVE);
	TRY(list_periods(b, &all));
	if (b->chosen)
		TRY(fill_chosen(b));
	TRY(list_openable(b, &all));
	resp->title = msg_text(MSG_REPORT_PAGE_BOARD);
	tmpl_report_board(&resp->out, &b->v);
	return ERR_OK;
}

enum err report_board_show(struct req *req, struct resp *resp)
{
	long long opened = params_int(&req->query, "opened", -1);
	struct board b;
	char n[24];

	TRY(start_board(&b, req));
	snprintf(n, sizeof(n), "%lld", opened);
	if (opened >= 0)
		TRY(msg_format(&b.v.said, req->arena, MSG_REPORT_PAGE_OPENED, n));
	return show_board(&b, resp);
}

/* ---- opening ---- */

static struct url after_opening(row_id result)
{
	(void)result;
	return link_report_board_show();
}

static ERR_RESULT open_period(struct board *b, struct report_opening *x)
{
	struct req *req = b->req;
	struct change change = actor_change(req, "report.open", after_opening);
	const char *of = params_get(&req->form, "open"), *slash = of ? strchr(of, '/') : NULL;

	if (!slash)
		return problems_say(&b->problems, "open", 0, MSG_REPORT_PAGE_WHICH);
	TRY(arena_strndup(req->arena, &x->regime, of, (size_t)(slash - of)));
	x->period = slash + 1;
	x->day = b->filter.today;
	enum err e = report_open(req->writer, &change, x, &b->problems);

	return e == ERR_INPUT && b->problems.n > 0 ? ERR_OK : e;
}

enum err report_open_now(struct req *req, struct resp *resp)
{
	struct report_opening x = { 0 };
	struct board b;

	TRY(start_board(&b, req));
	TRY(req_problems(req, &b.problems));
	if (b.problems.n == 0)
		TRY(open_period(&b, &x));
	if (b.problems.n > 0) {
		resp->status = 422;
		return show_board(&b, resp);
	}
	struct url to =
	        url_with(link_report_board_show(), "of", params_get(&req->form, "open"));
	return resp_redirect(resp, url_with_int(to, "opened", (long long)x.n_opened));
}

/* ---- reminders ---- */

static ERR_RESULT left_text(const char **out, struct arena *a, date_t send_by, date_t today)
{
	int days = send_by.days - today.days;
	char n[24];

	snprintf(n, sizeof(n), "%d", days < 0 ? -days : days);
	if (days == 0)
		return arena_strdup(a, out, msg_text(MSG_REPORT_PAGE_TODAY));
	return msg_format(out, a, days < 0 ? MSG_REPORT_PAGE_LATE : MSG_REPORT_PAGE_LEFT, n);
}

enum err report_remind_list(struct req *req, struct resp *resp)
{
	struct board b;
	struct report_regimes all;
	struct report_rows rows = { 0 };
	struct report_remind_row *views;
	struct report_remind_view v = { .unit_name = req->actor->unit_name };

	TRY(start_board(&b, req));
	TRY(report_regimes(&all, req->db, req->arena));
	TRY(list_periods(&b, &all));
	v.days = params_int(&req->query, "days", REMIND_DAYS);
	if (v.days < 0 || v.days > 366)
		v.days = REMIND_DAYS;
	if (b.chosen)
		TRY(report_reminders(&rows, req->db, req->arena, &b.filter, (int)v.days,
		                     REMIND_MOST));
	TRY(arena_array(req->arena, &views, rows.n + 1));
	for (size_t i = 0; i < rows.n; i++) {
		views[i].row = &rows.at[i];
		views[i].state = report_state_badge(rows.at[i].state);
		TRY(left_text(&views[i].left, req->arena, rows.at[i].send_by_on,
		              b.filter.today));
	}
	v.title = b.v.title;
	v.today = b.filter.today;
	v.board = board_url(&b);
	v.of = b.of;
	v.rows = views;
	v.n_rows = rows.n;
	v.more = rows.more;
	resp->title = msg_text(MSG_REPORT_PAGE_REMIND);
	tmpl_report_remind(&resp->out, &v);
	return ERR_OK;
}
