/* form_page.c - the forms of a unit and one form as it is printed. */
#include <stdio.h>

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/form/form_tally.h"
#include "app/form/form_where_page.h"
#include "app/form/form_xlsx.h"
#include "gen/links.h"
#include "gen/pages.h"

enum { LONGEST_FILE = 16 << 20 };

/* ---- all forms ---- */

static ERR_RESULT state_text(struct form_index_row *row, struct arena *a,
                             const struct form_tally *c)
{
	char errors[16], warnings[16];

	snprintf(errors, sizeof(errors), "%d", c->errors);
	snprintf(warnings, sizeof(warnings), "%d", c->warnings);
	row->tone = c->errors ? TONE_LATE : c->warnings ? TONE_SOON : TONE_OK;
	if (c->errors && c->warnings)
		return msg_format(&row->state, a, MSG_FORM_PAGE_BOTH, errors, warnings);
	if (c->errors)
		return msg_format(&row->state, a, MSG_FORM_PAGE_ERRORS, errors);
	if (c->warnings)
		return msg_format(&row->state, a, MSG_FORM_PAGE_WARNINGS, warnings);
	row->state = msg_text(MSG_FORM_PAGE_FINE);
	return ERR_OK;
}

static ERR_RESULT fill_rows(struct form_index_view *v, const struct form_where *w,
                            const struct form_sheet *sheet)
{
	struct form_index_row *rows;

	TRY(arena_array(w->req->arena, &rows, w->set->n_forms + 1));
	for (size_t i = 0; i < w->set->n_forms; i++) {
		const struct form *form = &w->set->forms[i];
		struct form_tally c = form_tally(w->set, form, sheet->cells);

		rows[i].title = form->title;
		rows[i].filled = c.filled;
		rows[i].blank = c.blank;
		rows[i].show = form_where_sheet(w, form->code);
		rows[i].enter =
		        form_where_url(w, link_form_grid_show(w->set->code, form->code));
		rows[i].file =
		        form_where_url(w, link_form_sheet_file(w->set->code, form->code));
		rows[i].rolled_up =
		        form_where_url(w, link_rollup_form_show(w->set->code, form->code));
		TRY(form_where_name(&rows[i].name, w, form));
		TRY(state_text(&rows[i], w->req->arena, &c));
	}
	v->rows = rows;
	v->n_rows = w->set->n_forms;
	return ERR_OK;
}

static ERR_RESULT fill_sets(struct form_index_view *v, const struct form_where *w,
                            const struct form_set_names *names)
{
	struct form_tab *tabs;

	TRY(arena_array(w->req->arena, &tabs, names->n + 1));
	for (size_t i = 0; i < names->n; i++) {
		struct url u = url_with(link_form_index(), "set", names->at[i].code);

		tabs[i] = (struct form_tab){ names->at[i].code, form_where_url(w, u),
			                     str_eq(names->at[i].code, w->set->code) };
	}
	v->sets = (struct form_tabs_view){ msg_text(MSG_FORM_PAGE_SETS), tabs, names->n };
	return ERR_OK;
}

/* The set asked for; else the communes' for a commune; else the first. */
static const char *choose_set(const struct req *req, const struct form_set_names *names,
                              enum form_tier tier)
{
	const char *asked = params_get(&req->query, "set");
	const char *usual = tier == FORM_COMMUNE ? "xa-2024" : "bnv-2022";

	if (asked)
		return asked;
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->at[i].code, usual))
			return usual;
	return names->at[0].code;
}

static ERR_RESULT fill_index(struct form_index_view *v, struct req *req,
                             const struct form_set_names *names)
{
	struct form_where w;
	struct form_sheet sheet;
	struct form_unit unit;

	TRY(form_unit_find(&unit, req->db, req->arena, req->actor->unit_id));
	TRY(form_where_read(&w, req, choose_set(req, names, unit.tier)));
	TRY(form_where_open(&sheet, &w));
	TRY(form_reported_below(&v->reported_below, req->db, req->arena, &sheet));
	v->set_title = w.set->title;
	v->document = w.set->document;
	v->unit_name = sheet.unit.name;
	v->period_name = w.period_text;
	v->settings = form_where_url(&w, link_form_setting_list(w.set->code));
	v->missing_url = form_where_url(&w, link_form_missing_list(w.set->code));
	v->take = form_where_url(&w, link_form_file_show(w.set->code));
	v->may_take = v->may_enter || actor_may(req->actor, PERMISSION_REPORT_RECEIVE);
	TRY(fill_sets(v, &w, names));
	TRY(form_where_filter(&v->filter, &w, link_form_index()));
	v->filter.set = w.set->code;
	return fill_rows(v, &w, &sheet);
}

enum err form_index(struct req *req, struct resp *resp)
{
	struct form_index_view v = { .may_enter =
		                             actor_may(req->actor, PERMISSION_FORM_ENTER) };
	struct form_set_names names;

	TRY(form_sets(&names, req->db, req->arena));
	if (names.n > 0)
		TRY(fill_index(&v, req, &names));
	else
		v.unit_name = req->actor->unit_name;
	resp->title = msg_text(MSG_FORM_PAGE_INDEX);
	tmpl_form_index(&resp->out, &v);
	return ERR_OK;
}

/* ---- one form ---- */

static const char *const cell_classes[] = { "", "computed", "", "overridden" };

