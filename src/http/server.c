#include "http/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "http/parse.h"
#include "http/request.h"
#include "http/server_internal.h"

/* ---- receiving ---- */

/* Headers that pages and web may ask for. */
static const char *const let_through[] = { "host",      "origin",          "sec-fetch-site",
	                                   "accept",    "accept-encoding", "if-none-match",
	                                   "hx-request" };

static void keep_header(struct exchange *x, const char *name, const char *value)
{
	if (strcasecmp(name, "cookie") == 0 && !x->cookie)
		x->cookie = value;
	else if (strcasecmp(name, "content-type") == 0 && !x->content_type)
		x->content_type = value;
	else if (strcasecmp(name, "x-forwarded-for") == 0)
		x->forwarded = value;
	for (size_t i = 0; i < ARRAY_LEN(let_through); i++)
		if (strcasecmp(name, let_through[i]) == 0 &&
		    x->n_headers < EXCHANGE_MOST_HEADERS)
			x->headers[x->n_headers++] = (struct param){ let_through[i], value };
}

/* Texts of the library live as long as the request. */
static enum MHD_Result read_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   size_t n_name, const char *value, size_t n_value)
{
	struct exchange *x = cls;

	(void)kind;
	guard_header(&x->guard, (struct slice){ name, n_name },
	             (struct slice){ value ? value : "", value ? n_value : 0 });
	keep_header(x, name, value ? value : "");
	return MHD_YES;
}

static void find_client(struct exchange *x)
{
	const union MHD_ConnectionInfo *info =
	        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	if (!info || !info->client_addr)
		return;
	address_text(x->client, info->client_addr);
	if (x->server->settings->behind_proxy && address_is_loopback(info->client_addr))
		(void)address_forwarded(x->client, x->forwarded);
}

static int refusal(struct exchange *x, const char *method)
{
	const struct settings *s = x->server->settings;

	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		x->method = GET;
	else if (strcmp(method, "POST") == 0)
		x->method = POST;
	else
		return 501;
	if (guard_verdict(&x->guard)) {
		log_event(LOG_WARNING, "request.refused", { "why", x->guard.refused });
		return 400;
	}
	bool has_body = x->guard.length > 0 || x->guard.chunked;
	if (has_body && (x->method == GET || !request_is_form(x->content_type)))
		return 400;
	x->body_most = (size_t)(request_is_multipart(x->content_type) ? s->upload_bytes
	                                                              : s->form_bytes);
	return x->guard.length > (long long)x->body_most ? 413 : 0;
}

/* After the headers: a refusal is answered at once and closes the connection. */
static enum MHD_Result begin(struct exchange *x, const char *method)
{
	guard_target(&x->guard, x->target);
	MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, read_header, x);
	find_client(x);
	x->refused = refusal(x, method);
	if (!x->refused)
		return MHD_YES;
	exchange_refuse(x, x->refused);
	return exchange_send(x);
}

/* ---- answering ---- */

static void work(void *arg)
{
	struct exchange *x = arg;

	exchange_answer(x);
	MHD_resume_connection(x->connection);
}

static bool blocks(struct exchange *x)
{
	const struct http_service *service = x->server->service;
	struct slice rest = slice_of(x->target), raw;
	const char *path;

	if (x->method == POST)
		return true;
	return slice_cut(&rest, '?', &raw) && parse_path(&path, &x->arena, raw) == ERR_OK &&
	       service->blocks(service->context, x->method, path);
}

static enum MHD_Result answer(struct exchange *x)
{
	if (!blocks(x)) {
		exchange_answer(x);
		return exchange_send(x);
	}
	MHD_suspend_connection(x->connection);
	if (workers_push(x->server->workers, work, x))
		return MHD_YES;
	exchange_refuse(x, 503);
	MHD_resume_connection(x->connection);
	return MHD_YES;
}

/* The library calls this after the headers, for each piece of the body, at its end, and again
 * when a suspended connection goes on. */
