#include "lib/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_REQUEST = 32768 };

void http_client_init(struct http_client *c, int port)
{
	*c = (struct http_client){ .port = port, .socket = -1 };
	c->answer = calloc(1, HTTP_ANSWER_MOST);
	if (!c->answer)
		abort();
}

static void disconnect(struct http_client *c)
{
	if (c->socket >= 0)
		close(c->socket);
	c->socket = -1;
}

void http_client_release(struct http_client *c)
{
	disconnect(c);
	free(c->answer);
	c->answer = NULL;
}

static bool connected(struct http_client *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)c->port) };
	int on = 1;

	if (c->socket >= 0)
		return true;
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->socket < 0)
		return false;
	if (connect(c->socket, (struct sockaddr *)&to, sizeof(to)) != 0) {
		disconnect(c);
		return false;
	}
	setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return true;
}

static bool send_request(struct http_client *c, const char *method, const char *path,
                         const char *cookie, const char *form)
{
	char text[MOST_REQUEST];
	int n;

	n = snprintf(text, sizeof(text),
	             "%s %s HTTP/1.1\r\nHost: localhost:%d\r\n%s%s%s"
	             "Content-Type: application/x-www-form-urlencoded\r\n"
	             "Content-Length: %zu\r\n\r\n%s",
	             method, path, c->port, *cookie ? "Cookie: " : "", cookie,
	             *cookie ? "\r\n" : "", strlen(form), form);
	return n > 0 && n < MOST_REQUEST && send(c->socket, text, (size_t)n, MSG_NOSIGNAL) == n;
}

/* Reads on until `want` bytes are there. */
static bool receive(struct http_client *c, size_t want)
{
	while (c->n_answer < want) {
		ssize_t n = recv(c->socket, c->answer + c->n_answer,
		                 HTTP_ANSWER_MOST - 1 - c->n_answer, 0);

		if (n <= 0)
			return false;
		c->n_answer += (size_t)n;
		c->answer[c->n_answer] = '\0';
	}
	return true;
}

static bool read_answer(struct http_client *c)
{
	char length[32];
	const char *end;

	c->n_answer = 0;
	c->answer[0] = '\0';
	while (!(end = strstr(c->answer, "\r\n\r\n")))
		if (c->n_answer >= HTTP_ANSWER_MOST - 1 || !receive(c, c->n_answer + 1))
			return false;
	size_t want = (size_t)(end + 4 - c->answer);
	if (http_client_header(c, "Content-Length", length, sizeof(length)))
		want += strtoul(length, NULL, 10);
	return want < HTTP_ANSWER_MOST && receive(c, want);
}

int http_client_ask(struct http_client *c, const char *method, const char *path,
                    const char *cookie, const char *form)
{
	char closes[32];

	if (!connected(c))
		return 0;
	if (!send_request(c, method, path, cookie, form) || !read_answer(c)) {
		disconnect(c);
		return 0;
	}
	if (http_client_header(c, "Connection", closes, sizeof(closes)) &&
	    strcasecmp(closes, "close") == 0)
		disconnect(c);
	return (int)strtol(c->answer + strlen("HTTP/1.1 "), NULL, 10);
}

bool http_client_header(const struct http_client *c, const char *name, char *out, size_t room)
{
	const char *end = strstr(c->answer, "\r\n\r\n"), *at = c->answer;
	size_t n = strlen(name);

	while (end && (at = strstr(at, "\r\n")) != NULL && at < end) {
		at += 2;
		if (strncasecmp(at, name, n) == 0 && at[n] == ':') {
			at += n + 1;
			at += strspn(at, " ");
			n = strcspn(at, "\r");
			if (n >= room)
				return false;
			snprintf(out, room, "%.*s", (int)n, at);
			return true;
		}
	}
	return false;
}

bool http_client_input(const struct http_client *c, const char *name, char *out, size_t room)
{
	char mark[80];
	const char *at;
	size_t n;

	snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
	at = strstr(c->answer, mark);
	if (!at)
		return false;
	at += strlen(mark);
	n = strcspn(at, "\"");
	if (n >= room)
		return false;
	snprintf(out, room, "%.*s", (int)n, at);
	return true;
}
