#include "http/parse.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/vntext.h"

enum err field_list_add(struct field_list *l, struct arena *a, struct param field)
{
	if (l->n == PARSE_MOST_FIELDS)
		return err_set(ERR_TOO_LARGE, "more than %d fields", PARSE_MOST_FIELDS);
	if (l->n == l->room) {
		size_t room = l->room ? l->room * 2 : 16;
		struct param *bigger;

		TRY(arena_array(a, &bigger, room));
		if (l->n)
			memcpy(bigger, l->items, l->n * sizeof(*bigger));
		l->items = bigger;
		l->room = room;
	}
	l->items[l->n++] = field;
	return ERR_OK;
}

/* ---- texts ---- */

/* The letters of Vietnamese typing, U+00C0 - U+024F and U+1E00 - U+1EFF, are composed already
 * unless a combining mark follows; so are ASCII and U+2010 - U+203F.  Anything else is left to
 * the full normalisation.  Bytes of such a letter at the start of p; 0: another one. */
static size_t composed_letter(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80 || (p[0] >= 0xc3 && p[0] <= 0xc8))
		return p[0] < 0x80 ? 1 : 2;
	if (p[0] == 0xe1 && n > 1 && p[1] >= 0xb8 && p[1] <= 0xbb)
		return 3;
	return p[0] == 0xe2 && n > 2 && p[1] == 0x80 && p[2] >= 0x90 ? 3 : 0;
}

static bool composed_already(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t letter = composed_letter(p + i, n - i);

		if (letter == 0)
			return false;
		i += letter;
	}
	return true;
}

/* CRLF and CR become LF, in place. */
static size_t join_line_ends(char *text, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\r') {
			text[to++] = '\n';
			i += i + 1 < n && text[i + 1] == '\n';
		} else {
			text[to++] = text[i];
		}
	}
	return to;
}

/* The n bytes and the place of a NUL after them belong to the arena. */
static enum err finish_text(const char **out, struct arena *a, char *text, size_t n)
{
	if (!text_is_valid(text, n))
		return err_set(ERR_INPUT, "a text is not UTF-8 or has control characters");
	if (memchr(text, '\r', n))
		n = join_line_ends(text, n);
	text[n] = '\0';
	if (!composed_already((const unsigned char *)text, n))
		return text_nfc(a, out, text);
	*out = text;
	return ERR_OK;
}

enum err parse_text(const char **out, struct arena *a, struct slice bytes)
{
	char *copy = arena_alloc(a, bytes.len + 1);

	if (!copy)
		return arena_no_memory(a);
	if (bytes.len)
		memcpy(copy, bytes.at, bytes.len);
	return finish_text(out, a, copy, bytes.len);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One byte of an encoded text; moves *at past it. */
static bool decode_one(char *out, struct slice raw, size_t *at, bool plus_is_blank)
{
	char c = raw.at[*at];

	*at += 1;
	*out = c;
	if (c == '+' && plus_is_blank)
		*out = ' ';
	if (c != '%')
		return true;
	if (raw.len - *at < 2)
		return false;
	int high = hex_digit(raw.at[*at]), low = hex_digit(raw.at[*at + 1]);
	*at += 2;
	*out = (char)(high * 16 + low);
	return high >= 0 && low >= 0;
}

static enum err decode(const char **out, struct arena *a, struct slice raw, bool form)
{
	char *text = arena_alloc(a, raw.len + 1);
	size_t n = 0;

	if (!text)
		return arena_no_memory(a);
	for (size_t at = 0; at < raw.len; n++)
		if (!decode_one(&text[n], raw, &at, form))
			return err_set(ERR_INPUT, "a broken %% sequence");
	return finish_text(out, a, text, n);
}

static bool one_line(const char *text)
{
	assert(text);
	return !strpbrk(text, "\n\t");
}

/* ---- path, query, form ---- */

static bool has_encoded_slash(struct slice raw)
{
	for (size_t i = 0; i + 2 < raw.len; i++)
		if (raw.at[i] == '%' &&
		    hex_digit(raw.at[i + 1]) * 16 + hex_digit(raw.at[i + 2]) == '/')
			return true;
	return false;
}

enum err parse_path(const char **out, struct arena *a, struct slice raw)
{
	const char *path;

	if (raw.len == 0 || raw.at[0] != '/' || has_encoded_slash(raw))
		return err_set(ERR_INPUT, "no path of ours");
	TRY(decode(&path, a, raw, false));
	if (!one_line(path))
		return err_set(ERR_INPUT, "a path has line breaks");
	*out = path;
	return ERR_OK;
}

enum err parse_urlencoded(struct params *out, struct arena *a, struct slice raw)
{
	struct field_list list = { .n = 0 };
	struct slice pair, name;

	while (slice_cut(&raw, '&', &pair)) {
		struct param field = { .value = "" };

		if (pair.len == 0 || !slice_cut(&pair, '=', &name))
			continue;
		if (name.len > PARSE_LONGEST_NAME)
			return err_set(ERR_INPUT, "a field has too long a name");
		TRY(decode(&field.name, a, name, true));
		if (!one_line(field.name))
			return err_set(ERR_INPUT, "a field's name has line breaks");
		if (pair.at)
			TRY(decode(&field.value, a, pair, true));
		TRY(field_list_add(&list, a, field));
	}
	*out = (struct params){ list.items, list.n };
	return ERR_OK;
}

/* ---- cookies ---- */

static bool cookie_text(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!isgraph((unsigned char)s.at[i]) || strchr("\",;\\", s.at[i]))
			return false;
	return true;
}

enum err parse_cookies(struct params *out, struct arena *a, const char *header)
{
	enum { MOST_COOKIES = 50 };
	struct field_list list = { .n = 0 };
	struct slice rest = slice_of(header ? header : ""), pair, name;

	while (list.n < MOST_COOKIES && slice_cut(&rest, ';', &pair)) {
		struct param cookie;

		pair = slice_trim(pair);
		if (!slice_cut(&pair, '=', &name) || name.len == 0 || !pair.at ||
		    !cookie_text(name) || !cookie_text(pair))
			continue;
		TRY(arena_strndup(a, &cookie.name, name.at, name.len));
		TRY(arena_strndup(a, &cookie.value, pair.at, pair.len));
		TRY(field_list_add(&list, a, cookie));
	}
	*out = (struct params){ list.items, list.n };
	return ERR_OK;
}
