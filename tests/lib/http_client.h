/* http_client.h - one connection to a server on this machine, one request at a time. */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

enum { HTTP_ANSWER_MOST = 1 << 20 };

struct http_client {
	int port, socket; /* socket: -1 while there is none */
	char *answer;     /* the last one whole, ends with a NUL */
	size_t n_answer;
};

void http_client_init(struct http_client *c, int port);
void http_client_release(struct http_client *c);

/* The status of the answer; 0: there was none.  Connects when it is not connected, and closes
 * after a failure.  `cookie` and `form` may be "".  */
int http_client_ask(struct http_client *c, const char *method, const char *path,
                    const char *cookie, const char *form);

/* The value of a header of the last answer in `out`; false when it is absent or too long. */
bool http_client_header(const struct http_client *c, const char *name, char *out, size_t room);
/* The value of the first input of that name. */
bool http_client_input(const struct http_client *c, const char *name, char *out, size_t room);

#endif
