/* What a slow, greedy or late client meets; and that a stop loses nobody. */
#include "lib/served.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/guard.h"

/* Whether the server ends a connection within `seconds`; what it sends before is thrown away.
 */
static bool is_cut(int fd, int seconds)
{
	const struct timeval limit = { .tv_sec = seconds };
	char ignored[4096];
	ssize_t got;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	do {
		got = recv(fd, ignored, sizeof(ignored), 0);
	} while (got > 0);
	return got == 0 || errno == ECONNRESET;
}

static int64_t cut_during(struct served *r, size_t what)
{
	struct http_stats s;

	http_server_stats(r->server, &s);
	return s.late[what];
}

enum { DURING_IDLE, DURING_HEADERS, DURING_FORM, DURING_ANSWER };

/* A client that says something now and then is not waited for longer than one that is silent.
 */
static void cuts_clients_that_are_slow(void **state)
{
	static const char form[] = "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: "
	                           "application/x-www-form-urlencoded\r\n"
	                           "Content-Length: 1000\r\n\r\na=";
	static const struct {
		const char *start, *drop; /* `drop` follows again and again */
		size_t during;
	} cases[] = {
		{ "", "G", DURING_IDLE },
		{ "GET /login HTTP/1.1\r\nHost: a\r\n", "X-A: b\r\n", DURING_HEADERS },
		{ form, "a", DURING_FORM },
	};
	struct served *r = served_start("http_header_seconds", 1);

	(void)state;
	r->t.app.settings.http_idle_seconds = 1;
	r->t.app.settings.http_slow_seconds = 1;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int fd = served_connect(r->port), drops = 0;

		served_send(fd, cases[i].start, strlen(cases[i].start));
		while (drops < 60 && cut_during(r, cases[i].during) == 0 &&
		       served_send(fd, cases[i].drop, strlen(cases[i].drop))) {
			usleep(100000);
			drops++;
		}
		assert_true(drops >= 5 && drops < 60);
		assert_int_equal(cut_during(r, cases[i].during), 1);
		assert_true(is_cut(fd, 5));
		close(fd);
	}
	assert_int_equal(served_get(r, "/login"), 200);
	served_stop(r);
}

/* A reader that takes nothing of a long answer.  Its window is small, so that the answer does
 * not fit into the buffers of the system. */
