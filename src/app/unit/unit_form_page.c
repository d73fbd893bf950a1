/* unit_form_page.c - adding, editing, renaming, moving, merging and ending units. */
#include <string.h>

#include "app/account/actor.h"
#include "app/unit/unit_store.h"
#include "app/unit/unit_view.h"
#include "base/vntext.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

/* ---- choices ---- */

static ERR_RESULT id_text(const char **out, struct arena *a, row_id id)
{
	return arena_printf(a, out, "%lld", (long long)id.value);
}

/* The units of the scope that stand today, in the order of the tree. */
static ERR_RESULT unit_choices(const struct choice **out, size_t *n, struct req *req)
{
	date_t today = clock_today(&req->clock);
	struct unit_rows tree;
	struct choice *choices;

	TRY(unit_tree(&tree, req->db, req->arena, req->actor->unit_id, today, today));
	TRY(arena_array(req->arena, &choices, tree.n + 1));
	for (size_t i = 0; i < tree.n; i++) {
		const struct unit_row *u = &tree.at[i];

		TRY(id_text(&choices[i].value, req->arena, u->id));
		TRY(arena_printf(req->arena, &choices[i].label, "%s (%s)", u->name, u->code));
	}
	*out = choices;
	*n = tree.n;
	return ERR_OK;
}

static ERR_RESULT level_choices(const struct choice **out, size_t *n, struct req *req)
{
	struct unit_levels levels;
	struct choice *choices;

	TRY(unit_levels(&levels, req->db, req->arena));
	TRY(arena_array(req->arena, &choices, levels.n + 1));
	for (size_t i = 0; i < levels.n; i++)
		choices[i] = (struct choice){ levels.at[i].code, levels.at[i].name };
	*out = choices;
	*n = levels.n;
	return ERR_OK;
}

static ERR_RESULT find_unit(struct unit *out, struct req *req)
{
	return unit_find(out, req->db, req->arena, req->actor->unit_id,
	                 params_id(&req->route, "id"), clock_today(&req->clock));
}

static ERR_RESULT today_text(const char **out, struct req *req)
{
	char text[DATE_TEXT];

	return arena_strdup(req->arena, out, date_iso(clock_today(&req->clock), text));
}

/* After a write: on to the unit, or ERR_INPUT, which the form shows with status 422. */
static ERR_RESULT answer(enum err e, struct resp *resp, const struct change *change)
{
	TRY(e);
	return resp_redirect(resp, change->link(change->result));
}

/* ---- adding and editing ---- */

static ERR_RESULT show_form(struct req *req, struct resp *resp, struct unit_form_view *v)
{
	bool is_new = row_is_none(v->id);

	TRY(unit_choices(&v->parents, &v->n_parents, req));
	TRY(level_choices(&v->levels, &v->n_levels, req));
	v->title = msg_text(is_new ? MSG_UNIT_TITLE_NEW : MSG_UNIT_TITLE_EDIT);
	resp->title = v->title;
	tmpl_unit_form(&resp->out, v);
	return ERR_OK;
}

static struct unit_form_view typed_form(const struct req *req, row_id id,
                                        const struct problems *problems)
{
	const struct params *form = &req->form;

	return (struct unit_form_view){
		.id = id,
		.code = params_get(form, "code"),
		.code_qcvn = params_get(form, "code_qcvn"),
		.name = params_get(form, "name"),
		.level = params_get(form, "level"),
		.parent = params_get(form, "parent_id"),
		.place = params_get(form, "place"),
		.letterhead_parent = params_get(form, "letterhead_parent"),
		.letterhead = params_get(form, "letterhead"),
		.address = params_get(form, "address"),
		.phone = params_get(form, "phone"),
		.issues_codes = params_get(form, "issues_codes"),
		.from_on = params_get(form, "from_on"),
		.source = params_get(form, "source"),
		.problems = problems,
	};
}

static struct unit_draft read_draft(const struct req *req)
{
	const struct params *form = &req->form;

	return (struct unit_draft){
		.code = params_get(form, "code"),
		.code_qcvn = params_get(form, "code_qcvn"),
		.name = params_get(form, "name"),
		.level = params_get(form, "level"),
		.parent_id = params_id(form, "parent_id"),
		.place = params_get(form, "place"),
		.letterhead_parent = params_get(form, "letterhead_parent"),
		.letterhead = params_get(form, "letterhead"),
		.address = params_get(form, "address"),
		.phone = params_get(form, "phone"),
		.issues_codes = params_get(form, "issues_codes") != NULL,
		.from_on = params_date(form, "from_on"),
		.source = params_get(form, "source"),
	};
}

enum err unit_new(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_form_view v = { .parent = params_get(&req->query, "parent") };

	problems_init(&problems, req->arena);
	v.problems = &problems;
	TRY(today_text(&v.from_on, req));
	return show_form(req, resp, &v);
}

enum err unit_create(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_form_view v;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change = actor_change(req, "unit.add", link_unit_show);
		struct unit_draft draft = read_draft(req);

		e = unit_add(req->writer, &change, &draft, &problems);
		e = answer(e, resp, &change);
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	v = typed_form(req, ROW_NONE, &problems);
	return show_form(req, resp, &v);
}

