/* report_regime_page.c - the regimes, and an office's own version of one. */
#include <stdio.h>
#include <string.h>

#include "app/account/actor.h"
#include "app/form/form_store.h"
#include "app/report/report_regime_view.h"
#include "app/report/report_store.h"
#include "app/unit/unit_store.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

/* ---- the list ---- */

static ERR_RESULT day_month(const char **out, struct arena *a, int day, int month)
{
	return arena_printf(a, out, "%02d/%02d", day, month);
}

/* Names as they read in this year. */
static ERR_RESULT fill_periods(struct regime_view *v, struct arena *a, int year)
{
	struct regime_period_line *lines;

	TRY(arena_array(a, &lines, v->g->n_periods + 1));
	for (size_t i = 0; i < v->g->n_periods; i++) {
		const struct regime_period *p = &v->g->periods[i];

		lines[i].code = p->code;
		lines[i].opens_days = p->opens_days;
		TRY(report_span_name(&lines[i].name, a,
		                     &(struct report_span){ .period = p, .year = year }));
		TRY(day_month(&lines[i].from, a, p->from_day, p->from_month));
		TRY(day_month(&lines[i].to, a, p->to_day, p->to_month));
		TRY(day_month(&lines[i].send, a, p->send_day, p->send_month));
		if (p->years_before)
			TRY(msg_format(&lines[i].from, a, MSG_REGIME_PAGE_BEFORE,
			               lines[i].from));
	}
	v->periods = lines;
	v->n_periods = v->g->n_periods;
	return ERR_OK;
}

static ERR_RESULT fill_levels(struct regime_view *v, const struct req *req,
                              const struct unit_levels *levels)
{
	bool may_outline = actor_may(req->actor, PERMISSION_FORM_MANAGE);
	struct regime_level_line *lines;

	TRY(arena_array(req->arena, &lines, v->g->n_levels + 1));
	for (size_t i = 0; i < v->g->n_levels; i++) {
		lines[i].level = v->g->levels[i].level;
		lines[i].set = v->g->levels[i].set_code;
		lines[i].may_outline = may_outline;
		lines[i].outline = link_narrative_outline_show(lines[i].set);
		for (size_t k = 0; k < levels->n; k++)
			if (str_eq(levels->at[k].code, lines[i].level))
				lines[i].level = levels->at[k].name;
	}
	v->levels = lines;
	v->n_levels = v->g->n_levels;
	return ERR_OK;
}

/* Everybody's, and those of the offices above and below: a regime holds no secret, but the
 * versions of other provinces are of no use here. */
static ERR_RESULT concerns(bool *out, const struct req *req, const struct report_regime *g)
{
	date_t today = clock_today(&req->clock);

	*out = row_is_none(g->unit_id);
	if (!*out)
		TRY(unit_is_below(out, req->db, req->actor->unit_id, g->unit_id, today));
	if (!*out)
		TRY(unit_is_below(out, req->db, g->unit_id, req->actor->unit_id, today));
	return ERR_OK;
}

static ERR_RESULT whose_name(const char **out, const struct req *req,
                             const struct report_regime *g)
{
	struct unit u;

	*out = msg_text(MSG_REGIME_PAGE_EVERYBODY);
	if (row_is_none(g->unit_id))
		return ERR_OK;
	TRY(unit_find(&u, req->db, req->arena, ROW_NONE, g->unit_id, clock_today(&req->clock)));
	*out = u.name;
	return ERR_OK;
}

enum err report_regime_list(struct req *req, struct resp *resp)
{
	struct regime_list_view v = { .may_add = actor_may(req->actor, PERMISSION_FORM_MANAGE),
		                      .saved = params_get(&req->query, "saved") != NULL,
		                      .add = link_report_regime_new(),
		                      .board = link_report_board_show() };
	struct report_regimes all;
	struct unit_levels levels;
	struct regime_view *views;

	TRY(report_regimes(&all, req->db, req->arena));
	TRY(unit_levels(&levels, req->db, req->arena));
	TRY(arena_array(req->arena, &views, all.n + 1));
	for (size_t i = 0; i < all.n; i++) {
		struct regime_view *to = &views[v.n];
		bool shown;

		TRY(concerns(&shown, req, &all.at[i]));
		if (!shown)
			continue;
		v.n++;
		to->g = &all.at[i];
		to->ended = !date_is_none(to->g->valid_to) &&
		            date_cmp(to->g->valid_to, clock_today(&req->clock)) < 0;
		TRY(whose_name(&to->whose, req, to->g));
		TRY(fill_periods(to, req->arena, date_year(clock_today(&req->clock))));
		TRY(fill_levels(to, req, &levels));
	}
	v.regimes = views;
	resp->title = msg_text(MSG_REGIME_PAGE_LIST);
	tmpl_report_regimes(&resp->out, &v);
	return ERR_OK;
}

