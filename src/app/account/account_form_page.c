/* account_form_page.c - adding and editing an account, setting its password. */
#include "app/account/account_store.h"
#include "app/account/account_view.h"
#include "app/account/actor.h"
#include "base/password.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

static ERR_RESULT find_account(struct account *out, struct req *req)
{
	return account_find(out, req->db, req->arena, req->actor->unit_id,
	                    params_id(&req->route, "id"), clock_today(&req->clock));
}

static ERR_RESULT show_form(struct req *req, struct resp *resp, struct account_form_view *v)
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
	v->units = choices;
	v->n_units = units.n;
	v->page_title =
	        msg_text(row_is_none(v->id) ? MSG_ACCOUNT_TITLE_NEW : MSG_ACCOUNT_TITLE_EDIT);
	resp->title = v->page_title;
	tmpl_account_form(&resp->out, v);
	return ERR_OK;
}

static struct account_form_view typed_form(const struct req *req, row_id id,
                                           const struct problems *problems)
{
	return (struct account_form_view){
		.id = id,
		.login = params_get(&req->form, "login"),
		.name = params_get(&req->form, "name"),
		.title = params_get(&req->form, "title"),
		.unit = params_get(&req->form, "unit_id"),
		.problems = problems,
	};
}

static struct account_draft read_draft(const struct req *req)
{
	return (struct account_draft){
		.login = params_get(&req->form, "login"),
		.name = params_get(&req->form, "name"),
		.title = params_get(&req->form, "title"),
		.unit_id = params_id(&req->form, "unit_id"),
	};
}

/* Checks the password that was typed and hashes it; nothing when there is a problem. */
static ERR_RESULT read_password(const char **hash, struct req *req, const char *login,
                                struct problems *problems)
{
	const char *password = params_get(&req->form, "password");
	const char *again = params_get(&req->form, "password_again");
	char text[PASSWORD_HASH];

	TRY(account_password_check(password, again ? again : "", login, problems));
	if (problems->n > 0)
		return ERR_OK;
	TRY(password_hash(text, req->passwords, password));
	return arena_strdup(req->arena, hash, text);
}

enum err account_new(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct account_form_view v = { .unit = params_get(&req->query, "unit"),
		                       .problems = &problems };

	problems_init(&problems, req->arena);
	return show_form(req, resp, &v);
}

enum err account_create(struct req *req, struct resp *resp)
{
	struct account_draft draft = read_draft(req);
	struct problems problems;
	struct account_form_view v;
	enum err e = ERR_INPUT;

	TRY(req_problems(req, &problems));
	if (!req->refill) {
		TRY(account_draft_check(&draft, &problems));
		TRY(read_password(&draft.password_hash, req, draft.login, &problems));
	}
	if (problems.n == 0) {
		struct change change = actor_change(req, "account.add", link_account_show);

		e = account_add(req->writer, &change, &draft, &problems);
		if (e == ERR_OK)
			return resp_redirect(resp, change.link(change.result));
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	v = typed_form(req, ROW_NONE, &problems);
	return show_form(req, resp, &v);
}

enum err account_edit_form(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct account account;
	struct account_form_view v;

	TRY(find_account(&account, req));
	problems_init(&problems, req->arena);
	v = (struct account_form_view){ .id = account.id,
		                        .name = account.name,
		                        .title = account.title,
		                        .problems = &problems };
	TRY(arena_printf(req->arena, &v.unit, "%lld", (long long)account.unit_id.value));
	return show_form(req, resp, &v);
}

enum err account_edit_save(struct req *req, struct resp *resp)
{
	struct account_draft draft = read_draft(req);
	struct problems problems;
	struct account account;
	struct account_form_view v;
	enum err e = ERR_INPUT;

	TRY(find_account(&account, req));
	TRY(req_problems(req, &problems));
	if (problems.n == 0) {
		struct change change = actor_change(req, "account.edit", link_account_show);

		e = account_edit(req->writer, &change, account.id, &draft, &problems);
		if (e == ERR_OK)
			return resp_redirect(resp, change.link(change.result));
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	v = typed_form(req, account.id, &problems);
	return show_form(req, resp, &v);
}

/* ---- the password ---- */

static ERR_RESULT show_password(struct resp *resp, const struct account *account,
                                const struct problems *problems)
{
	resp->title = msg_text(MSG_ACCOUNT_TITLE_PASSWORD);
	tmpl_account_password(&resp->out,
	                      &(struct account_password_view){ account->id, account->name,
	                                                       account->login, problems });
	return ERR_OK;
}

enum err account_password_form(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct account account;

	TRY(find_account(&account, req));
	problems_init(&problems, req->arena);
	return show_password(resp, &account, &problems);
}

enum err account_password_save(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct account account;
	const char *hash = NULL;
	enum err e = ERR_INPUT;

	TRY(find_account(&account, req));
	TRY(req_problems(req, &problems));
	if (!req->refill)
		TRY(read_password(&hash, req, account.login, &problems));
	if (hash && problems.n == 0) {
		struct change change = actor_change(req, "account.password", link_account_show);

		e = account_set_password(req->writer, &change, account.id, hash, &problems);
		if (e == ERR_OK)
			return resp_redirect(resp, change.link(change.result));
	}
	if (e != ERR_INPUT)
		return e;
	resp->status = 422;
	return show_password(resp, &account, &problems);
}
