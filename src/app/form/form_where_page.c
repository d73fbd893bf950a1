#include "app/form/form_where_page.h"

#include <stdio.h>

#include "app/unit/unit_store.h"
#include "gen/links.h"

/* ---- reading ---- */

/* Days win over a period by name; nothing at all is the period due next. */
static ERR_RESULT read_period(struct form_where *w)
{
	const struct params *q = &w->req->query;
	const char *from_text = params_get(q, "from"), *to_text = params_get(q, "to");
	const char *name = params_get(q, "period");
	date_t from = params_date(q, "from"), to = params_date(q, "to");
	bool days = !str_blank(from_text) || !str_blank(to_text);

	w->period = period_current(clock_today(&w->req->clock));
	if (!days && name && !period_parse(&w->period, name))
		return problems_say(w->problems, "period", 0, MSG_FORM_BAD_PERIOD, name);
	if (!days)
		return ERR_OK;
	if (date_is_none(from))
		return problems_say(w->problems, "from", 0, MSG_FORM_PAGE_BAD_DAY);
	if (date_is_none(to) || date_cmp(to, from) < 0 || to.days - from.days > 731)
		return problems_say(w->problems, "to", 0, MSG_FORM_PAGE_BAD_DAYS);
	w->period = period_of_days(from, to);
	return ERR_OK;
}

enum err form_where_read(struct form_where *out, struct req *req, const char *set_code)
{
	struct form_where w = { .req = req, .unit = params_id(&req->query, "unit") };
	const char *form = params_get(&req->route, "form");

	TRY(arena_new(req->arena, &w.problems));
	problems_init(w.problems, req->arena);
	TRY(form_set_open(&w.set, req->db, req->arena,
	                  set_code ? set_code : params_get(&req->route, "set")));
	if (form) {
		w.form = form_find(w.set, form);
		if (!w.form)
			return err_set(ERR_NOT_FOUND, "no form %s", form);
	}
	if (row_is_none(w.unit))
		w.unit = req->actor->unit_id;
	TRY(read_period(&w));
	TRY(period_name(&w.period_text, req->arena, &w.period));
	TRY(arena_printf(req->arena, &w.unit_text, "%lld", (long long)w.unit.value));
	*out = w;
	return ERR_OK;
}

enum err form_where_open(struct form_sheet *out, const struct form_where *w)
{
	struct req *req = w->req;

	return form_sheet_open(
	        out, req->db, req->arena, w->set,
	        &(struct form_sheet_of){ req->actor->unit_id, w->unit, w->period });
}

/* ---- links ---- */

struct url form_where_url(const struct form_where *w, struct url u)
{
	if (!row_eq(w->unit, w->req->actor->unit_id))
		u = url_with(u, "unit", w->unit_text);
	return url_with(u, "period", w->period.code);
}

struct url form_where_sheet(const struct form_where *w, const char *form)
{
	return form_where_url(w, link_form_sheet_show(w->set->code, form));
}

struct url form_where_row(const struct form_where *w, const struct form_row *row)
{
	return form_where_url(w,
	                      link_form_figure_show(w->set->code, row->form->code, row->code));
}

struct url form_where_after(row_id result)
{
	(void)result;
	return link_form_index();
}

/* ---- choices ---- */

enum { MOST_UNITS = 2000, MOST_PERIODS = 90, YEARS_BACK = 3 };

/* Units that make reports of their own: rooms (office) do not. */
static ERR_RESULT list_units(struct form_filter_view *f, const struct form_where *w)
{
	struct req *req = w->req;
	struct unit_rows units;
	struct choice *choices;

	TRY(unit_tree(&units, req->db, req->arena, req->actor->unit_id,
	              clock_today(&req->clock), w->period.to));
	TRY(arena_array(req->arena, &choices, units.n + 1));
	for (size_t i = 0; i < units.n && f->n_units < MOST_UNITS; i++) {
		const struct unit_row *u = &units.at[i];
		struct choice *c = &choices[f->n_units];

		if (str_eq(u->level, "office") && !row_eq(u->id, req->actor->unit_id))
			continue;
		TRY(arena_printf(req->arena, &c->value, "%lld", (long long)u->id.value));
		c->label = u->name;
		f->n_units++;
	}
	f->units = choices;
	return ERR_OK;
}

