/* parse.h - the texts a browser sends, made into params.  Bytes from outside end here.
 *
 * Every text comes out as valid UTF-8 in NFC without control characters (line breaks and tabs
 * stay in values, CRLF becomes LF).  ERR_INPUT: the request is malformed (400), ERR_TOO_LARGE:
 * more fields than any form has (413).  Results live in the arena; the bytes of an upload stay
 * where they were received.
 */
#ifndef HTTP_PARSE_H
#define HTTP_PARSE_H

#include "http/http.h"

enum { PARSE_MOST_FIELDS = 20000, PARSE_MOST_UPLOADS = 20, PARSE_LONGEST_NAME = 200 };

/* "/a%20b" -> "/a b".  An encoded slash is refused: no path of ours has one in a segment. */
ERR_RESULT parse_path(const char **out, struct arena *a, struct slice raw);

/* "a=1&b=x+y" of a query or of a form. */
ERR_RESULT parse_urlencoded(struct params *out, struct arena *a, struct slice raw);

/* The Cookie header; NULL gives none.  What is no cookie is left out, not refused: it may come
 * from another program on the same host. */
ERR_RESULT parse_cookies(struct params *out, struct arena *a, const char *header);

/* multipart/form-data (RFC 7578) with the boundary of its Content-Type. */
struct parsed_form {
	struct params fields;
	struct upload *uploads;
	size_t n_uploads;
};
ERR_RESULT parse_multipart(struct parsed_form *out, struct arena *a, const char *content_type,
                           struct slice body);

/* Makes a text of bytes: checked, normalised, copied. */
ERR_RESULT parse_text(const char **out, struct arena *a, struct slice bytes);

/* A growing list of fields. */
struct field_list {
	struct param *items;
	size_t n, room;
};
ERR_RESULT field_list_add(struct field_list *l, struct arena *a, struct param field);

#endif
