/* form_grid_page.c - entering the figures of one form.
 *
 * Every field carries what it held when the page was made: only what was changed is stored, and
 * a cell that somebody else changed meanwhile is not overwritten but shown. */
#include <string.h>

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/form/form_tsv.h"
#include "app/form/form_where_page.h"
#include "gen/links.h"
#include "gen/pages.h"

enum { FIELD = 24 };

struct grid {
	struct form_where where;
	struct form_sheet sheet;
	struct form_remarks remarks;
	struct problems problems;
	struct form_entry *entries;
	size_t n;
};

/* People type into rows without a formula; a figure that stands in a row which the unit does
 * not fill can be taken away. */
static bool may_type(const struct form_sheet *sheet, const struct form_row *row)
{
	bool stated = !dec_is_none(sheet->stated[row->at].value);

	return row->kind != FORM_GROUP && !row->value &&
	       (sheet->cells[row->at].fills || stated);
}

static ERR_RESULT field_name(const char **out, struct arena *a, const char *prefix,
                             const struct form_row *row)
{
	return arena_printf(a, out, "%s-%s", prefix, row->code);
}

/* What a row's field holds for a stored cell. */
static ERR_RESULT stored_text(const char **out, struct arena *a, const struct form_row *row,
                              const struct form_stated *s)
{
	struct number_read n = { s->value, s->numerator, s->denominator };

	return number_text(out, a, &n, row->kind);
}

static ERR_RESULT was_text(const char **out, struct arena *a, const char *value,
                           const char *note)
{
	return arena_printf(a, out, "%s|%s", value, note ? note : "");
}

/* ---- showing ---- */

static ERR_RESULT hint_of(const char **out, struct arena *a, const struct form_row *row)
{
	struct str s;
	const char *values;

	*out = NULL;
	if (row->numerator_label)
		return msg_format(out, a, MSG_FORM_PAGE_HINT_PARTS, row->numerator_label,
		                  row->denominator_label);
	if (row->kind != FORM_ENUM)
		return ERR_OK;
	str_init(&s, a, 1000);
	for (size_t i = 0; i < row->n_choices; i++)
		str_printf(&s, "%s%s = %s", i ? "; " : "", row->choices[i].word,
		           row->choices[i].text);
	TRY(str_finish(&s, &values));
	return msg_format(out, a, MSG_FORM_PAGE_HINT_VALUES, values);
}

static ERR_RESULT fill_row(struct form_row_view *v, struct grid *g, const struct form_row *row)
{
	struct req *req = g->where.req;
	const struct form_stated *stated = &g->sheet.stated[row->at];
	const struct form_cell *cell = &g->sheet.cells[row->at];
	const char *typed, *note;
	char figure[DEC_TEXT];

	*v = (struct form_row_view){ .code = row->code,
		                     .label = row->label,
		                     .unit = row->unit,
		                     .group = row->kind == FORM_GROUP,
		                     .may_type = may_type(&g->sheet, row),
		                     .has_link = row->kind != FORM_GROUP,
		                     .cell = row->value ? "computed" : "",
		                     .note = cell->note,
		                     .url = form_where_row(&g->where, row) };
	TRY(field_name(&v->value_name, req->arena, "v", row));
	TRY(field_name(&v->note_name, req->arena, "n", row));
	TRY(field_name(&v->was_name, req->arena, "w", row));
	TRY(hint_of(&v->hint, req->arena, row));
	TRY(arena_strdup(req->arena, &v->figure, dec_vn(cell->value, -1, figure)));
	TRY(stored_text(&v->value, req->arena, row, stated));
	TRY(was_text(&v->was, req->arena, v->value, stated->note));
	typed = params_get(&req->form, v->value_name);
	note = params_get(&req->form, v->note_name);
	if (typed)
		v->value = typed;
	v->typed_note = note ? note : stated->note;
	v->problem = problems_for(&g->problems, v->value_name);
	TRY(form_where_remarks(&v->remarks, &v->n_remarks, req->arena, &g->remarks, row, true));
	v->look = v->problem ? "invalid" : v->group ? "group" : row->depth > 1 ? "sub2" : "";
	return ERR_OK;
}

static ERR_RESULT show_grid(struct grid *g, struct resp *resp)
{
	const struct form_where *w = &g->where;
	const char *set = w->set->code, *form = w->form->code;
	struct form_row_view *rows;
	struct form_sheet_view v = {
		.title = w->form->title,
		.unit_name = g->sheet.unit.name,
		.period_name = w->period_text,
		.index = form_where_url(w, url_with(link_form_index(), "set", set)),
		.show = form_where_sheet(w, form),
		.enter = form_where_url(w, link_form_grid_show(set, form)),
		.problems = &g->problems,
		.locked = g->sheet.lock ? g->sheet.lock->why : NULL,
	};

	TRY(form_where_name(&v.name, w, w->form));
	TRY(arena_array(w->req->arena, &rows, w->form->n_rows + 1));
	for (size_t i = 0; i < w->form->n_rows; i++)
		TRY(fill_row(&rows[i], g, &w->set->rows[(size_t)w->form->first + i]));
	v.rows = rows;
	v.n_rows = w->form->n_rows;
	TRY(msg_format(&resp->title, w->req->arena, MSG_FORM_PAGE_GRID, v.name));
	tmpl_form_grid(&resp->out, &v);
	return ERR_OK;
}