/* ---- the form ---- */

enum cell { CELL_CODE, CELL_NAME, CELL_FROM, CELL_BEFORE, CELL_TO, CELL_SEND, CELL_OPENS };
static const struct {
	const char *word;
	enum msg label;
} cells[REGIME_CELLS] = {
	[CELL_CODE] = { "code", MSG_REGIME_CELL_CODE },
	[CELL_NAME] = { "name", MSG_REGIME_CELL_NAME },
	[CELL_FROM] = { "from", MSG_REGIME_CELL_FROM },
	[CELL_BEFORE] = { "before", MSG_REGIME_CELL_BEFORE },
	[CELL_TO] = { "to", MSG_REGIME_CELL_TO },
	[CELL_SEND] = { "send", MSG_REGIME_CELL_SEND },
	[CELL_OPENS] = { "opens", MSG_REGIME_CELL_OPENS },
};

static void cell_name(char out[REGIME_FIELD], size_t line, int cell)
{
	snprintf(out, REGIME_FIELD, "p%zu-%s", line, cells[cell].word);
}

/* What the version that holds now says. */
static ERR_RESULT stored_cells(const char *out[REGIME_CELLS], struct arena *a,
                               const struct regime_period *p)
{
	out[CELL_CODE] = p->code;
	out[CELL_NAME] = p->name;
	out[CELL_BEFORE] = p->years_before ? "1" : "";
	TRY(day_month(&out[CELL_FROM], a, p->from_day, p->from_month));
	TRY(day_month(&out[CELL_TO], a, p->to_day, p->to_month));
	TRY(day_month(&out[CELL_SEND], a, p->send_day, p->send_month));
	return arena_printf(a, &out[CELL_OPENS], "%d", p->opens_days);
}

static ERR_RESULT fill_form_period(struct regime_form_period *to, const struct req *req,
                                   const struct report_regime *base, size_t line)
{
	const char *stored[REGIME_CELLS] = { "", "", "", "", "", "", "" };
	bool typed = params_get(&req->form, "code") != NULL;

	if (!typed && line < base->n_periods)
		TRY(stored_cells(stored, req->arena, &base->periods[line]));
	for (int c = 0; c < REGIME_CELLS; c++) {
		struct regime_cell *cell = &to->cells[c];
		const char *value;

		cell_name(cell->name, line, c);
		value = params_get(&req->form, cell->name);
		cell->value = value ? value : stored[c];
		cell->label = msg_text(cells[c].label);
		cell->ticks = c == CELL_BEFORE;
	}
	return ERR_OK;
}

/* Levels of offices that make reports: rooms of a house do not. */
static bool may_owe(const struct unit_level *l)
{
	return !str_eq(l->code, "office");
}

static ERR_RESULT fill_form_levels(struct regime_form_view *v, const struct req *req,
                                   const struct report_regime *base)
{
	bool typed = params_get(&req->form, "code") != NULL;
	struct regime_form_level *lines;
	struct form_set_names sets;
	struct unit_levels levels;
	struct choice *choices;

	TRY(unit_levels(&levels, req->db, req->arena));
	TRY(form_sets(&sets, req->db, req->arena));
	TRY(arena_array(req->arena, &lines, levels.n + 1));
	TRY(arena_array(req->arena, &choices, sets.n + 1));
	for (size_t i = 0; i < levels.n; i++) {
		struct regime_form_level *to = &lines[v->n_levels];

		if (!may_owe(&levels.at[i]))
			continue;
		v->n_levels++;
		snprintf(to->name, sizeof(to->name), "l-%s", levels.at[i].code);
		to->label = levels.at[i].name;
		to->set = typed ? params_get(&req->form, to->name)
		                : report_regime_set(base, levels.at[i].code);
	}
	for (size_t i = 0; i < sets.n; i++)
		choices[i] = (struct choice){ sets.at[i].code, sets.at[i].title };
	v->levels = lines;
	v->sets = choices;
	v->n_sets = sets.n;
	return ERR_OK;
}

static const char *typed_or(const struct req *req, const char *name, const char *stored)
{
	const char *typed = params_get(&req->form, name);

	return typed ? typed : stored;
}

