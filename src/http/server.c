#include "http/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "http/parse.h"
#include "http/request.h"
#include "http/server_internal.h"

/* ---- receiving ---- */

/* Headers that pages and web may ask for. */
static const char *const let_through[] = { "host",       "origin",          "sec-fetch-site",
	                                   "accept",     "accept-encoding", "if-none-match",
	                                   "hx-request", "authorization" };

static void keep_header(struct exchange *x, const char *name, const char *value)
{
	if (strcasecmp(name, "cookie") == 0 && !x->cookie)
		x->cookie = value;
	else if (strcasecmp(name, "content-type") == 0 && !x->content_type)
		x->content_type = value;
	else if (strcasecmp(name, "x-forwarded-for") == 0)
		x->forwarded = value;
	if (strcasecmp(name, "x-forwarded-for") == 0 || strcasecmp(name, "forwarded") == 0 ||
	    strcasecmp(name, "via") == 0)
		x->proxied = true;
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
	x->direct = !x->proxied && address_is_loopback(info->client_addr);
	if (http_settings(x->server)->behind_proxy && address_is_loopback(info->client_addr))
		(void)address_forwarded(x->client, x->forwarded);
}

static int refusal(struct exchange *x, const char *method)
{
	const struct settings *s = http_settings(x->server);

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
	x->body_since_us = clock_running_us();
	line_step(x->line, LINE_BODY, exchange_patience(x, 0));
	x->refused = refusal(x, method);
	if (!x->refused)
		return MHD_YES;
	atomic_fetch_add(&x->server->refused, 1);
	exchange_refuse(x, x->refused);
	return exchange_send(x);
}

/* ---- answering ---- */

static void work(void *arg)
{
	struct exchange *x = arg;

	histogram_add(&x->server->waited, &histogram_times, clock_running_us() - x->queued_us);
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
	line_step(x->line, LINE_WORK, 0);
	if (!blocks(x)) {
		exchange_answer(x);
		return exchange_send(x);
	}
	x->queued_us = clock_running_us();
	MHD_suspend_connection(x->connection);
	if (workers_push(x->server->workers, work, x))
		return MHD_YES;
	atomic_fetch_add(&x->server->busy, 1);
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

static struct line *line_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

/* The first word of a request: before the library takes the target apart. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct exchange *x = exchange_take(cls, target);

	if (!x)
		return NULL;
	x->line = line_of(connection);
	line_step(x->line, LINE_HEAD, http_settings(cls)->http_header_seconds * 1000);
	return x;
}

static void on_end(void *cls, struct MHD_Connection *connection, void **con_cls,
                   enum MHD_RequestTerminationCode why)
{
	(void)why;
	line_step(line_of(connection), LINE_IDLE, http_settings(cls)->http_idle_seconds * 1000);
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

/* ---- connections ---- */

/* Who is counted: everybody but our own proxy, which limits its clients itself. */
static void count_as(char out[ADDRESS_TEXT], struct http_server *s,
                     const struct sockaddr *address)
{
	out[0] = '\0';
	if (!http_settings(s)->behind_proxy || !address_is_loopback(address))
		address_text(out, address);
}

static enum MHD_Result may_connect(void *cls, const struct sockaddr *address, socklen_t n)
{
	struct http_server *s = cls;
	char client[ADDRESS_TEXT];

	(void)n;
	count_as(client, s, address);
	return !client[0] || lines_may_open(&s->lines, client,
	                                    (size_t)http_settings(s)->client_connections)
	               ? MHD_YES
	               : MHD_NO;
}

static void open_line(struct http_server *s, struct MHD_Connection *connection, void **context)
{
	const union MHD_ConnectionInfo *fd =
	        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *from =
	        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char client[ADDRESS_TEXT] = "";

	if (!fd)
		return;
	int socket = fd->connect_fd;
	if (from && from->client_addr)
		count_as(client, s, from->client_addr);
	*context = line_open(&s->lines, socket, client,
	                     http_settings(s)->http_idle_seconds * 1000);
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = cls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		open_line(s, connection, context);
		return;
	}
	line_close(&s->lines, *context);
	*context = NULL;
}

/* ---- start and stop ---- */

static enum err start_daemon(struct http_server *s)
{
	const struct settings *settings = http_settings(s);
	union address address;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;

