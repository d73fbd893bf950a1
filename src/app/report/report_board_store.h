/* report_board_store.h - the board (bảng theo dõi): who has sent what, who is late, rates.
 * Only the current document of a unit and period counts: an amended one is history.
 */
#ifndef APP_REPORT_REPORT_BOARD_STORE_H
#define APP_REPORT_REPORT_BOARD_STORE_H

#include "app/report/report.h"
#include "db/db.h"

/* What the board asks first. */
enum report_view {
	REPORT_VIEW_ALL,
	REPORT_VIEW_OVERDUE, /* not sent, the send-by day has passed */
	REPORT_VIEW_UNSENT,  /* owed, not sent */
	REPORT_VIEW_SENT,    /* waits for the office above */
	REPORT_VIEW_ACCEPTED,
	REPORT_VIEW_RETURNED,
	REPORT_VIEW_SENT_LATE,
	REPORT_VIEWS
};
const char *report_view_word(enum report_view v); /* "overdue": in addresses */
const char *report_view_text(enum report_view v); /* "Quá hạn gửi" */
bool report_view_parse(enum report_view *out, const char *word);

struct report_filter {
	row_id scope; /* the unit whose subtree is seen */
	date_t today;
	enum report_view view;
	const char *regime, *period, *level; /* NULL: all */
	row_id unit;                         /* one unit; ROW_NONE: all */
	row_id receiver;                     /* sent to this unit; ROW_NONE: all */
	bool one_state;
	enum report_state state; /* when one_state */
	date_t send_by_until;    /* due by this day; DATE_NONE: all */
};
struct report_row {
	row_id id, unit_id;
	const char *unit_code, *unit_name, *unit_level, *phone;
	const char *regime_code, *period, *period_name;
	enum report_state state;
	enum report_standing standing;
	date_t send_by_on, first_sent_on;
	int64_t number; /* or REPORT_NO_NUMBER */
	const char *notation;
	date_t dated_on;
	row_id amends_report_id;
};
struct report_rows {
	struct report_row *at;
	size_t n;
	bool more;
};
/* By unit code, then period, after (after_code, after_id); after_id ROW_NONE: the first page.
 */
struct report_after {
	const char *code;
	row_id id;
};
ERR_RESULT report_list(struct report_rows *out, struct db *db, struct arena *a,
                       const struct report_filter *filter, struct report_after after,
                       int limit);
ERR_RESULT report_count(int64_t *out, struct db *db, const struct report_filter *filter);
/* Reminders: what of the filter is owed, not sent and due by today + days, most pressing first;
 * its view and send_by_until are not read. */
ERR_RESULT report_reminders(struct report_rows *out, struct db *db, struct arena *a,
                            const struct report_filter *filter, int days, int limit);

/* Counts by level of unit and state, for the tiles of the board. */
struct report_level_counts {
	const char *level, *level_name;
	int64_t by_state[REPORT_STATE_COUNT_];
	int64_t n, overdue, sent_late;
};
struct report_counts {
	struct report_level_counts *at; /* by rank of the level */
	size_t n;
};
/* Of the filter scope, regime, period and today are read; none of them may be missing. */
ERR_RESULT report_counts(struct report_counts *out, struct db *db, struct arena *a,
                         const struct report_filter *filter);

/* Of the units that report to `receiver` for a period. */
struct report_rates {
	int64_t owed, sent, accepted, in_time; /* in_time: first sent by the send-by day */
	dec_t complete, timely;                /* per cent of owed, unrounded; DEC_NONE of 0 */
};
ERR_RESULT report_rates(struct report_rates *out, struct db *db, row_id receiver,
                        const char *regime, const char *period);

/* The report of this office that is being made and for which the officer has to supply rows,
 * the most pressing one; ERR_NOT_FOUND. */
ERR_RESULT report_to_supply(row_id *out, struct db *db, row_id unit, row_id account);

/* The periods for which there are reports below `scope`, latest first. */
struct report_period {
	const char *regime_code, *period, *period_name;
	date_t from_on, to_on, send_by_on;
	int64_t n;
};
struct report_periods {
	struct report_period *at;
	size_t n;
};
ERR_RESULT report_periods(struct report_periods *out, struct db *db, struct arena *a,
                          row_id scope);

#endif
