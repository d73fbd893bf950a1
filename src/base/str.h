/* str.h - a growing text, and small questions about texts.
 *
 * A struct str grows in an arena, or in malloc memory when its arena is NULL (then
 * str_release frees it).  Appending never fails at once: a failure is remembered, further
 * appends do nothing, and str_finish() or str_check() reports it.  Text is UTF-8.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct str {
	char *data; /* NUL-terminated once something was put */
	size_t len, cap, max;
	struct arena *arena;
	bool failed, too_long; /* too_long: by its own limit, not for want of memory */
};

void str_init(struct str *s, struct arena *arena, size_t max_bytes);
void str_release(struct str *s);
void str_clear(struct str *s); /* empty again, memory kept */
void str_put(struct str *s, const char *text);
void str_put_n(struct str *s, const char *bytes, size_t n);
void str_put_char(struct str *s, char c);
void str_put_int(struct str *s, long long n);
__attribute__((format(printf, 2, 3))) void str_printf(struct str *s, const char *fmt, ...);
ERR_RESULT str_check(const struct str *s);
ERR_RESULT str_finish(struct str *s, const char **out); /* "" when nothing was put */

bool str_eq(const char *a, const char *b); /* NULL equals NULL only */
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
bool str_blank(const char *text); /* NULL, "" or white space only */

/* Letters of ASCII; everything else stays as it is. */
char ascii_upper(char c);
char ascii_lower(char c);

/* A slice of somebody else's text. */
struct slice {
	const char *at;
	size_t len;
};
struct slice slice_of(const char *text);
struct slice slice_trim(struct slice s);
bool slice_eq(struct slice s, const char *text);
/* Cuts the part before `sep` off `rest`; false when `rest` is used up. */
bool slice_cut(struct slice *rest, char sep, struct slice *part);

/* Whole decimal number, optional '-', nothing else around it. */
bool str_to_int(const char *text, long long *out);

#endif
