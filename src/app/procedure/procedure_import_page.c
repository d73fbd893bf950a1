/* procedure_import_page.c - GET and POST /procedures/import. */
#include "app/account/actor.h"
#include "app/procedure/procedure_import_csv.h"
#include "app/procedure/procedure_import_store.h"
#include "app/procedure/procedure_import_view.h"
#include "app/unit/unit_store.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { MOST_SHOWN_MESSAGES = 10 };

static ERR_RESULT fill_choices(struct procedure_import_view *v, struct req *req)
{
	const struct procedure_terms *terms = &procedure_service_levels;
	struct choice *levels, *services;
	struct unit_levels known;

	TRY(unit_levels(&known, req->db, req->arena));
	TRY(arena_array(req->arena, &levels, known.n + 1));
	TRY(arena_array(req->arena, &services, terms->n));
	for (size_t i = 0; i < known.n; i++)
		levels[i] = (struct choice){ known.at[i].code, known.at[i].name };
	for (size_t i = 0; i < terms->n; i++)
		services[i] = (struct choice){ terms->at[i].word, terms->at[i].label };
	v->levels = levels;
	v->n_levels = known.n;
	v->service_levels = services;
	v->n_service_levels = terms->n;
	return ERR_OK;
}

static ERR_RESULT show(struct req *req, struct resp *resp, struct procedure_import_view *v)
{
	TRY(fill_choices(v, req));
	v->level = params_get(&req->form, "level");
	v->service_level = params_get(&req->form, "service_level");
	v->decision = params_get(&req->form, "decision");
	v->decision_on = params_get(&req->form, "decision_on");
	v->valid_from = params_get(&req->form, "valid_from");
	resp->title = msg_text(MSG_PROCEDURE_IMPORT_TITLE);
	tmpl_procedure_import(&resp->out, v);
	return ERR_OK;
}

enum err procedure_import_form(struct req *req, struct resp *resp)
{
	struct procedure_import_view v = { .done = params_get(&req->query, "done") != NULL };

	return show(req, resp, &v);
}

/* ---- the preview ---- */

/* The file that was sent now, or the table that the preview carried. */
static struct slice sent_bytes(const struct req *req)
{
	const char *table = params_get(&req->form, "table");

	for (size_t i = 0; i < req->n_uploads; i++) {
		const struct upload *u = &req->uploads[i];

		if (str_eq(u->field, "file") && u->n > 0)
			return (struct slice){ (const char *)u->bytes, u->n };
	}
	return slice_of(table ? table : "");
}

static ERR_RESULT read_list(struct procedure_import *out, struct req *req,
                            struct problems *problems)
{
	const struct procedure_import_defaults defaults = {
		.level = params_get(&req->form, "level"),
		.service_level = params_get(&req->form, "service_level"),
		.decision = params_get(&req->form, "decision"),
		.decision_on = params_date(&req->form, "decision_on"),
		.valid_from = params_date(&req->form, "valid_from"),
	};
	struct slice bytes = sent_bytes(req);

	*out = (struct procedure_import){ .columns = "" };
	if (bytes.len == 0)
		return problems_say(problems, "file", 0, MSG_PROCEDURE_IMPORT_NO_FILE);
	return procedure_import_read(out, req->arena, bytes.at, bytes.len, &defaults, problems);
}

static ERR_RESULT messages_of(struct procedure_import_line *line, struct req *req,
                              const struct problems *problems)
{
	const char **messages;

	TRY(arena_array(req->arena, &messages, MOST_SHOWN_MESSAGES));
	for (const struct problem *p = problems->first; p; p = p->next) {
		if (p->line == line->number && line->n_messages < MOST_SHOWN_MESSAGES)
			messages[line->n_messages++] = p->message;
	}
	line->messages = messages;
	return ERR_OK;
}

