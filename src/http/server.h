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

#include "base/histogram.h"
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

/* Other limits from now on (settings_live.def); `settings` outlives the server. */
void http_server_reload(struct http_server *s, const struct settings *settings);

/* Takes no new connection, answers what came in before (for at most stop_seconds), then
 * closes. */
void http_server_stop(struct http_server *s);

/* For whoever watches it. */
struct http_stats {
	size_t lines, queued; /* connections open; requests that wait for a worker */
	int under_way, workers, workers_busy;
	int64_t body_bytes;             /* of forms being held */
	int64_t refused, busy;          /* malformed; turned away because too much waits */
	int64_t crowded;                /* connections beyond what one client may have */
	int64_t late[4];                /* connections cut while http_late_names[i] */
	const struct histogram *waited; /* histogram_times: for a worker */
};
extern const char *const http_late_names[4];
void http_server_stats(struct http_server *s, struct http_stats *out);

#endif
