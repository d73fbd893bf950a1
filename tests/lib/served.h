/* served.h - the real server on a port of its own, asked through real sockets. */
#ifndef TESTS_SERVED_H
#define TESTS_SERVED_H

#include "lib/page.h"

#include "http/server.h"

enum { ANSWER_MAX = 512 * 1024 };
#define SERVED_PASSWORD "mật khẩu đủ dài"

struct served {
	struct page_test t;
	struct http_service service;
	struct http_server *server;
	int port;
	char answer[ANSWER_MAX];
};

/* With one setting of its own, or NULL; an account "an" with SERVED_PASSWORD. */
struct served *served_start(const char *extra_setting, long long value);
void served_stop(struct served *r);

/* A new connection to a port of this machine; receiving waits at most 20 seconds. */
int served_connect(int port);
bool served_send(int fd, const char *bytes, size_t n);
/* One whole answer; gives its status, 0 when the connection ended before. */
int served_receive(int fd, char out[ANSWER_MAX]);

/* Sends bytes on a new connection and gives the status; the answer is in r->answer. */
int served_raw(struct served *r, const char *bytes, size_t n);
int served_get(struct served *r, const char *path);

#endif
