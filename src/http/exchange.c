#include "http/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "http/gzip.h"
#include "http/request.h"
#include "http/server_internal.h"

enum {
	MOST_IDLE = 64,
	MOST_KEPT_MEMORY = 1024 * 1024,
	REQUEST_MEMORY = 128 * 1024 * 1024,
	FIRST_ROOM = 4096,
	WORTH_PACKING = 1024
};

/* ---- life ---- */

static struct exchange *take_idle(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	struct exchange *x = s->idle;
	if (x) {
		s->idle = x->next;
		s->n_idle--;
	}
	pthread_mutex_unlock(&s->lock);
	return x;
}

struct exchange *exchange_take(struct http_server *s, const char *target)
{
	struct exchange *x = take_idle(s);

	if (!x) {
		x = malloc(sizeof(*x));
		if (!x)
			return NULL;
		arena_init(&x->arena, REQUEST_MEMORY);
	}
	struct arena arena = x->arena;
	*x = (struct exchange){ .server = s, .arena = arena };
	guard_init(&x->guard);
	if (arena_strdup(&x->arena, &x->target, target) != ERR_OK) {
		arena_release(&x->arena);
		free(x);
		return NULL;
	}
	atomic_fetch_add(&s->under_way, 1);
	return x;
}

void exchange_give(struct exchange *x)
{
	struct http_server *s = x->server;

	resp_drop_disk_file(&x->resp);
	if (x->body) {
		atomic_fetch_sub(&s->body_bytes, (long long)x->body_room);
		free(x->body);
	}
	if (x->arena.used > MOST_KEPT_MEMORY)
		arena_release(&x->arena);
	arena_reset(&x->arena);
	pthread_mutex_lock(&s->lock);
	bool kept = s->n_idle < MOST_IDLE;
	if (kept) {
		x->next = s->idle;
		s->idle = x;
		s->n_idle++;
	}
	pthread_mutex_unlock(&s->lock);
	if (!kept) {
		arena_release(&x->arena);
		free(x);
	}
	atomic_fetch_sub(&s->under_way, 1);
}

/* ---- body ---- */

/* Room is counted, not bytes, so that the sum is what is really held. */
static bool make_room(struct exchange *x, size_t need)
{
	struct http_server *s = x->server;
	size_t room = x->body_room ? x->body_room : FIRST_ROOM;

	if (need <= x->body_room)
		return true;
	while (room < need)
		room *= 2;
	long long more = (long long)(room - x->body_room);
	if (atomic_fetch_add(&s->body_bytes, more) + more >
	    http_settings(s)->body_bytes_in_all) {
		atomic_fetch_sub(&s->body_bytes, more);
		return false;
	}
	char *bigger = realloc(x->body, room);
	if (!bigger) {
		atomic_fetch_sub(&s->body_bytes, more);
		return false;
	}
	x->body = bigger;
	x->body_room = room;
	return true;
}

bool exchange_receive(struct exchange *x, const char *bytes, size_t n)
{
	if (n > x->body_most || x->n_body > x->body_most - n)
		x->refused = 413;
	else if (!make_room(x, x->n_body + n))
		x->refused = 503;
	else {
		memcpy(x->body + x->n_body, bytes, n);
		x->n_body += n;
		line_step(x->line, LINE_BODY,
		          exchange_patience(x, x->n_body) -
		                  (clock_running_us() - x->body_since_us) / 1000);
		return true;
	}
	return false;
}

/* ---- answer ---- */

static void log_request(const struct exchange *x, int64_t ms)
{
	const struct settings *s = http_settings(x->server);
	char status[16], took[24];
	bool slow = ms >= s->log_slow_ms;

	if (!slow && !s->log_requests)
		return;
	snprintf(status, sizeof(status), "%d", x->resp.status);
	snprintf(took, sizeof(took), "%lld", (long long)ms);
	log_event(slow ? LOG_WARNING : LOG_INFO, slow ? "request.slow" : "request",
	          { "method", x->method == GET ? "GET" : "POST" }, { "route", x->resp.route },
	          { "status", status }, { "ms", took }, { "incident", x->incident });
}

void exchange_refuse(struct exchange *x, int status)
{
	enum msg text = status == 413   ? MSG_HTTP_TOO_LARGE
	                : status == 503 ? MSG_HTTP_BUSY
	                : status == 501 ? MSG_HTTP_METHOD
	                                : MSG_HTTP_BAD;

	x->resp =
	        (struct resp){ .status = status, .content_type = "text/plain; charset=utf-8" };
	x->resp.file = (const unsigned char *)msg_text(text);
	x->resp.n_file = strlen(msg_text(text));
	x->resp.headers[0] = (struct header){ "Cache-Control", "no-store" };
	x->resp.headers[1] = (struct header){ "X-Content-Type-Options", "nosniff" };
	x->resp.headers[2] = (struct header){ "Retry-After", "5" };
	x->resp.n_headers = status == 503 ? 3 : 2;
	x->answered = true;
}

