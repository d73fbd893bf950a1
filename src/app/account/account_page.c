/* account_page.c - the accounts of a subtree, one account with its roles, what roles may do.
 * account_form_page.c holds adding, editing and passwords. */
#include "app/account/account_store.h"
#include "app/account/account_view.h"
#include "app/account/actor.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { PAGE_ROWS = 50 };

/* The units of the scope that stand today, in the order of the units. */
static ERR_RESULT unit_choices(const struct choice **out, size_t *n, struct req *req)
{
	date_t today = clock_today(&req->clock);
	struct account_units units;
	struct choice *choices;

	TRY(account_units(&units, req->db, req->arena, req->actor->unit_id, today));
	TRY(arena_array(req->arena, &choices, units.n + 1));
	for (size_t i = 0; i < units.n; i++) {
		TRY(arena_printf(req->arena, &choices[i].label, "%s (%s)", units.at[i].name,
		                 units.at[i].code));
		TRY(arena_printf(req->arena, &choices[i].value, "%lld",
		                 (long long)units.at[i].id.value));
	}
	*out = choices;
	*n = units.n;
	return ERR_OK;
}

/* ---- list ---- */

static ERR_RESULT roles_text(const char **out, struct req *req, row_id account)
{
	struct account_grants grants;
	struct str text;

	TRY(account_grants(&grants, req->db, req->arena, account, clock_today(&req->clock)));
	str_init(&text, req->arena, 4096);
	for (size_t i = 0; i < grants.n; i++)
		str_printf(&text, "%s%s", i ? ", " : "", role_title_of(grants.at[i].role));
	return str_finish(&text, out);
}

static ERR_RESULT to_rows(struct account_list_view *v, struct req *req,
                          const struct account_list *list)
{
	struct account_list_row *rows;

	TRY(arena_array(req->arena, &rows, list->n + 1));
	for (size_t i = 0; i < list->n; i++) {
		const struct account *a = &list->at[i];

		rows[i] = (struct account_list_row){ .id = a->id,
			                             .login = a->login,
			                             .name = a->name,
			                             .title = a->title,
			                             .unit_name = a->unit_name,
			                             .disabled = a->disabled };
		TRY(roles_text(&rows[i].roles, req, a->id));
	}
	v->rows = rows;
	v->n_rows = list->n;
	return ERR_OK;
}

enum err account_index(struct req *req, struct resp *resp)
{
	struct account_list_view v = { .words = params_get(&req->query, "q"),
		                       .unit = params_get(&req->query, "unit") };
	const char *after = params_get(&req->query, "after");
	struct account_filter filter = { .scope = req->actor->unit_id,
		                         .unit_id = params_id(&req->query, "unit"),
		                         .today = clock_today(&req->clock),
		                         .words = v.words,
		                         .after_login = after,
		                         .limit = PAGE_ROWS };
	struct url here =
	        url_with(url_with(link_account_index(), "q", v.words), "unit", v.unit);
	struct account_list list;

	TRY(account_list(&list, req->db, req->arena, &filter));
	TRY(to_rows(&v, req, &list));
	TRY(unit_choices(&v.units, &v.n_units, req));
	if (list.more)
		v.pager.next = url_with(here, "after", list.at[list.n - 1].login);
	if (after)
		v.pager.previous = here;
	resp->title = msg_text(MSG_ACCOUNT_TITLE_LIST);
	tmpl_account_list(&resp->out, &v);
	return ERR_OK;
}

/* ---- one account ---- */

static ERR_RESULT add_grants(struct account_show_view *v, struct req *req)
{
	date_t today = clock_today(&req->clock);
	struct account_grants grants;
	struct account_grant_row *rows;

	TRY(account_grants(&grants, req->db, req->arena, v->id, DATE_NONE));
	TRY(arena_array(req->arena, &rows, grants.n + 1));
	for (size_t i = 0; i < grants.n; i++) {
		const struct account_grant *g = &grants.at[i];
		bool over = !date_is_none(g->to_on) && date_cmp(g->to_on, today) < 0;

		rows[i] = (struct account_grant_row){
			.id = g->id,
			.role = role_title_of(g->role),
			.unit_name = g->unit_name,
			.from_on = g->from_on,
			.to_on = g->to_on,
			.holds = !over && date_cmp(g->from_on, today) <= 0,
			.over = over,
		};
	}
	v->grants = rows;
	v->n_grants = grants.n;
	return ERR_OK;
}

static ERR_RESULT role_choices(struct account_show_view *v, struct req *req)
{
	struct choice *roles;

	TRY(arena_array(req->arena, &roles, ROLE_COUNT_));
	for (int r = 0; r < ROLE_COUNT_; r++)
		roles[r] = (struct choice){ role_name((enum role)r), role_title((enum role)r) };
	v->roles = roles;
	v->n_roles = ROLE_COUNT_;
	return ERR_OK;
}

static ERR_RESULT find_account(struct account *out, struct req *req)
{
	return account_find(out, req->db, req->arena, req->actor->unit_id,
	                    params_id(&req->route, "id"), clock_today(&req->clock));
}

