/* form_manage_page.c - who supplies a row, what is still missing, decisions on counting. */
#include <stdlib.h>
#include <string.h>

#include "app/account/account_store.h"
#include "app/form/form_cell_store.h"
#include "app/form/form_manage_view.h"
#include "app/form/form_tally.h"
#include "app/form/form_where_page.h"
#include "app/unit/unit_store.h"
#include "gen/links.h"
#include "gen/pages.h"

/* ---- owners ---- */

static ERR_RESULT list_rooms(struct form_owners_view *v, const struct form_where *w)
{
	struct req *req = w->req;
	struct unit_rows units;
	struct choice *choices;

	TRY(unit_children(&units, req->db, req->arena, w->unit, clock_today(&req->clock)));
	TRY(arena_array(req->arena, &choices, units.n + 1));
	for (size_t i = 0; i < units.n; i++) {
		TRY(arena_printf(req->arena, &choices[i].value, "%lld",
		                 (long long)units.at[i].id.value));
		choices[i].label = units.at[i].name;
	}
	v->units = choices;
	v->n_units = units.n;
	return ERR_OK;
}

static ERR_RESULT fill_owner_rows(struct form_owners_view *v, const struct form_where *w)
{
	struct req *req = w->req;
	const struct form_owner *owners;
	struct form_owner_row *rows;

	TRY(form_owners(&owners, req->db, req->arena, w->set, req->actor->unit_id, w->unit));
	TRY(arena_array(req->arena, &rows, w->form->n_rows + 1));
	for (size_t i = 0; i < w->form->n_rows; i++) {
		const struct form_row *row = &w->set->rows[(size_t)w->form->first + i];
		struct form_owner_row *to = &rows[v->n_rows];

		if (row->kind == FORM_GROUP)
			continue;
		*to = (struct form_owner_row){ .code = row->code,
			                       .label = row->label,
			                       .hint = row->owner };
		TRY(arena_printf(req->arena, &to->name, "o-%s", row->code));
		TRY(arena_printf(req->arena, &to->owner, "%lld",
		                 (long long)owners[row->at].id.value));
		v->n_rows++;
	}
	v->rows = rows;
	return ERR_OK;
}

enum err form_owner_list(struct req *req, struct resp *resp)
{
	struct form_where w;
	struct form_unit unit;
	struct form_owners_view v = { 0 };

	TRY(form_where_read(&w, req, NULL));
	TRY(form_unit_find(&unit, req->db, req->arena, req->actor->unit_id));
	w.unit = req->actor->unit_id; /* an office names the rooms of its own house only */
	v.unit_name = unit.name;
	v.title = w.form->title;
	v.save = form_where_url(&w, link_form_owner_list(w.set->code, w.form->code));
	v.sheet = form_where_sheet(&w, w.form->code);
	v.history = link_history_of_owners(w.unit);
	TRY(form_where_name(&v.name, &w, w.form));
	TRY(form_where_tabs(&v.tabs, &w, link_form_owner_list));
	TRY(list_rooms(&v, &w));
	TRY(fill_owner_rows(&v, &w));
	TRY(msg_format(&resp->title, req->arena, MSG_FORM_PAGE_OWNERS, v.name));
	tmpl_form_owners(&resp->out, &v);
	return ERR_OK;
}

/* A room of the house, or nobody. */
static bool is_room(const struct unit_rows *rooms, row_id id)
{
	for (size_t i = 0; i < rooms->n; i++)
		if (row_eq(rooms->at[i].id, id))
			return true;
	return row_is_none(id);
}

static ERR_RESULT read_owners(struct form_owning *out, const struct form_where *w)
{
	struct req *req = w->req;
	struct form_owned *rows;
	struct unit_rows rooms;

	TRY(unit_children(&rooms, req->db, req->arena, req->actor->unit_id,
	                  clock_today(&req->clock)));
	TRY(arena_array(req->arena, &rows, w->form->n_rows + 1));
	for (size_t i = 0; i < w->form->n_rows; i++) {
		const struct form_row *row = &w->set->rows[(size_t)w->form->first + i];
		const char *name;

		TRY(arena_printf(req->arena, &name, "o-%s", row->code));
		row_id owner = params_id(&req->form, name);
		if (!params_get(&req->form, name) || !is_room(&rooms, owner))
			continue;
		rows[out->n++] = (struct form_owned){ row, owner };
	}
	out->rows = rows;
	return ERR_OK;
}

enum err form_owner_save(struct req *req, struct resp *resp)
{
	struct form_where w;
	struct problems problems;
	struct form_owning owning = { 0 };
	struct change change = actor_change(req, "form.own", form_where_after);

