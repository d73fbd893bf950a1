#include "web/security.h"

#include <strings.h>

/* No script or style but our files, no frame around us, forms only to us. */
static const struct header always[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src "
	  "'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
	  "'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};
static const struct header no_store = { "Cache-Control", "no-store" };

static bool has(const struct resp *resp, const char *name)
{
	for (size_t i = 0; i < resp->n_headers; i++)
		if (strcasecmp(resp->headers[i].name, name) == 0)
			return true;
	return false;
}

/* RESP_MOST_HEADERS counts what pages may add; these have places of their own. */
_Static_assert(ARRAY_LEN(always) + 1 <= RESP_OWN_HEADERS, "room for the security headers");

void security_headers(struct resp *resp)
{
	for (size_t i = 0; i < ARRAY_LEN(always); i++)
		resp->headers[resp->n_headers++] = always[i];
	if (!has(resp, "Cache-Control"))
		resp->headers[resp->n_headers++] = no_store;
}
