#include "json/json.h"

#include <assert.h>
#include <string.h>

void json_init(struct json *j, struct str *to)
{
	*j = (struct json){ .to = to };
}

static void before_value(struct json *j)
{
	if (j->need_comma)
		str_put_char(j->to, ',');
	j->need_comma = true;
}

static void open(struct json *j, char opener, char closer)
{
	assert(j->depth < JSON_MOST_DEPTH);
	before_value(j);
	str_put_char(j->to, opener);
	j->closers[j->depth++] = closer;
	j->need_comma = false;
}

void json_begin_object(struct json *j)
{
	open(j, '{', '}');
}

void json_begin_array(struct json *j)
{
	open(j, '[', ']');
}

void json_end(struct json *j)
{
	assert(j->depth > 0);
	str_put_char(j->to, j->closers[--j->depth]);
	j->need_comma = true;
}

static void put_quoted(struct str *s, const char *text)
{
	str_put_char(s, '"');
	for (; *text; text++) {
		size_t plain = strcspn(
		        text, "\"\\\001\002\003\004\005\006\007\b\t\n\v\f\r\016\017\020"
		              "\021\022\023\024\025\026\027\030\031\032\033\034\035\036\037");
		str_put_n(s, text, plain);
		text += plain;
		if (!*text)
			break;
		if (*text == '"' || *text == '\\')
			str_printf(s, "\\%c", *text);
		else
			str_printf(s, "\\u%04x", (unsigned char)*text);
	}
	str_put_char(s, '"');
}

void json_key(struct json *j, const char *key)
{
	before_value(j);
	put_quoted(j->to, key);
	str_put_char(j->to, ':');
	j->need_comma = false;
}

void json_put_null(struct json *j)
{
	before_value(j);
	str_put(j->to, "null");
}

void json_text(struct json *j, const char *text)
{
	if (!text) {
		json_put_null(j);
		return;
	}
	before_value(j);
	put_quoted(j->to, text);
}

void json_int(struct json *j, long long n)
{
	before_value(j);
	str_put_int(j->to, n);
}

void json_bool(struct json *j, bool b)
{
	before_value(j);
	str_put(j->to, b ? "true" : "false");
}

void json_id(struct json *j, row_id id)
{
	if (row_is_none(id)) {
		json_put_null(j);
		return;
	}
	before_value(j);
	str_printf(j->to, "\"%lld\"", (long long)id.value);
}

/* An empty text stands for NONE in the formatters. */
static void text_or_null(struct json *j, const char *text)
{
	json_text(j, *text ? text : NULL);
}

void json_dec(struct json *j, dec_t d)
{
	char text[DEC_TEXT];

	text_or_null(j, dec_text(d, text));
}

void json_date(struct json *j, date_t d)
{
	char text[DATE_TEXT];

	text_or_null(j, date_iso(d, text));
}

void json_instant(struct json *j, instant_t at)
{
	char text[INSTANT_TEXT];

	text_or_null(j, instant_iso(at, text));
}