	TRY(form_where_read(&w, req, NULL));
	TRY(req_problems(req, &problems));
	if (problems.n > 0)
		return form_owner_list(req, resp);
	owning.set = w.set;
	owning.unit = req->actor->unit_id;
	TRY(read_owners(&owning, &w));
	TRY(form_own(req->writer, &change, &owning));
	return resp_redirect(resp, url_with(form_where_sheet(&w, w.form->code), "saved", "1"));
}

/* ---- what is missing ---- */

struct missing {
	struct form_where where;
	struct form_sheet sheet;
	const struct form_owner *owners;
	row_id room;   /* of the account that asks, or ROW_NONE */
	row_id chosen; /* ?owner=; ROW_NONE: everybody's */
	bool only;     /* one owner's are listed */
};

static bool is_missing(const struct missing *m, const struct form_row *row)
{
	return form_is_missing(row, &m->sheet.cells[row->at]);
}

static struct url owner_url(const struct missing *m, row_id owner)
{
	struct url u = form_where_url(&m->where, link_form_missing_list(m->where.set->code));

	return url_with_int(u, "owner", (long long)owner.value);
}

static ERR_RESULT fill_missing_rows(struct form_missing_view *v, const struct missing *m)
{
	const struct form_set *set = m->where.set;
	struct form_missing_row *rows;

	TRY(arena_array(m->where.req->arena, &rows, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];
		struct form_missing_row *to = &rows[v->n_rows];

		if (!is_missing(m, row) || (m->only && !row_eq(m->owners[i].id, m->chosen)))
			continue;
		TRY(form_where_name(&to->form, &m->where, row->form));
		to->code = row->code;
		to->label = row->label;
		to->owner =
		        m->owners[i].name ? m->owners[i].name : msg_text(MSG_FORM_PAGE_NOBODY);
		to->url = form_where_row(&m->where, row);
		v->n_rows++;
	}
	v->rows = rows;
	return ERR_OK;
}

/* The group of an owner; a new one at the end. */
static struct form_missing_group *group_of(struct form_missing_group *groups, row_id *ids,
                                           size_t *n, row_id owner)
{
	for (size_t i = 0; i < *n; i++)
		if (row_eq(ids[i], owner))
			return &groups[i];
	ids[*n] = owner;
	return &groups[(*n)++];
}

static ERR_RESULT fill_groups(struct form_missing_view *v, const struct missing *m)
{
	const struct form_set *set = m->where.set;
	struct form_missing_group *groups;
	row_id *ids;
	size_t n = 1;

	TRY(arena_array(m->where.req->arena, &groups, set->n_rows + 2));
	TRY(arena_array(m->where.req->arena, &ids, set->n_rows + 2));
	groups[0].name = msg_text(MSG_FORM_PAGE_EVERYBODY);
	groups[0].url = url_with(form_where_url(&m->where, link_form_missing_list(set->code)),
	                         "owner", "all");
	ids[0] = (row_id){ -1 };
	for (size_t i = 0; i < set->n_rows; i++) {
		if (!is_missing(m, &set->rows[i]))
			continue;
		struct form_missing_group *g = group_of(groups, ids, &n, m->owners[i].id);
		g->name =
		        m->owners[i].name ? m->owners[i].name : msg_text(MSG_FORM_PAGE_NOBODY);
		g->url = owner_url(m, m->owners[i].id);
		g->mine = row_eq(m->owners[i].id, m->room) && !row_is_none(m->room);
		g->n++;
		groups[0].n++;
	}
	v->groups = groups;
	v->n_groups = n;
	return ERR_OK;
}

/* The room of the account comes first: "việc còn thiếu của phòng tôi". */
static ERR_RESULT choose_owner(struct missing *m)
{
	struct req *req = m->where.req;
	const char *asked = params_get(&req->query, "owner");
	struct account account;
	enum err e = account_find(&account, req->db, req->arena, req->actor->unit_id,
	                          req->actor->account_id, clock_today(&req->clock));

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_OK && !row_eq(account.unit_id, m->where.unit))
		m->room = account.unit_id;
	if (asked) {
		m->only = !str_eq(asked, "all");
		m->chosen = params_id(&req->query, "owner");
		return ERR_OK;
	}
	for (size_t i = 0; i < m->where.set->n_rows; i++)
		m->only |= !row_is_none(m->room) && row_eq(m->owners[i].id, m->room);
	m->chosen = m->room;
	return ERR_OK;
}

static const char *chosen_name(const struct missing *m)
{
	if (!m->only)
		return msg_text(MSG_FORM_PAGE_EVERYBODY);
	for (size_t i = 0; i < m->where.set->n_rows; i++)
		if (m->owners[i].name && row_eq(m->owners[i].id, m->chosen))
			return m->owners[i].name;
	return msg_text(MSG_FORM_PAGE_NOBODY);
}

