/* form_file_page.c - GET and POST /forms/:set/file: figures of another office's file are read,
 * shown with all that was lost or guessed, corrected by the officer and only then stored.  The
 * page carries what was read; nothing is kept of a file that nobody confirmed. */
#include "app/form_file/form_file_page.h"

#include <string.h>

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/form/form_tsv.h"
#include "app/form_file/form_file_csv.h"
#include "base/settings.h"
#include "gen/links.h"
#include "gen/pages.h"

enum { MOST_FILES = 10, LONGEST_NAME = 300, LONGEST_REPORT = 1 << 20, SHA256_DIGITS = 64 };

/* ---- who may ---- */

/* The office itself, or the one above it that receives its reports. */
static bool may_take(const struct form_where *w)
{
	const struct actor *actor = w->req->actor;

	if (actor_may(actor, PERMISSION_FORM_ENTER))
		return true;
	return actor_may(actor, PERMISSION_REPORT_RECEIVE) && !row_eq(w->unit, actor->unit_id);
}

static ERR_RESULT open_taking(struct taking *t, struct req *req)
{
	*t = (struct taking){ 0 };
	problems_init(&t->problems, req->arena);
	TRY(form_where_read(&t->where, req, NULL));
	if (!may_take(&t->where))
		return err_set(ERR_FORBIDDEN, "may not take in figures of this unit");
	return form_where_open(&t->sheet, &t->where);
}

/* ---- reading the files ---- */

struct sent {
	struct form_file_source sources[MOST_FILES];
	size_t n;
	struct document document;
};

static ERR_RESULT read_upload(struct sent *s, struct taking *t, const struct upload *u)
{
	struct req *req = t->where.req;
	const char *most;

	if (s->n == MOST_FILES)
		return problems_say(&t->problems, "file", 0, MSG_AUDIT_TOO_MANY_FILES,
		                    u->file_name);
	if (u->n >> 20 >= (size_t)req->settings->audit_most_mb) {
		TRY(arena_printf(req->arena, &most, "%lld",
		                 (long long)req->settings->audit_most_mb));
		return problems_say(&t->problems, "file", 0, MSG_TEXT_FILE_TOO_LARGE, most);
	}
	return form_file_source_read(&s->sources[s->n++], req->arena,
	                             (struct slice){ (const char *)u->bytes, u->n },
	                             u->file_name, &t->problems);
}

static ERR_RESULT read_uploads(struct sent *s, struct taking *t)
{
	struct req *req = t->where.req;
	struct str names;

	str_init(&names, req->arena, (size_t)MOST_FILES * LONGEST_NAME);
	for (size_t i = 0; i < req->n_uploads; i++) {
		const struct upload *u = &req->uploads[i];

		if (!str_eq(u->field, "file") || u->n == 0)
			continue;
		TRY(read_upload(s, t, u));
		str_printf(&names, "%s%.*s", names.len > 0 ? ", " : "", LONGEST_NAME - 2,
		           u->file_name);
	}
	if (s->n == 0 && t->problems.n == 0)
		return problems_say(&t->problems, "file", 0, MSG_FORM_FILE_NOTHING_SENT);
	t->sha256 = s->n > 0 ? s->sources[0].sha256 : "";
	return str_finish(&names, &t->name);
}

static ERR_RESULT known_sets(const struct form_set *const **out, size_t *n, struct req *req)
{
	const struct form_set **sets;
	struct form_set_names names;

	TRY(form_sets(&names, req->db, req->arena));
	TRY(arena_array(req->arena, &sets, names.n + 1));
	for (size_t i = 0; i < names.n; i++)
		TRY(form_set_open(&sets[i], req->db, req->arena, names.at[i].code));
	*out = sets;
	*n = names.n;
	return ERR_OK;
}

static ERR_RESULT computed_of(const dec_t **out, struct taking *t)
{
	dec_t *computed;

	TRY(arena_array(t->where.req->arena, &computed, t->where.set->n_rows + 1));
	for (size_t i = 0; i < t->where.set->n_rows; i++)
		computed[i] = t->sheet.cells[i].computed;
	*out = computed;
	return ERR_OK;
}

static ERR_RESULT read_forms(struct taking *t, struct sent *s)
{
	struct req *req = t->where.req;
	struct form_file_task task = { .document = &s->document,
		                       .set = t->where.set,
		                       .tier = t->sheet.unit.tier,
		                       .period = t->where.period,
		                       .unit_name = t->sheet.unit.name };
	enum form_file_places *places;

	TRY(form_file_document(&s->document, &places, req->arena, s->sources, s->n));
	task.places = places;
	TRY(known_sets(&task.known, &task.n_known, req));
	TRY(computed_of(&task.computed, t));
	TRY(form_file_read(&t->file, req->arena, &task));
	TRY(form_file_report(&t->report, req->arena, &t->file));
	if (!t->file.printed)
		TRY(problems_say(&t->problems, "file", 0, MSG_FORM_FILE_NO_FORM));
	return ERR_OK;
}

