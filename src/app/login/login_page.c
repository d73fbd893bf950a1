/* login_page.c - GET and POST /login, /login/place, POST /logout. */
#include "app/login/login_page.h"

#include <stdio.h>
#include <string.h>

#include "app/account/account_store.h"
#include "app/login/login_store.h"
#include "app/login/login_view.h"
#include "base/log.h"
#include "base/password.h"
#include "base/secret.h"
#include "gen/links.h"
#include "gen/pages.h"

/* What a kept form travels as: its fields with this prefix, and where it goes. */
#define CARRIED       "carried."
#define CARRIED_TO    "carried_to"
#define CARRIED_FILES "carried_files"

/* Only a place in this program; NULL otherwise. */
static const char *next_of(const struct params *p)
{
	const char *next = params_get(p, "next");

	return login_return_ok(next) ? next : NULL;
}

static struct url after_login(const char *next)
{
	return next ? url_path(next) : link_home_show();
}

static enum err show(struct resp *resp, const struct login_view *v)
{
	resp->title = msg_text(MSG_LOGIN_TITLE);
	tmpl_login(&resp->out, v);
	return ERR_OK;
}

enum err login_show(struct req *req, struct resp *resp)
{
	const char *next = next_of(&req->query);

	if (!actor_is_nobody(req->actor))
		return resp_redirect(resp, after_login(next));
	return show(resp, &(struct login_view){ .next = next });
}

/* Token and request_id belong to the old page; the fields of an earlier carrying, to this. */
static bool worth_carrying(const char *name)
{
	return !str_eq(name, "csrf") && !str_eq(name, "request_id");
}

enum err login_ask_again(struct req *req, struct resp *resp)
{
	struct login_view v = { .expired = true };
	struct login_kept *carried;

	TRY(arena_array(req->arena, &carried, req->form.n + 2));
	carried[v.n_carried++] = (struct login_kept){ CARRIED_TO, req->path };
	if (req->n_uploads)
		carried[v.n_carried++] = (struct login_kept){ CARRIED_FILES, "1" };
	for (size_t i = 0; i < req->form.n; i++) {
		const struct param *field = &req->form.items[i];
		struct login_kept *kept = &carried[v.n_carried];

		if (!worth_carrying(field->name))
			continue;
		TRY(arena_printf(req->arena, &kept->name, CARRIED "%s", field->name));
		kept->value = field->value;
		v.n_carried++;
	}
	v.carried = carried;
	return show(resp, &v);
}

/* After a wrong password the kept form is carried on as it came. */
static enum err keep_carrying(struct login_view *v, struct req *req)
{
	struct login_kept *carried;

	TRY(arena_array(req->arena, &carried, req->form.n));
	for (size_t i = 0; i < req->form.n; i++)
		if (str_starts(req->form.items[i].name, "carried"))
			carried[v->n_carried++] =
			        (struct login_kept){ req->form.items[i].name,
				                     req->form.items[i].value };
	v->carried = carried;
	v->expired = v->n_carried > 0;
	return ERR_OK;
}

static enum err refuse(struct req *req, struct resp *resp, const char *problem)
{
	struct login_view v = { .name = params_get(&req->form, "name"),
		                .next = next_of(&req->form),
		                .problem = problem };

	TRY(keep_carrying(&v, req));
	resp->status = 422;
	return show(resp, &v);
}

static enum err refuse_locked(struct req *req, struct resp *resp, instant_t until)
{
	char at[INSTANT_TEXT];
	const char *problem;

	TRY(msg_format(&problem, req->arena, MSG_LOGIN_LOCKED, instant_vn(until, at)));
	TRY(refuse(req, resp, problem));
	resp->status = 429;
	return ERR_OK;
}

/* The unit one worked on last, if a role still holds there; else the account's own; else the
 * first of the list; without any role, the account's own. */
