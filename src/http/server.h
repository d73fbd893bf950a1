/* server.h - sockets in, struct req out; struct resp in, bytes out.
 *
 * libmicrohttpd with epoll and a pool of threads behind our own guard (guard.h) and parsers.
 * A request that does not block is answered in the thread that received it; one that does
 * leaves it: the connection is suspended, a worker answers, the connection goes on.  When the
 * workers' queue is full the answer is 503 with Retry-After.  Everything a request may hold
 * is bounded by the settings.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "base/settings.h"
#include "http/http.h"

struct http_service {
	void *context;
	/* Whether answering waits for a disk or works long; `path` is decoded. */
	bool (*blocks)(void *context, enum http_method method, const char *path);
	/* Answers; called by many threads at once.  `req` has everything that comes from
	 * outside; texts of the answer live in req->arena or for ever. */
	void (*answer)(void *context, struct req *req, struct resp *resp);
};

struct http_server;
/* Listens on settings->listen ("127.0.0.1:8080", "[::1]:0"; port 0: any).  ERR_INPUT: the
 * address is none, ERR_IO: it cannot be listened on.  `service` and `settings` outlive it. */
ERR_RESULT http_server_start(struct http_server **out, const struct http_service *service,
                             const struct settings *settings);
int http_server_port(const struct http_server *s);

/* Takes no new connection, answers the requests that are under way (for at most ten seconds),
 * then closes. */
void http_server_stop(struct http_server *s);

#endif
