/* GET /dossiers: the list with its filters. */
#include "app/account/actor.h"
#include "app/dossier/choice.h"
#include "app/dossier/dossier_code.h"
#include "app/dossier/dossier_export_csv.h"
#include "app/dossier/dossier_list_view.h"
#include "app/dossier/dossier_store.h"
#include "app/procedure/procedure_store.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { PAGE_ROWS = 50, LONG_NUMBER = 9 };

struct html_badge dossier_badge(enum dossier_state state, enum dossier_standing standing,
                                enum outcome outcome)
{
	static const enum tone tones[] = {
		[STANDING_NO_DUE] = TONE_INFO,   [STANDING_IN_TIME] = TONE_OK,
		[STANDING_TOMORROW] = TONE_SOON, [STANDING_TODAY] = TONE_SOON,
		[STANDING_OVERDUE] = TONE_LATE,  [STANDING_WAITING] = TONE_WAIT,
		[STANDING_DONE] = TONE_OFF,
	};

	if (standing == STANDING_WAITING || standing == STANDING_DONE)
		return badge(outcome == OUTCOME_LATE ? TONE_LATE : tones[standing],
		             outcome == OUTCOME_LATE ? msg_text(MSG_DOSSIER_DONE_LATE)
		                                     : dossier_state_text(state));
	return badge(tones[standing], dossier_standing_text(standing));
}

/* ---- what was asked ---- */

struct asked {
	struct dossier_filter filter;
	struct dossier_place after;
	struct dossier_list_view v;
	struct problems problems;
};

static const char *given(struct req *req, const char *name)
{
	const char *text = params_get(&req->query, name);

	return str_blank(text) ? NULL : text;
}

/* A long number is somebody's identity or telephone: not for those who see them masked. */
static bool is_personal_number(const char *words)
{
	size_t digits = 0;

	for (const char *p = words; *p != '\0'; p++) {
		if (*p >= '0' && *p <= '9')
			digits++;
		else if (*p != ' ' && *p != '.' && *p != '-')
			return false;
	}
	return digits >= LONG_NUMBER;
}

static ERR_RESULT read_words(struct asked *k, struct req *req)
{
	k->v.words = given(req, "q");
	if (k->v.words == NULL)
		return ERR_OK;
	if (is_personal_number(k->v.words) && !actor_may(req->actor, PERMISSION_PERSON_UNMASK))
		return problems_say(&k->problems, "q", 0, MSG_LIST_NUMBER_MASKED);
	k->filter.words = k->v.words;
	return ERR_OK;
}

static ERR_RESULT read_procedure(struct asked *k, struct req *req)
{
	enum err e;

	k->v.procedure = given(req, "procedure");
	if (k->v.procedure == NULL)
		return ERR_OK;
	e = procedure_find_code(&k->filter.procedure, req->db, req->arena, k->v.procedure);
	if (e == ERR_NOT_FOUND)
		return problems_say(&k->problems, "procedure", 0, MSG_LIST_NO_PROCEDURE);
	return e;
}

static ERR_RESULT read_filter(struct asked *k, struct req *req)
{
	struct dossier_filter *f = &k->filter;
	enum dossier_choice channel;

	*f = (struct dossier_filter){
		.scope = req->actor->unit_id,
		.me = req->actor->account_id,
		.now = clock_now(&req->clock),
		.by_competent_unit = given(req, "by") != NULL,
		.unit = params_id(&req->query, "unit"),
		.field = params_id(&req->query, "field"),
		.received_from = params_date(&req->query, "from"),
		.received_to = params_date(&req->query, "to"),
	};
	if (!dossier_view_parse(&f->view, given(req, "view")))
		f->view = VIEW_ALL;
	if (choice_parse(&channel, LIST_CHANNEL, given(req, "channel")))
		f->channel = choice_word(channel);
	TRY(read_words(k, req));
	TRY(read_procedure(k, req));
	k->v.view = dossier_view_word(f->view);
	k->v.channel = f->channel;
	k->v.field = given(req, "field");
	k->v.unit = given(req, "unit");
	k->v.from = given(req, "from");
	k->v.to = given(req, "to");
	k->v.by_competent = f->by_competent_unit;
	k->v.filtered = k->v.channel || k->v.field || k->v.unit || k->v.procedure ||
	                k->v.from || k->v.to || k->v.by_competent;
	k->after.id = params_id(&req->query, "after");
	k->after.value = (instant_t){ params_int(&req->query, "at", INSTANT_NONE.us) };
	return ERR_OK;
}

/* ---- links that keep the filter ---- */

static struct url add_filter(struct url u, const struct asked *k, enum dossier_view view)
{
	const struct dossier_list_view *v = &k->v;