/* NOLINTNEXTLINE(readability-function-size): the library says how many parameters */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version,
                                  const char *upload_data, size_t *upload_data_size,
                                  void **con_cls)
{
	struct exchange *x = *con_cls;

	(void)cls;
	(void)url;
	(void)version;
	if (!x)
		return MHD_NO;
	if (!x->connection) {
		x->connection = connection;
		return begin(x, method);
	}
	if (*upload_data_size) {
		if (!x->refused)
			(void)exchange_receive(x, upload_data, *upload_data_size);
		*upload_data_size = 0;
		return MHD_YES;
	}
	if (x->answered)
		return exchange_send(x);
	if (x->refused) {
		exchange_refuse(x, x->refused);
		return exchange_send(x);
	}
	return answer(x);
}

/* The first word of a request: before the library takes the target apart. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
	(void)connection;
	return exchange_take(cls, target);
}

static void on_end(void *cls, struct MHD_Connection *connection, void **con_cls,
                   enum MHD_RequestTerminationCode why)
{
	(void)cls;
	(void)connection;
	(void)why;
	if (*con_cls)
		exchange_give(*con_cls);
	*con_cls = NULL;
}

/* Nothing is decoded by the library: the raw target is what counts. */
static size_t keep_encoded(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls;
	(void)connection;
	return strlen(text);
}

/* ---- start and stop ---- */

static enum err start_daemon(struct http_server *s)
{
	union address address;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;

	TRY(address_parse(&address, s->settings->listen));
	if (address.any.sa_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	s->daemon = MHD_start_daemon(
	        flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, &address.any,
	        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)s->settings->http_threads,
	        MHD_OPTION_CONNECTION_LIMIT, (unsigned)s->settings->http_connections,
	        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)s->settings->http_idle_seconds,
	        MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_UNESCAPE_CALLBACK,
	        keep_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_end, s,
	        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (!s->daemon)
		return err_set(ERR_IO, "cannot listen on %s: %s", s->settings->listen,
		               strerror(errno));
	if (!address_is_loopback(&address.any))
		log_event(LOG_WARNING, "listen.open", { "address", s->settings->listen });
	const union MHD_DaemonInfo *info =
	        MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	s->port = info ? info->port : 0;
	return ERR_OK;
}

enum err http_server_start(struct http_server **out, const struct http_service *service,
                           const struct settings *settings)
{
	struct http_server *s = calloc(1, sizeof(*s));

	if (!s)
		return err_set(ERR_NO_MEMORY, "no memory for a server");
	s->service = service;
	s->settings = settings;
	pthread_mutex_init(&s->lock, NULL);
	enum err e = workers_start(&s->workers, (int)settings->http_workers,
	                           (size_t)settings->http_queue);
	if (e == ERR_OK)
		e = start_daemon(s);
	if (e != ERR_OK) {
		http_server_stop(s);
		return e;
	}
	*out = s;
	return ERR_OK;
}

int http_server_port(const struct http_server *s)
{
	return s->port;
}

static void wait_until_idle(struct http_server *s)
{
	const struct timespec pause = { .tv_nsec = 5000000 };

	for (int i = 0; i < 2000 && atomic_load(&s->under_way) > 0; i++)
		nanosleep(&pause, NULL);
}

void http_server_stop(struct http_server *s)
{
	if (s->daemon) {
		MHD_socket listening = MHD_quiesce_daemon(s->daemon);

		wait_until_idle(s);
		if (s->workers) /* resumes what it still answers */
			workers_stop(s->workers);
		MHD_stop_daemon(s->daemon);
		if (listening != MHD_INVALID_SOCKET)
			close(listening);
	} else if (s->workers) {
		workers_stop(s->workers);
	}
	while (s->idle) {
		struct exchange *next = s->idle->next;

		arena_release(&s->idle->arena);
		free(s->idle);
		s->idle = next;
	}
	pthread_mutex_destroy(&s->lock);
	free(s);
}
