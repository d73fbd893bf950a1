/* The real server on a port of its own, asked through real sockets. */
#include "lib/served.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/router.h"

/* What stands between `before` and the next `after` of the last answer. */
static const char *between(struct served *r, const char *before, const char *after)
{
	const char *at = strstr(r->answer, before), *text;

	assert_non_null(at);
	at += strlen(before);
	const char *end = strstr(at, after);
	assert_non_null(end);
	assert_ok(arena_strndup(&r->t.kept, &text, at, (size_t)(end - at)));
	return text;
}

static int post_login(struct served *r, const char *password)
{
	char body[1000], text[2000];

	assert_int_equal(served_get(r, "/login"), 200);
	const char *visit = between(r, "__Host-visit=", ";");
	const char *csrf = between(r, "name=\"csrf\" value=\"", "\"");
	const char *id = between(r, "name=\"request_id\" value=\"", "\"");
	int n = snprintf(body, sizeof(body), "csrf=%s&request_id=%s&name=an&password=%s", csrf,
	                 id, password);
	n = snprintf(text, sizeof(text),
	             "POST /login HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-visit=%s\r\n"
	             "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n"
	             "Sec-Fetch-Site: same-origin\r\n\r\n%s",
	             visit, n, body);
	return served_raw(r, text, (size_t)n);
}

static void serves_pages_and_logs_in(void **state)
{
	struct served *r = served_start(NULL, 0);
	char text[600];

	(void)state;
	assert_int_equal(served_get(r, "/"), 303);
	assert_non_null(strstr(r->answer, "\r\nLocation: /login?next=%2F\r\n"));
	assert_int_equal(post_login(r, "sai"), 422);
	assert_int_equal(post_login(r, "m%E1%BA%ADt+kh%E1%BA%A9u+%C4%91%E1%BB%A7+d%C3%A0i"),
	                 303);
	const char *cookie = between(r, "Set-Cookie: __Host-session=", "\r\n");
	assert_non_null(strstr(cookie, "; Path=/; Secure; HttpOnly; SameSite=Lax"));
	int n = snprintf(text, sizeof(text),
	                 "GET /login/place HTTP/1.1\r\nHost: localhost\r\n"
	                 "Cookie: __Host-session=%.43s\r\n\r\n",
	                 cookie);
	assert_int_equal(served_raw(r, text, (size_t)n), 200);
	assert_non_null(strstr(r->answer, "Người an"));
	served_stop(r);
}

static void keeps_connections_and_packs(void **state)
{
	static const char ask[] =
	        "GET /login HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n";
	static const char head[] = "HEAD /login HTTP/1.1\r\nHost: a\r\n\r\n";
	struct served *r = served_start(NULL, 0);
	int fd = served_connect(r->port);

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(served_send(fd, ask, sizeof(ask) - 1));
		assert_int_equal(served_receive(fd, r->answer), 200);
		assert_non_null(strstr(r->answer, "\r\nContent-Encoding: gzip\r\n"));
		assert_non_null(strstr(r->answer, "\r\nVary: Accept-Encoding\r\n"));
	}
	assert_true(served_send(fd, head, sizeof(head) - 1));
	recv(fd, r->answer, ANSWER_MAX - 1, 0);
	assert_memory_equal(r->answer, "HTTP/1.1 200", 12);
	close(fd);
	served_stop(r);
}

#define HOST "Host: a\r\n"
static void refuses_what_can_be_read_two_ways(void **state)
{
	static const char *const bad[] = {
		"GET /login HTTP/1.1\r\n\r\n",
		"GET /login HTTP/1.1\r\n" HOST HOST "\r\n",
		"GET /login%00 HTTP/1.1\r\n" HOST "\r\n",
		"GET /login%zz HTTP/1.1\r\n" HOST "\r\n",
		"GET /%2Flogin HTTP/1.1\r\n" HOST "\r\n",
		"GET http://a/login HTTP/1.1\r\n" HOST "\r\n",
		"GET /login HTTP/1.1\r\n" HOST "Bad@Name: x\r\n\r\n",
		"GET /login HTTP/1.1\r\n" HOST "X: a\x01z\r\n\r\n",
		"GET /login HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc",
		"POST /login HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc",
		"POST /login HTTP/1.1\r\n" HOST
		"Content-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc",
		"POST /login HTTP/1.1\r\n" HOST
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
		"3\r\nContent-Length: 3\r\n\r\na=b",
		"POST /login HTTP/1.1\r\n" HOST
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
		"3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
		"POST /login HTTP/1.1\r\n" HOST
		"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: gzip, "
		"chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
		"POST /login HTTP/1.1\r\n" HOST
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
		"3\r\n\r\na=\xff",
		"POST /login HTTP/1.1\r\n" HOST
		"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\n--x",
	};
	static const char delete[] = "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n";
	struct served *r = served_start(NULL, 0);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int status = served_raw(r, bad[i], strlen(bad[i]));

		if (status != 400)
			print_error("case %zu: %d\n", i, status);
		assert_int_equal(status, 400);
	}
	assert_int_equal(served_raw(r, delete, sizeof(delete) - 1), 501);
	assert_int_equal(served_get(r, "/login"), 200);
	served_stop(r);
}

