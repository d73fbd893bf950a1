/* rollup_figure_page.c - one rolled-up figure: what each unit gave, why it changed since
 * another period, and adjusting it with a reason. */
#include <string.h>

#include "app/form/form_lock_store.h"
#include "app/form/form_tsv.h"
#include "app/rollup/rollup_adjust_store.h"
#include "app/rollup/rollup_tree_store.h"
#include "app/rollup/rollup_where_page.h"
#include "app/rollup/rollup_why.h"
#include "gen/links.h"
#include "gen/pages.h"

enum { FIRST_SHARES = 50, MOST_CHANGES = 25, MOST_REASON = 500 };

struct figure_page {
	struct form_where where;
	struct rollup_sheet sheet;
	const struct form_row *row;
	struct problems problems;
};

static ERR_RESULT open_page(struct figure_page *p, struct req *req)
{
	TRY(form_where_read(&p->where, req, NULL));
	p->row = form_find_row(p->where.set, p->where.form, params_get(&req->route, "code"));
	if (!p->row || p->row->kind == FORM_GROUP)
		return err_set(ERR_NOT_FOUND, "no such row");
	return rollup_where_open(&p->sheet, &p->where);
}

static ERR_RESULT parts_text(const char **out, struct arena *a, dec_t top, dec_t bottom)
{
	const char *numerator, *denominator;

	*out = NULL;
	if (dec_is_none(top) && dec_is_none(bottom))
		return ERR_OK;
	TRY(rollup_where_number(&numerator, a, top, -1));
	TRY(rollup_where_number(&denominator, a, bottom, -1));
	return arena_printf(a, out, "%s / %s", numerator, denominator);
}

/* ---- shares ---- */

static const struct rollup_child_report *report_of(const struct rollup_sheet *s, row_id unit)
{
	for (size_t i = 0; i < s->n_children; i++)
		if (row_eq(s->children[i].unit, unit))
			return &s->children[i];
	return NULL;
}

static void say_giving(struct rollup_share_view *v, enum rollup_giving giving, bool incomplete)
{
	static const enum msg words[] = { [ROLLUP_GAVE] = MSG_ROLLUP_GAVE,
		                          [ROLLUP_GAVE_BLANK] = MSG_ROLLUP_GAVE_BLANK,
		                          [ROLLUP_NOT_SENT] = MSG_ROLLUP_NOT_SENT,
		                          [ROLLUP_NO_LIST] = MSG_ROLLUP_NO_LIST,
		                          [ROLLUP_NO_PARTS] = MSG_ROLLUP_NO_PARTS,
		                          [ROLLUP_NOT_OWED] = MSG_ROLLUP_NOT_OWED };

	v->state = msg_text(words[giving]);
	v->tone = giving == ROLLUP_GAVE       ? TONE_OK
	          : giving == ROLLUP_NOT_SENT ? TONE_LATE
	                                      : TONE_SOON;
	if (giving == ROLLUP_GAVE && incomplete) {
		v->state = msg_text(MSG_ROLLUP_GAVE_SOME);
		v->tone = TONE_SOON;
	}
}

/* The unit's own part leads to its own figure, a child's to the child's. */
static void link_share(struct rollup_share_view *v, const struct figure_page *p,
                       const struct rollup_contribution *c)
{
	const struct rollup_child_report *child;

	if (c->part == ROLLUP_OWN_PART) {
		v->url = form_where_row(&p->where, p->row);
		v->has_link = true;
	}
	if (c->part != ROLLUP_CHILD)
		return;
	child = report_of(&p->sheet, c->unit);
	if (!child)
		return;
	v->has_link = rollup_where_child(&v->url, child, p->row);
	v->note = child->notes ? child->notes[p->row->at] : NULL;
}

