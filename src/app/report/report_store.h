/* report_store.h - regimes, reports, what is done with them, and the board.
 *
 * Writing functions come as xxx_in (inside somebody's db_write) and xxx (a db_write of its
 * own).  ERR_INPUT means that `problems`, which is emptied first, says why nothing was written;
 * ERR_NOT_FOUND that the report is outside change->unit_id (ROW_NONE: all); ERR_CONFLICT that
 * somebody acted after `revision` was read.  change->result is the report.
 */
#ifndef APP_REPORT_REPORT_STORE_H
#define APP_REPORT_REPORT_STORE_H

#include "app/report/report.h"
#include "app/report/report_regime.h"
#include "db/write.h"

/* ---- regimes ---- */

struct report_regimes {
	const struct report_regime *at;
	size_t n;
};
/* Every version, by code, everybody's first, then by unit and day. */
ERR_RESULT report_regimes(struct report_regimes *out, struct db *db, struct arena *a);
bool report_regime_holds(const struct report_regime *g, date_t on); /* by its own days */
/* The version that holds for `unit` on `on`: the nearest one above it in that day's tree, else
 * everybody's.  ERR_NOT_FOUND. */
ERR_RESULT report_regime_of(struct report_regime *out, struct db *db, struct arena *a,
                            const char *code, row_id unit, date_t on);
/* Adds a version; one of the same code and unit ends the day before.  draft->unit_id must be
 * change->unit_id or below it. */
ERR_RESULT report_regime_add(struct db_writer *writer, struct change *change,
                             const struct report_regime *draft, struct problems *problems);

/* ---- opening ---- */

struct report_opening {
	const char *regime; /* code; NULL: every regime */
	const char *period; /* "2024-Q1"; NULL: what is due on `day` */
	date_t day;
	/* Set by the write. */
	size_t n_opened, n_there; /* there: opened before */
	size_t n_exempt; /* opened before for a unit that did not stand on the last day */
};
/* Opens a report for every unit that owes one in the tree of the period's last day.  Again, it
 * opens only what is missing. */
ERR_RESULT report_open_in(struct db_write_context *w, struct report_opening *opening,
                          struct problems *problems);
ERR_RESULT report_open(struct db_writer *writer, struct change *change,
                       struct report_opening *opening, struct problems *problems);
/* What the server does once a day: writes only when something is missing. */
ERR_RESULT report_open_due(struct db_writer *writer, struct db *db, struct arena *a,
                           date_t day);

/* ---- one report ---- */

/* ERR_NOT_FOUND when there is none or it is outside `scope` (ROW_NONE: all). */
ERR_RESULT report_find(struct report *out, struct db *db, struct arena *a, row_id scope,
                       row_id id, date_t today);
/* The current report of a unit for a period of a regime; ERR_NOT_FOUND. */
struct report_of {
	row_id scope, unit; /* scope ROW_NONE: all */
	const char *regime, *period;
};
ERR_RESULT report_find_period(struct report *out, struct db *db, struct arena *a,
                              const struct report_of *of, date_t today);

struct report_event {
	instant_t at;
	enum report_action action; /* REPORT_ACTION_COUNT_: it was opened by the program */
	enum report_state from, to;
	const char *account_name, *unit_name, *reason; /* NULL: none */
	int64_t number;                                /* NUMBER: what was given */
	const char *notation;
	date_t dated_on;
};
struct report_events {
	struct report_event *at;
	size_t n;
};
ERR_RESULT report_events(struct report_events *out, struct db *db, struct arena *a,
                         row_id scope, row_id report); /* oldest first */

/* ---- numbers ---- */

struct report_number {
	int64_t number;
	const char *notation;
	date_t dated_on;
};
/* What the clerk is offered: the number after the office's last one of the year, its notation
 * ("" when there was none). */
ERR_RESULT report_number_next(struct report_number *out, struct db *db, struct arena *a,
                              row_id unit, int year);
/* What the register holds for a report, also while it is open again; ERR_NOT_FOUND. */
ERR_RESULT report_number_kept(struct report_number *out, struct db *db, struct arena *a,
                              row_id scope, row_id report);

/* ---- comments on cells ---- */

struct report_comment {
	row_id id, report_id, account_id;
	const char *form, *indicator; /* the row's stable id; "" for the whole report */
	const char *text, *account_name, *unit_name;
	instant_t at;
	instant_t settled_at; /* INSTANT_NONE: open */
	const char *settled_by;
};
struct report_comments {
	struct report_comment *at;
	size_t n, n_open;
};
/* Those on the report and on the documents that it replaces, oldest first. */
ERR_RESULT report_comments(struct report_comments *out, struct db *db, struct arena *a,
                           row_id scope, row_id report);
struct report_remark {
	const char *form, *indicator, *text;
};
struct report_commenting {
	row_id report_id;
	struct report_actor
	        who; /* a permission on reports, in the own office or the one above */
	const struct report_remark *remarks;
	size_t n;
};
enum { REPORT_MOST_REMARKS = 200, REPORT_REMARK_LONGEST = 2000 };
/* Fields of problems: "text", line: which remark. */
ERR_RESULT report_comment_add(struct db_writer *writer, struct change *change,
                              const struct report_commenting *c, struct problems *problems);
/* By the office that reports (it has corrected the cell) or by who wrote it. */
ERR_RESULT report_comment_settle(struct db_writer *writer, struct change *change,
                                 row_id comment, const struct report_actor *who,
                                 struct problems *problems);

/* ---- doing ---- */
struct report_doing {
	row_id report_id;
	int64_t revision; /* that the user saw */
	enum report_action action;
	struct report_actor who;
	struct report_given given;
	/* RETURN, UNLOCK, GIVE_BACK: comments on cells, written with it. */
	const struct report_remark *remarks;
	size_t n_remarks;
};
/* AMEND: *out and change->result are the new report. */
ERR_RESULT report_do_in(struct report *out, struct db_write_context *w,
                        const struct report_doing *doing, struct problems *problems);
ERR_RESULT report_do(struct db_writer *writer, struct change *change,
                     const struct report_doing *doing, struct problems *problems);

#endif