static bool is_text(const char *content_type)
{
	return str_starts(content_type, "text/") ||
	       str_starts(content_type, "application/json");
}

/* The body, or the packed body when the browser takes it and it gains. */
static void pack(struct exchange *x)
{
	struct resp *resp = &x->resp;
	const unsigned char *packed;
	size_t n;

	if (resp->file || resp->encoding || resp->body.len < WORTH_PACKING ||
	    !is_text(resp->content_type) ||
	    !gzip_accepted(params_get(&x->req.headers, "accept-encoding")))
		return;
	if (gzip_pack_fast(&packed, &n, &x->arena, resp->body.data, resp->body.len) != ERR_OK)
		return;
	resp->file = packed;
	resp->n_file = n;
	resp->encoding = "gzip";
	if (resp->n_headers < ARRAY_LEN(resp->headers))
		resp->headers[resp->n_headers++] = (struct header){ "Vary", "Accept-Encoding" };
}

/* Eight letters and digits without I, L, O and U, so that they can be read out on the
 * telephone. Multiplying by an odd number visits all 2^40 before one comes again. */
static void name_incident(struct exchange *x)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct http_server *s = x->server;
	uint64_t n = s->first_incident + atomic_fetch_add(&s->incidents, 1);

	n *= UINT64_C(0x9E3779B97F4A7C15);
	for (int i = 0; i < EXCHANGE_INCIDENT - 1; i++, n >>= 5)
		x->incident[i] = digits[n & 31];
	x->incident[EXCHANGE_INCIDENT - 1] = '\0';
}

void exchange_answer(struct exchange *x)
{
	struct http_server *s = x->server;
	int64_t start = clock_running_us();
	const struct received received = { .method = x->method,
		                           .target = x->target,
		                           .cookie = x->cookie,
		                           .content_type = x->content_type,
		                           .body = { x->body ? x->body : "", x->n_body } };

	name_incident(x);
	x->req = (struct req){ .arena = &x->arena,
		               .client = x->client,
		               .direct = x->direct,
		               .incident = x->incident,
		               .headers = { x->headers, x->n_headers } };
	enum err e = request_make(&x->req, &received);
	if (e != ERR_OK) {
		log_event(LOG_WARNING, "request.refused", { "why", err_message() });
		atomic_fetch_add(&s->refused, 1);
		exchange_refuse(x, e == ERR_INPUT ? 400 : err_http_status(e));
		return;
	}
	s->service->answer(s->service->context, &x->req, &x->resp);
	pack(x);
	log_request(x, (clock_running_us() - start) / 1000);
	x->answered = true;
}

static bool add_headers(struct MHD_Response *r, const struct resp *resp, bool last)
{
	bool ok = !last || MHD_add_response_header(r, "Connection", "close") == MHD_YES;

	ok = ok && MHD_add_response_header(r, "Content-Type", resp->content_type) == MHD_YES;

	if (resp->encoding)
		ok = ok &&
		     MHD_add_response_header(r, "Content-Encoding", resp->encoding) ==
		             MHD_YES &&
		     MHD_add_response_header(r, "Vary", "Accept-Encoding") == MHD_YES;
	for (size_t i = 0; ok && i < resp->n_headers; i++)
		ok = MHD_add_response_header(r, resp->headers[i].name,
		                             resp->headers[i].value) == MHD_YES;
	return ok;
}

int64_t exchange_patience(const struct exchange *x, size_t n)
{
	const struct settings *s = http_settings(x->server);

	return s->http_slow_seconds * 1000 + (int64_t)n * 1000 / s->http_least_rate;
}

/* The body of the answer as the library takes it; *n: its bytes. */
static struct MHD_Response *make_body(struct resp *resp, size_t *n)
{
	const void *bytes = resp->file ? (const void *)resp->file : resp->body.data;
	struct MHD_Response *r;

	if (resp->disk.open) {
		*n = (size_t)resp->disk.n;
		r = MHD_create_response_from_fd64(resp->disk.n, resp->disk.descriptor);
		resp->disk.open = resp->disk.open && !r; /* now the library closes it */
		return r;
	}
	*n = resp->file ? resp->n_file : resp->body.len;
	union {
		const void *in;
		void *out;
	} body = { *n ? bytes : "" }; /* the library reads it, but asks for void * */

	return MHD_create_response_from_buffer(*n, body.out, MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result exchange_send(struct exchange *x)
{
	const struct resp *resp = &x->resp;
	size_t n;
	struct MHD_Response *r = make_body(&x->resp, &n);

	if (!r)
		return MHD_NO;
	line_step(x->line, LINE_ANSWER, exchange_patience(x, n));
	enum MHD_Result sent =
	        add_headers(r, resp, atomic_load(&x->server->stopping))
	                ? MHD_queue_response(x->connection, (unsigned)resp->status, r)
	                : MHD_NO;
	MHD_destroy_response(r);
	return sent;
}
