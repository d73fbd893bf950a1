#include "base/log.h"

#include <ctype.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_LINE = 2000, LONGEST_VALUE = 500 };

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
	static const char *const levels[] = { " error ", " warning ", " info " };

	put_time(out, at);
	str_put(out, levels[level]);
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

void log_write(enum log_level level, const char *event, const struct log_field *fields)
{
	const struct clock clock = CLOCK_SYSTEM;
	struct str line;

	str_init(&line, NULL, LONGEST_LINE);
	log_format(&line, clock_now(&clock), level, event, fields);
	if (line.failed)
		str_put(&line, "\n");
	ssize_t written = line.data ? write(STDERR_FILENO, line.data, line.len) : 0;
	(void)written; /* a log that cannot be written has nowhere to say so */
	str_release(&line);
}
