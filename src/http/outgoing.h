/* outgoing.h - asks another server: the only file that includes the HTTP client's library
 * (libcurl).  TLS with the certificates of the system, or of a file; no redirects.
 *
 * Blocks for as long as it takes, within the limits: for threads of their own.
 */
#ifndef HTTP_OUTGOING_H
#define HTTP_OUTGOING_H

#include "base/arena.h"
#include "base/str.h"

struct http_asking {
	const char *url;
	const char *bearer;  /* Authorization: Bearer ...; NULL: none */
	const char *ca_file; /* PEM; NULL: the system's */
	long seconds;        /* for all of it */
	size_t most_bytes;   /* of the answer */
	/* A form with one field and one file; field NULL: GET. */
	const char *field, *value, *file_field;
	struct slice file;
};
struct http_answer {
	int status; /* 0: nobody answered */
	struct slice body;
	const char *trouble; /* status 0: why, in Vietnamese */
};
/* ERR_NO_MEMORY only. */
ERR_RESULT http_ask(struct http_answer *out, struct arena *a, const struct http_asking *q);

/* Once, before the first thread asks; ERR_INTERNAL. */
ERR_RESULT http_asking_starts(void);

#endif
