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
struct calendar_special {
	date_t on;
	const char *weekday, *kind, *name, *source;
	enum tone tone;
	bool unverified;
};
struct calendar_year_view {
	const char *unit_name;       /* NULL: the calendar that came with the program */
	const char *year;            /* digits, without a dot */
	const char *previous, *next; /* NULL: not covered */
	int working_days;
	int64_t version;
	bool provisional, may_manage;
	struct calendar_month *months;
	size_t n_months;
	struct calendar_special *specials;
	size_t n_specials;
};
void tmpl_calendar_year(struct html_out *o, const struct calendar_year_view *v);

struct calendar_change_row {
	row_id id;
	bool own; /* set by the unit itself, so that it can take it back */
	const char *unit_name, *what, *name, *source;
	date_t on; /* DATE_NONE for a decision of a year */
	const char *year;
};
struct calendar_changes_view {
	const char *unit_name;
	const struct problems *problems;
	const struct calendar_change_row *rows;
	size_t n_rows;
	bool decision_form; /* the second form was the one sent */
	bool changed;       /* a change was just stored */
	/* Typed texts, NULL when nothing was. */
	const char *on, *to, *kind, *sessions, *name, *source;
	const char *year, *tet_days_before, *national_day, *decision_source;
};
void tmpl_calendar_changes(struct html_out *o, const struct calendar_changes_view *v);

struct calendar_sessions_row {
	date_t from;
	bool own;
	const char *source;
	const char *days[7];
};
struct calendar_session_field {
	const char *name, *label, *value;
};
struct calendar_sessions_view {
	const char *unit_name;
	const struct problems *problems;
	const struct calendar_sessions_row *rows; /* in force, the last that holds counts */
	size_t n_rows;
	const struct calendar_session_field *fields;
	size_t n_fields;
	const char *from, *source;
	bool may_manage;
};
void tmpl_calendar_sessions(struct html_out *o, const struct calendar_sessions_view *v);

#endif
