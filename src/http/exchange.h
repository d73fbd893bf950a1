/* exchange.h - one request and its answer while they are under way (server.c only). */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include <microhttpd.h>
#include <stdatomic.h>

#include "http/address.h"
#include "http/guard.h"
#include "http/http.h"
#include "http/lines.h"

struct http_server;

enum { EXCHANGE_MOST_HEADERS = 10, EXCHANGE_INCIDENT = 9 };

struct exchange {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct line *line; /* NULL: no memory for one */
	struct arena arena;
	enum http_method method;
	const char *target; /* raw, in the arena */
	const char *cookie, *content_type, *forwarded;
	struct param headers[EXCHANGE_MOST_HEADERS];
	size_t n_headers;
	char client[ADDRESS_TEXT];
	struct guard guard;
	/* The body as received; malloc, counted in server->body_bytes. */
	char *body;
	size_t n_body, body_room, body_most;
	int refused;                      /* status of the refusal; 0: none */
	int64_t body_since_us, queued_us; /* monotonic */
	char incident[EXCHANGE_INCIDENT];
	bool proxied; /* a header says so */
	bool direct;  /* a client on this machine, not through a proxy */
	struct req req;
	struct resp resp;
	bool answered; /* resp is ready */
	struct exchange *next;
};

/* From the pool of the server, or new; NULL: no memory. */
struct exchange *exchange_take(struct http_server *s, const char *target);
void exchange_give(struct exchange *x);

/* Adds to the body.  False when it is longer than allowed or too many bodies are being
 * received: x->refused says which. */
bool exchange_receive(struct exchange *x, const char *bytes, size_t n);

/* Makes req of what was received and has the service answer it. */
void exchange_answer(struct exchange *x);

/* How long a client may take for `n` bytes of a form or an answer, in milliseconds. */
int64_t exchange_patience(const struct exchange *x, size_t n);

/* A plain answer of the server itself. */
void exchange_refuse(struct exchange *x, int status);

/* Queues x->resp; never fails to close the connection when it cannot. */
enum MHD_Result exchange_send(struct exchange *x);

#endif