static ERR_RESULT fill_share(struct rollup_share_view *out, const struct figure_page *p,
                             const struct rollup_contribution *c, dec_t whole)
{
	struct arena *a = p->where.req->arena;
	struct rollup_share_view v = { .name = c->name };

	if (c->part == ROLLUP_OWN_PART)
		v.name = msg_text(MSG_ROLLUP_OWN_PART);
	else if (c->part == ROLLUP_ADJUSTED)
		TRY(msg_format(&v.name, a, MSG_ROLLUP_ADJUSTED_PART, c->name));
	TRY(rollup_where_number(&v.figure, a, c->value, -1));
	TRY(parts_text(&v.parts, a, c->numerator, c->denominator));
	TRY(rollup_where_number(&v.share, a, dec_percent(c->weight, whole, 1), -1));
	if (*v.share)
		TRY(arena_printf(a, &v.share, "%s%%", v.share));
	say_giving(&v, c->giving, c->incomplete);
	link_share(&v, p, c);
	*out = v;
	return ERR_OK;
}

static ERR_RESULT fill_shares(struct rollup_figure_view *v, const struct figure_page *p)
{
	struct arena *a = p->where.req->arena;
	struct rollup_contributions all;
	struct rollup_share_view *views;
	dec_t whole = dec_from_int(0);

	if (!p->sheet.rollup)
		return ERR_OK;
	TRY(rollup_contributions(&all, a, p->sheet.rollup, p->row->at));
	for (size_t i = 0; i < all.n; i++)
		whole = dec_add(whole, all.at[i].weight);
	v->n_shares = all.n;
	if (v->n_shares > FIRST_SHARES && !params_get(&p->where.req->query, "all"))
		v->n_shares = FIRST_SHARES;
	v->n_more = all.n - v->n_shares;
	TRY(arena_array(a, &views, v->n_shares + 1));
	for (size_t i = 0; i < v->n_shares; i++)
		TRY(fill_share(&views[i], p, &all.at[i], whole));
	v->shares = views;
	return ERR_OK;
}

/* ---- why ---- */

static ERR_RESULT signed_number(const char **out, struct arena *a, dec_t value)
{
	TRY(rollup_where_number(out, a, value, -1));
	return value.micro > 0 ? arena_printf(a, out, "+%s", *out) : ERR_OK;
}

static ERR_RESULT fill_changes(struct rollup_figure_view *v, struct arena *a, enum msg title,
                               const struct rollup_why_parts *parts)
{
	struct rollup_changes_view *c = &v->changes[v->n_changes];
	struct rollup_change_view *rows;

	if (parts->n == 0)
		return ERR_OK;
	c->title = msg_text(title);
	c->n = parts->n < MOST_CHANGES ? parts->n : MOST_CHANGES;
	c->n_more = parts->n - c->n;
	TRY(arena_array(a, &rows, c->n + 1));
	for (size_t i = 0; i < c->n; i++) {
		rows[i].name = parts->at[i].name;
		TRY(rollup_where_number(&rows[i].before, a, parts->at[i].before, -1));
		TRY(rollup_where_number(&rows[i].after, a, parts->at[i].after, -1));
		TRY(signed_number(&rows[i].change, a, parts->at[i].change));
	}
	c->rows = rows;
	v->n_changes++;
	return ERR_OK;
}

static ERR_RESULT explain(struct rollup_figure_view *v, struct figure_page *p,
                          const struct period *other)
{
	struct req *req = p->where.req;
	struct form_sheet_of of = { .scope = req->actor->unit_id,
		                    .unit = p->where.unit,
		                    .period = *other };
	struct rollup_sheet before;
	struct rollup_heir *heirs;
	struct rollup_why why;
	size_t n_heirs;

	TRY(rollup_sheet_open_beside(&before, req->db, req->arena, &p->sheet, &of));
	TRY(period_name(&v->before_name, req->arena, other));
	TRY(rollup_where_number(&v->before, req->arena, before.values[p->row->at].value, -1));
	v->compared = true;
	if (!before.rollup || !p->sheet.rollup)
		return signed_number(&v->change, req->arena,
		                     dec_sub(p->sheet.values[p->row->at].value,
		                             before.values[p->row->at].value));
	TRY(rollup_sheet_lists(&before, req->db, req->arena));
	TRY(rollup_sheet_lists(&p->sheet, req->db, req->arena));
	TRY(rollup_heirs(&heirs, &n_heirs, req->db, req->arena, &before, p->where.period.to));
	TRY(rollup_why(&why, req->arena,
	               &(struct rollup_why_question){ before.rollup, p->sheet.rollup,
	                                              p->row->at, heirs, n_heirs }));
	TRY(signed_number(&v->change, req->arena, why.change));
	TRY(fill_changes(v, req->arena, MSG_ROLLUP_WHY_UNITS, &why.units));
	TRY(fill_changes(v, req->arena, MSG_ROLLUP_WHY_FIELDS, &why.fields));
	return fill_changes(v, req->arena, MSG_ROLLUP_WHY_PROCEDURES, &why.procedures);
}

