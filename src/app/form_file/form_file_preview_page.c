/* What the page of other offices' files shows: the rows that were read, the loss report, the
 * files that were taken before. */
#include <string.h>

#include "app/form/form_lock_store.h"
#include "app/form_file/form_file_page.h"
#include "base/vec.h"
#include "gen/links.h"

enum err form_file_field(const char **out, struct arena *a, const char *prefix,
                         const struct form_row *row)
{
	return arena_printf(a, out, "%s-%s-%s", prefix, row->form->code, row->code);
}

static ERR_RESULT stated_text(const char **out, struct arena *a, const struct form_row *row,
                              const struct form_stated *s)
{
	struct number_read n = { s->value, s->numerator, s->denominator };

	return number_text(out, a, &n, row->kind);
}

enum err form_file_was(const char **out, struct arena *a, const struct form_row *row,
                       const struct form_stated *stated)
{
	const char *value;

	TRY(stated_text(&value, a, row, stated));
	return arena_printf(a, out, "%s|%s", value, stated->note ? stated->note : "");
}

/* ---- the loss report ---- */

/* Lines "# title" and those of each kind below, as form_file_report writes them; the kinds that
 * need a decision stand open. */
static ERR_RESULT losses_of(const struct form_file_losses_view **out, size_t *n,
                            struct arena *a, const char *report)
{
	struct form_file_losses_view *list = NULL;
	const char **lines = NULL, *title;
	struct slice rest = slice_of(report), line;

	*n = 0;
	while (slice_cut(&rest, '\n', &line)) {
		line = slice_trim(line);
		if (line.len == 0)
			continue;
		TRY(arena_strndup(a, &title, line.at, line.len));
		if (str_starts(title, "# ")) {
			lines = NULL;
			TRY(vec_room(a, list, *n));
			list[(*n)++] = (struct form_file_losses_view){ .title = title + 2 };
		} else if (*n > 0) {
			struct form_file_losses_view *kind = &list[*n - 1];

			TRY(vec_room(a, lines, kind->n_lines));
			lines[kind->n_lines++] = title;
			kind->lines = lines;
		}
	}
	for (size_t i = 0; i < *n; i++) {
		TRY(arena_printf(a, &list[i].count, "%zu", list[i].n_lines));
		for (enum form_file_loss loss = 0; loss <= FORM_FILE_UNREAD_COLUMN; loss++)
			list[i].open |= str_eq(list[i].title, form_file_loss_title(loss));
	}
	*out = list;
	return ERR_OK;
}

/* ---- one row ---- */

static struct form_file_says_view says_of(const struct form_file_remark *m)
{
	enum tone tone = TONE_SOON;
	enum msg word = MSG_FORM_FILE_BADGE_LOOK;

	if (m->loss == FORM_FILE_ASKED_CELL || m->loss == FORM_FILE_TWICE) {
		tone = TONE_LATE;
		word = MSG_FORM_FILE_BADGE_ASKED;
	} else if (m->loss == FORM_FILE_CONTRADICTION) {
		tone = TONE_LATE;
		word = MSG_FORM_FILE_BADGE_WRONG;
	} else if (m->loss == FORM_FILE_GUESSED_ROW || m->loss == FORM_FILE_GUESSED_VALUE) {
		word = MSG_FORM_FILE_BADGE_GUESSED;
	}
	return (struct form_file_says_view){ badge(tone, msg_text(word)), m->say };
}

static ERR_RESULT fill_says(struct form_file_row_view *v, struct taking *t,
                            const struct form_row *row)
{
	struct form_file_says_view *says = NULL;

	for (size_t i = 0; i < t->file.n_remarks; i++) {
		if (t->file.remarks[i].row != row)
			continue;
		TRY(vec_room(t->where.req->arena, says, v->n_says));
		says[v->n_says++] = says_of(&t->file.remarks[i]);
	}
	v->says = says;
	return ERR_OK;
}

static ERR_RESULT fill_names(struct form_file_row_view *v, struct arena *a,
                             const struct form_row *row)
{
	TRY(form_file_field(&v->anchor, a, "r", row));
	TRY(form_file_field(&v->value_name, a, "v", row));
	TRY(form_file_field(&v->note_name, a, "n", row));
	TRY(form_file_field(&v->was_name, a, "w", row));
	TRY(form_file_field(&v->where_name, a, "p", row));
	return form_file_field(&v->printed_name, a, "t", row);
}

static const char *sent_back(const struct taking *t, const char *name)
{
	const char *text = params_get(&t->where.req->form, name);

	return text ? text : "";
}

/* From the reading, or from the page that was sent back. */
static ERR_RESULT fill_row(struct form_file_row_view *v, struct taking *t,
                           const struct form_row *row)
{
	const struct form_stated *stated = &t->sheet.stated[row->at];
	struct arena *a = t->where.req->arena;
	char figure[DEC_TEXT];

	v->code = row->code;
	v->label = row->label;
	v->unit = row->unit;
	v->group = row->kind == FORM_GROUP;
	TRY(arena_strdup(a, &v->ours, dec_vn(t->sheet.cells[row->at].value, -1, figure)));
	TRY(form_file_was(&v->was, a, row, stated));
	if (t->sent) {
		v->value = sent_back(t, v->value_name);
		v->note = sent_back(t, v->note_name);
		v->where = sent_back(t, v->where_name);
		v->printed = sent_back(t, v->printed_name);
	} else {
		const struct form_file_cell *cell = &t->file.cells[row->at];

		v->value = cell->typed;
		v->note = *cell->note ? cell->note : stated->note ? stated->note : "";
		v->where = cell->where;
		v->printed = cell->text;
		TRY(fill_says(v, t, row));
	}
	v->problem = problems_for(&t->problems, v->value_name);
	v->look = v->problem ? "invalid" : v->group ? "group" : row->depth > 1 ? "sub2" : "";
	return ERR_OK;
}