static ERR_RESULT add_period(struct choice *choices, size_t *n, struct arena *a,
                             const struct period *p)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(choices[i].value, p->code))
			return ERR_OK;
	if (*n == MOST_PERIODS)
		return ERR_OK;
	TRY(arena_strdup(a, &choices[*n].value, p->code));
	TRY(period_name(&choices[*n].label, a, p));
	++*n;
	return ERR_OK;
}

/* The chosen one, those of the last years, and those for which figures were entered. */
static ERR_RESULT list_periods(struct form_filter_view *f, const struct form_where *w)
{
	static const char *const names[] = { "Y", "Q3", "H1", "Q1" };
	struct arena *a = w->req->arena;
	int year = date_year(date_add(clock_today(&w->req->clock), 31 - 14));
	struct form_periods entered;
	struct choice *choices;

	TRY(arena_array(a, &choices, MOST_PERIODS + 1));
	TRY(add_period(choices, &f->n_periods, a, &w->period));
	for (int y = year; y > year - YEARS_BACK; y--)
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			char code[PERIOD_TEXT];
			struct period p;

			snprintf(code, sizeof(code), "%d-%s", y, names[i]);
			if (period_parse(&p, code))
				TRY(add_period(choices, &f->n_periods, a, &p));
		}
	TRY(form_periods(&entered, w->req->db, a, w->req->actor->unit_id, w->unit,
	                 w->set->code));
	for (size_t i = 0; i < entered.n; i++)
		TRY(add_period(choices, &f->n_periods, a, &entered.at[i]));
	f->periods = choices;
	return ERR_OK;
}

enum err form_where_filter(struct form_filter_view *out, const struct form_where *w,
                           struct url action)
{
	struct form_filter_view f = { .action = action,
		                      .unit = w->unit_text,
		                      .problems = w->problems };

	TRY(arena_strdup(w->req->arena, &f.period, w->period.code));
	TRY(list_units(&f, w));
	TRY(list_periods(&f, w));
	*out = f;
	return ERR_OK;
}

enum err form_where_name(const char **out, const struct form_where *w, const struct form *form)
{
	return arena_printf(w->req->arena, out, "%s %s", w->set->printed, form->code);
}

enum err form_where_tabs(struct form_tabs_view *out, const struct form_where *w,
                         struct url (*link)(const char *set, const char *form))
{
	struct form_tab *tabs;

	TRY(arena_array(w->req->arena, &tabs, w->set->n_forms + 1));
	for (size_t i = 0; i < w->set->n_forms; i++) {
		const struct form *form = &w->set->forms[i];

		TRY(form_where_name(&tabs[i].label, w, form));
		tabs[i].url = form_where_url(w, link(w->set->code, form->code));
		tabs[i].current = form == w->form;
	}
	*out = (struct form_tabs_view){ msg_text(MSG_FORM_PAGE_TABS), tabs, w->set->n_forms };
	return ERR_OK;
}

enum err form_where_problems(const struct form_problem_view **out, struct arena *a,
                             const struct form_cell *cell)
{
	static const enum tone tones[] = { TONE_LATE, TONE_SOON, TONE_INFO };
	static const enum msg words[] = { MSG_FORM_SEVERITY_ERROR, MSG_FORM_SEVERITY_WARNING,
		                          MSG_FORM_SEVERITY_REMARK };
	struct form_problem_view *views;
	size_t n = 0;

	TRY(arena_array(a, &views, cell->n_problems + 1));
	for (const struct form_problem *p = cell->problems; p; p = p->next)
		views[n++] =
		        (struct form_problem_view){ tones[p->severity],
			                            msg_text(words[p->severity]), p->message };
	*out = views;
	return ERR_OK;
}

enum err form_where_remarks(const struct form_remark_view **out, size_t *n, struct arena *a,
                            const struct form_remarks *all, const struct form_row *row,
                            bool only_open)
{
	struct form_remark_view *views;

	*n = 0;
	*out = NULL;
	TRY(arena_array(a, &views, all->n + 1));
	for (size_t i = 0; i < all->n; i++) {
		const struct form_remark *m = &all->at[i];

		if (m->row != row || (only_open && m->settled))
			continue;
		views[*n] =
		        (struct form_remark_view){ m->id, m->text, NULL, m->at, m->settled };
		TRY(arena_printf(a, &views[*n].by, "%s%s%s",
		                 m->account_name ? m->account_name : "",
		                 m->account_name && m->unit_name ? ", " : "",
		                 m->unit_name ? m->unit_name : ""));
		++*n;
	}
	*out = views;
	return ERR_OK;
}