enum err form_missing_list(struct req *req, struct resp *resp)
{
	struct missing m = { 0 };
	struct form_missing_view v = { 0 };

	TRY(form_where_read(&m.where, req, NULL));
	TRY(form_where_open(&m.sheet, &m.where));
	TRY(form_owners(&m.owners, req->db, req->arena, m.where.set, req->actor->unit_id,
	                m.where.unit));
	TRY(choose_owner(&m));
	v.unit_name = m.sheet.unit.name;
	v.period_name = m.where.period_text;
	v.owner_name = chosen_name(&m);
	v.index =
	        form_where_url(&m.where, url_with(link_form_index(), "set", m.where.set->code));
	TRY(fill_missing_rows(&v, &m));
	TRY(fill_groups(&v, &m));
	resp->title = msg_text(MSG_FORM_PAGE_MISSING);
	tmpl_form_missing(&resp->out, &v);
	return ERR_OK;
}

/* ---- decisions on counting ---- */

static ERR_RESULT fill_setting(struct form_setting_row *to, struct req *req,
                               const struct form_setting *s, const struct form_decision *d)
{
	struct choice *choices;
	const char *typed = params_get(&req->form, s->name);

	TRY(arena_array(req->arena, &choices, s->n_choices + 1));
	for (size_t i = 0; i < s->n_choices; i++)
		choices[i] = (struct choice){ s->choices[i].word, s->choices[i].text };
	*to = (struct form_setting_row){ .name = s->name,
		                         .title = s->title,
		                         .value = typed ? typed : d->word,
		                         .choices = choices,
		                         .n_choices = s->n_choices };
	if (!d->unit_name) {
		to->decided_by = msg_text(MSG_FORM_PAGE_DEFAULT);
		return ERR_OK;
	}
	return msg_format(&to->decided_by, req->arena, MSG_FORM_PAGE_DECIDED, d->unit_name);
}

static ERR_RESULT open_settings(struct form_where *w, struct form_sheet *sheet, struct req *req)
{
	TRY(form_where_read(w, req, NULL));
	w->unit = req->actor->unit_id; /* one decides for one's own unit */
	return form_where_open(sheet, w);
}

static ERR_RESULT show_settings(struct req *req, struct resp *resp,
                                const struct problems *problems)
{
	struct form_where w;
	struct form_sheet sheet;
	struct form_setting_row *rows;
	struct form_settings_view v = { .problems = problems };

	TRY(open_settings(&w, &sheet, req));
	TRY(arena_array(req->arena, &rows, w.set->n_settings + 1));
	for (size_t i = 0; i < w.set->n_settings; i++)
		TRY(fill_setting(&rows[i], req, &w.set->settings[i], &sheet.decisions[i]));
	v.rows = rows;
	v.n_rows = w.set->n_settings;
	v.set_title = w.set->title;
	v.unit_name = sheet.unit.name;
	v.may_manage = actor_may(req->actor, PERMISSION_FORM_MANAGE);
	v.save = form_where_url(&w, link_form_setting_list(w.set->code));
	v.index = form_where_url(&w, url_with(link_form_index(), "set", w.set->code));
	v.history = link_history_of_settings(w.unit);
	resp->title = msg_text(MSG_FORM_PAGE_SETTINGS);
	tmpl_form_settings(&resp->out, &v);
	return ERR_OK;
}

enum err form_setting_list(struct req *req, struct resp *resp)
{
	struct problems problems;

	problems_init(&problems, req->arena);
	return show_settings(req, resp, &problems);
}

enum err form_setting_save(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "form.decide", form_where_after);
	struct problems problems;
	struct form_where w;
	struct form_sheet sheet;
	struct form_choosing choosing = { 0 };

	TRY(open_settings(&w, &sheet, req));
	TRY(req_problems(req, &problems));
	if (problems.n > 0) {
		resp->status = 422;
		return show_settings(req, resp, &problems);
	}
	choosing.set = w.set;
	choosing.unit = req->actor->unit_id;
	for (size_t i = 0; i < w.set->n_settings; i++) {
		const struct form_setting *s = &w.set->settings[i];
		const char *word = params_get(&req->form, s->name);

		if (word && calc_word_among(s->words, word) &&
		    !str_eq(word, sheet.decisions[i].word))
			choosing.words[i] = word;
	}
	TRY(form_decide(req->writer, &change, &choosing));
	return resp_redirect(
	        resp, form_where_url(&w, url_with(link_form_index(), "set", w.set->code)));
}