	u = url_with(u, "view", dossier_view_word(view));
	u = url_with(u, "q", v->words);
	u = url_with(u, "channel", v->channel);
	u = url_with(u, "field", v->field);
	u = url_with(u, "procedure", v->procedure);
	u = url_with(u, "unit", v->unit);
	u = url_with(u, "from", v->from);
	u = url_with(u, "to", v->to);
	return url_with(u, "by", v->by_competent ? "1" : NULL);
}

static struct url with_filter(const struct asked *k, enum dossier_view view)
{
	return add_filter(link_dossier_list(), k, view);
}

static struct url export_link(const struct asked *k, const char *format)
{
	return url_with(add_filter(link_dossier_export(), k, k->filter.view), "format", format);
}

static ERR_RESULT make_tabs(struct asked *k, struct arena *a)
{
	struct dossier_tab *tabs;

	TRY(arena_array(a, &tabs, DOSSIER_VIEWS));
	for (int i = 0; i < DOSSIER_VIEWS; i++) {
		enum dossier_view view = (enum dossier_view)i;

		tabs[i] = (struct dossier_tab){ with_filter(k, view), dossier_view_text(view),
			                        view == k->filter.view };
	}
	k->v.tabs = tabs;
	k->v.n_tabs = DOSSIER_VIEWS;
	return ERR_OK;
}

/* The count is taken with the first page and travels with the links to the others. */
static ERR_RESULT make_pager(struct asked *k, struct req *req, const struct dossier_rows *rows)
{
	bool first = row_is_none(k->after.id);
	int64_t count = first ? -1 : params_int(&req->query, "of", -1);
	char number[DEC_TEXT];

	if (count < 0 || count > DOSSIER_COUNT_MOST)
		TRY(dossier_rows_count(&count, req->db, req->arena, &k->filter));
	if (count > DOSSIER_COUNT_MOST)
		k->v.pager.count = msg_text(MSG_LIST_MORE_THAN);
	else
		TRY(msg_format(&k->v.pager.count, req->arena, MSG_LIST_COUNT,
		               dec_vn(dec_from_int(count), 0, number)));
	if (!first)
		k->v.pager.previous = with_filter(k, k->filter.view);
	if (!rows->more)
		return ERR_OK;
	k->v.pager.next =
	        url_with_int(with_filter(k, k->filter.view), "after", rows->last.id.value);
	if (!instant_is_none(rows->last.value))
		k->v.pager.next = url_with_int(k->v.pager.next, "at", rows->last.value.us);
	k->v.pager.next = url_with_int(k->v.pager.next, "of", count);
	return ERR_OK;
}

/* ---- the choices of the filter ---- */

static ERR_RESULT id_text(const char **out, struct arena *a, row_id id)
{
	return arena_printf(a, out, "%lld", (long long)id.value);
}

static ERR_RESULT load_fields(struct dossier_list_view *v, struct req *req)
{
	struct procedure_fields fields;
	struct choice *choices;

	TRY(procedure_fields(&fields, req->db, req->arena));
	TRY(arena_array(req->arena, &choices, fields.n + 1));
	for (size_t i = 0; i < fields.n; i++) {
		choices[i].label = fields.at[i].name;
		TRY(id_text(&choices[i].value, req->arena, fields.at[i].id));
	}
	v->fields = choices;
	v->n_fields = fields.n;
	return ERR_OK;
}

static ERR_RESULT load_units(struct dossier_list_view *v, struct req *req, date_t today)
{
	struct dossier_unit_choice *units;
	struct choice *choices;
	size_t n;

	TRY(dossier_units_below(&units, &n, req->db, req->arena, req->actor->unit_id, today));
	TRY(arena_array(req->arena, &choices, n + 1));
	for (size_t i = 0; i < n; i++) {
		choices[i].label = units[i].name;
		TRY(id_text(&choices[i].value, req->arena, units[i].id));
	}
	v->units = choices;
	v->n_units = n;
	return ERR_OK;
}

static ERR_RESULT load_channels(struct dossier_list_view *v, struct arena *a)
{
	size_t n;
	const struct choice_row *rows = choice_rows(LIST_CHANNEL, &n);
	struct choice *choices;

	TRY(arena_array(a, &choices, n));
	for (size_t i = 0; i < n; i++)
		choices[i] = (struct choice){ rows[i].word, rows[i].text };
	v->channels = choices;
	v->n_channels = n;
	return ERR_OK;
}

/* ---- the page ---- */

/* A whole code, typed or scanned, leads to its dossier at once. */
static ERR_RESULT jump_to_code(bool *jumped, struct req *req, struct resp *resp)
{
	const char *words = given(req, "q");
	struct dossier d;
	enum err e = ERR_NOT_FOUND;

	*jumped = false;
	if (words != NULL)
		e = dossier_find_code(&d, req->db, req->arena, words, req->actor->unit_id,
		                      clock_today(&req->clock));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*jumped = true;
	return resp_redirect(resp, link_dossier_show(d.id));
}

