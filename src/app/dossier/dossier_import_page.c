/* dossier_import_page.c - GET and POST /dossiers/import. */
#include "app/account/actor.h"
#include "app/calendar/calendar_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_import_csv.h"
#include "app/dossier/dossier_import_list_store.h"
#include "app/dossier/dossier_import_view.h"
#include "base/vntext.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { MOST_REFUSED_SHOWN = 500, MOST_TAKEN_SHOWN = 50, LONGEST_SOURCE = 100 };

/* ---- what was sent ---- */

static const char *source_name(const struct req *req)
{
	const char *name = params_get(&req->form, "new_source");

	return str_blank(name) ? params_get(&req->form, "source") : name;
}

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

/* As chosen on the page; else as the source was mapped last time; else none. */
static ERR_RESULT read_mapping(const struct dossier_import_mapping **out, struct req *req,
                               const char *source)
{
	struct dossier_import_mapping *mapping;
	enum err e;

	*out = NULL;
	TRY(arena_new(req->arena, &mapping));
	if (params_get(&req->form, "mapped") &&
	    !str_eq(params_get(&req->form, "step"), "read")) {
		for (size_t c = 0; c < IMPORT_COLUMNS; c++)
			mapping->titles[c] = params_get(
			        &req->form, dossier_import_word((enum dossier_import_column)c));
		*out = mapping;
		return ERR_OK;
	}
	e = dossier_import_mapping_load(mapping, req->db, req->arena, req->actor->unit_id,
	                                source);
	if (e == ERR_OK)
		*out = mapping;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static ERR_RESULT read_list(struct dossier_import_list *out, struct req *req,
                            const char *source, struct problems *problems)
{
	const struct dossier_import_mapping *mapping;
	struct slice bytes = sent_bytes(req);

	*out = (struct dossier_import_list){ 0 };
	if (str_blank(source))
		TRY(problems_say(problems, "new_source", 0, MSG_IMPORT_NO_SOURCE));
	else if (text_length(source) > LONGEST_SOURCE)
		TRY(problems_say(problems, "new_source", 0, MSG_IMPORT_SOURCE_LONG));
	if (bytes.len == 0)
		TRY(problems_say(problems, "file", 0, MSG_IMPORT_NO_FILE));
	if (problems->n > 0)
		return ERR_OK;
	TRY(read_mapping(&mapping, req, source));
	TRY(dossier_import_read(out, req->arena, bytes.at, bytes.len, mapping, problems));
	if (problems->n == 0 || out->n_titles > 0 || !mapping)
		return ERR_OK;
	/* The source's columns have other titles now: guess again. */
	problems_init(problems, req->arena);
	return dossier_import_read(out, req->arena, bytes.at, bytes.len, NULL, problems);
}

/* ---- what is shown ---- */

static ERR_RESULT fill_sources(struct dossier_import_view *v, struct req *req)
{
	struct dossier_import_source *sources;
	struct choice *choices;
	size_t n;

	TRY(dossier_import_sources(&sources, &n, req->db, req->arena, req->actor->unit_id));
	TRY(arena_array(req->arena, &choices, n + 1));
	for (size_t i = 0; i < n; i++)
		choices[i] = (struct choice){ sources[i].name, sources[i].name };
	v->sources = choices;
	v->n_sources = n;
	return ERR_OK;
}

static ERR_RESULT fill_columns(struct dossier_import_view *v, struct req *req,
                               const struct dossier_import_list *list)
{
	struct choice *titles;
	struct control *columns;

	TRY(arena_array(req->arena, &titles, list->n_titles + 1));
	TRY(arena_array(req->arena, &columns, IMPORT_COLUMNS));
	for (size_t i = 0; i < list->n_titles; i++)
		titles[i] = (struct choice){ list->titles[i], list->titles[i] };
	for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
		enum dossier_import_column column = (enum dossier_import_column)c;

		columns[c] = (struct control){ .name = dossier_import_word(column),
			                       .label = dossier_import_label(column),
			                       .value = list->mapping.titles[c],
			                       .choices = titles,
			                       .n_choices = list->n_titles,
			                       .empty = msg_text(MSG_IMPORT_NO_COLUMN),
			                       .problems = v->problems };
	}
	v->columns = columns;
	v->n_columns = IMPORT_COLUMNS;
	return ERR_OK;
}

static struct html_badge fate_badge(enum dossier_import_fate fate)
{
	switch (fate) {
	case IMPORT_NEW:
		return badge(TONE_OK, msg_text(MSG_IMPORT_FATE_NEW));
	case IMPORT_UPDATED:
		return badge(TONE_INFO, msg_text(MSG_IMPORT_FATE_UPDATED));
	case IMPORT_SAME:
		return badge(TONE_OFF, msg_text(MSG_IMPORT_FATE_SAME));
	case IMPORT_REFUSED:
		break;
	}
	return badge(TONE_LATE, msg_text(MSG_IMPORT_FATE_REFUSED));
}

