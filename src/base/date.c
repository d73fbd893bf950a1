#include "base/date.h"

#include <string.h>

enum { MINUTES_PER_DAY = 1440, ZONE_MINUTES = 7 * 60 };

/* Day number by eras of 400 years whose years begin in March. */
date_t date_make(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return (date_t){ era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468 };
}

void date_split(date_t d, int *year, int *month, int *day)
{
	int z = d.days + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

bool date_valid(int year, int month, int day)
{
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	int y, m, d;

	date_split(date_make(year, month, day), &y, &m, &d);
	return m == month && d == day;
}

int date_year(date_t d)
{
	int y, m, day;

	date_split(d, &y, &m, &day);
	return y;
}

int date_weekday(date_t d)
{
	int w = (d.days + 3) % 7;

	return w < 0 ? w + 7 : w;
}

/* Reads up to `max` digits; the number of digits, 0 when there is none. */
static int read_digits(const char **at, int max, int *out)
{
	int n = 0, value = 0;

	while (n < max && **at >= '0' && **at <= '9') {
		value = value * 10 + (**at - '0');
		(*at)++;
		n++;
	}
	*out = value;
	return n;
}

static bool read_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool read_iso_day(const char **at, date_t *out)
{
	int y, m, d;

	if (read_digits(at, 4, &y) != 4 || !read_char(at, '-') || read_digits(at, 2, &m) != 2 ||
	    !read_char(at, '-') || read_digits(at, 2, &d) != 2 || !date_valid(y, m, d))
		return false;
	*out = date_make(y, m, d);
	return true;
}

static bool read_vn_day(const char **at, date_t *out)
{
	int y, m, d;

	if (!read_digits(at, 2, &d) || !read_char(at, '/') || !read_digits(at, 2, &m) ||
	    !read_char(at, '/') || read_digits(at, 4, &y) != 4 || !date_valid(y, m, d))
		return false;
	*out = date_make(y, m, d);
	return true;
}

/* "15:20" with optional seconds, which are dropped: terms are counted in minutes. */
static bool read_time(const char **at, int *minute)
{
	int h, m, s = 0;

	if (!read_digits(at, 2, &h) || !read_char(at, ':') || read_digits(at, 2, &m) != 2)
		return false;
	if (**at == ':' && (++*at, read_digits(at, 2, &s) != 2))
		return false;
	if (h > 23 || m > 59 || s > 59)
		return false;
	*minute = h * 60 + m;
	return true;
}

bool date_parse_iso(date_t *out, const char *text)
{
	date_t d;

	if (!read_iso_day(&text, &d) || *text)
		return false;
	*out = d;
	return true;
}

bool date_parse_vn(date_t *out, const char *text)
{
	const char *at = text;
	date_t d;

	if (date_parse_iso(out, text))
		return true;
	if (!read_vn_day(&at, &d) || *at)
		return false;
	*out = d;
	return true;
}

/* A page of a list has a hundred days: they are written without printf. */
static char *put_digits(char *at, int value, int n)
{
	for (int i = n - 1; i >= 0; i--, value /= 10)
		at[i] = (char)('0' + value % 10);
	return at + n;
}

const char *date_iso(date_t d, char out[DATE_TEXT])
{
	int y, m, day;
	char *at = out;

	if (!date_is_none(d)) {
		date_split(d, &y, &m, &day);
		at = put_digits(at, y, 4);
		*at++ = '-';
		at = put_digits(at, m, 2);
		*at++ = '-';
		at = put_digits(at, day, 2);
	}
	*at = '\0';
	return out;
}

const char *date_vn(date_t d, char out[DATE_TEXT])
{
	int y, m, day;
	char *at = out;

	if (!date_is_none(d)) {
		date_split(d, &y, &m, &day);
		at = put_digits(at, day, 2);
		*at++ = '/';
		at = put_digits(at, m, 2);
		*at++ = '/';
		at = put_digits(at, y, 4);
	}
	*at = '\0';
	return out;
}

instant_t instant_local(date_t day, int minute_of_day)
{
	return (instant_t){ day.days * US_PER_DAY +
		            (minute_of_day - ZONE_MINUTES) * US_PER_MINUTE };
}

/* Whole local minutes since 1970, rounded down. */
static int64_t local_minutes(instant_t at)
{
	int64_t us = at.us + ZONE_MINUTES * US_PER_MINUTE;
	int64_t minutes = us / US_PER_MINUTE;

	return us % US_PER_MINUTE < 0 ? minutes - 1 : minutes;
}

date_t instant_day(instant_t at)
{
	int64_t minutes = local_minutes(at);
	int64_t days = minutes / MINUTES_PER_DAY;

	return (date_t){ (int32_t)(minutes % MINUTES_PER_DAY < 0 ? days - 1 : days) };
}

int instant_minute(instant_t at)
{
	int64_t m = local_minutes(at) % MINUTES_PER_DAY;

	return (int)(m < 0 ? m + MINUTES_PER_DAY : m);
}

bool instant_parse_iso(instant_t *out, const char *text)
{
	date_t day;
	int minute;

	if (!read_iso_day(&text, &day) || (*text != ' ' && *text != 'T'))
		return false;
	text++;
	if (!read_time(&text, &minute) || *text)
		return false;
	*out = instant_local(day, minute);
	return true;
}

static bool parse_vn_day_first(instant_t *out, const char *at)
{
	date_t day;
	int minute;

	if (!read_vn_day(&at, &day) || !read_char(&at, ' ') || !read_time(&at, &minute) || *at)
		return false;
	*out = instant_local(day, minute);
	return true;
}

static bool parse_vn_time_first(instant_t *out, const char *at)
{
	date_t day;
	int minute;

	if (!read_time(&at, &minute) || !read_char(&at, ' ') || !read_vn_day(&at, &day) || *at)
		return false;
	*out = instant_local(day, minute);
	return true;
}

bool instant_parse_vn(instant_t *out, const char *text)
{
	return instant_parse_iso(out, text) || parse_vn_day_first(out, text) ||
	       parse_vn_time_first(out, text);
}

/* 15:20 */
static char *put_time(char *at, instant_t instant)
{
	int minute = instant_minute(instant);

	at = put_digits(at, minute / 60, 2);
	*at++ = ':';
	return put_digits(at, minute % 60, 2);
}

const char *instant_iso(instant_t at, char out[INSTANT_TEXT])
{
	out[0] = '\0';
	if (!instant_is_none(at)) {
		char *end = out + strlen(date_iso(instant_day(at), out));
		*end++ = ' ';
		*put_time(end, at) = '\0';
	}
	return out;
}

const char *instant_vn(instant_t at, char out[INSTANT_TEXT])
{
	out[0] = '\0';
	if (!instant_is_none(at)) {
		char *end = put_time(out, at);
		*end++ = ' ';
		date_vn(instant_day(at), end);
	}
	return out;
}
