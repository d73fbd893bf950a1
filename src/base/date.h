/* date.h - calendar days and instants, as distinct types.
 *
 * date_t: a day of the proleptic Gregorian calendar, no time, no zone.
 * instant_t: microseconds since 1970-01-01T00:00:00 UTC.  People read and write Vietnamese
 * time, UTC+7 without daylight saving; that is the only zone of the program.
 * DATE_NONE and INSTANT_NONE mean "not stated" and are stored as NULL.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	int32_t days; /* since 1970-01-01 */
} date_t;

typedef struct {
	int64_t us; /* since 1970-01-01 UTC */
} instant_t;

#define DATE_NONE     ((date_t){ INT32_MIN })
#define INSTANT_NONE  ((instant_t){ INT64_MIN })
#define US_PER_MINUTE INT64_C(60000000)
#define US_PER_DAY    INT64_C(86400000000)

/* Days: `month` 1-12, `day` 1-31. */
date_t date_make(int year, int month, int day);
bool date_valid(int year, int month, int day); /* years 1900-2199 */
void date_split(date_t d, int *year, int *month, int *day);
int date_year(date_t d);
int date_weekday(date_t d); /* 0 = Monday ... 6 = Sunday */
static inline date_t date_add(date_t d, int n)
{
	return (date_t){ d.days + n };
}
static inline int date_cmp(date_t a, date_t b)
{
	return (a.days > b.days) - (a.days < b.days);
}
static inline bool date_is_none(date_t d)
{
	return d.days == INT32_MIN;
}

/* "2024-02-07"; false when it is not exactly that or no real day. */
bool date_parse_iso(date_t *out, const char *text);
/* "07/02/2024", "7/2/2024" as Vietnamese users write it; also ISO. */
bool date_parse_vn(date_t *out, const char *text);
enum { DATE_TEXT = 16 };
const char *date_iso(date_t d, char out[DATE_TEXT]); /* 2024-02-07, "" for none */
const char *date_vn(date_t d, char out[DATE_TEXT]);  /* 07/02/2024, "" for none */

/* Local time of day in UTC+7. */
instant_t instant_local(date_t day, int minute_of_day);
date_t instant_day(instant_t at); /* the local day */
int instant_minute(instant_t at); /* local minute of the day, 0-1439 */
static inline int instant_cmp(instant_t a, instant_t b)
{
	return (a.us > b.us) - (a.us < b.us);
}
static inline bool instant_is_none(instant_t at)
{
	return at.us == INT64_MIN;
}

/* Local "2024-02-07 15:20", "2024-02-07T15:20" with optional ":ss"; false when malformed. */
bool instant_parse_iso(instant_t *out, const char *text);
/* "07/02/2024 15:20", "15:20 07/02/2024", or the ISO form. */
bool instant_parse_vn(instant_t *out, const char *text);
enum { INSTANT_TEXT = 24 };
const char *instant_iso(instant_t at, char out[INSTANT_TEXT]); /* 2024-02-07 15:20 */
const char *instant_vn(instant_t at, char out[INSTANT_TEXT]);  /* 15:20 07/02/2024 */

#endif