static ERR_RESULT fill_line(struct procedure_import_line *line, struct req *req,
                            const struct procedure_import_row *row,
                            const struct problems *problems, bool *is_new)
{
	const struct procedure_draft *d = &row->draft;
	row_id known;
	enum err e;

	*line = (struct procedure_import_line){
		.number = row->line,
		.code = d->code,
		.name = d->name,
		.field = d->field,
		.term = procedure_driving_term(d->statutory_term, d->shortened_term),
		.status = badge(TONE_LATE, msg_text(MSG_PROCEDURE_IMPORT_WRONG)),
	};
	*is_new = false;
	if (row->wrong)
		return messages_of(line, req, problems);
	e = procedure_find_code(&known, req->db, req->arena, d->code);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*is_new = e == ERR_NOT_FOUND;
	line->status = *is_new ? badge(TONE_OK, msg_text(MSG_PROCEDURE_IMPORT_NEW))
	                       : badge(TONE_INFO, msg_text(MSG_PROCEDURE_IMPORT_KNOWN));
	return ERR_OK;
}

static ERR_RESULT fill_preview(struct procedure_import_view *v, struct req *req,
                               const struct procedure_import *in,
                               const struct problems *problems)
{
	struct procedure_import_line *lines;

	TRY(arena_array(req->arena, &lines, in->n_rows + 1));
	for (size_t i = 0; i < in->n_rows; i++) {
		bool is_new;

		TRY(fill_line(&lines[i], req, &in->rows[i], problems, &is_new));
		v->n_new += is_new;
	}
	v->lines = lines;
	v->n_lines = in->n_rows;
	v->n_wrong = in->n_wrong;
	v->n_good = in->n_rows - in->n_wrong;
	v->columns = in->columns;
	v->table = in->table;
	return ERR_OK;
}

/* Problems of the whole file above the form; those of lines stand beside their lines. */
static ERR_RESULT file_problems(struct problems *out, const struct problems *all)
{
	problems_init(out, all->arena);
	for (const struct problem *p = all->first; p; p = p->next) {
		if (p->line == 0)
			TRY(problems_add(out, p->field, 0, p->message));
	}
	return ERR_OK;
}

static ERR_RESULT show_preview(struct req *req, struct resp *resp,
                               const struct procedure_import *in,
                               const struct problems *problems)
{
	struct procedure_import_view v = { 0 };
	struct problems above;

	if (in->n_rows > 0)
		TRY(fill_preview(&v, req, in, problems));
	TRY(file_problems(&above, problems));
	v.problems = &above;
	if (problems->n > 0)
		resp->status = 422;
	return show(req, resp, &v);
}

/* ---- storing ---- */

static struct url link_done(row_id result)
{
	(void)result;
	return url_with(link_procedure_import_form(), "done", "1");
}

/* Marks the rows that the catalogue refused, so that the preview shows them. */
static void mark_wrong(struct procedure_import *in, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next) {
		for (size_t i = 0; i < in->n_rows; i++) {
			if (in->rows[i].line == p->line && !in->rows[i].wrong) {
				in->rows[i].wrong = true;
				in->n_wrong++;
			}
		}
	}
}

static ERR_RESULT store(struct req *req, struct resp *resp, struct procedure_import *in)
{
	struct change change = actor_change(req, "procedure.import", link_done);
	struct procedure_import_item *items;
	struct procedure_import_done done;
	struct problems refused;
	size_t n = 0;
	enum err e;

	TRY(arena_array(req->arena, &items, in->n_rows + 1));
	for (size_t i = 0; i < in->n_rows; i++) {
		if (!in->rows[i].wrong)
			items[n++] = (struct procedure_import_item){ in->rows[i].line,
				                                     &in->rows[i].draft };
	}
	problems_init(&refused, req->arena);
	e = procedure_import_save(&done, req->writer, &change, items, n, &refused);
	if (e == ERR_OK)
		return resp_redirect(resp, change.link(change.result));
	if (e != ERR_INPUT)
		return e;
	mark_wrong(in, &refused);
	TRY(problems_say(&refused, "file", 0, MSG_PROCEDURE_IMPORT_REFUSED));
	return show_preview(req, resp, in, &refused);
}

enum err procedure_import_run(struct req *req, struct resp *resp)
{
	struct procedure_import in;
	struct problems problems;
	bool storing;

	TRY(req_problems(req, &problems));
	storing = problems.n == 0 && str_eq(params_get(&req->form, "step"), "store");
	TRY(read_list(&in, req, &problems));
	if (storing && in.n_rows > in.n_wrong)
		return store(req, resp, &in);
	return show_preview(req, resp, &in, &problems);
}