/* Any unit has its own rows in black, those of other levels in grey. */
static const char *look_of(const struct form_row *row, const struct form_cell *cell)
{
	static const char *const depths[] = { "", "sub", "sub2" };

	if (cell->n_problems > 0)
		return "invalid";
	if (row->kind == FORM_GROUP)
		return "group";
	return depths[row->depth > 2 ? 2 : row->depth];
}

static ERR_RESULT figure_text(const char **out, struct arena *a, dec_t value)
{
	char text[DEC_TEXT];

	return arena_strdup(a, out, dec_vn(value, -1, text));
}

static ERR_RESULT fill_row(struct form_row_view *v, const struct form_where *w,
                           const struct form_row *row, const struct form_cell *cell)
{
	struct arena *a = w->req->arena;

	*v = (struct form_row_view){
		.code = row->code,
		.label = row->label,
		.unit = row->unit,
		.look = look_of(row, cell),
		.source = row->kind == FORM_GROUP ? "" : form_source_name(cell->source),
		.cell = cell_classes[cell->source],
		.note = cell->note,
		.why_blank = row->kind == FORM_GROUP ? NULL : cell->why_blank,
		.unit_note = row->unit_note,
		.has_link = row->kind != FORM_GROUP && !dec_is_none(cell->value),
		.overridden = cell->source == FORM_OVERRIDDEN,
		.group = row->kind == FORM_GROUP,
		.url = form_where_row(w, row),
		.n_problems = cell->n_problems,
	};
	TRY(figure_text(&v->figure, a, cell->value));
	TRY(figure_text(&v->computed_text, a, cell->computed));
	return form_where_problems(&v->problems, a, cell);
}

static ERR_RESULT fill_sheet_rows(struct form_sheet_view *v, const struct form_where *w,
                                  const struct form_sheet *sheet)
{
	struct form_row_view *rows;
	struct form_remarks remarks;

	TRY(form_remarks(&remarks, w->req->db, w->req->arena, sheet));
	if (!row_is_none(remarks.report_id))
		v->report = link_report_show(remarks.report_id);
	TRY(arena_array(w->req->arena, &rows, w->form->n_rows + 1));
	for (size_t i = 0; i < w->form->n_rows; i++) {
		const struct form_row *row = &w->set->rows[(size_t)w->form->first + i];

		TRY(fill_row(&rows[i], w, row, &sheet->cells[row->at]));
		TRY(form_where_remarks(&rows[i].remarks, &rows[i].n_remarks, w->req->arena,
		                       &remarks, row, true));
	}
	v->rows = rows;
	v->n_rows = w->form->n_rows;
	return ERR_OK;
}

static ERR_RESULT fill_sentences(struct form_sheet_view *v, const struct form_where *w,
                                 const struct form_sheet *sheet)
{
	const char **sentences;

	TRY(arena_array(w->req->arena, &sentences, w->set->n_settings + 1));
	for (size_t i = 0; i < w->set->n_settings; i++)
		sentences[i] = form_sheet_sentence(sheet, i);
	v->sentences = sentences;
	v->n_sentences = w->set->n_settings;
	return ERR_OK;
}

static ERR_RESULT fill_sheet(struct form_sheet_view *v, const struct form_where *w,
                             const struct form_sheet *sheet)
{
	const struct req *req = w->req;
	struct form_tally c = form_tally(w->set, w->form, sheet->cells);
	const char *set = w->set->code, *form = w->form->code;

	*v = (struct form_sheet_view){
		.title = w->form->title,
		.document = w->set->document,
		.unit_name = sheet->unit.name,
		.period_name = w->period_text,
		.errors = c.errors,
		.warnings = c.warnings,
		.blank = c.blank,
		.may_enter = !sheet->lock && actor_may(req->actor, PERMISSION_FORM_ENTER),
		.locked = sheet->lock ? sheet->lock->why : NULL,
		.may_manage = actor_may(req->actor, PERMISSION_FORM_MANAGE),
		.saved = params_get(&req->query, "saved") != NULL,
		.index = form_where_url(w, url_with(link_form_index(), "set", set)),
		.enter = form_where_url(w, link_form_grid_show(set, form)),
		.file = form_where_url(w, link_form_sheet_file(set, form)),
		.owners = form_where_url(w, link_form_owner_list(set, form)),
		.settings = form_where_url(w, link_form_setting_list(set)),
	};
	TRY(form_where_name(&v->name, w, w->form));
	TRY(form_where_tabs(&v->tabs, w, link_form_sheet_show));
	TRY(form_where_filter(&v->filter, w, link_form_sheet_show(set, form)));
	TRY(fill_sentences(v, w, sheet));
	return fill_sheet_rows(v, w, sheet);
}

enum err form_sheet_show(struct req *req, struct resp *resp)
{
	struct form_where w;
	struct form_sheet sheet;
	struct form_sheet_view v;

	TRY(form_where_read(&w, req, NULL));
	TRY(form_where_open(&sheet, &w));
	TRY(fill_sheet(&v, &w, &sheet));
	resp->title = v.name;
	tmpl_form_sheet(&resp->out, &v);
	return ERR_OK;
}

enum err form_sheet_file(struct req *req, struct resp *resp)
{
	struct form_where w;
	struct form_sheet sheet;
	const char *name;

	TRY(form_where_read(&w, req, NULL));
	TRY(form_where_open(&sheet, &w));
	TRY(form_xlsx(&resp->body, req->arena, &sheet, w.form, clock_now(&req->clock)));
	TRY(arena_printf(req->arena, &name, "%s-%s-%s.xlsx", w.set->code, w.form->code,
	                 w.period.code));
	return resp_file(resp,
	                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	                 name, true);
}
