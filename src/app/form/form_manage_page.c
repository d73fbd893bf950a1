/* form_manage_page.c - who supplies a row, what is still missing, decisions on counting. */
#include <stdlib.h>
#include <string.h>

#include "app/account/account_store.h"
#include "app/form/form_cell_store.h"
#include "app/form/form_manage_view.h"
#include "app/form/form_tally.h"
#include "app/form/form_where_page.h"
#include "app/unit/unit_store.h"
#include "base/vec.h"
#include "gen/links.h"
#include "gen/pages.h"

/* ---- owners ---- */

/* Whom a row can be given to: the rooms of a house, the officers of it and of them. */
struct supplier {
	row_id unit, account; /* account ROW_NONE: the room as a whole */
	const char *key, *name;
};
struct suppliers {
	struct supplier *at;
	size_t n;
};
enum { MOST_OFFICERS = 200 };

/* "12" for a room, "a34" for an officer: in fields and addresses. */
static ERR_RESULT owner_key(const char **out, struct arena *a, row_id unit, row_id account)
{
	if (row_is_none(account))
		return arena_printf(a, out, "%lld", (long long)unit.value);
	return arena_printf(a, out, "a%lld", (long long)account.value);
}

static ERR_RESULT add_supplier(struct suppliers *s, struct arena *a, struct supplier one)
{
	TRY(owner_key(&one.key, a, one.unit, one.account));
	TRY(vec_room(a, s->at, s->n));
	s->at[s->n++] = one;
	return ERR_OK;
}

static ERR_RESULT add_officers(struct suppliers *s, const struct req *req, row_id unit)
{
	struct account_filter f = { .scope = req->actor->unit_id,
		                    .unit_id = unit,
		                    .today = clock_today(&req->clock),
		                    .limit = MOST_OFFICERS };
	struct account_list list;

	TRY(account_list(&list, req->db, req->arena, &f));
	for (size_t i = 0; i < list.n; i++)
		if (!list.at[i].disabled)
			TRY(add_supplier(s, req->arena,
			                 (struct supplier){ unit, list.at[i].id, NULL,
			                                    list.at[i].name }));
	return ERR_OK;
}

static ERR_RESULT list_suppliers(struct suppliers *out, const struct req *req)
{
	row_id house = req->actor->unit_id;
	struct unit_rows units;

	*out = (struct suppliers){ 0 };
	TRY(unit_children(&units, req->db, req->arena, house, clock_today(&req->clock)));
	for (size_t i = 0; i < units.n; i++)
		TRY(add_supplier(
		        out, req->arena,
		        (struct supplier){ units.at[i].id, ROW_NONE, NULL, units.at[i].name }));
	TRY(add_officers(out, req, house));
	for (size_t i = 0; i < units.n; i++)
		if (str_eq(units.at[i].level, "office") ||
		    str_eq(units.at[i].level, "department"))
			TRY(add_officers(out, req, units.at[i].id));
	return ERR_OK;
}

static ERR_RESULT fill_suppliers(struct form_owners_view *v, const struct req *req)
{
	struct suppliers list;
	struct choice *choices;

	TRY(list_suppliers(&list, req));
	TRY(arena_array(req->arena, &choices, list.n + 1));
	for (size_t i = 0; i < list.n; i++)
		choices[i] = (struct choice){ list.at[i].key, list.at[i].name };
	v->units = choices;
	v->n_units = list.n;
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
		TRY(owner_key(&to->owner, req->arena, owners[row->at].id,
		              owners[row->at].account));
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
	TRY(fill_suppliers(&v, req));
	TRY(fill_owner_rows(&v, &w));
	TRY(msg_format(&resp->title, req->arena, MSG_FORM_PAGE_OWNERS, v.name));
	tmpl_form_owners(&resp->out, &v);
	return ERR_OK;
}

/* Whom the page offers, or nobody; false: somebody else. */
static bool find_supplier(struct supplier *out, const struct suppliers *list, const char *key)
{
	*out = (struct supplier){ .unit = ROW_NONE, .account = ROW_NONE };
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->at[i].key, key)) {
			*out = list->at[i];
			return true;
		}
	return str_blank(key);
}

