#include "base/url.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct url append(struct url u, const char *text)
{
	size_t have = strlen(u.text), more = strlen(text);

	if (have + more >= URL_MAX)
		return (struct url){ "/" };
	memcpy(u.text + have, text, more + 1);
	return u;
}

static struct url append_encoded(struct url u, const char *text)
{
	char one[4];

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		bool plain = isalnum(c) || strchr("-._~", c);

		snprintf(one, sizeof(one), plain ? "%c" : "%%%02X", c);
		u = append(u, one);
	}
	return u;
}

struct url url_path(const char *path)
{
	return append((struct url){ "" }, path);
}

struct url url_add_segment(struct url u, const char *text)
{
	return append_encoded(append(u, "/"), text);
}

struct url url_add_id(struct url u, row_id id)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "/%lld", (long long)id.value);
	return append(u, digits);
}

struct url url_add_literal(struct url u, const char *path)
{
	return append(u, path);
}

struct url url_with(struct url u, const char *name, const char *value)
{
	if (!value || !*value)
		return u;
	u = append(u, strchr(u.text, '?') ? "&" : "?");
	u = append(u, name);
	return append_encoded(append(u, "="), value);
}

struct url url_with_int(struct url u, const char *name, long long value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", value);
	return url_with(u, name, digits);
}
