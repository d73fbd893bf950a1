#include "web/session.h"

#include <stdio.h>
#include <string.h>

#include "app/account/actor.h"
#include "app/login/login_store.h"
#include "base/secret.h"

static const struct actor nobody = { .name = NULL };

enum err session_tokens(struct req *req, const char *key)
{
	char request_id[SECRET_SHORT], csrf[SECRET_TOKEN];

	secret_short(request_id);
	secret_derive(csrf, key, request_id);
	req->form_key = key;
	TRY(arena_strdup(req->arena, &req->tokens.request_id, request_id));
	return arena_strdup(req->arena, &req->tokens.csrf, csrf);
}

static enum err identify_stranger(struct req *req)
{
	const char *visit = params_get(&req->cookies, LOGIN_VISIT);
	char fresh[SECRET_TOKEN];

	req->actor = &nobody;
	if (!secret_is_token(visit)) {
		secret_token(fresh);
		TRY(arena_strdup(req->arena, &visit, fresh));
	}
	return session_tokens(req, visit);
}

enum err session_identify(struct app *app, struct req *req)
{
	const char *token = params_get(&req->cookies, LOGIN_COOKIE);
	instant_t now = clock_now(&app->clock);
	struct login_session_limits limits = login_session_limits(app_settings(app), now);
	struct login_session *session;

	if (!secret_is_token(token))
		return identify_stranger(req);
	TRY(arena_new(req->arena, &session));
	enum err e = login_session_find(session, req->db, req->arena, token, &limits, now);
	if (e == ERR_NOT_FOUND)
		return identify_stranger(req);
	if (e != ERR_OK)
		return e;
	if (instant_cmp(session->seen_at, limits.note_since) < 0)
		touched_add(&app->touched, session->actor.session_id);
	req->actor = &session->actor;
	return session_tokens(req, session->csrf);
}

/* "<request_id>-<number of the form in its page>": csrf was derived from the first part. */
bool session_form_ok(const struct req *req)
{
	const char *csrf = params_get(&req->form, "csrf");
	const char *id = params_get(&req->form, "request_id");
	char page_id[SECRET_SHORT], expected[SECRET_TOKEN];
	size_t n = sizeof(page_id) - 1;

	if (!csrf || !id || strlen(id) < n + 2 || strlen(id) > n + 8 || id[n] != '-')
		return false;
	memcpy(page_id, id, n);
	page_id[n] = '\0';
	secret_derive(expected, req->form_key, page_id);
	return secret_equal(csrf, expected);
}

/* Browsers that say nothing are left to the token and SameSite. */
bool session_cross_site(const struct req *req)
{
	const char *site = params_get(&req->headers, "sec-fetch-site");
	const char *origin = params_get(&req->headers, "origin");
	const char *host = params_get(&req->headers, "host");

	if (site)
		return !str_eq(site, "same-origin") && !str_eq(site, "none");
	if (!origin)
		return false;
	const char *origin_host = strstr(origin, "://");
	return !origin_host || !host || !str_eq(origin_host + 3, host);
}

enum err session_keep_visit(struct req *req, struct resp *resp)
{
	char cookie[SECRET_TOKEN + 80];

	if (!actor_is_nobody(req->actor) || resp->out.n_forms == 0 ||
	    str_eq(params_get(&req->cookies, LOGIN_VISIT), req->form_key))
		return ERR_OK;
	snprintf(cookie, sizeof(cookie), "%s=%s; Path=/; Secure; HttpOnly; SameSite=Lax",
	         LOGIN_VISIT, req->form_key);
	return resp_header(resp, "Set-Cookie", cookie);
}
