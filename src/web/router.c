#include "web/router.h"

#include <string.h>

#include "app/exchange/exchange_store.h"
#include "app/login/login_page.h"
#include "base/log.h"
#include "base/secret.h"
#include "gen/links.h"
#include "web/behind.h"
#include "web/error_page.h"
#include "web/layout.h"
#include "web/route.h"
#include "web/security.h"
#include "web/seen.h"
#include "web/session.h"
#include "web/static_files.h"
#include "web/web_store.h"

enum { LONGEST_BODY = 64 * 1024 * 1024 };

static void resp_init(struct resp *resp, struct req *req)
{
	*resp = (struct resp){ .status = 200, .content_type = "text/html; charset=utf-8" };
	str_init(&resp->body, req->arena, LONGEST_BODY);
	resp->out = (struct html_out){ .to = &resp->body, .tokens = &req->tokens };
}

bool router_blocks(enum http_method method, const char *path)
{
	struct route_match m;

	return route_find(&m, method, path) &&
	       (m.route->how == WRITES || m.route->how == WORKS ||
	        route_shows_persons(m.route));
}

static enum err keep_captures(struct req *req, const struct route_match *m)
{
	struct param *items;

	TRY(arena_array(req->arena, &items, m->n));
	for (size_t i = 0; i < m->n; i++) {
		TRY(arena_strndup(req->arena, &items[i].name, m->names[i].at, m->names[i].len));
		TRY(arena_strndup(req->arena, &items[i].value, m->values[i].at,
		                  m->values[i].len));
	}
	req->route = (struct params){ items, m->n };
	return ERR_OK;
}

/* A stranger at a closed door: a page is asked for again after the login, a form is kept. */
static enum err ask_login(struct req *req, struct resp *resp)
{
	if (req->method == POST)
		return login_ask_again(req, resp);
	return resp_redirect(resp, url_with(link_login_show(), "next", req->target));
}

/* *answered: the form is not to be run, resp says why. */
static enum err check_form(struct req *req, struct resp *resp, bool *answered)
{
	struct url first;

	if (req->refill)
		return ERR_OK;
	*answered = true;
	if (!session_form_ok(req)) {
		error_page_say(req, resp, 403, MSG_WEB_FORM_HEADING, MSG_WEB_FORM_REMEDY);
		return ERR_OK;
	}
	req->request_id = params_get(&req->form, "request_id");
	enum err e = web_answered(&first, req->db, req->arena, req->request_id,
	                          req->actor->account_id);
	if (e == ERR_OK)
		return resp_redirect(resp, first);
	if (e != ERR_NOT_FOUND)
		return e;
	*answered = false;
	return ERR_OK;
}

/* All queries of a page that reads see the same state. */
static enum err run_reading(const struct route *r, struct req *req, struct resp *resp)
{
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, req->db));
	return r->page(req, resp);
}

/* A list from the replica; when that goes wrong, from the primary as if nothing had been. */
static enum err run_list(const struct route *r, struct req *req, struct resp *resp)
{
	struct db *primary = req->db;

	if (!behind_lend(req, resp, &req->db))
		return run_reading(r, req, resp);
	enum err e = run_reading(r, req, resp);
	bool again = err_http_status(e) >= 500;
	behind_take_back(req, resp, req->db, again);
	req->db = primary;
	return again ? run_reading(r, req, resp) : e;
}

static enum err run_page(const struct route *r, struct req *req, struct resp *resp)
{
	bool answered = false;

	if (r->how == LISTS)
		return run_list(r, req, resp);
	if (r->how == READS)
		return run_reading(r, req, resp);
	if (route_shows_persons(r)) {
		TRY(run_reading(r, req, resp));
		return resp->status == 200 ? seen_note(r, req) : ERR_OK;
	}
	if (r->method == POST)
		TRY(check_form(req, resp, &answered));
	return answered ? ERR_OK : r->page(req, resp);
}

/* NULL: none was sent. */
static const char *bearer(const struct req *req)
{
	static const char scheme[] = "Bearer ";
	const char *sent = params_get(&req->headers, "authorization");

	return sent && str_starts(sent, scheme) ? sent + strlen(scheme) : NULL;
}

/* A program on this machine, or one that knows the token. */
static bool may_watch(const struct req *req)
{
	const char *token = req->settings->metrics_token, *sent = bearer(req);

	return req->direct || (!str_eq(token, "-") && sent && secret_equal(sent, token));
}

/* Another installation: known by its token alone, whatever cookies come along. */
static enum err answer_peer(const struct route *r, struct req *req, struct resp *resp)
{
	const char *token = bearer(req);
	enum err e = token ? exchange_peer_of_token(&req->peer, &req->peer_office, req->db,
	                                            req->arena, token)
	                   : ERR_NOT_FOUND;

	if (e == ERR_NOT_FOUND)
		return err_set(ERR_FORBIDDEN, "not a token of a peer");
	TRY(e);
	return r->how == READS ? run_reading(r, req, resp) : r->page(req, resp);
}

static enum err no_route(const struct route_match *m, struct req *req, struct resp *resp)
{
	if (!m->other_method)
		return err_set(ERR_NOT_FOUND, "no such page");
	error_page(req, resp, 405);
	return resp_header(resp, "Allow", req->method == GET ? "POST" : "GET, HEAD");
}

