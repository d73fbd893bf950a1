/* statute.h - the public holidays of a year by law, and the decisions that came with the
 * program.  Bộ luật Lao động 2019 Điều 112 (from 2021): 01/01, five days of Tết, 10/3 âm lịch,
 * 30/4, 01/5, 02/9 and one day beside it.  Before it the code of 2012 (one day at 02/9) and
 * before 2014 that of 1994 (four days of Tết, Giỗ Tổ since 2007).  Pure.
 */
#ifndef APP_CALENDAR_STATUTE_H
#define APP_CALENDAR_STATUTE_H

#include "app/calendar/calendar.h"
#include "base/messages.h"

enum { STATUTE_MOST_HOLIDAYS = 12 };

struct holiday {
	date_t on;
	enum msg name;
	const char *source;
	bool verified; /* false: its place follows a decision nobody has checked */
};

/* Ascending; the number of holidays.  `decision` NULL: where the law leaves a choice, Tết has
 * one day before its first, and Quốc khánh takes the neighbour that joins a weekend, else the
 * day before (which is what every decision of 2021-2026 came to). */
int statute_holidays(struct holiday out[STATUTE_MOST_HOLIDAYS], int year,
                     const struct year_decision *decision);

/* Saturday and Sunday: a holiday on them is made good on the next working day. */
bool statute_is_weekly_rest(date_t day);

/* The decisions of 2021-2026 as they are remembered, none checked against its document; the
 * texts live in `a`. */
ERR_RESULT statute_shipped(struct calendar_rules *out, struct arena *a);

#endif
