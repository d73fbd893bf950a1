/* report_moved_view.h - what the page of a signed report says about the figures of today. */
#ifndef APP_REPORT_REPORT_MOVED_VIEW_H
#define APP_REPORT_REPORT_MOVED_VIEW_H

#include "app/report/report_store.h"
#include "base/date.h"
#include "html/html.h"

struct report_cause_line {
	const char *what; /* "hồ sơ H15.50-240301-0001" */
	const char *who;
	instant_t at;
};
struct report_moved_line {
	const char *form, *code, *label, *before, *after;
	struct url to; /* the figure as it is now */
	const struct report_cause_line *causes;
	size_t n_causes;
	bool more;
};
struct report_moved_view {
	const struct report *r;
	struct url report;
	bool was_signed, received; /* received: from another installation */
	bool same;                 /* derived again it is what was signed */
	const char *signed_sha256, *derived_sha256;
	const struct report_moved_line *lines;
	size_t n;
};
void tmpl_report_moved(struct html_out *o, const struct report_moved_view *v);

#endif