static enum err answer(struct req *req, struct resp *resp)
{
	struct route_match m;

	if (!route_find(&m, req->method, req->path))
		return no_route(&m, req, resp);
	resp->route = m.route->path;
	TRY(keep_captures(req, &m));
	if (m.route->who == MONITOR && !may_watch(req))
		return err_set(ERR_FORBIDDEN, "not from this machine");
	if (m.route->how == ALONE)
		return m.route->page(req, resp);
	if (m.route->who == PEER)
		return answer_peer(m.route, req, resp);
	if (req->method == POST && session_cross_site(req))
		return err_set(ERR_FORBIDDEN, "a form of another site");
	if (!route_allows(m.route, req->actor))
		return actor_is_nobody(req->actor) ? ask_login(req, resp)
		                                   : err_set(ERR_FORBIDDEN, "no permission");
	return run_page(m.route, req, resp);
}

static void log_failure(const struct req *req, const struct resp *resp, enum err e)
{
	int status = err_http_status(e);

	metrics_error(req->app->metrics, e);
	if (status >= 500)
		log_event(LOG_ERROR, "request.failed", { "route", resp->route },
		          { "err", err_name(e) }, { "text", err_message() },
		          { "incident", req->incident });
}

/* The frame, or if that fails the plainest page there is. */
static void frame(struct req *req, struct resp *resp)
{
	enum err e = str_check(&resp->body);

	if (e == ERR_OK && resp->title)
		e = layout_wrap(req, resp);
	if (e == ERR_OK)
		e = session_keep_visit(req, resp);
	if (e == ERR_OK)
		return;
	log_failure(req, resp, e);
	/* What was asked for was right: only our own failures are left. */
	error_page(req, resp, err_http_status(e) == 503 ? 503 : 500);
}

static void finish(struct req *req, struct resp *resp, enum err e)
{
	if (e != ERR_OK) {
		log_failure(req, resp, e);
		error_page_of(req, resp, e);
	}
	if (behind_note_write(req, resp) != ERR_OK)
		log_failure(req, resp, ERR_NO_MEMORY);
	frame(req, resp);
	if (resp->status == 503 && resp->n_headers < RESP_MOST_HEADERS)
		resp->headers[resp->n_headers++] = (struct header){ "Retry-After", "5" };
	security_headers(resp);
}

/* After a login the form that was kept is shown again, by the one who has just logged in. */
static enum err resume(struct app *app, struct req *req, struct resp *resp)
{
	struct req *again = resp->resume;

	resp->resume = NULL;
	resp->title = NULL;
	str_clear(&resp->body);
	TRY(session_identify(app, again));
	if (actor_is_nobody(again->actor))
		return err_set(ERR_LOGIN_NEEDED, "the new session is gone");
	resp->out.tokens = &again->tokens;
	enum err e = answer(again, resp);
	*req = *again;
	resp->out.tokens = &req->tokens;
	return e;
}

static void give_resources(struct app *app, struct req *req)
{
	req->app = app;
	req->writer = app->writer;
	req->settings = app_settings(app);
	req->passwords = &app->passwords;
	req->clock = app->clock;
}

static enum err dispatch(struct app *app, struct req *req, struct resp *resp)
{
	TRY(session_identify(app, req));
	TRY(answer(req, resp));
	return resp->resume ? resume(app, req, resp) : ERR_OK;
}

/* A file needs neither session nor database. */
static void answer_static(struct app *app, struct req *req, struct resp *resp)
{
	resp->route = metrics_static;
	enum err e = static_files_answer(app->static_files, req, resp);

	if (e != ERR_OK) {
		error_page(req, resp, err_http_status(e));
		resp->title = NULL;
	}
	security_headers(resp);
}

static void give_back(struct app *app, struct req *req)
{
	if (req->db)
		db_pool_return(app->readers, req->db);
	req->db = NULL;
}

/* Pages that must answer when the database does not. */
static bool stands_alone(const struct req *req)
{
	struct route_match m;

	return route_find(&m, req->method, req->path) && m.route->how == ALONE;
}

static void dispatch_any(struct app *app, struct req *req, struct resp *resp)
{
	static const struct actor nobody = { .name = NULL };

	give_resources(app, req);
	req->actor = &nobody;
	resp_init(resp, req);
	if (static_files_own(req->path)) {
		answer_static(app, req, resp);
		return;
	}
	if (stands_alone(req)) {
		finish(req, resp, answer(req, resp));
		return;
	}
	enum err e = db_pool_lease(app->readers, &req->db);
	if (e == ERR_OK)
		e = dispatch(app, req, resp);
	finish(req, resp, e);
	give_back(app, req);
}

void router_dispatch(struct app *app, struct req *req, struct resp *resp)
{
	int64_t start = clock_running_us();

	dispatch_any(app, req, resp);
	metrics_count(app->metrics, req->method, resp->route, resp->status,
	              clock_running_us() - start);
}

void router_dispatch_as(struct app *app, struct req *req, struct resp *resp,
                        const struct actor *actor, const char *form_key)
{
	give_resources(app, req);
	resp_init(resp, req);
	req->actor = actor;
	enum err e = db_pool_lease(app->readers, &req->db);
	if (e == ERR_OK)
		e = session_tokens(req, form_key);
	if (e == ERR_OK)
		e = answer(req, resp);
	finish(req, resp, e);
	give_back(app, req);
}