static ERR_RESULT fill_why(struct rollup_figure_view *v, struct figure_page *p)
{
	struct req *req = p->where.req;
	const char *asked = params_get(&req->query, "before");
	struct form_filter_view filter;
	struct period other;

	TRY(form_where_filter(&filter, &p->where, v->here));
	v->periods = filter.periods;
	v->n_periods = filter.n_periods;
	if (str_blank(asked))
		return ERR_OK;
	v->before_code = asked;
	if (!period_parse(&other, asked))
		return problems_say(&p->problems, "before", 0, MSG_FORM_BAD_PERIOD, asked);
	return explain(v, p, &other);
}

/* ---- the page ---- */

static ERR_RESULT fill_typed(struct rollup_figure_view *v, const struct figure_page *p)
{
	const struct params *form = &p->where.req->form;
	struct arena *a = p->where.req->arena;
	const struct rollup_adjustment *stored =
	        p->sheet.rollup ? p->sheet.rollup->figures[p->row->at].adjustment : NULL;

	v->value = params_get(form, "value");
	v->numerator = params_get(form, "numerator");
	v->denominator = params_get(form, "denominator");
	v->typed_reason = params_get(form, "adjustment");
	if (v->typed_reason || !stored)
		return ERR_OK;
	v->typed_reason = stored->reason;
	TRY(rollup_where_number(&v->value, a, stored->value, -1));
	TRY(rollup_where_number(&v->numerator, a, stored->numerator, -1));
	return rollup_where_number(&v->denominator, a, stored->denominator, -1);
}

/* Whether the row takes an adjustment at all, and of what. */
static void offer_adjustment(struct rollup_figure_view *v, const struct figure_page *p)
{
	struct rollup_adjustment whole = { p->row->at, dec_from_int(1), DEC_NONE, DEC_NONE,
		                           "x" };
	struct rollup_adjustment parts = { p->row->at, DEC_NONE, dec_from_int(1), DEC_NONE,
		                           "x" };
	bool by_parts = !rollup_adjustment_problem(p->sheet.set, &parts);

	v->by_parts = by_parts;
	v->may_adjust = p->sheet.rollup && !p->sheet.lock &&
	                row_eq(p->where.unit, p->where.req->actor->unit_id) &&
	                actor_may(p->where.req->actor, PERMISSION_FORM_ENTER) &&
	                (by_parts || !rollup_adjustment_problem(p->sheet.set, &whole));
}

static ERR_RESULT fill_facts(struct rollup_figure_view *v, const struct figure_page *p)
{
	const struct rollup_value *value = &p->sheet.values[p->row->at];
	struct arena *a = p->where.req->arena;
	const char *aside;

	TRY(form_where_name(&v->form_name, &p->where, p->where.form));
	TRY(rollup_where_number(&v->figure, a, value->value, -1));
	if (dec_is_none(value->value))
		v->figure = rollup_source_name(ROLLUP_SOURCE_BLANK);
	TRY(parts_text(&v->parts, a, value->numerator, value->denominator));
	if (dec_is_none(value->aside))
		return ERR_OK;
	TRY(rollup_where_number(&aside, a, value->aside, -1));
	return msg_format(&v->aside, a, MSG_ROLLUP_ASIDE, aside);
}