static void cuts_readers_that_are_slow(void **state)
{
	static const char ask[] = "GET /static/fonts/none HTTP/1.1\r\nHost: a\r\n\r\n";
	struct served *r = served_start("http_slow_seconds", 1);
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)r->port),
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int small = 2048;
	int fd = socket(AF_INET, SOCK_STREAM, 0), tries = 0;

	(void)state;
	r->t.app.settings.http_least_rate = 1000000000;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	assert_int_equal(connect(fd, (const struct sockaddr *)(const void *)&to, sizeof(to)),
	                 0);
	/* Many small answers are as good as a long one: nothing is read. */
	while (tries < 200000 && cut_during(r, DURING_ANSWER) == 0) {
		if (send(fd, ask, sizeof(ask) - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			usleep(10000);
		tries++;
	}
	assert_int_equal(cut_during(r, DURING_ANSWER), 1);
	close(fd);
	assert_int_equal(served_get(r, "/login"), 200);
	served_stop(r);
}

/* 500 clients hold a connection each and send their headers a byte at a time. */
static void slow_clients_do_not_stop_others(void **state)
{
	enum { SLOW = 500 };
	static const char begin[] = "GET /login HTTP/1.1\r\nHost: a\r\nX-Slow: ";
	struct served *r = served_start(NULL, 0);
	struct http_stats s = { .lines = 0 };
	int fds[SLOW];

	(void)state;
	for (int i = 0; i < SLOW; i++) {
		fds[i] = served_connect(r->port);
		assert_true(served_send(fds[i], begin, sizeof(begin) - 1));
	}
	for (int i = 0; i < 1000 && s.lines < SLOW; i++) {
		http_server_stats(r->server, &s);
		usleep(10000);
	}
	assert_int_equal(s.lines, SLOW);
	int64_t start_us = clock_running_us();
	for (int i = 0; i < 50; i++) {
		assert_true(served_send(fds[i * 10], "x", 1));
		assert_int_equal(served_get(r, "/login"), 200);
	}
	assert_true(clock_running_us() - start_us < 10000000);
	for (int i = 0; i < SLOW; i++)
		close(fds[i]);
	served_stop(r);
}

static void bounds_the_connections_of_one_client(void **state)
{
	struct served *r = served_start("client_connections", 3);
	int fds[3];
	struct http_stats s = { .lines = 0 };

	(void)state;
	for (int i = 0; i < 3; i++)
		fds[i] = served_connect(r->port);
	for (int i = 0; i < 1000 && s.lines < 3; i++) {
		http_server_stats(r->server, &s);
		usleep(10000);
	}
	assert_int_equal(served_get(r, "/login"), 0);
	http_server_stats(r->server, &s);
	assert_int_equal(s.crowded, 1);
	close(fds[0]);
	for (int i = 0; i < 1000 && s.lines > 2; i++) {
		http_server_stats(r->server, &s);
		usleep(10000);
	}
	assert_int_equal(served_get(r, "/login"), 200);
	close(fds[1]);
	close(fds[2]);
	served_stop(r);
}

static void bounds_headers(void **state)
{
	struct served *r = served_start("http_header_bytes", 8192);
	struct str text;

	(void)state;
	str_init(&text, NULL, 1 << 20);
	str_printf(&text, "GET /login?a=%09000d HTTP/1.1\r\nHost: a\r\n\r\n", 0);
	assert_int_equal(served_raw(r, text.data, text.len), 414);
	str_clear(&text);
	str_printf(&text, "GET /login HTTP/1.1\r\nHost: a\r\nX: %09000d\r\n\r\n", 0);
	assert_int_equal(served_raw(r, text.data, text.len), 431);
	str_clear(&text);
	str_put(&text, "GET /login HTTP/1.1\r\nHost: a\r\n");
	for (int i = 0; i < GUARD_MOST_HEADERS; i++)
		str_printf(&text, "X%d: b\r\n", i);
	str_put(&text, "\r\n");
	assert_int_equal(served_raw(r, text.data, text.len), 400);
	str_release(&text);
	assert_int_equal(served_get(r, "/login"), 200);
	served_stop(r);
}

struct visitor {
	struct served *r;
	bool keeps, posts;
	int whole, lost;
	char answer[ANSWER_MAX];
};

/* Opens a connection; -1 when nobody listens any more. */
static int try_to_connect(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port),
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (connect(fd, (const struct sockaddr *)(const void *)&to, sizeof(to)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Asks on until nobody listens.  What was connected must be answered; a connection that is kept
 * ends with the answer that says so. */
static void *visit(void *arg)
{
	static const char page[] = "GET /login HTTP/1.1\r\nHost: a\r\n\r\n";
	static const char form[] =
	        "POST /login HTTP/1.1\r\nHost: a\r\nContent-Type: "
	        "application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b";
	struct visitor *v = arg;
	const char *ask = v->posts ? form : page;
	int fd;

	while ((fd = try_to_connect(v->r->port)) >= 0) {
		bool last = false;

		while (!last) {
			bool answered = served_send(fd, ask, strlen(ask)) &&
			                served_receive(fd, v->answer) == (v->posts ? 403 : 200);

			v->whole += answered;
			v->lost += !answered;
			last = !answered || !v->keeps ||
			       strcasestr(v->answer, "\r\nConnection: close");
		}
		close(fd);
	}
	return NULL;
}

/* Under load, with connections kept and not: whoever was connected gets a whole answer. */
static void loses_nobody_when_it_stops(void **state)
{
	enum { MANY = 24 };
	struct served *r = served_start(NULL, 0);
	struct visitor *visitors = calloc(MANY, sizeof(*visitors));
	pthread_t threads[MANY];
	int whole = 0, lost = 0;

	(void)state;
	assert_non_null(visitors);
	for (int i = 0; i < MANY; i++) {
		visitors[i] = (struct visitor){ .r = r, .keeps = i % 3, .posts = i % 2 };
		assert_int_equal(pthread_create(&threads[i], NULL, visit, &visitors[i]), 0);
	}
	usleep(500000);
	http_server_stop(r->server);
	r->server = NULL;
	for (int i = 0; i < MANY; i++) {
		pthread_join(threads[i], NULL);
		whole += visitors[i].whole;
		lost += visitors[i].lost;
	}
	print_message("%d answers, %d lost\n", whole, lost);
	assert_true(whole > MANY);
	assert_int_equal(lost, 0);
	free(visitors);
	served_stop(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_clients_that_are_slow),
		cmocka_unit_test(cuts_readers_that_are_slow),
		cmocka_unit_test(slow_clients_do_not_stop_others),
		cmocka_unit_test(bounds_the_connections_of_one_client),
		cmocka_unit_test(bounds_headers),
		cmocka_unit_test(loses_nobody_when_it_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
