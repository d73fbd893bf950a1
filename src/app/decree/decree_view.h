/* decree_view.h - what the pages of days off, decisions and sessions show. */
#ifndef APP_DECREE_DECREE_VIEW_H
#define APP_DECREE_DECREE_VIEW_H

#include "app/decree/decree_store.h"
#include "base/problems.h"
#include "html/html.h"

struct decree_change_row {
	row_id id;
	bool own; /* set by the unit itself, so that it can take it back */
	const char *unit_name, *what, *name, *source;
	date_t on; /* DATE_NONE for a decision of a year */
	const char *year;
};
struct decree_changes_view {
	const char *unit_name;
	const struct problems *problems;
	const struct decree_change_row *rows;
	size_t n_rows;
	bool changed;   /* a change was just stored */
	int n_moved;    /* the dossiers whose due it moved */
	int64_t n_owed; /* dossiers whose due is still to be counted again */
	const struct decree_moved *moved;
	size_t n_moved_rows;
	/* Typed texts, NULL when nothing was. */
	const char *on, *to, *kind, *sessions, *name, *source;
	const char *year, *tet_days_before, *national_day, *decision_source;
};
void tmpl_decree_changes(struct html_out *o, const struct decree_changes_view *v);

struct decree_week_row {
	date_t from;
	bool own, shipped;
	const char *source;
	const char *days[7];
};
struct decree_day_field {
	const char *name, *label, *value;
};
struct decree_sessions_view {
	const char *unit_name;
	const struct problems *problems;
	const struct decree_week_row *rows; /* in force, the last that holds counts */
	size_t n_rows;
	const struct decree_day_field *fields;
	size_t n_fields;
	const char *from, *source;
	bool may_manage;
};
void tmpl_decree_sessions(struct html_out *o, const struct decree_sessions_view *v);

#endif