static void bounds_bodies(void **state)
{
	static const char head[] = "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: "
	                           "application/x-www-form-urlencoded\r\n";
	struct served *r = served_start("form_bytes", 65536);
	struct str text;

	(void)state;
	str_init(&text, NULL, 1 << 20);
	str_printf(&text, "%sContent-Length: 65537\r\n\r\n", head);
	assert_int_equal(served_raw(r, text.data, text.len), 413);
	/* In pieces whose sum nobody stated: 17 x 4 KiB. */
	str_clear(&text);
	str_printf(&text, "%sTransfer-Encoding: chunked\r\n\r\n", head);
	for (int i = 0; i < 17; i++)
		str_printf(&text, "1000\r\na%04095d\r\n", 0);
	str_put(&text, "0\r\n\r\n");
	assert_int_equal(served_raw(r, text.data, text.len), 413);
	/* The last form that fits is read: it has no token. */
	str_clear(&text);
	str_printf(&text, "%sContent-Length: 65536\r\n\r\na=%065534d", head, 0);
	assert_int_equal(served_raw(r, text.data, text.len), 403);
	str_release(&text);
	served_stop(r);
}

static void says_when_it_is_busy(void **state)
{
	struct served *r = served_start("body_bytes_in_all", 65536);
	struct str text;

	(void)state;
	str_init(&text, NULL, 1 << 20);
	str_printf(&text,
	           "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: "
	           "application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
	           "a=%099998d",
	           0);
	assert_int_equal(served_raw(r, text.data, text.len), 503);
	assert_non_null(strstr(r->answer, "\r\nRetry-After: 5\r\n"));
	assert_non_null(strstr(r->answer, "Máy chủ đang bận"));
	str_release(&text);
	served_stop(r);
}

struct client {
	struct served *r;
	bool posts;
	int good;
	char answer[ANSWER_MAX];
};

static void *ask_often(void *arg)
{
	static const char page[] = "GET /login HTTP/1.1\r\nHost: a\r\n\r\n";
	static const char form[] =
	        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: "
	        "application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b";
	struct client *c = arg;
	int fd = served_connect(c->r->port);

	for (int i = 0; i < 5; i++) {
		served_send(fd, c->posts ? form : page, strlen(c->posts ? form : page));
		c->good += served_receive(fd, c->answer) == (c->posts ? 403 : 200);
	}
	close(fd);
	return NULL;
}

static void answers_many_at_once(void **state)
{
	enum { MANY = 64 };
	struct served *r = served_start(NULL, 0);
	struct client *clients = calloc(MANY, sizeof(*clients));
	pthread_t threads[MANY];
	int good = 0;

	(void)state;
	assert_non_null(clients);
	for (int i = 0; i < MANY; i++) {
		clients[i].r = r;
		clients[i].posts = i % 2;
		assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &clients[i]), 0);
	}
	for (int i = 0; i < MANY; i++) {
		pthread_join(threads[i], NULL);
		good += clients[i].good;
	}
	assert_int_equal(good, MANY * 5);
	free(clients);
	served_stop(r);
}

static void *stop_later(void *arg)
{
	struct served *r = arg;

	usleep(30000); /* the request is with a worker by then */
	http_server_stop(r->server);
	return NULL;
}

/* A login takes tens of milliseconds: the server is told to stop in the middle of one. */
static void finishes_what_is_under_way(void **state)
{
	struct served *r = served_start("password_checks", 1);
	pthread_t stopper;

	(void)state;
	gate_enter(&r->t.app.passwords); /* nobody gets a password checked for now */
	assert_int_equal(served_get(r, "/login"), 200);
	assert_int_equal(pthread_create(&stopper, NULL, stop_later, r), 0);
	struct client c = { .r = r, .posts = true };
	int fd = served_connect(r->port);
	char body[1000], text[2000];
	int n = snprintf(body, sizeof(body), "csrf=%s&request_id=%s&name=an&password=sai",
	                 between(r, "name=\"csrf\" value=\"", "\""),
	                 between(r, "name=\"request_id\" value=\"", "\""));
	n = snprintf(
	        text, sizeof(text),
	        "POST /login HTTP/1.1\r\nHost: a\r\nCookie: __Host-visit=%s\r\nContent-Type: "
	        "application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
	        between(r, "__Host-visit=", ";"), n, body);
	assert_true(served_send(fd, text, (size_t)n));
	usleep(100000);
	gate_leave(&r->t.app.passwords);
	assert_int_equal(served_receive(fd, c.answer), 422);
	close(fd);
	pthread_join(stopper, NULL);
	int again = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)r->port),
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(connect(again, (const struct sockaddr *)(const void *)&to, sizeof(to)),
	                 -1);
	close(again);
	r->server = NULL;
	served_stop(r);
}

static void refuses_bad_addresses(void **state)
{
	struct settings settings = settings_default();
	const struct http_service service = { NULL, NULL, NULL }; /* never asked */
	struct served *r = served_start(NULL, 0);
	struct http_server *server;
	char taken[40];

	(void)state;
	settings.listen = "somewhere";
	assert_err(http_server_start(&server, &service, &settings), ERR_INPUT);
	snprintf(taken, sizeof(taken), "127.0.0.1:%d", r->port);
	settings.listen = taken;
	assert_err(http_server_start(&server, &service, &settings), ERR_IO);
	served_stop(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(serves_pages_and_logs_in),
		cmocka_unit_test(keeps_connections_and_packs),
		cmocka_unit_test(refuses_what_can_be_read_two_ways),
		cmocka_unit_test(bounds_bodies),
		cmocka_unit_test(says_when_it_is_busy),
		cmocka_unit_test(answers_many_at_once),
		cmocka_unit_test(finishes_what_is_under_way),
		cmocka_unit_test(refuses_bad_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