static ERR_RESULT open_grid(struct grid *g, struct req *req)
{
	TRY(form_where_read(&g->where, req, NULL));
	TRY(form_where_open(&g->sheet, &g->where));
	TRY(form_remarks(&g->remarks, req->db, req->arena, &g->sheet));
	return arena_array(req->arena, &g->entries, g->where.form->n_rows + 1);
}

enum err form_grid_show(struct req *req, struct resp *resp)
{
	struct grid g = { 0 };

	TRY(open_grid(&g, req));
	problems_init(&g.problems, req->arena);
	return show_grid(&g, resp);
}

/* ---- saving ---- */

struct typed {
	const char *value_name, *value, *note, *was;
};

static ERR_RESULT read_typed(struct typed *t, struct req *req, const struct form_row *row,
                             const char *stored)
{
	const char *name;

	TRY(field_name(&t->value_name, req->arena, "v", row));
	t->value = params_get(&req->form, t->value_name);
	if (!t->value)
		t->value = stored; /* a row with a formula has a note only */
	TRY(field_name(&name, req->arena, "n", row));
	t->note = params_get(&req->form, name);
	TRY(field_name(&name, req->arena, "w", row));
	t->was = params_get(&req->form, name);
	return ERR_OK;
}

/* The cell as it will be; a row with a formula keeps its figure and gets the note. */
static ERR_RESULT to_entry(struct grid *g, const struct form_row *row, const struct typed *t)
{
	struct form_entry *entry = &g->entries[g->n];
	const char *question = NULL;

	entry->row = row;
	entry->stated = g->sheet.stated[row->at];
	if (may_type(&g->sheet, row))
		TRY(form_figure_read(&entry->stated, &question, g->where.req->arena, row,
		                     t->value, t->note));
	else
		entry->stated.note = str_blank(t->note) ? NULL : t->note;
	if (question)
		return problems_add(&g->problems, t->value_name, 0, question);
	g->n++;
	return ERR_OK;
}

static ERR_RESULT read_row(struct grid *g, const struct form_row *row)
{
	struct req *req = g->where.req;
	const struct form_stated *stated = &g->sheet.stated[row->at];
	const char *stored, *now, *typed;
	struct typed t;

	if (row->kind == FORM_GROUP)
		return ERR_OK;
	TRY(stored_text(&stored, req->arena, row, stated));
	TRY(read_typed(&t, req, row, stored));
	if (!t.note)
		return ERR_OK; /* the row was not on the page */
	TRY(was_text(&now, req->arena, stored, stated->note));
	TRY(was_text(&typed, req->arena, t.value, t.note));
	if (str_eq(typed, t.was) || str_eq(typed, now))
		return ERR_OK;
	if (t.was && !str_eq(now, t.was))
		return problems_say(&g->problems, t.value_name, 0, MSG_FORM_PAGE_CHANGED,
		                    stored);
	return to_entry(g, row, &t);
}

static ERR_RESULT save(struct grid *g, struct resp *resp)
{
	const struct form_where *w = &g->where;
	struct change change = actor_change(w->req, "form.enter", form_where_after);
	struct form_entries entries = { .set = w->set,
		                        .scope = w->req->actor->unit_id,
		                        .unit = w->unit,
		                        .period = w->period,
		                        .entries = g->entries,
		                        .n = g->n,
		                        .problems = &g->problems };
	enum err e = form_enter(w->req->writer, &change, &entries);

	if (e == ERR_INPUT && g->problems.n > 0) {
		resp->status = 422;
		return show_grid(g, resp);
	}
	TRY(e);
	return resp_redirect(resp, url_with(form_where_sheet(w, w->form->code), "saved", "1"));
}

enum err form_grid_save(struct req *req, struct resp *resp)
{
	struct grid g = { 0 };

	TRY(open_grid(&g, req));
	TRY(req_problems(req, &g.problems));
	for (size_t i = 0; i < g.where.form->n_rows && !req->refill; i++)
		TRY(read_row(&g, &g.where.set->rows[(size_t)g.where.form->first + i]));
	if (g.problems.n == 0)
		return save(&g, resp);
	resp->status = 422;
	return show_grid(&g, resp);
}
