/* report_show_view.h - what the page of one report shows. */
#ifndef APP_REPORT_REPORT_SHOW_VIEW_H
#define APP_REPORT_REPORT_SHOW_VIEW_H

#include "app/report/report_store.h"
#include "app/report/report_view.h"

enum { REPORT_STEPS = 7 };
struct report_step {
	const char *label, *look; /* class: done, late */
	const char *who;          /* "Hoàng Thu Lan"; NULL: nobody yet */
	const char *when;         /* "18/03/2024", "15/BC-UBND"; NULL */
	bool current;
};

/* One thing that the reader may do now. */
struct report_offer {
	enum report_action action;
	const char *word, *label;
	bool needs_reason, numbers, danger;
	bool first; /* the next step on the way up */
	bool open;  /* what was typed in it stands there again */
};

struct report_form_line {
	const char *name, *title, *state;
	int filled, missing;
	enum tone tone;
	struct url show, enter;
};
struct report_comment_line {
	const struct report_comment *comment;
	const char *where; /* "Biểu mẫu 3, 3.1 ..."; NULL: the whole report */
	bool has_link, may_settle;
	struct url to;
};
/* A figure that differs from the document which this one replaces. */
struct report_amendment_line {
	const char *where, *form, *indicator, *before, *after, *reason;
	struct url to;
	bool open; /* what was typed for it stands there again */
};
struct report_event_line {
	const struct report_event *event;
	const char *what, *tone, *document;
};
/* What others make of a report: its text, its files, its package. */
struct report_link {
	const char *label, *icon;
	struct url to;
	bool download;
};
enum { REPORT_MOST_LINKS = 12 };

struct report_show_view {
	const struct report *r;
	const char *title, *document, *locked, *said;
	struct url board;
	struct url docx, pdf; /* the report on paper */
	struct html_badge state, standing;
	struct report_step steps[REPORT_STEPS];
	bool on_the_way; /* the steps say something: it is owed */
	struct report_offer offers[REPORT_ACTION_COUNT_];
	size_t n_offers;
	const char *waits; /* for whom the next step waits */
	const struct report_form_line *forms;
	size_t n_forms;
	const char *given; /* "97 trên 157 đơn vị đã gửi"; NULL: nothing is rolled up */
	int missing;
	struct url missing_url;
	bool may_enter;
	struct report_mine_view mine;
	struct report_link links[REPORT_MOST_LINKS];
	size_t n_links;
	const struct report_comment_line *comments;
	size_t n_comments, n_open;
	bool may_comment;
	const struct report_amendment_line *amendments;
	size_t n_amendments, n_without_reason;
	bool may_amend;
	const struct report_event_line *events;
	size_t n_events;
	struct url amends, amended_by;
	/* What was typed and did not go through. */
	const char *reason, *number, *notation, *dated_on, *comment;
	const struct problems *problems;
};
void tmpl_report_show(struct html_out *o, const struct report_show_view *v);
void tmpl_report_offers(struct html_out *o, const struct report_show_view *v);
void tmpl_report_amendments(struct html_out *o, const struct report_show_view *v);
void tmpl_report_comments(struct html_out *o, const struct report_show_view *v);

#endif