static enum err choose_place(row_id *out, struct req *req, const struct account_login *account,
                             const struct login_places *places)
{
	row_id wishes[2] = { ROW_NONE, account->unit_id };

	enum err e = login_last_place(&wishes[0], req->db, req->arena, account->id);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = places->n ? places->items[0].unit_id : account->unit_id;
	for (size_t w = ARRAY_LEN(wishes); w-- > 0;)
		for (size_t i = 0; i < places->n; i++)
			if (row_eq(places->items[i].unit_id, wishes[w]))
				*out = wishes[w];
	return ERR_OK;
}

static enum err put_cookie(struct resp *resp, const char *token)
{
	char cookie[SECRET_TOKEN + 100];

	snprintf(cookie, sizeof(cookie), "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax%s",
	         LOGIN_COOKIE, token, *token ? "" : "; Max-Age=0");
	return resp_header(resp, "Set-Cookie", cookie);
}

/* The kept form as a request of its own, from the session that was just opened. */
static enum err resume(struct req *req, struct resp *resp, const char *token)
{
	struct req *again;
	struct param *form, *cookie;

	TRY(arena_new(req->arena, &again));
	TRY(arena_new(req->arena, &cookie));
	TRY(arena_array(req->arena, &form, req->form.n));
	*again = *req;
	again->form = (struct params){ form, 0 };
	for (size_t i = 0; i < req->form.n; i++) {
		const struct param *field = &req->form.items[i];

		if (str_starts(field->name, CARRIED))
			form[again->form.n++] =
			        (struct param){ field->name + strlen(CARRIED), field->value };
	}
	*cookie = (struct param){ LOGIN_COOKIE, token };
	again->cookies = (struct params){ cookie, 1 };
	again->path = again->target = params_get(&req->form, CARRIED_TO);
	again->request_id = NULL;
	again->refill = true;
	again->files_lost = params_get(&req->form, CARRIED_FILES) != NULL;
	resp->resume = again;
	return ERR_OK;
}

static enum err enter(struct req *req, struct resp *resp, const struct account_login *account,
                      const struct login_attempt *attempt)
{
	char token[SECRET_TOKEN], csrf[SECRET_TOKEN];
	const char *kept_token, *next = next_of(&req->form);
	struct login_places places;
	struct login_opening opening = { .attempt = attempt, .account_id = account->id };
	struct change change = actor_change(req, "login.open", NULL);

	TRY(login_places_find(&places, req->db, req->arena, account->id,
	                      clock_today(&req->clock)));
	TRY(choose_place(&opening.unit_id, req, account, &places));
	secret_token(token);
	secret_token(csrf);
	opening.token = token;
	opening.csrf = csrf;
	opening.old_token = params_get(&req->cookies, LOGIN_COOKIE);
	opening.lasts_us = req->settings->session_hours * 60 * US_PER_MINUTE;
	change.account_id = account->id;
	change.unit_id = opening.unit_id;
	change.request_id = NULL;
	TRY(login_session_open(req->writer, &change, &opening));
	TRY(arena_strdup(req->arena, &kept_token, token));
	if (login_return_ok(params_get(&req->form, CARRIED_TO))) {
		TRY(put_cookie(resp, token));
		return resume(req, resp, kept_token);
	}
	TRY(resp_redirect(resp, places.n > 1 ? url_with(link_login_place(), "next", next)
	                                     : after_login(next)));
	return put_cookie(resp, token);
}

/* An attempt on a name that nobody has leaves nothing but a line in the log. */
static enum err note_refused(struct req *req, const struct account_login *account,
                             const char *name)
{
	struct change change = actor_change(req, "login.refuse", NULL);

	change.unit_id = account->unit_id;
	change.request_id = NULL;
	return login_refused(req->writer, &change,
	                     &(struct login_refusal){ account->id, name });
}