/* Rows that the file says something of. */
static bool is_shown(const struct taking *t, const struct form_row *row,
                     const struct form_file_row_view *v)
{
	const struct form_file_cell *cell;

	if (t->sent)
		return params_get(&t->where.req->form, v->note_name) != NULL;
	cell = &t->file.cells[row->at];
	return cell->state >= FORM_FILE_SURE || *cell->note;
}

/* ---- the page ---- */

static ERR_RESULT fill_form(struct form_file_form_view *out, struct taking *t,
                            const struct form *form)
{
	struct arena *a = t->where.req->arena;
	struct form_file_row_view *rows;

	*out = (struct form_file_form_view){ .title = form->title };
	TRY(arena_array(a, &rows, form->n_rows + 1));
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &t->where.set->rows[(size_t)form->first + i];
		struct form_file_row_view *v = &rows[out->n_rows];

		*v = (struct form_file_row_view){ 0 };
		TRY(fill_names(v, a, row));
		if (!is_shown(t, row, v))
			continue;
		TRY(fill_row(v, t, row));
		out->n_rows++;
	}
	out->rows = rows;
	return form_where_name(&out->name, &t->where, form);
}

static ERR_RESULT fill_forms(struct form_file_view *v, struct taking *t)
{
	const struct form_set *set = t->where.set;
	struct form_file_form_view *forms;

	TRY(arena_array(t->where.req->arena, &forms, set->n_forms + 1));
	for (size_t i = 0; i < set->n_forms; i++) {
		TRY(fill_form(&forms[v->n_forms], t, &set->forms[i]));
		v->n_forms += forms[v->n_forms].n_rows > 0;
	}
	v->forms = forms;
	return ERR_OK;
}

static ERR_RESULT fill_summary(struct form_file_view *v, struct taking *t)
{
	char n[5][24];

	snprintf(n[0], sizeof(n[0]), "%zu", t->file.n_tables);
	for (size_t i = 0; i < 3; i++)
		snprintf(n[i + 1], sizeof(n[0]), "%zu", t->file.n_of[FORM_FILE_SURE + i]);
	snprintf(n[4], sizeof(n[0]), "%zu", t->file.n_of[FORM_FILE_BLANK]);
	return msg_format(&v->summary, t->where.req->arena, MSG_FORM_FILE_SUMMARY, n[0], n[1],
	                  n[2], n[3], n[4]);
}

static ERR_RESULT fill_preview(struct form_file_view *v, struct taking *t)
{
	v->name = t->name;
	v->sha256 = t->sha256;
	v->report = t->report;
	if (t->report)
		TRY(losses_of(&v->losses, &v->n_losses, t->where.req->arena, t->report));
	if (t->file.printed)
		TRY(fill_summary(v, t));
	return t->file.printed || t->sent ? fill_forms(v, t) : ERR_OK;
}

static ERR_RESULT fill_taken(struct form_file_view *v, struct taking *t)
{
	struct form_sheet_of of = { t->sheet.scope, t->where.unit, t->where.period };
	struct arena *a = t->where.req->arena;
	struct form_file_taken_view *taken;
	struct form_files_taken list;

	TRY(form_file_list(&list, t->where.req->db, a, t->where.set, &of));
	TRY(arena_array(a, &taken, list.n + 1));
	for (size_t i = 0; i < list.n; i++) {
		const struct form_file_taken *f = &list.at[i];
		char n[24], changed[24];

		taken[i] = (struct form_file_taken_view){ .name = f->name,
			                                  .by = f->account_name,
			                                  .at = f->at };
		snprintf(n, sizeof(n), "%lld", (long long)f->n_taken);
		snprintf(changed, sizeof(changed), "%lld", (long long)f->n_changed);
		TRY(msg_format(&taken[i].counts, a, MSG_FORM_FILE_COUNTS, n, changed));
		TRY(losses_of(&taken[i].losses, &taken[i].n_losses, a, f->losses));
	}
	v->taken = taken;
	v->n_taken = list.n;
	return ERR_OK;
}

enum err form_file_preview(struct taking *t, struct resp *resp)
{
	const struct form_where *w = &t->where;
	struct form_file_view v = {
		.set_title = w->set->title,
		.unit_name = t->sheet.unit.name,
		.period_name = w->period_text,
		.index = form_where_url(w, url_with(link_form_index(), "set", w->set->code)),
		.action = form_where_url(w, link_form_file_save(w->set->code)),
		.problems = &t->problems,
		.locked = t->sheet.lock ? t->sheet.lock->why : NULL,
		.saved = params_get(&w->req->query, "saved") != NULL,
	};

	v.sheet = v.index;
	TRY(form_where_filter(&v.filter, w, link_form_file_show(w->set->code)));
	TRY(fill_preview(&v, t));
	if (v.n_forms == 0)
		TRY(fill_taken(&v, t));
	resp->title = msg_text(MSG_FORM_FILE_PAGE_TITLE);
	tmpl_form_file(&resp->out, &v);
	return ERR_OK;
}