static ERR_RESULT read_owners(struct form_owning *out, const struct form_where *w)
{
	struct req *req = w->req;
	struct form_owned *rows;
	struct suppliers list;

	TRY(list_suppliers(&list, req));
	TRY(arena_array(req->arena, &rows, w->form->n_rows + 1));
	for (size_t i = 0; i < w->form->n_rows; i++) {
		const struct form_row *row = &w->set->rows[(size_t)w->form->first + i];
		const char *name, *key;
		struct supplier who;

		TRY(arena_printf(req->arena, &name, "o-%s", row->code));
		key = params_get(&req->form, name);
		if (!key || !find_supplier(&who, &list, key))
			continue;
		rows[out->n++] = (struct form_owned){ row, who.unit, who.account };
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
	row_id account, room; /* of whoever asks */
	const char *chosen;   /* ?owner=: "all", "mine" or the key of an owner */
};

static bool is_mine(const struct missing *m, const struct form_row *row)
{
	return form_owner_is(&m->owners[row->at], m->account, m->room);
}

static bool is_missing(const struct missing *m, const struct form_row *row)
{
	return form_is_missing(row, &m->sheet.cells[row->at]);
}

static ERR_RESULT is_listed(bool *out, const struct missing *m, const struct form_row *row)
{
	const struct form_owner *o = &m->owners[row->at];
	const char *key;

	TRY(owner_key(&key, m->where.req->arena, o->id, o->account));
	*out = str_eq(m->chosen, "all") || str_eq(m->chosen, key) ||
	       (str_eq(m->chosen, "mine") && is_mine(m, row));
	return ERR_OK;
}

static ERR_RESULT fill_missing_rows(struct form_missing_view *v, const struct missing *m)
{
	const struct form_set *set = m->where.set;
	struct form_missing_row *rows;
	bool listed;

	TRY(arena_array(m->where.req->arena, &rows, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];
		struct form_missing_row *to = &rows[v->n_rows];

		if (!is_missing(m, row))
			continue;
		TRY(is_listed(&listed, m, row));
		if (!listed)
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

/* The group of a key; a new one at the end. */
static struct form_missing_group *group_of(struct form_missing_view *v,
                                           struct form_missing_group *groups,
                                           const struct missing *m, const char *key,
                                           const char *name)
{
	for (size_t i = 0; i < v->n_groups; i++)
		if (str_eq(groups[i].key, key))
			return &groups[i];
	struct form_missing_group *g = &groups[v->n_groups++];
	struct url u = form_where_url(&m->where, link_form_missing_list(m->where.set->code));

	*g = (struct form_missing_group){ .key = key,
		                          .name = name,
		                          .current = str_eq(key, m->chosen),
		                          .url = url_with(u, "owner", key) };
	return g;
}

static ERR_RESULT fill_groups(struct form_missing_view *v, const struct missing *m)
{
	const struct form_set *set = m->where.set;
	struct form_missing_group *groups;
	const char *key;

	TRY(arena_array(m->where.req->arena, &groups, set->n_rows + 3));
	(void)group_of(v, groups, m, "all", msg_text(MSG_FORM_PAGE_EVERYBODY));
	for (size_t i = 0; i < set->n_rows; i++)
		if (is_mine(m, &set->rows[i]))
			(void)group_of(v, groups, m, "mine", msg_text(MSG_FORM_PAGE_MINE));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_owner *o = &m->owners[i];

		if (!is_missing(m, &set->rows[i]))
			continue;
		TRY(owner_key(&key, m->where.req->arena, o->id, o->account));
		groups[0].n++;
		if (is_mine(m, &set->rows[i]))
			groups[1].n++;
		group_of(v, groups, m, key, o->name ? o->name : msg_text(MSG_FORM_PAGE_NOBODY))
		        ->n++;
	}
	v->groups = groups;
	for (size_t i = 0; i < v->n_groups; i++)
		if (groups[i].current)
			v->owner_name = groups[i].name;
	return ERR_OK;
}

/* What one was given oneself comes first: "việc còn thiếu của tôi". */
static ERR_RESULT choose_owner(struct missing *m)
{
	struct req *req = m->where.req;
	struct account account;
	enum err e = account_find(&account, req->db, req->arena, req->actor->unit_id,
	                          req->actor->account_id, clock_today(&req->clock));

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	m->account = req->actor->account_id;
	if (e == ERR_OK && !row_eq(account.unit_id, m->where.unit))
		m->room = account.unit_id;
	m->chosen = params_get(&req->query, "owner");
	for (size_t i = 0; i < m->where.set->n_rows && !m->chosen; i++)
		if (is_mine(m, &m->where.set->rows[i]))
			m->chosen = "mine";
	if (!m->chosen)
		m->chosen = "all";
	return ERR_OK;
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
	v.owner_name = msg_text(MSG_FORM_PAGE_NOBODY);
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