static ERR_RESULT show_page(struct figure_page *p, struct resp *resp)
{
	const struct form_where *w = &p->where;
	const struct rollup_value *value = &p->sheet.values[p->row->at];
	struct rollup_figure_view v = {
		.code = p->row->code,
		.label = p->row->label,
		.unit = p->row->unit,
		.unit_name = p->sheet.unit.name,
		.period_name = w->period_text,
		.source = rollup_source_name(value->source),
		.rule = form_rollup_name(p->row->rollup),
		.given = value->given,
		.why_blank = value->why_blank,
		.note = value->note,
		.reason = value->reason,
		.locked = p->sheet.lock ? p->sheet.lock->why : NULL,
		.problems = &p->problems,
		.sheet = rollup_where_sheet(w, w->form->code),
		.here = link_rollup_figure_show(w->set->code, w->form->code, p->row->code),
		.save = rollup_where_row(w, p->row),
		.records = form_where_row(w, p->row),
		.all = url_with(rollup_where_row(w, p->row), "all", "1"),
		.unit_id = w->unit_text,
		.period = w->period.code,
	};

	TRY(fill_facts(&v, p));
	TRY(fill_shares(&v, p));
	TRY(fill_why(&v, p));
	TRY(fill_typed(&v, p));
	offer_adjustment(&v, p);
	TRY(arena_printf(w->req->arena, &resp->title, "%s, %s", v.form_name, p->row->code));
	tmpl_rollup_figure(&resp->out, &v);
	return ERR_OK;
}

enum err rollup_figure_show(struct req *req, struct resp *resp)
{
	struct figure_page p = { 0 };

	TRY(open_page(&p, req));
	problems_init(&p.problems, req->arena);
	return show_page(&p, resp);
}

/* ---- adjusting ---- */

/* A number as it is typed, below 0 too. */
static ERR_RESULT read_amount(dec_t *out, struct figure_page *p, const char *name)
{
	const char *text = params_get(&p->where.req->form, name);
	const char *question, *digits = text ? text + strspn(text, " ") : "";
	bool less = *digits == '-';
	struct form_row plain = *p->row;
	struct form_stated stated;

	*out = DEC_NONE;
	if (str_blank(text))
		return ERR_OK;
	plain.kind = p->row->kind == FORM_RATIO ? FORM_COUNT : p->row->kind;
	TRY(form_figure_read(&stated, &question, p->where.req->arena, &plain,
	                     digits + (less ? 1 : 0), ""));
	if (question)
		return problems_add(&p->problems, name, 0, question);
	*out = less && !dec_is_none(stated.value) ? (dec_t){ -stated.value.micro }
	                                          : stated.value;
	return ERR_OK;
}

static ERR_RESULT read_adjustment(struct figure_page *p, struct rollup_adjustment *out)
{
	const char *reason = params_get(&p->where.req->form, "adjustment");

	out->row = p->row->at;
	TRY(read_amount(&out->value, p, "value"));
	TRY(read_amount(&out->numerator, p, "numerator"));
	TRY(read_amount(&out->denominator, p, "denominator"));
	out->reason = reason ? reason : "";
	if (strlen(out->reason) > MOST_REASON)
		return problems_say(&p->problems, "adjustment", 0, MSG_FORM_LONG_NOTE);
	return ERR_OK;
}

static enum err store(struct figure_page *p, const struct rollup_adjustment *adjustment)
{
	struct req *req = p->where.req;
	struct change change = actor_change(req, "rollup.adjust", form_where_after);
	struct rollup_adjusting x = { .set = p->where.set,
		                      .scope = req->actor->unit_id,
		                      .unit = p->where.unit,
		                      .period = p->where.period,
		                      .adjustment = *adjustment,
		                      .problems = &p->problems };

	if (!row_eq(x.unit, req->actor->unit_id))
		return err_set(ERR_FORBIDDEN, "only the unit itself adjusts its figures");
	change.reason = adjustment->reason;
	return rollup_adjust(req->writer, &change, &x);
}

static enum err refuse(struct figure_page *p, struct resp *resp)
{
	resp->status = 422;
	return show_page(p, resp);
}

enum err rollup_figure_save(struct req *req, struct resp *resp)
{
	struct figure_page p = { 0 };
	struct rollup_adjustment adjustment = { 0 };

	TRY(open_page(&p, req));
	TRY(req_problems(req, &p.problems));
	if (!req->refill)
		TRY(read_adjustment(&p, &adjustment));
	if (p.problems.n > 0)
		return refuse(&p, resp);
	enum err e = store(&p, &adjustment);

	if (e == ERR_INPUT && p.problems.n > 0)
		return refuse(&p, resp);
	TRY(e);
	return resp_redirect(
	        resp, url_with(rollup_where_sheet(&p.where, p.where.form->code), "saved", "1"));
}