static ERR_RESULT show(struct req *req, struct resp *resp, const struct account *a,
                       const struct problems *problems)
{
	date_t today = clock_today(&req->clock);
	char text[DATE_TEXT];
	struct account_show_view v = {
		.id = a->id,
		.login = a->login,
		.name = a->name,
		.title = a->title,
		.unit_name = a->unit_name,
		.disabled = a->disabled,
		.is_self = row_eq(a->id, req->actor->account_id),
		.role = params_get(&req->form, "role"),
		.unit = params_get(&req->form, "unit_id"),
		.from_on = params_get(&req->form, "from_on"),
		.to_on = params_get(&req->form, "to_on"),
		.problems = problems,
	};

	if (!v.from_on)
		TRY(arena_strdup(req->arena, &v.from_on, date_iso(today, text)));
	TRY(account_is_managed(&v.managed, req->db, req->actor->unit_id, a->id, today));
	TRY(add_grants(&v, req));
	TRY(role_choices(&v, req));
	TRY(unit_choices(&v.units, &v.n_units, req));
	resp->title = v.name;
	tmpl_account_show(&resp->out, &v);
	return ERR_OK;
}

enum err account_show(struct req *req, struct resp *resp)
{
	struct account account;
	struct problems problems;

	TRY(find_account(&account, req));
	problems_init(&problems, req->arena);
	return show(req, resp, &account, &problems);
}

/* ---- the forms on that page ---- */

typedef enum err save_fn(struct req *req, row_id account, struct change *change,
                         struct problems *problems);

static ERR_RESULT save(struct req *req, struct resp *resp, const char *action, save_fn *fn)
{
	struct account account;
	struct problems problems;
	enum err e = ERR_INPUT;

	TRY(find_account(&account, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change = actor_change(req, action, link_account_show);

		e = fn(req, account.id, &change, &problems);
		if (e == ERR_OK)
			return resp_redirect(resp, change.link(change.result));
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	return show(req, resp, &account, &problems);
}

static enum err give(struct req *req, row_id account, struct change *change,
                     struct problems *problems)
{
	struct account_granting g = { account, params_id(&req->form, "unit_id"),
		                      params_get(&req->form, "role"),
		                      params_date(&req->form, "from_on"),
		                      params_date(&req->form, "to_on") };

	if (date_is_none(g.to_on) && !str_blank(params_get(&req->form, "to_on"))) {
		TRY(problems_say(problems, "to_on", 0, MSG_ACCOUNT_ROLE_FROM_MISSING));
		return ERR_INPUT;
	}
	return account_grant(req->writer, change, &g, problems);
}

enum err account_grant_save(struct req *req, struct resp *resp)
{
	return save(req, resp, "account.grant", give);
}

/* Only a role of this very account. */
static enum err take(struct req *req, row_id account, struct change *change,
                     struct problems *problems)
{
	row_id grant = params_id(&req->form, "grant");
	struct account_grants grants;

	TRY(account_grants(&grants, req->db, req->arena, account, DATE_NONE));
	for (size_t i = 0; i < grants.n; i++)
		if (row_eq(grants.at[i].id, grant))
			return account_revoke(req->writer, change, grant,
			                      clock_today(&req->clock), problems);
	TRY(problems_say(problems, "", 0, MSG_ACCOUNT_ROLE_GONE));
	return ERR_INPUT;
}

enum err account_revoke_save(struct req *req, struct resp *resp)
{
	return save(req, resp, "account.revoke", take);
}

static enum err lock(struct req *req, row_id account, struct change *change,
                     struct problems *problems)
{
	return account_set_disabled(req->writer, change, account,
	                            str_eq(params_get(&req->form, "disabled"), "1"), problems);
}

enum err account_disable_save(struct req *req, struct resp *resp)
{
	return save(req, resp, "account.disable", lock);
}

/* ---- what each role may do ---- */

enum err account_roles_show(struct req *req, struct resp *resp)
{
	const char **roles;
	struct account_permission_row *rows;
	struct account_roles_view v = { .n_roles = ROLE_COUNT_, .n_rows = PERMISSION_COUNT_ };

	TRY(arena_array(req->arena, &roles, ROLE_COUNT_));
	TRY(arena_array(req->arena, &rows, PERMISSION_COUNT_));
	for (int r = 0; r < ROLE_COUNT_; r++)
		roles[r] = role_title((enum role)r);
	for (int p = 0; p < PERMISSION_COUNT_; p++) {
		struct account_role_cell *cells;

		TRY(arena_array(req->arena, &cells, ROLE_COUNT_));
		for (int r = 0; r < ROLE_COUNT_; r++)
			cells[r].held = (role_permissions((enum role)r) >> p & 1) != 0;
		rows[p] = (struct account_permission_row){ permission_about((enum permission)p),
			                                   cells };
	}
	v.roles = roles;
	v.rows = rows;
	resp->title = msg_text(MSG_ACCOUNT_TITLE_ROLES);
	tmpl_account_roles(&resp->out, &v);
	return ERR_OK;
}