enum err unit_edit_form(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_form_view v;
	struct unit unit;

	TRY(find_unit(&unit, req));
	problems_init(&problems, req->arena);
	v = (struct unit_form_view){
		.id = unit.id,
		.code_qcvn = unit.code_qcvn,
		.place = unit.place,
		.letterhead_parent = unit.letterhead_parent,
		.letterhead = unit.letterhead,
		.address = unit.address,
		.phone = unit.phone,
		.issues_codes = unit.issues_codes ? "1" : NULL,
		.problems = &problems,
	};
	return show_form(req, resp, &v);
}

enum err unit_edit_save(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_form_view v;
	struct unit unit;
	enum err e = ERR_INPUT;

	TRY(find_unit(&unit, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change = actor_change(req, "unit.edit", link_unit_show);
		struct unit_draft draft = read_draft(req);

		e = unit_edit(req->writer, &change, unit.id, &draft, &problems);
		e = answer(e, resp, &change);
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	v = typed_form(req, unit.id, &problems);
	return show_form(req, resp, &v);
}

/* ---- renaming ---- */

static ERR_RESULT show_rename(struct resp *resp, const struct unit_rename_view *v)
{
	resp->title = msg_text(MSG_UNIT_TITLE_RENAME);
	tmpl_unit_rename(&resp->out, v);
	return ERR_OK;
}

enum err unit_rename_form(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_rename_view v = { .problems = &problems };
	struct unit unit;

	TRY(find_unit(&unit, req));
	problems_init(&problems, req->arena);
	v.id = unit.id;
	v.unit_name = unit.name;
	v.name = unit.name;
	TRY(today_text(&v.on, req));
	return show_rename(resp, &v);
}

enum err unit_rename_save(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit unit;
	enum err e = ERR_INPUT;

	TRY(find_unit(&unit, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change = actor_change(req, "unit.rename", link_unit_show);
		struct unit_renaming r = { unit.id, params_get(&req->form, "name"),
			                   params_date(&req->form, "on"),
			                   params_get(&req->form, "source") };

		e = unit_rename(req->writer, &change, &r, &problems);
		e = answer(e, resp, &change);
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	return show_rename(resp, &(struct unit_rename_view){
	                                 .id = unit.id,
	                                 .unit_name = unit.name,
	                                 .name = params_get(&req->form, "name"),
	                                 .on = params_get(&req->form, "on"),
	                                 .source = params_get(&req->form, "source"),
	                                 .problems = &problems,
	                         });
}

/* ---- moving ---- */

static ERR_RESULT show_move(struct req *req, struct resp *resp, struct unit_move_view *v)
{
	TRY(unit_choices(&v->parents, &v->n_parents, req));
	resp->title = msg_text(MSG_UNIT_TITLE_MOVE);
	tmpl_unit_move(&resp->out, v);
	return ERR_OK;
}

enum err unit_move_form(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_move_view v = { .problems = &problems };
	struct unit unit;

	TRY(find_unit(&unit, req));
	problems_init(&problems, req->arena);
	v.id = unit.id;
	v.unit_name = unit.name;
	TRY(today_text(&v.on, req));
	return show_move(req, resp, &v);
}

enum err unit_move_save(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct unit_move_view v = { .problems = &problems };
	struct unit unit;
	enum err e = ERR_INPUT;

	TRY(find_unit(&unit, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change = actor_change(req, "unit.move", link_unit_show);
		struct unit_moving m = { unit.id, params_id(&req->form, "parent_id"),
			                 params_date(&req->form, "on") };

		e = unit_move(req->writer, &change, &m, &problems);
		e = answer(e, resp, &change);
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	v.id = unit.id;
	v.unit_name = unit.name;
	v.parent = params_get(&req->form, "parent_id");
	v.on = params_get(&req->form, "on");
	return show_move(req, resp, &v);
}

/* ---- merging and ending ---- */

static const struct {
	const char *word;
	enum msg label;
} orphan_words[] = {
	[UNIT_ORPHANS_REFUSE] = { "refuse", MSG_UNIT_ORPHANS_REFUSE },
	[UNIT_ORPHANS_MOVE] = { "move", MSG_UNIT_ORPHANS_MOVE },
	[UNIT_ORPHANS_END] = { "end", MSG_UNIT_ORPHANS_END },
};

static enum unit_orphans read_orphans(const struct params *form)
{
	const char *word = params_get(form, "orphans");

	for (size_t i = 0; i < ARRAY_LEN(orphan_words); i++)
		if (str_eq(orphan_words[i].word, word))
			return (enum unit_orphans)i;
	return UNIT_ORPHANS_REFUSE;
}

static bool is_chosen(const struct params *form, row_id id)
{
	for (size_t i = 0; i < params_count(form, "unit"); i++) {
		row_id chosen;

		if (row_id_parse(&chosen, params_nth(form, "unit", i)) && row_eq(chosen, id))
			return true;
	}
	return false;
}

/* The name of the unit above row i of a tree. */
static const char *parent_name(const struct unit_rows *tree, size_t i)
{
	for (size_t k = i; k-- > 0;)
		if (row_eq(tree->at[k].id, tree->at[i].parent_id))
			return tree->at[k].name;
	return "";
}

/* All of the same level that stand today but the unit itself, to be ticked. */
static ERR_RESULT make_ticks(struct unit_succession_view *v, struct req *req, const char *level)
{
	date_t today = clock_today(&req->clock);
	struct unit_rows tree;
	struct unit_tick *ticks;

	TRY(unit_tree(&tree, req->db, req->arena, req->actor->unit_id, today, today));
	TRY(arena_array(req->arena, &ticks, tree.n + 1));
	for (size_t i = 0; i < tree.n; i++) {
		struct unit_tick *tick = &ticks[v->n_ticks];

		if (row_eq(tree.at[i].id, v->id) || !str_eq(tree.at[i].level, level))
			continue;
		*tick = (struct unit_tick){ .id = tree.at[i].id,
			                    .name = tree.at[i].name,
			                    .code = tree.at[i].code,
			                    .parent = parent_name(&tree, i),
			                    .chosen = is_chosen(&req->form, tree.at[i].id) };
		TRY(text_fold(req->arena, &tick->words, tick->name));
		v->n_ticks++;
	}
	v->ticks = ticks;
	return ERR_OK;
}

static ERR_RESULT show_succession(struct req *req, struct resp *resp, const struct unit *unit,
                                  bool receives, const struct problems *problems)
{
	struct unit_succession_view v = { .id = unit->id,
		                          .unit_name = unit->name,
		                          .receives = receives,
		                          .on = params_get(&req->form, "on"),
		                          .source = params_get(&req->form, "source"),
		                          .orphans = params_get(&req->form, "orphans"),
		                          .orphans_to = params_get(&req->form, "orphans_to"),
		                          .problems = problems };
	struct choice *orphans;

	if (!v.on)
		TRY(today_text(&v.on, req));
	if (!v.orphans)
		v.orphans = orphan_words[UNIT_ORPHANS_REFUSE].word;
	TRY(arena_array(req->arena, &orphans, ARRAY_LEN(orphan_words)));
	for (size_t i = 0; i < ARRAY_LEN(orphan_words); i++)
		orphans[i] = (struct choice){ orphan_words[i].word,
			                      msg_text(orphan_words[i].label) };
	v.orphan_choices = orphans;
	v.n_orphan_choices = ARRAY_LEN(orphan_words);
	TRY(unit_choices(&v.units, &v.n_units, req));
	TRY(make_ticks(&v, req, unit->level));
	resp->title = msg_text(receives ? MSG_UNIT_TITLE_MERGE : MSG_UNIT_TITLE_END);
	tmpl_unit_succession(&resp->out, &v);
	return ERR_OK;
}

static struct unit_succession read_succession(const struct req *req, row_id unit, bool receives)
{
	const struct params *form = &req->form;
	struct unit_succession s = { .on = params_date(form, "on"),
		                     .source = params_get(form, "source"),
		                     .orphans = read_orphans(form),
		                     .orphans_to = params_id(form, "orphans_to") };
	row_id *chosen = receives ? s.old : s.successors;
	size_t n = 0;

	for (size_t i = 0; i < params_count(form, "unit") && n < UNIT_MOST_ENDING; i++)
		if (row_id_parse(&chosen[n], params_nth(form, "unit", i)))
			n++;
	if (receives) {
		s.n_old = n;
		s.successors[s.n_successors++] = unit;
	} else {
		s.n_successors = n;
		s.old[s.n_old++] = unit;
	}
	s.kind = unit_ending_for(s.n_successors);
	return s;
}

static ERR_RESULT save_succession(struct req *req, struct resp *resp, bool receives)
{
	struct problems problems;
	struct unit unit;
	enum err e = ERR_INPUT;

	TRY(find_unit(&unit, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change =
		        actor_change(req, receives ? "unit.merge" : "unit.end", link_unit_show);
		struct unit_succession s = read_succession(req, unit.id, receives);

		e = unit_succeed(req->writer, &change, &s, &problems);
		e = answer(e, resp, &change);
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	return show_succession(req, resp, &unit, receives, &problems);
}

static ERR_RESULT open_succession(struct req *req, struct resp *resp, bool receives)
{
	struct problems problems;
	struct unit unit;

	TRY(find_unit(&unit, req));
	problems_init(&problems, req->arena);
	return show_succession(req, resp, &unit, receives, &problems);
}

enum err unit_merge_form(struct req *req, struct resp *resp)
{
	return open_succession(req, resp, true);
}

enum err unit_merge_save(struct req *req, struct resp *resp)
{
	return save_succession(req, resp, true);
}

enum err unit_end_form(struct req *req, struct resp *resp)
{
	return open_succession(req, resp, false);
}

enum err unit_end_save(struct req *req, struct resp *resp)
{
	return save_succession(req, resp, false);
}
