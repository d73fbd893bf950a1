/* calendar.c - what a compiled calendar answers; compile.c makes it. */
#include "app/calendar/calendar.h"

#include <assert.h>

#include "app/calendar/calendar_compiled.h"
#include "app/calendar/statute.h"

enum err calendar_built_in(struct calendar_rules *out, struct arena *a)
{
	return statute_shipped(out, a);
}

/* Worked minutes of the day before `minute`. */
static int minutes_before(const struct day_sessions *s, int minute)
{
	int sum = 0;

	for (int i = 0; i < s->n && s->at[i].from < minute; i++)
		sum += (minute < s->at[i].to ? minute : s->at[i].to) - s->at[i].from;
	return sum;
}

int64_t calendar_version(const struct calendar *cal)
{
	return cal->version;
}

bool calendar_covers(const struct calendar *cal, date_t day)
{
	return day.days >= cal->first.days && day.days - cal->first.days < cal->n;
}

static int index_of(const struct calendar *cal, date_t day)
{
	assert(calendar_covers(cal, day));
	return day.days - cal->first.days;
}

static const struct day_sessions *sessions_at(const struct calendar *cal, int i)
{
	return &cal->patterns[cal->pattern[i]];
}

struct calendar_day calendar_day(const struct calendar *cal, date_t day)
{
	int i = index_of(cal, day);
	const struct day_note *note = &cal->notes[cal->note[i]];

	return (struct calendar_day){
		.kind = note->kind,
		.name = note->name,
		.source = note->source,
		.sessions = sessions_at(cal, i),
		.minutes = (int)(cal->worked[i + 1] - cal->worked[i]),
		.verified = note->verified,
	};
}

bool calendar_is_working(const struct calendar *cal, date_t day)
{
	int i = index_of(cal, day);

	return cal->worked[i + 1] > cal->worked[i];
}

bool calendar_is_provisional(const struct calendar *cal, date_t from, date_t to)
{
	int last = date_year(to);

	for (int year = date_year(from); year <= last; year++)
		if (year < cal->first_year || year > cal->last_year ||
		    !cal->decided[year - cal->first_year])
			return true;
	return false;
}

int64_t calendar_position(const struct calendar *cal, instant_t at)
{
	date_t day = instant_day(at);

	if (!calendar_covers(cal, day))
		return -1;
	int i = day.days - cal->first.days;
	return (int64_t)cal->worked[i] +
	       minutes_before(sessions_at(cal, i), instant_minute(at));
}

int calendar_working_days(const struct calendar *cal, date_t day)
{
	return (int)cal->days[index_of(cal, day)];
}

date_t calendar_nth_working_day(const struct calendar *cal, int n)
{
	if (n < 1 || n > cal->n_working)
		return DATE_NONE;
	return date_add(cal->first, (int)cal->working[n - 1]);
}

/* The working day (0 the first) on which more than (or, `reached`, at least) `position` minutes
 * are behind at its end; n_working when there is none. */
static int find_working(const struct calendar *cal, int64_t position, bool reached)
{
	int low = 0, high = cal->n_working;

	while (low < high) {
		int middle = low + (high - low) / 2;
		int64_t behind = cal->worked[cal->working[middle] + 1];

		if (reached ? behind >= position : behind > position)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* The instant of day `i` at which `minutes` of it are worked: at the end of a session, or at
 * the start of the next one. */
static instant_t minute_of_day(const struct calendar *cal, int i, int minutes, bool end)
{
	const struct day_sessions *s = sessions_at(cal, i);
	int k = 0;

	while (k + 1 < s->n) {
		int length = s->at[k].to - s->at[k].from;

		if (end ? minutes <= length : minutes < length)
			break;
		minutes -= length;
		k++;
	}
	return instant_local(date_add(cal->first, i), s->at[k].from + minutes);
}

static instant_t instant_of(const struct calendar *cal, int64_t position, bool end)
{
	if (position < 0)
		return INSTANT_NONE;
	int k = find_working(cal, position, end);
	if (k >= cal->n_working)
		return INSTANT_NONE;
	int i = (int)cal->working[k];
	return minute_of_day(cal, i, (int)(position - cal->worked[i]), end);
}

instant_t calendar_at_end(const struct calendar *cal, int64_t position)
{
	return instant_of(cal, position, true);
}

instant_t calendar_at_start(const struct calendar *cal, int64_t position)
{
	return instant_of(cal, position, false);
}

instant_t calendar_day_end(const struct calendar *cal, date_t day)
{
	const struct day_sessions *s = sessions_at(cal, index_of(cal, day));

	return s->n ? instant_local(day, s->at[s->n - 1].to) : INSTANT_NONE;
}
