#include "base/log.h"

#include <ctype.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_LINE = 4000, LONGEST_VALUE = 500 };

/* The shape of the lines goes with standard error, of which a process has one. */
static _Atomic bool json;

static const char *const levels[] = { "error", "warning", "info" };

static bool needs_quotes(const char *value)
{
	if (!*value)
		return true;
	for (; *value; value++)
		if (!isgraph((unsigned char)*value) || strchr("\"=\\", *value))
			return true;
	return false;
}

/* Control characters become blanks: a value never starts a line of its own. */
static void put_value(struct str *out, const char *value)
{
	if (!needs_quotes(value)) {
		str_put_n(out, value, strnlen(value, LONGEST_VALUE));
		return;
	}
	str_put_char(out, '"');
	for (size_t i = 0; value[i] && i < LONGEST_VALUE; i++) {
		unsigned char c = (unsigned char)value[i];

		if (c == '"' || c == '\\')
			str_put_char(out, '\\');
		if (c < ' ' || c == 0x7f)
			c = ' ';
		str_put_char(out, (char)c);
	}
	str_put_char(out, '"');
}

static void put_time(struct str *out, instant_t at)
{
	time_t seconds = (time_t)(at.us / 1000000);
	struct tm utc;
	char text[40];

	gmtime_r(&seconds, &utc);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	str_put(out, text);
}

void log_format(struct str *out, instant_t at, enum log_level level, const char *event,
                const struct log_field *fields)
{
	put_time(out, at);
	str_put_char(out, ' ');
	str_put(out, levels[level]);
	str_put_char(out, ' ');
	str_put(out, event);
	for (; fields->name; fields++) {
		if (!fields->value)
			continue;
		str_put_char(out, ' ');
		str_put(out, fields->name);
		str_put_char(out, '=');
		put_value(out, fields->value);
	}
	str_put_char(out, '\n');
}

/* Whole characters only: what is cut off in the middle would be no UTF-8. */
static size_t whole_characters(const char *text, size_t most)
{
	size_t n = strnlen(text, most + 1);

	if (n <= most)
		return n;
	for (n = most; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;)
		n--;
	return n;
}

static void put_json_text(struct str *out, const char *text)
{
	size_t n = whole_characters(text, LONGEST_VALUE);

	str_put_char(out, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			str_put_char(out, '\\');
		if (c < ' ' || c == 0x7f)
			c = ' ';
		str_put_char(out, (char)c);
	}
	str_put_char(out, '"');
}

static void put_json_field(struct str *out, const char *name, const char *value)
{
	str_put_char(out, ',');
	put_json_text(out, name);
	str_put_char(out, ':');
	put_json_text(out, value);
}

void log_format_json(struct str *out, instant_t at, enum log_level level, const char *event,
                     const struct log_field *fields)
{
	str_put(out, "{\"time\":\"");
	put_time(out, at);
	str_put_char(out, '"');
	put_json_field(out, "level", levels[level]);
	put_json_field(out, "event", event);
	for (; fields->name; fields++)
		if (fields->value)
			put_json_field(out, fields->name, fields->value);
	str_put(out, "}\n");
}

void log_as_json(bool on)
{
	atomic_store(&json, on);
}

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
	const struct clock clock = CLOCK_SYSTEM;
	struct str line;

	str_init(&line, NULL, LONGEST_LINE);
	if (atomic_load(&json))
		log_format_json(&line, clock_now(&clock), level, event, fields);
	else
		log_format(&line, clock_now(&clock), level, event, fields);
	if (line.failed)
		str_put(&line, "\n");
	ssize_t written = line.data ? write(STDERR_FILENO, line.data, line.len) : 0;
	(void)written; /* a log that cannot be written has nowhere to say so */
	str_release(&line);
}
