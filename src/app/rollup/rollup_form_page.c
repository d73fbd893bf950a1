/* rollup_form_page.c - a form of a unit's report as it is rolled up. */
#include "app/form/form_lock_store.h"
#include "app/rollup/rollup_bridge.h"
#include "app/rollup/rollup_tree_store.h"
#include "app/rollup/rollup_where_page.h"
#include "gen/links.h"
#include "gen/pages.h"

struct form_page {
	struct form_where where;
	struct rollup_sheet sheet;
};

static ERR_RESULT fill_row(struct rollup_row_view *out, const struct form_page *p,
                           const struct form_row *row)
{
	const struct rollup_value *v = &p->sheet.values[row->at];
	struct rollup_row_view r = { .code = row->code,
		                     .label = row->label,
		                     .unit = row->unit,
		                     .note = v->note,
		                     .why_blank = v->why_blank,
		                     .given = v->given,
		                     .reason = v->reason,
		                     .source = rollup_source_name(v->source),
		                     .look = row->kind == FORM_GROUP ? "group" : "",
		                     .incomplete = v->incomplete };

	if (row->kind == FORM_GROUP) {
		r.source = "";
		r.figure = "";
	} else {
		TRY(rollup_where_number(&r.figure, p->where.req->arena, v->value, -1));
		r.has_link = v->fills;
		r.url = rollup_where_row(&p->where, row);
		if (dec_is_none(v->value))
			r.figure = v->fills ? "…" : "";
	}
	*out = r;
	return ERR_OK;
}

static ERR_RESULT fill_rows(struct rollup_form_view *v, const struct form_page *p)
{
	const struct form *form = p->where.form;
	struct rollup_row_view *rows;

	TRY(arena_array(p->where.req->arena, &rows, form->n_rows + 1));
	for (size_t i = 0; i < form->n_rows; i++)
		TRY(fill_row(&rows[i], p, &p->sheet.set->rows[(size_t)form->first + i]));
	v->rows = rows;
	v->n_rows = form->n_rows;
	return ERR_OK;
}

static ERR_RESULT fill_missing(struct rollup_form_view *v, const struct form_page *p)
{
	const struct rollup_sheet *s = &p->sheet;
	struct rollup_unit_view *missing;

	TRY(arena_array(p->where.req->arena, &missing, s->n_children + 1));
	for (size_t i = 0; i < s->n_children; i++)
		if (s->children[i].state == ROLLUP_CHILD_MISSING)
			missing[v->n_missing++] = (struct rollup_unit_view){
				s->children[i].name, s->children[i].code,
				link_report_show(s->children[i].report)
			};
	v->missing = missing;
	v->sent = (long long)s->n_sent;
	v->owed = (long long)(s->n_children - s->n_exempt);
	v->exempt = (long long)s->n_exempt;
	return ERR_OK;
}

/* Rows of a set that children fill and this one does not have. */
static ERR_RESULT add_gaps(struct rollup_unit_view *out, size_t *n, const struct form_page *p,
                           const struct form_set *from)
{
	struct arena *a = p->where.req->arena;
	struct rollup_mapping mapping;
	struct rollup_bridge bridge;
	struct rollup_bridge_gaps gaps;

	TRY(rollup_mapping_shipped(&mapping, a));
	TRY(rollup_bridge_make(&bridge, a, &mapping, from->code, p->sheet.set));
	TRY(rollup_bridge_gaps(&gaps, a, &bridge, from));
	for (size_t i = 0; i < gaps.n_from && *n < FORM_MOST_ROWS; i++) {
		const struct form_row *row = gaps.from[i].row;
		struct rollup_unit_view *gap = &out[*n];

		if (row->kind == FORM_GROUP)
			continue;
		TRY(arena_printf(a, &gap->code, "%s %s, %s", from->printed, row->form->code,
		                 row->code));
		TRY(arena_printf(a, &gap->name, "%s%s%s", row->label,
		                 gaps.from[i].because ? ": " : "",
		                 gaps.from[i].because ? gaps.from[i].because : ""));
		++*n;
	}
	return ERR_OK;
}

static bool seen_before(const struct rollup_sheet *s, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (s->children[i].set == s->children[at].set)
			return true;
	return false;
}

static ERR_RESULT fill_gaps(struct rollup_form_view *v, const struct form_page *p)
{
	const struct rollup_sheet *s = &p->sheet;
	struct rollup_unit_view *gaps;

	TRY(arena_array(p->where.req->arena, &gaps, FORM_MOST_ROWS + 1));
	for (size_t i = 0; i < s->n_children; i++)
		if (s->children[i].set && s->children[i].set != s->set && !seen_before(s, i))
			TRY(add_gaps(gaps, &v->n_gaps, p, s->children[i].set));
	v->gaps = gaps;
	return ERR_OK;
}

enum err rollup_form_show(struct req *req, struct resp *resp)
{
	struct form_page p;
	struct form_where *w = &p.where;
	struct rollup_form_view v = { .saved = params_get(&req->query, "saved") != NULL };

	TRY(form_where_read(w, req, NULL));
	TRY(rollup_where_open(&p.sheet, w));
	v.title = w->form->title;
	v.document = w->set->document;
	v.unit_name = p.sheet.unit.name;
	v.period_name = w->period_text;
	v.rolled_up = p.sheet.rollup != NULL;
	v.locked = p.sheet.lock ? p.sheet.lock->why : NULL;
	v.own = form_where_sheet(w, w->form->code);
	TRY(form_where_name(&v.name, w, w->form));
	TRY(form_where_tabs(&v.tabs, w, link_rollup_form_show));
	TRY(form_where_filter(&v.filter, w,
	                      link_rollup_form_show(w->set->code, w->form->code)));
	TRY(fill_rows(&v, &p));
	TRY(fill_missing(&v, &p));
	TRY(fill_gaps(&v, &p));
	TRY(rollup_tree_problem(&v.tree, req->db, req->arena, w->unit, w->period.to));
	TRY(arena_printf(req->arena, &resp->title, "%s tổng hợp", v.name));
	tmpl_rollup_form(&resp->out, &v);
	return ERR_OK;
}
