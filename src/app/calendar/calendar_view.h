/* calendar_view.h - what the pages of the calendar show. */
#ifndef APP_CALENDAR_CALENDAR_VIEW_H
#define APP_CALENDAR_CALENDAR_VIEW_H

#include "app/calendar/calendar_store.h"
#include "base/problems.h"
#include "html/html.h"

struct calendar_cell {
	int day;           /* 0: an empty cell */
	const char *class; /* "rest", "holiday", "off", "made-up"; "" for a working day */
	const char *title; /* the reason, spoken and shown on hover; "" for a working day */
	const char *mark;  /* a letter, so that colour is not all: L, B, H, N, T */
	bool today;
};
struct calendar_week_cells {
	struct calendar_cell days[7];
	int n;
};
struct calendar_month {
	int month, working_days;
	struct calendar_week_cells weeks[6];
	int n_weeks;
};
struct calendar_special { /* a day, or days that follow each other */
	date_t from, to;
	int n;
	const char *weekday, *kind, *name, *source;
	enum tone tone;
};
struct calendar_year_view {
	const char *unit_name;       /* NULL: the calendar that came with the program */
	const char *year;            /* digits, without a dot */
	const char *previous, *next; /* NULL: not covered */
	int working_days;
	int64_t version;
	bool provisional, may_manage;
	struct url history; /* zeroed: not for this actor */
	struct calendar_month *months;
	size_t n_months;
	struct calendar_special *specials;
	size_t n_specials;
};
void tmpl_calendar_year(struct html_out *o, const struct calendar_year_view *v);

#endif
