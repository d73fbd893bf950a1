/* sessions.c - the sessions of one day: what is valid, and how people write them. */
#include <stdio.h>

#include "app/calendar/calendar.h"
#include "base/str.h"

bool day_sessions_valid(const struct day_sessions *s)
{
	int before = 0;

	if (s->n < 0 || s->n > CALENDAR_MOST_SESSIONS)
		return false;
	for (int i = 0; i < s->n; i++) {
		if (s->at[i].from < before || s->at[i].to <= s->at[i].from)
			return false;
		before = s->at[i].to + 1; /* adjoining sessions are one session */
	}
	return before <= 1440; /* a due at midnight would belong to the day after */
}

bool day_sessions_equal(const struct day_sessions *a, const struct day_sessions *b)
{
	if (a->n != b->n)
		return false;
	for (int i = 0; i < a->n; i++)
		if (a->at[i].from != b->at[i].from || a->at[i].to != b->at[i].to)
			return false;
	return true;
}

int day_sessions_minutes(const struct day_sessions *s)
{
	int sum = 0;

	for (int i = 0; i < s->n; i++)
		sum += s->at[i].to - s->at[i].from;
	return sum;
}

/* "07:00", "7:00", "7h00", "7h"; false when it is no time of day. */
static bool parse_minute(int *out, struct slice text)
{
	int part[2] = { 0, 0 }, digits = 0, i = 0;

	text = slice_trim(text);
	for (size_t k = 0; k < text.len; k++) {
		char c = text.at[k];

		if (c >= '0' && c <= '9') {
			if (++digits > 2)
				return false;
			part[i] = part[i] * 10 + (c - '0');
		} else if ((c == ':' || c == 'h') && i == 0 && digits > 0) {
			i = 1;
			digits = 0;
		} else {
			return false;
		}
	}
	*out = part[0] * 60 + part[1];
	return i == 1 && part[0] < 24 && part[1] < 60;
}

bool day_sessions_parse(struct day_sessions *out, const char *text)
{
	struct day_sessions s = { .n = 0 };
	struct slice rest = slice_of(text), part, from;

	if (str_blank(text)) {
		*out = s;
		return true;
	}
	while (slice_cut(&rest, ',', &part)) {
		if (s.n == CALENDAR_MOST_SESSIONS || !slice_cut(&part, '-', &from) ||
		    !part.at || !parse_minute(&s.at[s.n].from, from) ||
		    !parse_minute(&s.at[s.n].to, part))
			return false;
		s.n++;
	}
	if (!day_sessions_valid(&s))
		return false;
	*out = s;
	return true;
}

const char *day_sessions_text(const struct day_sessions *s, char out[DAY_SESSIONS_TEXT])
{
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < s->n && n < DAY_SESSIONS_TEXT; i++)
		n += (size_t)snprintf(out + n, DAY_SESSIONS_TEXT - n, "%s%02d:%02d-%02d:%02d",
		                      i ? ", " : "", s->at[i].from / 60 % 100,
		                      s->at[i].from % 60, s->at[i].to / 60 % 100,
		                      s->at[i].to % 60);
	return out;
}
