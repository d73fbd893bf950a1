#include "base/url.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct url append_n(struct url u, const char *text, size_t more)
{
	size_t have = strlen(u.text);

	if (have + more >= URL_MAX)
		return (struct url){ "/" };
	memcpy(u.text + have, text, more);
	u.text[have + more] = '\0';
	return u;
}

static struct url append(struct url u, const char *text)
{
	return append_n(u, text, strlen(text));
}

/* Links are made by the hundred for a page: encoded in one go, copied once. */
static struct url append_encoded(struct url u, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	char encoded[URL_MAX];
	size_t n = 0;

	for (; *text && n + 3 < sizeof(encoded); text++) {
		unsigned char c = (unsigned char)*text;

		if (isalnum(c) || strchr("-._~", c)) {
			encoded[n++] = (char)c;
			continue;
		}
		encoded[n++] = '%';
		encoded[n++] = hex[c >> 4];
		encoded[n++] = hex[c & 15];
	}
	return *text ? (struct url){ "/" } : append_n(u, encoded, n);
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