	TRY(address_parse(&address, settings->listen));
	if (address.any.sa_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	s->daemon = MHD_start_daemon(
	        flags, 0, may_connect, s, on_request, s, MHD_OPTION_SOCK_ADDR, &address.any,
	        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)settings->http_threads,
	        MHD_OPTION_CONNECTION_LIMIT, (unsigned)settings->http_connections,
	        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)settings->http_header_bytes,
	        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_URI_LOG_CALLBACK,
	        on_target, s, MHD_OPTION_UNESCAPE_CALLBACK, keep_encoded, NULL,
	        MHD_OPTION_NOTIFY_COMPLETED, on_end, s, MHD_OPTION_STRICT_FOR_CLIENT, 1,
	        MHD_OPTION_END);
	if (!s->daemon)
		return err_set(ERR_IO, "cannot listen on %s: %s", settings->listen,
		               strerror(errno));
	if (!address_is_loopback(&address.any))
		log_event(LOG_WARNING, "listen.open", { "address", settings->listen });
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
	atomic_store(&s->settings, settings);
	if (getrandom(&s->first_incident, sizeof(s->first_incident), 0) < 0)
		s->first_incident = (uint64_t)clock_running_us();
	pthread_mutex_init(&s->lock, NULL);
	enum err e = lines_start(&s->lines);
	if (e == ERR_OK)
		e = workers_start(&s->workers, (int)settings->http_workers,
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

void http_server_reload(struct http_server *s, const struct settings *settings)
{
	atomic_store_explicit(&s->settings, settings, memory_order_release);
}

const char *const http_late_names[4] = { "idle", "headers", "form", "answer" };

void http_server_stats(struct http_server *s, struct http_stats *out)
{
	static const enum line_step steps[] = { LINE_IDLE, LINE_HEAD, LINE_BODY, LINE_ANSWER };

	*out = (struct http_stats){ .lines = lines_open(&s->lines),
		                    .under_way = atomic_load(&s->under_way),
		                    .workers = (int)http_settings(s)->http_workers,
		                    .body_bytes = atomic_load(&s->body_bytes),
		                    .refused = atomic_load(&s->refused),
		                    .busy = atomic_load(&s->busy),
		                    .crowded = atomic_load(&s->lines.refused),
		                    .waited = &s->waited };
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		out->late[i] = atomic_load(&s->lines.cut[steps[i]]);
	workers_load(s->workers, &out->queued, &out->workers_busy);
}

int http_server_port(const struct http_server *s)
{
	return s->port;
}

/* Connections that the kernel took for us before the end still get their answer. */
static void take_waiting(struct http_server *s, MHD_socket listening)
{
	union address from;

	for (;;) {
		socklen_t n = sizeof(from);
		int fd = accept4(listening, &from.any, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		if (MHD_add_connection(s->daemon, fd, &from.any, n) != MHD_YES)
			log_event(LOG_WARNING, "stop.connection_lost", { NULL, NULL });
	}
}

/* Clients that keep their connections ask again at once, and learn with that answer that it is
 * the last.  So it must have been quiet for a while, and not just at one moment. */
static void wait_until_quiet(struct http_server *s)
{
	enum { LOOK_MS = 5, QUIET_MS = 250 };
	const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };
	int64_t left = http_settings(s)->stop_seconds * 1000;

	for (int quiet = 0; left > 0 && quiet < QUIET_MS && lines_open(&s->lines);
	     left -= LOOK_MS) {
		nanosleep(&pause, NULL);
		quiet = atomic_load(&s->under_way) ? 0 : quiet + LOOK_MS;
	}
	if (left <= 0)
		log_event(LOG_WARNING, "stop.impatient", { NULL, NULL });
}

static void stop_daemon(struct http_server *s)
{
	atomic_store(&s->stopping, true);
	MHD_socket listening = MHD_quiesce_daemon(s->daemon);

	if (listening != MHD_INVALID_SOCKET) {
		take_waiting(s, listening);
		close(listening);
	}
	wait_until_quiet(s);
	workers_finish(s->workers); /* resumes what it still answers */
	MHD_stop_daemon(s->daemon);
}

void http_server_stop(struct http_server *s)
{
	if (s->daemon)
		stop_daemon(s);
	else if (s->workers)
		workers_finish(s->workers);
	if (s->workers)
		workers_free(s->workers);
	lines_stop(&s->lines);
	while (s->idle) {
		struct exchange *next = s->idle->next;

		arena_release(&s->idle->arena);
		free(s->idle);
		s->idle = next;
	}
	pthread_mutex_destroy(&s->lock);
	free(s);
}