static void add_lines(struct dossier_import_line *lines, size_t *n, size_t most,
                      const struct dossier_import_list *list, bool refused)
{
	for (size_t i = 0; i < list->n_rows && *n < most; i++) {
		const struct dossier_import_row *row = &list->rows[i];

		if ((row->fate == IMPORT_REFUSED) != refused)
			continue;
		lines[(*n)++] = (struct dossier_import_line){
			.number = row->line,
			.code = row->code,
			.applicant = row->applicant,
			.state = row->state == DOSSIER_NONE ? ""
			                                    : dossier_state_text(row->state),
			.message = row->message,
			.received_at = row->received_at,
			.due_at = row->due_at,
			.fate = fate_badge(row->fate),
		};
	}
}

static ERR_RESULT fill_lines(struct dossier_import_view *v, struct req *req,
                             const struct dossier_import_list *list)
{
	struct dossier_import_line *lines;

	TRY(arena_array(req->arena, &lines, MOST_REFUSED_SHOWN + MOST_TAKEN_SHOWN));
	add_lines(lines, &v->n_lines, MOST_REFUSED_SHOWN, list, true);
	add_lines(lines, &v->n_lines, v->n_lines + MOST_TAKEN_SHOWN, list, false);
	v->lines = lines;
	v->n_hidden = list->n_rows - v->n_lines;
	return ERR_OK;
}

static ERR_RESULT show(struct req *req, struct resp *resp, struct dossier_import_view *v)
{
	TRY(fill_sources(v, req));
	v->source = params_get(&req->form, "source");
	v->new_source = params_get(&req->form, "new_source");
	resp->title = msg_text(MSG_IMPORT_TITLE);
	if (v->problems && v->problems->n > 0)
		resp->status = 422;
	tmpl_dossier_import(&resp->out, v);
	return ERR_OK;
}

/* What a list that was just taken in brought, as the address carries it. */
enum err dossier_import_form(struct req *req, struct resp *resp)
{
	struct dossier_import_view v = {
		.done = params_get(&req->query, "done") != NULL,
		.n_new = (size_t)params_int(&req->query, "new", 0),
		.n_updated = (size_t)params_int(&req->query, "updated", 0),
		.n_same = (size_t)params_int(&req->query, "same", 0),
		.n_refused = (size_t)params_int(&req->query, "refused", 0),
	};

	return show(req, resp, &v);
}

/* ---- reading, checking, storing ---- */

static struct url link_done(row_id source)
{
	(void)source;
	return url_with(link_dossier_import_form(), "done", "1");
}

static ERR_RESULT run_list(struct dossier_import_counts *counts, struct req *req,
                           const struct dossier_import_list *list, const char *source, bool dry)
{
	struct change change = actor_change(req, "dossier.import", link_done);
	struct dossier_clock clock;
	const struct dossier_import_ask ask = { .unit = req->actor->unit_id,
		                                .clock = &clock,
		                                .source = source,
		                                .mapping = &list->mapping,
		                                .rows = list->rows,
		                                .n_rows = list->n_rows,
		                                .dry = dry };

	TRY(dossier_clock_load(&clock, req->db, req->arena, app_calendars(req->app), ask.unit,
	                       clock_today(&req->clock)));
	return dossier_import_run(counts, req->db, req->writer, req->arena, &change, &ask);
}

static ERR_RESULT answer_done(struct resp *resp, const struct dossier_import_counts *counts)
{
	struct url to = link_done(ROW_NONE);

	to = url_with_int(to, "new", (long long)counts->n[IMPORT_NEW]);
	to = url_with_int(to, "updated", (long long)counts->n[IMPORT_UPDATED]);
	to = url_with_int(to, "same", (long long)counts->n[IMPORT_SAME]);
	return resp_redirect(resp,
	                     url_with_int(to, "refused", (long long)counts->n[IMPORT_REFUSED]));
}

enum err dossier_import_send(struct req *req, struct resp *resp)
{
	struct dossier_import_view v = { 0 };
	struct dossier_import_counts counts = { { 0 } };
	struct dossier_import_list list;
	struct problems problems;
	const char *source = source_name(req);
	bool storing;

	TRY(req_problems(req, &problems));
	storing = problems.n == 0 && str_eq(params_get(&req->form, "step"), "store");
	TRY(read_list(&list, req, source, &problems));
	if (list.n_rows > 0)
		TRY(run_list(&counts, req, &list, source, !storing));
	if (storing && list.n_rows > 0)
		return answer_done(resp, &counts);
	v.problems = &problems;
	v.table = list.table;
	v.n_new = counts.n[IMPORT_NEW];
	v.n_updated = counts.n[IMPORT_UPDATED];
	v.n_same = counts.n[IMPORT_SAME];
	v.n_refused = counts.n[IMPORT_REFUSED];
	if (list.n_titles > 0)
		TRY(fill_columns(&v, req, &list));
	if (list.n_rows > 0)
		TRY(fill_lines(&v, req, &list));
	return show(req, resp, &v);
}
