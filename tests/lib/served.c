#include "lib/served.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/password.h"
#include "web/router.h"

static bool blocks(void *context, enum http_method method, const char *path)
{
	(void)context;
	return router_blocks(method, path);
}

static void answer(void *context, struct req *req, struct resp *resp)
{
	router_dispatch(context, req, resp);
}

struct served *served_start(const char *extra_setting, long long value)
{
	struct served *r = calloc(1, sizeof(*r));
	struct problems problems;
	char text[24], hash[PASSWORD_HASH];
	const char *sql;

	assert_non_null(r);
	page_start(&r->t);
	problems_init(&problems, &r->t.kept);
	r->t.app.settings.listen = "127.0.0.1:0";
	snprintf(text, sizeof(text), "%lld", value);
	if (extra_setting)
		assert_ok(settings_set(&r->t.app.settings, &problems, 0, extra_setting, text));
	assert_int_equal(problems.n, 0);
	row_id unit = page_unit(&r->t, "H15.50", ROW_NONE);
	page_account(&r->t, "an", unit, "INTAKE");
	assert_ok(password_hash(hash, NULL, SERVED_PASSWORD));
	assert_ok(arena_printf(&r->t.kept, &sql, "update account set password_hash = '%s'",
	                       hash));
	test_db_exec(r->t.db.db, sql);
	r->service = (struct http_service){ &r->t.app, blocks, answer };
	assert_ok(http_server_start(&r->server, &r->service, &r->t.app.settings));
	r->port = http_server_port(r->server);
	assert_true(r->port > 0);
	return r;
}

void served_stop(struct served *r)
{
	if (r->server)
		http_server_stop(r->server);
	page_stop(&r->t);
	free(r);
}

int served_connect(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port),
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct timeval limit = { .tv_sec = 20 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(connect(fd, (const struct sockaddr *)(const void *)&to, sizeof(to)),
	                 0);
	return fd;
}

bool served_send(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		n -= (size_t)sent;
	}
	return true;
}

int served_receive(int fd, char out[ANSWER_MAX])
{
	size_t n = 0, whole = 0;

	out[0] = '\0';
	while (!whole || n < whole) {
		ssize_t got = recv(fd, out + n, ANSWER_MAX - 1 - n, 0);

		if (got <= 0)
			break;
		n += (size_t)got;
		out[n] = '\0';
		const char *end = strstr(out, "\r\n\r\n");
		const char *length = strcasestr(out, "\r\nContent-Length: ");
		if (!whole && end)
			whole = (size_t)(end + 4 - out) +
			        (length ? strtoul(length + 18, NULL, 10) : 0);
	}
	return whole && n >= whole ? (int)strtol(out + 9, NULL, 10) : 0;
}

int served_raw(struct served *r, const char *bytes, size_t n)
{
	int fd = served_connect(r->port);

	served_send(fd, bytes, n);
	int status = served_receive(fd, r->answer);
	close(fd);
	return status;
}

int served_get(struct served *r, const char *path)
{
	char text[600];
	int n = snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n",
	                 path);

	return served_raw(r, text, (size_t)n);
}
