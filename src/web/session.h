/* session.h - who asks, and the tokens their forms must carry.
 *
 * A form's csrf token is derived from a secret of the session (of a stranger: of a cookie) and
 * from the page's request_id, so that it differs on every page and compression betrays
 * nothing (BREACH).
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "http/http.h"
#include "web/app.h"

/* Sets req->actor (nobody when there is no session) and req->tokens.  req->db is open. */
ERR_RESULT session_identify(struct app *app, struct req *req);

/* The tokens of a page of whoever holds `key`. */
ERR_RESULT session_tokens(struct req *req, const char *key);

/* Whether the form carries a csrf token of its session and a request_id. */
bool session_form_ok(const struct req *req);

/* Whether another site sent this POST, as the browser says (Sec-Fetch-Site, Origin). */
bool session_cross_site(const struct req *req);

/* After the page: gives a stranger whose page has a form the cookie its token hangs on. */
ERR_RESULT session_keep_visit(struct req *req, struct resp *resp);

#endif