/* ---- storing ---- */

/* One row of the page that was sent back. */
struct typed {
	const char *value_name, *value, *note, *was;
};

static ERR_RESULT read_typed(struct typed *out, struct taking *t, const struct form_row *row)
{
	struct params *form = &t->where.req->form;
	struct arena *a = t->where.req->arena;
	const char *name;

	TRY(form_file_field(&out->value_name, a, "v", row));
	out->value = params_get(form, out->value_name);
	if (!out->value)
		out->value = "";
	TRY(form_file_field(&name, a, "n", row));
	out->note = params_get(form, name);
	TRY(form_file_field(&name, a, "w", row));
	out->was = params_get(form, name);
	return ERR_OK;
}

static ERR_RESULT take_row(struct taking *t, const struct form_row *row)
{
	struct form_file_figure *f = &t->figures[t->n_figures];
	struct req *req = t->where.req;
	const char *question, *now, *name;
	struct typed typed;

	TRY(read_typed(&typed, t, row));
	if (!typed.note)
		return ERR_OK; /* the row was not on the page */
	t->sent = true;
	if (str_blank(typed.value) && str_blank(typed.note))
		return ERR_OK;
	TRY(form_file_was(&now, req->arena, row, &t->sheet.stated[row->at]));
	if (typed.was && !str_eq(now, typed.was))
		return problems_say(&t->problems, typed.value_name, 0, MSG_FORM_PAGE_CHANGED,
		                    now);
	*f = (struct form_file_figure){ .row = row };
	TRY(form_figure_read(&f->stated, &question, req->arena, row, typed.value, typed.note));
	if (question)
		return problems_add(&t->problems, typed.value_name, 0, question);
	f->stated.blank = false; /* nothing typed is nothing said */
	TRY(form_file_field(&name, req->arena, "p", row));
	f->where = params_get(&req->form, name);
	t->n_figures++;
	return ERR_OK;
}

static const char *carried(const struct req *req, const char *name, size_t most)
{
	const char *text = params_get(&req->form, name);

	return text && strlen(text) <= most ? text : "";
}

static ERR_RESULT read_back(struct taking *t)
{
	struct req *req = t->where.req;

	t->name = carried(req, "name", (size_t)MOST_FILES * LONGEST_NAME);
	t->sha256 = carried(req, "sha256", SHA256_DIGITS);
	t->report = carried(req, "report", LONGEST_REPORT);
	TRY(arena_array(req->arena, &t->figures, t->where.set->n_rows + 1));
	for (size_t i = 0; i < t->where.set->n_rows; i++)
		TRY(take_row(t, &t->where.set->rows[i]));
	if (!t->sent && t->problems.n == 0)
		return problems_say(&t->problems, "file", 0, MSG_FORM_FILE_NOTHING_SENT);
	return ERR_OK;
}

static ERR_RESULT store(struct taking *t, struct resp *resp)
{
	const struct form_where *w = &t->where;
	struct change change = actor_change(w->req, "form.file", form_where_after);
	struct form_file_import import = { .set = w->set,
		                           .scope = w->req->actor->unit_id,
		                           .unit = w->unit,
		                           .by_unit = w->req->actor->unit_id,
		                           .period = w->period,
		                           .figures = t->figures,
		                           .n = t->n_figures,
		                           .name = t->name,
		                           .sha256 = t->sha256,
		                           .losses = t->report,
		                           .problems = &t->problems };
	enum err e = form_file_take(w->req->writer, &change, &import);

	if (e == ERR_INPUT && t->problems.n > 0) {
		resp->status = 422;
		return form_file_preview(t, resp);
	}
	TRY(e);
	return resp_redirect(
	        resp,
	        url_with(form_where_url(w, link_form_file_show(w->set->code)), "saved", "1"));
}

/* ---- the two requests ---- */

enum err form_file_show(struct req *req, struct resp *resp)
{
	struct taking t;

	TRY(open_taking(&t, req));
	return form_file_preview(&t, resp);
}

static ERR_RESULT read_sent(struct taking *t)
{
	struct sent *s;

	TRY(arena_new(t->where.req->arena, &s));
	TRY(read_uploads(s, t));
	return t->problems.n == 0 ? read_forms(t, s) : ERR_OK;
}

enum err form_file_save(struct req *req, struct resp *resp)
{
	bool storing = str_eq(params_get(&req->form, "step"), "store");
	struct taking t;

	TRY(open_taking(&t, req));
	TRY(req_problems(req, &t.problems));
	TRY(storing ? read_back(&t) : read_sent(&t));
	if (storing && t.problems.n == 0 && !req->refill)
		return store(&t, resp);
	if (t.problems.n > 0 || req->refill)
		resp->status = 422;
	return form_file_preview(&t, resp);
}
