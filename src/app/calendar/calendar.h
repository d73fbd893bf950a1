/* calendar.h - which minutes are worked (lịch làm việc), and why a day is not.
 *
 * `struct calendar_rules` is the description: weekly sessions, decisions of a year, dated
 * exceptions.  calendar_compile() turns it into `struct calendar`: one row for each day with
 * sums of worked minutes and days before it, so that counting is a subtraction and finding is
 * a binary search.  A compiled calendar is never changed; threads share it.  Pure.
 *
 * Sources: holidays and compensatory days (nghỉ bù), Bộ luật Lao động 2019 Điều 111, 112;
 * weekly rest on Saturday and Sunday, QĐ 188/1999/QĐ-TTg.
 */
#ifndef APP_CALENDAR_CALENDAR_H
#define APP_CALENDAR_CALENDAR_H

#include "base/arena.h"
#include "base/date.h"

enum {
	CALENDAR_MOST_SESSIONS = 4,
	DAY_SESSIONS_TEXT = 80,
	CALENDAR_SHIPPED_VERSION = 1, /* of what came with the program */
	/* What a server compiles; calendar_compile takes any range inside lunar.h's years. */
	CALENDAR_FIRST_YEAR = 2015,
	CALENDAR_LAST_YEAR = 2045,
};

struct session {
	int from, to; /* minutes of the day, [from, to) */
};
struct day_sessions {
	struct session at[CALENDAR_MOST_SESSIONS]; /* ascending, apart from each other */
	int n;
};

/* The sessions of a week, from a day to a day (inclusive, DATE_NONE: open). */
struct work_week {
	date_t from, to;
	struct day_sessions days[7]; /* 0 = Monday */
};

enum exception_kind { EXCEPTION_OFF, EXCEPTION_WORKED };
struct calendar_exception {
	date_t on;
	enum exception_kind kind;
	struct day_sessions sessions; /* WORKED: n == 0 means those of a Monday */
	const char *name;             /* "Nghỉ hoán đổi sang thứ Bảy 26/4/2025" */
	const char *source;           /* the document that says so */
	bool verified;                /* the document was read, not only heard of */
};

/* What the yearly decision fixes: how many of the five days of Tết lie before its first day,
 * and whether the second day of Quốc khánh is 1/9 (before) or 3/9. */
struct year_decision {
	int year;
	int tet_days_before; /* 0-4 */
	bool national_day_before;
	const char *source;
	bool verified;
};

/* Of several weeks, exceptions or decisions that speak of one day, the last one counts. */
struct calendar_rules {
	int64_t version;
	const struct work_week *weeks; /* a day without a week has the default sessions */
	size_t n_weeks;
	const struct calendar_exception *exceptions;
	size_t n_exceptions;
	const struct year_decision *decisions;
	size_t n_decisions;
};

/* 07:00-11:30, 13:30-17:00 from Monday to Friday. */
extern const struct work_week calendar_default_week;
/* The decisions of 2021-2026 that came with the program (none verified), and nothing else; the
 * texts live in `a`. */
ERR_RESULT calendar_built_in(struct calendar_rules *out, struct arena *a);
/* False when a session is empty, overlaps its neighbour or leaves the day. */
bool day_sessions_valid(const struct day_sessions *s);
bool day_sessions_equal(const struct day_sessions *a, const struct day_sessions *b);
int day_sessions_minutes(const struct day_sessions *s);
/* "07:00-11:30, 13:30-17:00", also "7h-11h30"; a blank text is a day without sessions. */
bool day_sessions_parse(struct day_sessions *out, const char *text);
const char *day_sessions_text(const struct day_sessions *s, char out[DAY_SESSIONS_TEXT]);

enum day_kind {
	DAY_WORKING,
	DAY_WEEKLY_REST,  /* nghỉ hằng tuần */
	DAY_HOLIDAY,      /* nghỉ lễ, tết */
	DAY_COMPENSATORY, /* nghỉ bù */
	DAY_OFF,          /* exception: swapped, closed */
	DAY_MADE_UP,      /* exception: worked, or worked in other hours */
};

struct calendar;
/* Both years inclusive; ERR_RANGE outside lunar.h's years, ERR_INPUT for bad sessions.  The
 * result lives in `a` and keeps pointers to the texts of `rules`. */
ERR_RESULT calendar_compile(struct calendar **out, struct arena *a,
                            const struct calendar_rules *rules, int first_year, int last_year);

int64_t calendar_version(const struct calendar *cal);
bool calendar_covers(const struct calendar *cal, date_t day);

/* What the calendar knows of a day it covers; texts are never NULL. */
struct calendar_day {
	enum day_kind kind;
	const char *name; /* "Chủ nhật", "Giỗ Tổ Hùng Vương"; "" for a plain working day */
	const char *source; /* law or document; "" for a plain working day */
	const struct day_sessions *sessions;
	int minutes; /* worked */
	bool verified;
};
struct calendar_day calendar_day(const struct calendar *cal, date_t day);
bool calendar_is_working(const struct calendar *cal, date_t day); /* some minute is worked */
/* No decision on Tết and Quốc khánh is known for a year between the two days. */
bool calendar_is_provisional(const struct calendar *cal, date_t from, date_t to);

/* Positions: minutes worked since the calendar's first day.  -1 outside its range. */
int64_t calendar_position(const struct calendar *cal, instant_t at);
/* Working days up to and including `day` (which is covered). */
int calendar_working_days(const struct calendar *cal, date_t day);
/* The n-th working day, counted from 1; DATE_NONE past the end. */
date_t calendar_nth_working_day(const struct calendar *cal, int n);
/* The first instant at which so many minutes are behind: a session's end, not the next one's
 * start (a due).  INSTANT_NONE past the end. */
instant_t calendar_at_end(const struct calendar *cal, int64_t position);
/* The instant at which the next minute is worked: a session's start (a beginning). */
instant_t calendar_at_start(const struct calendar *cal, int64_t position);
/* When the last session of a working day ends. */
instant_t calendar_day_end(const struct calendar *cal, date_t day);

#endif