static bool several_units(const struct dossier_rows *rows)
{
	for (size_t i = 1; i < rows->n; i++) {
		if (!str_eq(rows->at[i].unit, rows->at[0].unit))
			return true;
	}
	return false;
}

static ERR_RESULT fill(struct asked *k, struct req *req)
{
	struct dossier_list_view *v = &k->v;
	struct dossier_rows rows = { 0 };

	TRY(load_fields(v, req));
	TRY(load_units(v, req, clock_today(&req->clock)));
	TRY(load_channels(v, req->arena));
	TRY(make_tabs(k, req->arena));
	if (k->problems.n == 0) {
		TRY(dossier_rows_load(&rows, req->db, req->arena, &k->filter, k->after,
		                      PAGE_ROWS));
		TRY(make_pager(k, req, &rows));
	}
	v->table = (struct dossier_rows_view){ rows.at, rows.n, several_units(&rows),
		                               msg_text(MSG_LIST_EMPTY) };
	v->may_receive = actor_may(req->actor, PERMISSION_DOSSIER_RECEIVE);
	v->may_import = actor_may(req->actor, PERMISSION_DOSSIER_IMPORT);
	v->csv = export_link(k, "csv");
	v->xlsx = export_link(k, "xlsx");
	v->title = dossier_view_text(k->filter.view);
	v->problems = &k->problems;
	return ERR_OK;
}

enum err dossier_list(struct req *req, struct resp *resp)
{
	struct asked k = { .filter = { .view = VIEW_ALL } };
	bool jumped;

	TRY(jump_to_code(&jumped, req, resp));
	if (jumped)
		return ERR_OK;
	problems_init(&k.problems, req->arena);
	TRY(read_filter(&k, req));
	TRY(fill(&k, req));
	if (k.problems.n > 0)
		resp->status = 422;
	resp->title = msg_text(MSG_LIST_TITLE);
	tmpl_dossier_list(&resp->out, &k.v);
	return ERR_OK;
}

/* ---- the list as a file ---- */

/* What the filter was, without the words, which may name a person. */
static ERR_RESULT about(const char **out, struct arena *a, const struct asked *k, bool unmasked)
{
	struct asked without = *k;

	without.v.words = NULL;
	return arena_printf(a, out, "%s%s", with_filter(&without, k->filter.view).text,
	                    unmasked ? "" : " (masked)");
}

static ERR_RESULT write_file(struct req *req, struct resp *resp,
                             const struct dossier_export_ask *ask)
{
	struct change change = actor_change(req, "dossier.export", NULL);
	FILE *file = tmpfile();
	int64_t n;
	enum err e;

	if (!file)
		return err_set(ERR_IO, "no temporary file");
	e = dossier_export_write(&n, file, req->db, ask);
	if (e == ERR_OK)
		e = dossier_export_note(req->writer, &change, ask, n);
	if (e == ERR_OK)
		e = resp_disk_file(resp, file);
	fclose(file);
	return e;
}

/* The form of the list again, with what is wrong. */
static ERR_RESULT show_problems(struct asked *k, struct req *req, struct resp *resp)
{
	TRY(fill(k, req));
	resp->status = 422;
	resp->title = msg_text(MSG_LIST_TITLE);
	tmpl_dossier_list(&resp->out, &k->v);
	return ERR_OK;
}

enum err dossier_export(struct req *req, struct resp *resp)
{
	bool xlsx = str_eq(given(req, "format"), "xlsx");
	struct asked k = { .filter = { .view = VIEW_ALL } };
	struct dossier_export_ask ask = { .xlsx = xlsx, .made_at = clock_now(&req->clock) };
	enum err e;

	problems_init(&k.problems, req->arena);
	TRY(read_filter(&k, req));
	if (k.problems.n > 0)
		return show_problems(&k, req, resp);
	ask.filter = k.filter;
	ask.unmasked = actor_may(req->actor, PERMISSION_PERSON_UNMASK);
	TRY(about(&ask.about, req->arena, &k, ask.unmasked));
	e = write_file(req, resp, &ask);
	if (e == ERR_TOO_LARGE) {
		TRY(problems_say(&k.problems, "", 0, MSG_EXPORT_TOO_MANY));
		return show_problems(&k, req, resp);
	}
	TRY(e);
	return resp_file(resp,
	                 xlsx ? "application/vnd.openxmlformats-officedocument."
	                        "spreadsheetml.sheet"
	                      : "text/csv; charset=utf-8",
	                 xlsx ? "ho-so.xlsx" : "ho-so.csv", true);
}
