#include "http/guard.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

void guard_init(struct guard *g)
{
	*g = (struct guard){ .length = -1 };
}

static bool is_token(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!isalnum((unsigned char)s.at[i]) &&
		    (s.at[i] == '\0' || !strchr("!#$%&'*+-.^_`|~", s.at[i])))
			return false;
	return s.len > 0;
}

static bool has_control(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (((unsigned char)s.at[i] < ' ' && s.at[i] != '\t') || s.at[i] == 0x7f)
			return true;
	return false;
}

static bool named(struct slice name, const char *wanted)
{
	return name.len == strlen(wanted) && strncasecmp(name.at, wanted, name.len) == 0;
}

static void read_length(struct guard *g, struct slice value)
{
	long long n = 0;

	for (size_t i = 0; i < value.len; i++) {
		if (!isdigit((unsigned char)value.at[i]) || n > INT64_MAX / 10 - 10) {
			g->refused = "Content-Length is no number";
			return;
		}
		n = n * 10 + (value.at[i] - '0');
	}
	if (value.len == 0)
		g->refused = "Content-Length is blank";
	g->length = n;
}

void guard_header(struct guard *g, struct slice name, struct slice value)
{
	if (++g->headers > GUARD_MOST_HEADERS)
		g->refused = "too many headers";
	else if (!is_token(name))
		g->refused = "a header's name is no token";
	else if (has_control(value))
		g->refused = "a header's value has control bytes";
	else if (named(name, "host"))
		g->hosts++;
	else if (named(name, "content-length")) {
		g->lengths++;
		read_length(g, value);
	} else if (named(name, "transfer-encoding")) {
		g->encodings++;
		g->chunked = named(slice_trim(value), "chunked");
	}
}

void guard_target(struct guard *g, const char *raw)
{
	if (raw[0] != '/')
		g->refused = "the target is no path";
	for (const char *p = raw; *p; p++)
		if (!isgraph((unsigned char)*p))
			g->refused = "the target has bytes that must be encoded";
	if (strstr(raw, "%00"))
		g->refused = "the target has a NUL";
}

const char *guard_verdict(struct guard *g)
{
	if (g->refused)
		return g->refused;
	if (g->hosts != 1)
		g->refused = "not exactly one Host";
	else if (g->lengths > 1)
		g->refused = "more than one Content-Length";
	else if (g->lengths && g->encodings)
		g->refused = "Content-Length and Transfer-Encoding";
	else if (g->encodings > 1 || (g->encodings && !g->chunked))
		g->refused = "a Transfer-Encoding other than chunked";
	return g->refused;
}