static ERR_RESULT show_form(struct req *req, struct resp *resp, const struct problems *problems)
{
	struct regime_form_view v = { .unit_name = req->actor->unit_name,
		                      .list = link_report_regime_list(),
		                      .problems = problems };
	struct report_regime base = { 0 };
	enum err e = report_regime_of(&base, req->db, req->arena, "bnv-581",
	                              req->actor->unit_id, clock_today(&req->clock));

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	v.code = typed_or(req, "code", base.code);
	v.title = typed_or(req, "title", base.title);
	v.document = typed_or(req, "document", base.document);
	v.issuer = typed_or(req, "issuer", base.issuer);
	v.valid_from = typed_or(req, "valid_from", "");
	for (size_t i = 0; i < REGIME_FORM_PERIODS; i++)
		TRY(fill_form_period(&v.periods[i], req, &base, i));
	TRY(fill_form_levels(&v, req, &base));
	resp->title = msg_text(MSG_REGIME_PAGE_NEW);
	tmpl_report_regime_form(&resp->out, &v);
	return ERR_OK;
}

enum err report_regime_new(struct req *req, struct resp *resp)
{
	struct problems problems;

	problems_init(&problems, req->arena);
	return show_form(req, resp, &problems);
}

/* ---- saving ---- */

static bool small_number(int *out, struct slice text)
{
	int n = 0;

	if (text.len == 0 || text.len > 3)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		n = n * 10 + (text.at[i] - '0');
	}
	*out = n;
	return true;
}

/* "15/12"; 0/0, which no day is, when it is not that. */
static void read_day(int *day, int *month, const char *text)
{
	struct slice rest = slice_of(text ? text : ""), first;

	*day = *month = 0;
	if (slice_cut(&rest, '/', &first) && small_number(day, first) &&
	    small_number(month, rest))
		return;
	*day = *month = 0;
}

static bool read_period(struct regime_period *p, const struct req *req, size_t line)
{
	const char *typed[REGIME_CELLS];
	char name[REGIME_FIELD];
	bool any = false;

	for (int c = 0; c < REGIME_CELLS; c++) {
		cell_name(name, line, c);
		typed[c] = params_get(&req->form, name);
		any |= !str_blank(typed[c]);
	}
	*p = (struct regime_period){ .code = typed[CELL_CODE] ? typed[CELL_CODE] : "",
		                     .name = typed[CELL_NAME] ? typed[CELL_NAME] : "",
		                     .years_before = str_blank(typed[CELL_BEFORE]) ? 0 : 1,
		                     .opens_days = -1 };
	read_day(&p->from_day, &p->from_month, typed[CELL_FROM]);
	read_day(&p->to_day, &p->to_month, typed[CELL_TO]);
	read_day(&p->send_day, &p->send_month, typed[CELL_SEND]);
	(void)small_number(&p->opens_days,
	                   slice_of(typed[CELL_OPENS] ? typed[CELL_OPENS] : ""));
	return any;
}

static ERR_RESULT read_levels(struct report_regime *g, const struct req *req)
{
	struct unit_levels levels;
	char name[64];

	TRY(unit_levels(&levels, req->db, req->arena));
	for (size_t i = 0; i < levels.n && g->n_levels < REGIME_MOST_LEVELS; i++) {
		const char *set;

		snprintf(name, sizeof(name), "l-%s", levels.at[i].code);
		set = params_get(&req->form, name);
		if (!str_blank(set))
			g->levels[g->n_levels++] =
			        (struct regime_level){ levels.at[i].code, set };
	}
	return ERR_OK;
}

static ERR_RESULT read_regime(struct report_regime *g, const struct req *req)
{
	const struct params *form = &req->form;

	*g = (struct report_regime){ .unit_id = req->actor->unit_id,
		                     .code = params_get(form, "code"),
		                     .title = params_get(form, "title"),
		                     .document = params_get(form, "document"),
		                     .issuer = params_get(form, "issuer"),
		                     .valid_from = params_date(form, "valid_from"),
		                     .valid_to = DATE_NONE };
	if (!g->code)
		g->code = "";
	for (size_t i = 0; i < REGIME_FORM_PERIODS; i++)
		if (read_period(&g->periods[g->n_periods], req, i))
			g->n_periods++;
	return read_levels(g, req);
}

static struct url after_saving(row_id result)
{
	(void)result;
	return url_with(link_report_regime_list(), "saved", "1");
}

enum err report_regime_save(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "report.regime", after_saving);
	struct problems problems;
	struct report_regime g;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	TRY(read_regime(&g, req));
	if (problems.n == 0)
		e = report_regime_add(req->writer, &change, &g, &problems);
	if (e == ERR_OK)
		return resp_redirect(resp, after_saving(change.result));
	if (e != ERR_INPUT || problems.n == 0)
		return e;
	resp->status = 422;
	return show_form(req, resp, &problems);
}
