/* request.h - makes a struct req of what the HTTP library received. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http/http.h"

struct received {
	enum http_method method;
	const char *target;       /* raw: path and query */
	const char *cookie;       /* header, or NULL */
	const char *content_type; /* header, or NULL */
	struct slice body;
};

/* Sets method, target, path, query, cookies, form and uploads; `req->arena` is set.
 * ERR_INPUT (400), ERR_TOO_LARGE (413), ERR_NO_MEMORY. */
ERR_RESULT request_make(struct req *req, const struct received *received);

/* Whether a body of this type is read at all, and whether files may stand in it. */
bool request_is_form(const char *content_type);
bool request_is_multipart(const char *content_type);

#endif
