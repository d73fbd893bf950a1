/* report_view.h - what the pages of periodic reports show. */
#ifndef APP_REPORT_REPORT_VIEW_H
#define APP_REPORT_REPORT_VIEW_H

#include "app/report/report_board_store.h"
#include "html/controls.h"

/* The next step of a report, as one big button: a form to send, or a page to open. */
struct report_next_view {
	bool there; /* there is one, and the reader may do it */
	const char *label, *word;
	bool sends; /* the button does it; else it leads to `to` */
	struct url to;
	const char *waits; /* whom it waits for, when the reader may not */
};
/* The report of the reader's own office. */
struct report_own_view {
	bool there;
	row_id id;
	int64_t revision;
	const char *unit_name, *period_name, *state;
	struct html_badge standing;
	date_t send_by_on;
	int missing, errors; /* figures to enter, contradictions; while it is compiled */
	struct url missing_url;
	int comments; /* open ones */
	struct report_next_view next;
};
void tmpl_report_own(struct html_out *o, const struct report_own_view *v);

/* What the reader has to supply and has not: "việc còn thiếu của tôi". */
struct report_mine_line {
	const char *form, *code, *label;
	struct url to;
};
struct report_mine_view {
	const struct report_mine_line *lines;
	size_t n;
	const char *period_name;
};
void tmpl_report_mine(struct html_out *o, const struct report_mine_view *v);

struct report_tile {
	struct url to;
	const char *label, *tone, *icon;
	int64_t count;
	bool current;
};
enum { REPORT_BOARD_STATES = REPORT_STATE_COUNT_ };
struct report_level_view {
	const char *name, *word;
	struct url to;
	int64_t by_state[REPORT_BOARD_STATES], n, overdue, sent_late;
};
struct report_row_view {
	const struct report_row *row;
	struct html_badge state, standing;
	const char *document; /* "15/BC-UBND" */
};
struct report_board_view {
	const char *unit_name, *title; /* title: of the regime and period */
	const char *of;                /* "bnv-581/2024-Q1" */
	const struct choice *periods, *openable;
	size_t n_periods, n_openable;
	const char *to_open; /* chosen among the openable */
	date_t from_on, to_on, send_by_on;
	struct report_own_view own;
	bool has_below; /* units below the reader's own owe reports */
	struct report_tile tiles[REPORT_VIEWS];
	const char *const *states;
	const struct report_level_view *levels;
	size_t n_levels;
	const char *complete, *timely; /* "97 trên 157 (61,8 %)"; NULL: nobody owes one */
	const char *list_title;
	const struct report_row_view *rows;
	size_t n_rows;
	bool with_period; /* rows of several periods: the office's own */
	struct pager pager;
	struct url reminders, regimes;
	bool may_open, may_exchange; /* open reports; see packages sent and received */
	const char *said;            /* "Đã mở 3 báo cáo"; NULL: nothing */
	const struct problems *problems;
};
void tmpl_report_board(struct html_out *o, const struct report_board_view *v);

struct report_remind_row {
	const struct report_row *row;
	struct html_badge state;
	const char *left; /* "quá hạn 3 ngày" */
};
struct report_remind_view {
	const char *unit_name, *title;
	date_t today;
	struct url board;
	const char *of;
	long long days;
	const struct report_remind_row *rows;
	size_t n_rows;
	bool more;
};
void tmpl_report_remind(struct html_out *o, const struct report_remind_view *v);

/* Colours: of a state, of a standing. */
struct html_badge report_state_badge(enum report_state s);
struct html_badge report_standing_badge(enum report_standing s);

#endif
