/* form_figure_page.c - one figure: what it was counted from, its history, and putting another
 * figure in its place with a reason. */
#include <stdio.h>
#include <string.h>

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/form/form_records_store.h"
#include "app/form/form_tsv.h"
#include "app/form/form_where_page.h"
#include "gen/links.h"
#include "gen/pages.h"

enum { PAGE = 50, MOST_REASON = 500 };

struct figure {
	struct form_where where;
	struct form_sheet sheet;
	const struct form_row *row;
	struct form_parts parts;
	struct problems problems;
};

static ERR_RESULT open_figure(struct figure *f, struct req *req)
{
	TRY(form_where_read(&f->where, req, NULL));
	f->row = form_find_row(f->where.set, f->where.form, params_get(&req->route, "code"));
	if (!f->row || f->row->kind == FORM_GROUP)
		return err_set(ERR_NOT_FOUND, "no such row");
	TRY(form_where_open(&f->sheet, &f->where));
	return form_parts_of(&f->parts, req->db, req->arena, &f->sheet, f->row);
}

/* ---- showing ---- */

static ERR_RESULT dec_text_of(const char **out, struct arena *a, dec_t value)
{
	char text[DEC_TEXT];

	return arena_strdup(a, out, dec_vn(value, -1, text));
}

static ERR_RESULT fill_parts(struct form_figure_view *v, const struct figure *f, size_t chosen)
{
	struct arena *a = f->where.req->arena;
	struct form_part_view *parts;

	TRY(arena_array(a, &parts, f->parts.n + 1));
	for (size_t i = 0; i < f->parts.n; i++) {
		const struct form_part *p = &f->parts.at[i];

		TRY(arena_printf(a, &parts[i].label, "%s", p->row->code));
		TRY(dec_text_of(&parts[i].count, a, p->value));
		parts[i].current = i == chosen;
		parts[i].url =
		        url_with_int(form_where_row(&f->where, f->row), "part", (long long)i);
	}
	v->parts = parts;
	v->n_parts = f->parts.n;
	v->part_count = parts[chosen].count;
	return ERR_OK;
}

static bool link_of(struct url *out, const struct form_records *records,
                    const struct form_record *r)
{
	if (records->kind == FORM_RECORD_DOSSIER)
		*out = link_dossier_show(r->key);
	else if (records->kind == FORM_RECORD_UNIT)
		*out = link_unit_show(r->key);
	else if (records->kind == FORM_RECORD_REPORT)
		*out = link_report_show(r->key);
	else
		return false;
	return true;
}

static ERR_RESULT fill_records(struct form_figure_view *v, const struct figure *f,
                               size_t chosen)
{
	struct req *req = f->where.req;
	struct form_records records;
	struct form_record_view *views;
	const char **titles;
	struct url here =
	        url_with_int(form_where_row(&f->where, f->row), "part", (long long)chosen);
	char after[32];

	TRY(form_records_fetch(
	        &records, req->db, req->arena, &f->sheet, &f->parts.at[chosen],
	        (struct form_records_page){ params_id(&req->query, "after"), PAGE }));
	TRY(arena_array(req->arena, &views, records.n + 1));
	for (size_t i = 0; i < records.n; i++) {
		for (size_t c = 0; c < FORM_RECORD_COLUMNS; c++)
			views[i].texts[c] = records.at[i].texts[c];
		views[i].has_link = link_of(&views[i].url, &records, &records.at[i]);
	}
	v->records = views;
	v->n_records = records.n;
	TRY(arena_array(req->arena, &titles, FORM_RECORD_COLUMNS));
	memcpy(titles, records.titles, sizeof(records.titles));
	v->titles = titles;
	v->n_titles = records.n_columns;
	if (records.more) {
		snprintf(after, sizeof(after), "%lld",
		         (long long)records.at[records.n - 1].key.value);
		v->pager.next = url_with(here, "after", after);
	}
	if (!row_is_none(params_id(&req->query, "after")))
		v->pager.previous = here;
	return ERR_OK;
}

