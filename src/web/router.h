/* router.h - answers a request; nothing here knows of sockets.
 *
 * In order: static file? who asks (session), which row of routes.def, may they, is the form
 * ours (other site, csrf, repeated request_id), the page, its frame, the security headers.
 * A failure becomes a page in Vietnamese and a line in the log.
 */
#ifndef WEB_ROUTER_H
#define WEB_ROUTER_H

#include "http/http.h"
#include "web/app.h"

/* Needs of `req`: method, path, target, query, form, uploads, cookies, headers, client, arena.
 * The rest is set here.  `resp` is initialised here. */
void router_dispatch(struct app *app, struct req *req, struct resp *resp);

/* The same for an actor that is known already, with the tokens of `form_key`: for tests. */
void router_dispatch_as(struct app *app, struct req *req, struct resp *resp,
                        const struct actor *actor, const char *form_key);

/* Whether the request must run on a worker. */
bool router_blocks(enum http_method method, const char *path);

#endif
