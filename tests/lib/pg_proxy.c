#include "lib/pg_proxy.h"

#include "lib/test.h"

#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PIECE = 65536, MOST_WAITING = 64 };

struct pair {
	struct pg_proxy *proxy;
	int client, server;
};

static struct sockaddr_un address_of(const char *folder)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	snprintf(a.sun_path, sizeof(a.sun_path), "%s/.s.PGSQL.5432", folder);
	return a;
}

static int connect_to(const char *folder)
{
	struct sockaddr_un a = address_of(folder);
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (s >= 0 && connect(s, (const struct sockaddr *)&a, sizeof(a)) == 0)
		return s;
	if (s >= 0)
		close(s);
	return -1;
}

static bool write_all(int to, const char *at, ssize_t n)
{
	while (n > 0) {
		ssize_t written = send(to, at, (size_t)n, MSG_NOSIGNAL);

		if (written <= 0)
			return false;
		at += written;
		n -= written;
	}
	return true;
}

/* Whether the connection goes on. */
static bool pass_on(int from, int to)
{
	char piece[PIECE];
	ssize_t n = recv(from, piece, sizeof(piece), 0);

	return n > 0 && write_all(to, piece, n);
}

/* A commit is sent alone, so it arrives in one piece. */
static bool pass_to_server(struct pair *p)
{
	char piece[PIECE];
	ssize_t n = recv(p->client, piece, sizeof(piece), 0);
	int cut = PG_PROXY_PASS;

	if (n <= 0)
		return false;
	if (memmem(piece, (size_t)n, "commit", sizeof("commit")))
		cut = atomic_exchange(&p->proxy->cut, PG_PROXY_PASS);
	if (cut == PG_PROXY_CUT_BEFORE || !write_all(p->server, piece, n))
		return false;
	if (cut == PG_PROXY_CUT_AFTER)
		return recv(p->server, piece, sizeof(piece), 0) < 0;
	return true;
}

static void *serve(void *arg)
{
	struct pair p = *(struct pair *)arg;
	bool on = true;

	free(arg);
	while (on) {
		struct pollfd both[] = { { .fd = p.client, .events = POLLIN },
			                 { .fd = p.server, .events = POLLIN } };

		if (poll(both, 2, -1) < 0)
			break;
		if (both[0].revents)
			on = pass_to_server(&p);
		else if (both[1].revents)
			on = pass_on(p.server, p.client);
	}
	close(p.client);
	close(p.server);
	return NULL;
}

static void *accept_all(void *arg)
{
	struct pg_proxy *proxy = arg;
	int client;

	while ((client = accept(proxy->listener, NULL, NULL)) >= 0) {
		struct pair *p = malloc(sizeof(*p));
		int server = connect_to(proxy->server);
		pthread_t thread;

		if (!p || server < 0) {
			free(p);
			close(client);
			continue;
		}
		*p = (struct pair){ proxy, client, server };
		if (pthread_create(&thread, NULL, serve, p) == 0)
			pthread_detach(thread);
	}
	return NULL;
}

void pg_proxy_start(struct pg_proxy *p, const struct pg_cluster *c)
{
	struct sockaddr_un a;

	snprintf(p->folder, sizeof(p->folder), "/tmp/cchc-proxy-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->url, sizeof(p->url), "postgresql:///postgres?host=%s&user=cchc", p->folder);
	snprintf(p->server, sizeof(p->server), "%s", c->folder);
	atomic_store(&p->cut, PG_PROXY_PASS);
	a = address_of(p->folder);
	p->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(p->listener >= 0);
	assert_int_equal(bind(p->listener, (const struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(p->listener, MOST_WAITING), 0);
	assert_int_equal(pthread_create(&p->thread, NULL, accept_all, p), 0);
}

void pg_proxy_stop(struct pg_proxy *p)
{
	struct sockaddr_un a = address_of(p->folder);

	shutdown(p->listener, SHUT_RDWR);
	pthread_join(p->thread, NULL);
	close(p->listener);
	unlink(a.sun_path);
	assert_int_equal(rmdir(p->folder), 0);
}
