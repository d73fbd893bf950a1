/* unit_page.c - the tree of a day, and one unit; unit_form_page.c holds the forms. */
#include "app/account/actor.h"
#include "app/unit/unit_store.h"
#include "app/unit/unit_view.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { MOST_INDENT = 8, LARGE_TREE = 200 };

/* Two em spaces for each level. */
static const char *indent_of(int depth)
{
	static const char blanks[] = "        "
	                             "        ";
	enum { EM_SPACE = 3 };

	if (depth > MOST_INDENT)
		depth = MOST_INDENT;
	return blanks + sizeof(blanks) - 1 - (size_t)depth * 2 * EM_SPACE;
}

static ERR_RESULT to_rows(const struct unit_list_row **out, struct arena *a,
                          const struct unit_rows *units)
{
	struct unit_list_row *rows;

	TRY(arena_array(a, &rows, units->n + 1));
	for (size_t i = 0; i < units->n; i++) {
		const struct unit_row *u = &units->at[i];

		rows[i] = (struct unit_list_row){
			.id = u->id,
			.indent = indent_of(u->depth),
			.name = u->name,
			.code = u->code,
			.code_qcvn = u->code_qcvn,
			.level = u->level_name,
			.issues_codes = u->issues_codes,
		};
	}
	*out = rows;
	return ERR_OK;
}

/* Takes the units of the lowest rank (phòng, ban) out of a tree. */
static ERR_RESULT leave_out_offices(struct unit_rows *tree, struct req *req)
{
	struct unit_levels levels;
	size_t n = 0;

	TRY(unit_levels(&levels, req->db, req->arena));
	for (size_t i = 0; i < tree->n; i++)
		if (tree->at[i].rank < levels.at[levels.n - 1].rank)
			tree->at[n++] = tree->at[i];
	tree->n = n;
	return ERR_OK;
}

enum err unit_list(struct req *req, struct resp *resp)
{
	date_t today = clock_today(&req->clock), on = params_date(&req->query, "on");
	struct unit_list_view v = { .may_manage =
		                            actor_may(req->actor, PERMISSION_UNIT_MANAGE) };
	struct unit_rows tree;

	v.on = date_is_none(on) ? today : on;
	v.is_today = date_cmp(v.on, today) == 0;
	TRY(unit_tree(&tree, req->db, req->arena, req->actor->unit_id, today, v.on));
	v.offices_hidden = tree.n > LARGE_TREE && !params_get(&req->query, "offices");
	if (v.offices_hidden)
		TRY(leave_out_offices(&tree, req));
	TRY(to_rows(&v.rows, req->arena, &tree));
	v.n_rows = tree.n;
	resp->title = msg_text(MSG_UNIT_TITLE_LIST);
	tmpl_unit_list(&resp->out, &v);
	return ERR_OK;
}

/* ---- one unit ---- */

static ERR_RESULT path_text(const char **out, struct req *req, row_id unit, date_t today)
{
	struct unit_rows path;
	struct str text;

	TRY(unit_path(&path, req->db, req->arena, unit, today));
	str_init(&text, req->arena, 4096);
	for (size_t i = 0; i + 1 < path.n; i++)
		str_printf(&text, "%s%s", i ? " › " : "", path.at[i].name);
	return str_finish(&text, out);
}

static ERR_RESULT to_kin(const struct unit_kin_row **out, struct req *req,
                         const struct unit_kin *kin, size_t n)
{
	date_t today = clock_today(&req->clock);
	struct unit_kin_row *rows;

	TRY(arena_array(req->arena, &rows, n + 1));
	for (size_t i = 0; i < n; i++) {
		rows[i] = (struct unit_kin_row){
			.id = kin[i].id,
			.name = kin[i].name,
			.code = kin[i].code,
			.kind = unit_ending_label(kin[i].kind),
			.source = kin[i].source,
			.on = kin[i].on,
		};
		TRY(unit_is_below_from(&rows[i].visible, req->db, req->actor->unit_id,
		                       kin[i].id, today));
	}
	*out = rows;
	return ERR_OK;
}

static ERR_RESULT add_history(struct unit_show_view *v, struct req *req)
{
	struct unit_history h;
	struct unit_span_row *names, *parents;

	TRY(unit_history(&h, req->db, req->arena, v->id));
	TRY(arena_array(req->arena, &names, h.n_names + 1));
	for (size_t i = 0; i < h.n_names; i++)
		names[i] = (struct unit_span_row){ h.names[i].name, h.names[i].source,
			                           h.names[i].from_on, h.names[i].to_on };
	TRY(arena_array(req->arena, &parents, h.n_parents + 1));
	for (size_t i = 0; i < h.n_parents; i++)
		parents[i] = (struct unit_span_row){ h.parents[i].name, NULL,
			                             h.parents[i].from_on, h.parents[i].to_on };
	v->names = names;
	v->parents = parents;
	v->n_names = h.n_names;
	v->n_parents = h.n_parents;
	v->n_successors = h.n_successors;
	v->n_predecessors = h.n_predecessors;
	TRY(to_kin(&v->successors, req, h.successors, h.n_successors));
	return to_kin(&v->predecessors, req, h.predecessors, h.n_predecessors);
}

static struct unit_show_view view_of(const struct unit *u, date_t today)
{
	return (struct unit_show_view){
		.id = u->id,
		.name = u->name,
		.code = u->code,
		.code_qcvn = u->code_qcvn,
		.level = u->level_name,
		.place = u->place,
		.letterhead_parent = u->letterhead_parent,
		.letterhead = u->letterhead,
		.address = u->address,
		.phone = u->phone,
		.issues_codes = u->issues_codes,
		.stands = date_is_none(u->valid_to) || date_cmp(u->valid_to, today) >= 0,
		.valid_from = u->valid_from,
		.valid_to = u->valid_to,
	};
}

enum err unit_show(struct req *req, struct resp *resp)
{
	date_t today = clock_today(&req->clock);
	struct unit_rows children;
	struct unit_show_view v;
	struct unit unit;
	date_t on;

	TRY(unit_find(&unit, req->db, req->arena, req->actor->unit_id,
	              params_id(&req->route, "id"), today));
	v = view_of(&unit, today);
	v.may_manage = actor_may(req->actor, PERMISSION_UNIT_MANAGE);
	on = v.stands ? today : v.valid_to;
	TRY(path_text(&v.path, req, v.id, on));
	TRY(unit_children(&children, req->db, req->arena, v.id, on));
	TRY(to_rows(&v.children, req->arena, &children));
	v.n_children = children.n;
	TRY(add_history(&v, req));
	resp->title = v.name;
	tmpl_unit_show(&resp->out, &v);
	return ERR_OK;
}
