/* narrative_page.c - GET and POST /narratives/:set: the outline of an office. */
#include "app/account/actor.h"
#include "app/narrative/narrative_store.h"
#include "app/narrative/narrative_view.h"
#include "gen/links.h"
#include "gen/pages.h"

static enum err list_rows(struct narrative_outline_view *v, struct arena *a,
                          const struct form_set *set)
{
	struct narrative_outline_row *rows;

	TRY(arena_array(a, &rows, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];

		if (row->kind == FORM_GROUP)
			continue;
		rows[v->n_rows] =
		        (struct narrative_outline_row){ .id = row->id, .label = row->label };
		TRY(arena_printf(a, &rows[v->n_rows++].where, "%s/%s", row->form->code,
		                 row->code));
	}
	v->rows = rows;
	return ERR_OK;
}

static enum err list_variables(struct narrative_outline_view *v, struct arena *a)
{
	struct choice *words;

	TRY(arena_array(a, &words, NARRATIVE_VARIABLES_));
	for (enum narrative_variable i = 0; i < NARRATIVE_VARIABLES_; i++) {
		TRY(arena_printf(a, &words[i].value, "{{%s}}", narrative_variable_word(i)));
		words[i].label = narrative_variable_about(i);
	}
	v->variables = words;
	v->n_variables = NARRATIVE_VARIABLES_;
	return ERR_OK;
}

static enum err show(struct req *req, struct resp *resp, const struct form_set *set,
                     struct narrative_outline_view *v)
{
	struct narrative_outline_of of = { set->code, req->actor->unit_id,
		                           clock_today(&req->clock) };
	struct narrative_outline now = { .content = "", .sha256 = "" };
	enum err e = narrative_outline_find(&now, req->db, req->arena, &of);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	v->set_code = set->code;
	v->set_title = set->title;
	v->whose = now.unit_name;
	v->own = row_eq(now.unit_id, of.unit);
	v->source = v->source ? v->source : now.content;
	v->sha256 = now.sha256;
	v->action = link_narrative_outline_save(set->code);
	TRY(list_rows(v, req->arena, set));
	TRY(list_variables(v, req->arena));
	resp->title = msg_text(MSG_NARRATIVE_OUTLINE_TITLE);
	tmpl_narrative_outline(&resp->out, v);
	return ERR_OK;
}

enum err narrative_outline_show(struct req *req, struct resp *resp)
{
	struct narrative_outline_view v = { .saved = params_get(&req->query, "saved") != NULL };
	const struct form_set *set;
	struct problems none;

	problems_init(&none, req->arena);
	v.problems = &none;
	TRY(form_set_open(&set, req->db, req->arena, params_get(&req->route, "set")));
	return show(req, resp, set, &v);
}

enum err narrative_outline_save(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "narrative.outline", NULL);
	struct narrative_outline_view v = { .source = params_get(&req->form, "source") };
	struct narrative_outlining x = { .source = v.source ? v.source : "",
		                         .seen_sha256 = params_get(&req->form, "seen"),
		                         .on = clock_today(&req->clock) };
	const struct form_set *set;
	struct problems problems;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	TRY(form_set_open(&set, req->db, req->arena, params_get(&req->route, "set")));
	x.set_code = set->code;
	if (problems.n == 0)
		e = narrative_outline_put(req->writer, &change, &x, &problems);
	if (e == ERR_OK)
		return resp_redirect(
		        resp, url_with(link_narrative_outline_show(set->code), "saved", "1"));
	if (e == ERR_CONFLICT)
		TRY(problems_say(&problems, "", 0, MSG_NARRATIVE_OUTLINE_CLASH));
	else if (e != ERR_INPUT || problems.n == 0)
		return e;
	v.problems = &problems;
	resp->status = e == ERR_CONFLICT ? 409 : 422;
	return show(req, resp, set, &v);
}
