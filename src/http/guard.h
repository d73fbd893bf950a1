/* guard.h - refuses requests that two HTTP programs could read differently.
 *
 * Debian's libmicrohttpd 0.9.75 lacks the parser fixes of 2026, so before a request is
 * answered: exactly one Host, at most one Content-Length, no Content-Length together with
 * Transfer-Encoding, no Transfer-Encoding other than chunked, header names that are tokens
 * (RFC 9110 5.6.2), at most 100 headers, no control bytes in values, no %00, control or
 * non-ASCII byte in the raw path.
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stdbool.h>

#include "base/str.h"

enum { GUARD_MOST_HEADERS = 100 };
struct guard {
	int headers, hosts, lengths, encodings;
	bool chunked;
	long long length;    /* of the body; -1: not stated */
	const char *refused; /* why, in English for the log; NULL: nothing was wrong so far */
};

void guard_init(struct guard *g);
void guard_header(struct guard *g, struct slice name, struct slice value);
void guard_target(struct guard *g, const char *raw);
/* After all headers: NULL when the request may go on. */
const char *guard_verdict(struct guard *g);

#endif