static ERR_RESULT fill_lists(struct form_figure_view *v, const struct figure *f)
{
	long long part = params_int(&f->where.req->query, "part", 0);
	size_t chosen = part > 0 && (size_t)part < f->parts.n ? (size_t)part : 0;

	if (f->parts.n == 0)
		return ERR_OK;
	TRY(fill_parts(v, f, chosen));
	return fill_records(v, f, chosen);
}

static ERR_RESULT fill_pasts(struct form_figure_view *v, const struct figure *f)
{
	struct arena *a = f->where.req->arena;
	struct form_pasts pasts;
	struct form_past_view *views;

	TRY(form_cell_history(&pasts, f->where.req->db, a, &f->sheet, f->row));
	TRY(arena_array(a, &views, pasts.n + 1));
	for (size_t i = 0; i < pasts.n; i++) {
		const struct form_past *p = &pasts.items[i];

		views[i] = (struct form_past_view){
			.at = p->at, .note = p->note, .reason = p->reason, .by = p->account_name
		};
		TRY(dec_text_of(&views[i].value, a, p->value));
		if (dec_is_none(p->value))
			views[i].value = form_source_name(FORM_BLANK);
	}
	v->pasts = views;
	v->n_pasts = pasts.n;
	return ERR_OK;
}

/* What was typed, or what is stored. */
static ERR_RESULT fill_fields(struct form_figure_view *v, const struct figure *f)
{
	const struct params *form = &f->where.req->form;
	const struct form_stated *s = &f->sheet.stated[f->row->at];
	struct number_read n = { s->value, s->numerator, s->denominator };

	v->value = params_get(form, "value");
	v->typed_note = params_get(form, "note");
	v->typed_reason = params_get(form, "reason");
	if (v->typed_note)
		return ERR_OK;
	v->typed_note = s->note;
	v->typed_reason = s->reason;
	return number_text(&v->value, f->where.req->arena, &n, f->row->kind);
}

/* The comments on this cell, and the way to write one: at the report. */
static ERR_RESULT fill_remarks(struct form_figure_view *v, const struct figure *f)
{
	struct req *req = f->where.req;
	struct form_remarks remarks;

	TRY(form_remarks(&remarks, req->db, req->arena, &f->sheet));
	if (row_is_none(remarks.report_id))
		return ERR_OK;
	v->report = link_report_show(remarks.report_id);
	v->remark = link_report_comment_save(remarks.report_id);
	v->settle = link_report_comment_close(remarks.report_id);
	v->may_remark = (req->actor->permissions & MAY_ACT_ON_REPORTS) != 0;
	v->may_settle = actor_may(req->actor, PERMISSION_REPORT_COMPILE) &&
	                row_eq(f->where.unit, req->actor->unit_id);
	v->form_code = f->row->form->code;
	v->indicator = f->row->id;
	return form_where_remarks(&v->remarks, &v->n_remarks, req->arena, &remarks, f->row,
	                          false);
}

static ERR_RESULT show_figure(struct figure *f, struct resp *resp)
{
	const struct form_where *w = &f->where;
	struct arena *a = w->req->arena;
	const struct form_row *row = f->row;
	const struct form_cell *cell = &f->sheet.cells[row->at];
	struct form_figure_view v = {
		.code = row->code,
		.label = row->label,
		.unit = row->unit,
		.unit_name = f->sheet.unit.name,
		.period_name = w->period_text,
		.source = form_source_name(cell->source),
		.formula = row->value ? row->value->text : NULL,
		.time = form_time_name(row->time),
		.rollup = form_rollup_name(row->rollup),
		.note = cell->note,
		.reason = cell->source == FORM_OVERRIDDEN ? cell->reason : NULL,
		.why_blank = cell->why_blank,
		.n_problems = cell->n_problems,
		.may_enter = !f->sheet.lock && actor_may(w->req->actor, PERMISSION_FORM_ENTER),
		.locked = f->sheet.lock ? f->sheet.lock->why : NULL,
		.typed_problems = &f->problems,
		.sheet = form_where_sheet(w, w->form->code),
		.save = form_where_row(w, row),
		.history = link_history_of_figures(w->unit),
	};

	TRY(form_where_name(&v.form_name, w, w->form));
	TRY(dec_text_of(&v.figure, a, cell->value));
	if (!dec_is_none(cell->computed))
		TRY(dec_text_of(&v.computed, a, cell->computed));
	TRY(form_where_problems(&v.problems, a, cell));
	TRY(fill_lists(&v, f));
	TRY(fill_pasts(&v, f));
	TRY(fill_fields(&v, f));
	TRY(fill_remarks(&v, f));
	TRY(arena_printf(a, &resp->title, "%s, %s", v.form_name, row->code));
	tmpl_form_figure(&resp->out, &v);
	return ERR_OK;
}

