#include "json/json_read.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"

void json_read_init(struct json_reader *r, const char *bytes, size_t n, struct arena *a)
{
	*r = (struct json_reader){
		.start = bytes, .at = bytes, .end = bytes + n, .arena = a, .status = ERR_OK
	};
}

static void fail(struct json_reader *r, enum err why)
{
	if (r->status == ERR_OK)
		r->status = why;
}

static size_t left(const struct json_reader *r)
{
	return r->status == ERR_OK ? (size_t)(r->end - r->at) : 0;
}

static bool stands(const struct json_reader *r, const char *text, size_t n)
{
	return left(r) >= n && memcmp(r->at, text, n) == 0;
}

static bool take(struct json_reader *r, const char *text)
{
	size_t n = strlen(text);

	if (!stands(r, text, n))
		return false;
	r->at += n;
	return true;
}

static void expect(struct json_reader *r, const char *text)
{
	if (!take(r, text))
		fail(r, ERR_INPUT);
}

void json_read_open(struct json_reader *r, char opener)
{
	expect(r, (char[]){ opener, '\0' });
	r->need_comma = false;
}

void json_read_close(struct json_reader *r, char closer)
{
	expect(r, (char[]){ closer, '\0' });
	r->need_comma = true;
}

bool json_read_key(struct json_reader *r, const char *key)
{
	const char *before = r->at;

	if ((r->need_comma && !take(r, ",")) || !take(r, "\"") || !take(r, key) ||
	    !take(r, "\":")) {
		r->at = before;
		return false;
	}
	r->need_comma = true;
	return true;
}

bool json_read_more(struct json_reader *r)
{
	if (take(r, "]")) {
		r->need_comma = true;
		return false;
	}
	if (r->need_comma)
		expect(r, ",");
	r->need_comma = true;
	return left(r) > 0;
}

/* ---- texts ---- */

static int hex(char c)
{
	const char *digits = "0123456789abcdef", *found = strchr(digits, c);

	return c && found ? (int)(found - digits) : -1;
}

/* What stands behind a backslash; only what json.c writes. */
static bool unescape(char *out, const char **at, const char *end)
{
	const char *p = *at;

	if (end - p >= 1 && (*p == '"' || *p == '\\')) {
		*out = *p;
		*at = p + 1;
		return true;
	}
	if (end - p < 5 || memcmp(p, "u00", 3) != 0 || hex(p[3]) < 0 || hex(p[4]) < 0)
		return false;
	*out = (char)(hex(p[3]) * 16 + hex(p[4]));
	*at = p + 5;
	return true;
}

/* The end of the text that begins at `at`, without the quotation mark; NULL: there is none. */
static const char *text_end(const char *at, const char *end)
{
	while (at < end && *at != '"') {
		if (*at == '\\' && end - at < 2)
			return NULL;
		at += *at == '\\' ? 2 : 1;
	}
	return at < end ? at : NULL;
}

static size_t decode(char *out, const char *at, const char *end)
{
	size_t n = 0;

	while (at < end) {
		if (*at != '\\') {
			out[n++] = *at++;
			continue;
		}
		at++;
		if (!unescape(&out[n++], &at, end))
			return SIZE_MAX;
	}
	return n;
}

const char *json_read_text(struct json_reader *r)
{
	const char *end;
	char *out;
	size_t n;

	expect(r, "\"");
	end = left(r) > 0 ? text_end(r->at, r->end) : NULL;
	if (!end) {
		fail(r, ERR_INPUT);
		return NULL;
	}
	out = arena_alloc_unset(r->arena, (size_t)(end - r->at) + 1);
	if (!out) {
		fail(r, arena_no_memory(r->arena));
		return NULL;
	}
	n = decode(out, r->at, end);
	if (n == SIZE_MAX || !text_is_valid(out, n)) {
		fail(r, ERR_INPUT);
		return NULL;
	}
	out[n] = '\0';
	r->at = end + 1;
	return out;
}

/* ---- numbers ---- */

long long json_read_int(struct json_reader *r)
{
	char digits[24];
	size_t n = 0;
	long long value;

	while (n < left(r) && n < sizeof(digits) - 1 && strchr("-0123456789", r->at[n]) &&
	       r->at[n])
		n++;
	if (n > 0)
		memcpy(digits, r->at, n);
	digits[n] = '\0';
	if (!str_to_int(digits, &value)) {
		fail(r, ERR_INPUT);
		return 0;
	}
	r->at += n;
	return value;
}

bool json_read_bool(struct json_reader *r)
{
	if (take(r, "true"))
		return true;
	expect(r, "false");
	return false;
}

/* The text between quotation marks, when it is plain and short. */
static bool read_short(struct json_reader *r, char *out, size_t room)
{
	size_t n = 0;

	expect(r, "\"");
	while (n < left(r) && n < room - 1 && r->at[n] != '"' && r->at[n] != '\\')
		n++;
	if (n > 0)
		memcpy(out, r->at, n);
	out[n] = '\0';
	if (r->status == ERR_OK)
		r->at += n;
	expect(r, "\"");
	return r->status == ERR_OK;
}

dec_t json_read_dec(struct json_reader *r)
{
	char text[DEC_TEXT];
	dec_t value;

	if (!read_short(r, text, sizeof(text)) || !dec_parse(&value, text)) {
		fail(r, ERR_INPUT);
		return DEC_NONE;
	}
	return value;
}

date_t json_read_date(struct json_reader *r)
{
	char text[DATE_TEXT];
	date_t value;

	if (!read_short(r, text, sizeof(text)) || !date_parse_iso(&value, text)) {
		fail(r, ERR_INPUT);
		return DATE_NONE;
	}
	return value;
}

enum err json_read_end(const struct json_reader *r, size_t *where)
{
	*where = (size_t)(r->at - r->start);
	if (r->status == ERR_OK && r->at == r->end)
		return ERR_OK;
	return err_set(r->status == ERR_OK ? ERR_INPUT : r->status,
	               "the JSON is not as expected at byte %zu", *where);
}
