#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 256 };

void str_init(struct str *s, struct arena *arena, size_t max_bytes)
{
	*s = (struct str){ .arena = arena, .max = max_bytes };
}

void str_release(struct str *s)
{
	if (!s->arena)
		free(s->data);
	*s = (struct str){ .arena = s->arena, .max = s->max };
}

void str_clear(struct str *s)
{
	s->len = 0;
	s->failed = s->too_long = false;
	if (s->data)
		s->data[0] = '\0';
}

/* Makes room for `more` bytes and the NUL. */
static bool reserve(struct str *s, size_t more)
{
	if (s->failed || more > s->max || s->len > s->max - more) {
		s->too_long = !s->failed || s->too_long;
		s->failed = true;
		return false;
	}
	size_t need = s->len + more + 1;
	if (need <= s->cap)
		return true;
	size_t cap = s->cap ? s->cap : FIRST_CAP;
	while (cap < need)
		cap *= 2;
	if (s->arena && s->data && arena_resize(s->arena, s->data, s->cap, cap)) {
		s->cap = cap;
		return true;
	}
	char *bigger = s->arena ? arena_alloc_unset(s->arena, cap) : realloc(s->data, cap);
	if (!bigger) {
		s->failed = true;
		return false;
	}
	if (s->arena && s->data)
		memcpy(bigger, s->data, s->len);
	s->data = bigger;
	s->cap = cap;
	return true;
}

void str_put_n(struct str *s, const char *bytes, size_t n)
{
	if (!reserve(s, n))
		return;
	memcpy(s->data + s->len, bytes, n);
	s->len += n;
	s->data[s->len] = '\0';
}

void str_put(struct str *s, const char *text)
{
	str_put_n(s, text, strlen(text));
}

void str_put_char(struct str *s, char c)
{
	str_put_n(s, &c, 1);
}

void str_put_int(struct str *s, long long n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%lld", n);

	str_put_n(s, digits, (size_t)len);
}

void str_printf(struct str *s, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0 && reserve(s, (size_t)n)) {
		vsnprintf(s->data + s->len, (size_t)n + 1, fmt, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

enum err str_check(const struct str *s)
{
	if (s->failed)
		return err_set(ERR_NO_MEMORY, "a text of %zu bytes could not grow (limit %zu)",
		               s->len, s->max);
	return ERR_OK;
}

enum err str_finish(struct str *s, const char **out)
{
	TRY(str_check(s));
	*out = s->data ? s->data : "";
	if (s->arena && s->data && arena_resize(s->arena, s->data, s->cap, s->len + 1))
		s->cap = s->len + 1;
	return ERR_OK;
}

bool str_eq(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
	size_t n = strlen(text), m = strlen(suffix);

	return n >= m && memcmp(text + n - m, suffix, m) == 0;
}

bool str_blank(const char *text)
{
	return !text || slice_trim(slice_of(text)).len == 0;
}

char ascii_upper(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return c;
}

char ascii_lower(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c;
}

struct slice slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static bool is_space(char c)
{
	return isspace((unsigned char)c) != 0;
}

struct slice slice_trim(struct slice s)
{
	while (s.len && is_space(s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len && is_space(s.at[s.len - 1]))
		s.len--;
	return s;
}

bool slice_eq(struct slice s, const char *text)
{
	return strlen(text) == s.len && memcmp(s.at, text, s.len) == 0;
}

bool slice_cut(struct slice *rest, char sep, struct slice *part)
{
	if (!rest->at)
		return false;
	const char *hit = rest->len ? memchr(rest->at, sep, rest->len) : NULL;
	size_t n = hit ? (size_t)(hit - rest->at) : rest->len;

	*part = (struct slice){ rest->at, n };
	*rest = hit ? (struct slice){ hit + 1, rest->len - n - 1 } : (struct slice){ NULL, 0 };
	return true;
}

bool str_to_int(const char *text, long long *out)
{
	char *end;

	if (!(isdigit((unsigned char)text[0]) ||
	      (text[0] == '-' && isdigit((unsigned char)text[1]))))
		return false;
	errno = 0;
	long long n = strtoll(text, &end, 10);
	if (errno || *end)
		return false;
	*out = n;
	return true;
}