enum err form_figure_show(struct req *req, struct resp *resp)
{
	struct figure f = { 0 };

	TRY(open_figure(&f, req));
	problems_init(&f.problems, req->arena);
	return show_figure(&f, resp);
}

/* ---- another figure in its place ---- */

/* A figure that differs from the computed one needs a reason. */
static ERR_RESULT check_reason(struct figure *f, const struct form_stated *s)
{
	dec_t computed = f->sheet.cells[f->row->at].computed;
	char text[DEC_TEXT];

	if (dec_is_none(computed) || dec_is_none(s->value) ||
	    form_accepts(s, calc_known(computed)) || !str_blank(s->reason))
		return ERR_OK;
	return problems_say(&f->problems, "reason", 0, MSG_FORM_PAGE_REASON,
	                    dec_vn(computed, -1, text));
}

static ERR_RESULT read_figure(struct figure *f, struct form_stated *out)
{
	const struct params *form = &f->where.req->form;
	const char *value = params_get(form, "value"), *note = params_get(form, "note");
	const char *reason = params_get(form, "reason"), *question;

	TRY(form_figure_read(out, &question, f->where.req->arena, f->row, value ? value : "",
	                     note ? note : ""));
	if (question)
		return problems_add(&f->problems, "value", 0, question);
	out->blank = false; /* an empty field gives the computed figure back its place */
	out->reason = str_blank(reason) || dec_is_none(out->value) ? NULL : reason;
	if (reason && strlen(reason) > MOST_REASON)
		return problems_say(&f->problems, "reason", 0, MSG_FORM_LONG_NOTE);
	return check_reason(f, out);
}

static enum err store_figure(struct figure *f, const struct form_entry *entry)
{
	struct req *req = f->where.req;
	struct change change = actor_change(req, "form.override", form_where_after);
	struct form_entries entries = { .set = f->where.set,
		                        .scope = req->actor->unit_id,
		                        .unit = f->where.unit,
		                        .period = f->where.period,
		                        .entries = entry,
		                        .n = 1,
		                        .problems = &f->problems };

	change.reason = entry->stated.reason;
	return form_enter(req->writer, &change, &entries);
}

static enum err refuse_figure(struct figure *f, struct resp *resp)
{
	resp->status = 422;
	return show_figure(f, resp);
}

enum err form_figure_save(struct req *req, struct resp *resp)
{
	struct figure f = { 0 };
	struct form_entry entry = { .stated = FORM_NOTHING_STATED };

	TRY(open_figure(&f, req));
	TRY(req_problems(req, &f.problems));
	if (!req->refill)
		TRY(read_figure(&f, &entry.stated));
	if (f.problems.n > 0)
		return refuse_figure(&f, resp);
	entry.row = f.row;
	enum err e = store_figure(&f, &entry);

	if (e == ERR_INPUT && f.problems.n > 0)
		return refuse_figure(&f, resp);
	TRY(e);
	return resp_redirect(
	        resp, url_with(form_where_sheet(&f.where, f.where.form->code), "saved", "1"));
}