enum err login_enter(struct req *req, struct resp *resp)
{
	const char *typed = params_get(&req->form, "name");
	char name[LOGIN_LONGEST_NAME + 1];
	const char *password = params_get(&req->form, "password");
	struct login_attempt attempt = { name, req->client, login_rule_of_name(req->settings),
		                         login_rule_of_client(req->settings) };
	struct account_login account = { .password_hash = NULL };
	instant_t locked_until;

	if (str_blank(typed) || !password || !*password)
		return refuse(req, resp, msg_text(MSG_LOGIN_BLANK));
	login_name_written(name, typed);
	if (strlen(typed) > LOGIN_LONGEST_NAME || strlen(password) > PASSWORD_LONGEST)
		return refuse(req, resp, msg_text(MSG_LOGIN_WRONG));
	TRY(login_attempt_begin(&locked_until, req->writer, &attempt));
	if (!instant_is_none(locked_until))
		return refuse_locked(req, resp, locked_until);
	enum err e = account_find_login(&account, req->db, req->arena, name);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (password_check(account.password_hash, req->passwords, password) &&
	    !account.disabled)
		return enter(req, resp, &account, &attempt);
	if (account.password_hash)
		TRY(note_refused(req, &account, name));
	log_event(LOG_WARNING, "login.failed", { "known", account.password_hash ? "1" : "0" });
	return refuse(req, resp, msg_text(MSG_LOGIN_WRONG));
}

static enum err show_places(struct req *req, struct resp *resp, const char *next,
                            const char *problem)
{
	struct login_places places;
	struct login_place_row *rows;

	TRY(login_places_find(&places, req->db, req->arena, req->actor->account_id,
	                      clock_today(&req->clock)));
	TRY(arena_array(req->arena, &rows, places.n));
	for (size_t i = 0; i < places.n; i++) {
		const struct login_place *place = &places.items[i];

		rows[i].unit_id = place->unit_id;
		rows[i].unit_name = place->unit_name;
		rows[i].current = row_eq(place->unit_id, req->actor->unit_id);
		rows[i].roles = place->roles;
	}
	resp->title = msg_text(MSG_LOGIN_PLACE_TITLE);
	tmpl_login_place(&resp->out, &(struct login_place_view){ .rows = rows,
	                                                         .n_rows = places.n,
	                                                         .next = next,
	                                                         .problem = problem });
	return ERR_OK;
}

enum err login_place(struct req *req, struct resp *resp)
{
	return show_places(req, resp, next_of(&req->query), NULL);
}

static enum err holds_place(bool *out, struct req *req, row_id unit_id)
{
	struct login_places places;
	bool holds = false;

	TRY(login_places_find(&places, req->db, req->arena, req->actor->account_id,
	                      clock_today(&req->clock)));
	for (size_t i = 0; i < places.n; i++)
		holds = holds || row_eq(places.items[i].unit_id, unit_id);
	*out = holds;
	return ERR_OK;
}

enum err login_choose(struct req *req, struct resp *resp)
{
	row_id unit_id = params_id(&req->form, "unit_id");
	const char *next = next_of(&req->form);
	struct change change = actor_change(req, "login.place", NULL);
	struct problems problems;
	bool holds;

	TRY(req_problems(req, &problems));
	TRY(holds_place(&holds, req, unit_id));
	if (!holds || problems.n > 0) {
		resp->status = 422;
		return show_places(req, resp, next,
		                   holds ? problems.first->message
		                         : msg_text(MSG_LOGIN_NOT_PLACE));
	}
	TRY(login_session_move(req->writer, &change, req->actor->session_id, unit_id));
	return resp_redirect(resp, after_login(next));
}

enum err logout(struct req *req, struct resp *resp)
{
	struct change change = actor_change(req, "login.close", NULL);

	if (!req->refill)
		TRY(login_session_close(req->writer, &change, req->actor->session_id));
	TRY(resp_redirect(resp, link_login_show()));
	return req->refill ? ERR_OK : put_cookie(resp, "");
}
