/* rollup_view.h - what the pages of rolled-up figures show. */
#ifndef APP_ROLLUP_ROLLUP_VIEW_H
#define APP_ROLLUP_ROLLUP_VIEW_H

#include "app/form/form_view.h"

/* ---- a form of a report ---- */
struct rollup_row_view {
	const char *code, *label, *unit, *look, *figure, *source, *note;
	const char *why_blank, *given, *reason;
	bool has_link, incomplete;
	struct url url;
};
/* A unit that has not sent. */
struct rollup_unit_view {
	const char *name, *code;
	struct url url; /* of its figures */
};
struct rollup_form_view {
	const char *name, *title, *document, *unit_name, *period_name, *locked;
	struct form_filter_view filter;
	struct form_tabs_view tabs;
	const struct rollup_row_view *rows;
	const struct rollup_unit_view *missing;
	size_t n_rows, n_missing;
	long long sent, owed, exempt;
	bool rolled_up, saved;
	const struct rollup_unit_view
	        *gaps; /* rows of children's forms without a counterpart */
	size_t n_gaps;
	const char *tree; /* why the tree of the day cannot be rolled up; NULL: it can */
	struct url own;   /* where the unit enters its own figures */
};
void tmpl_rollup_form(struct html_out *o, const struct rollup_form_view *v);

/* ---- one figure ---- */
struct rollup_share_view {
	const char *name, *figure, *parts, *share, *state, *note;
	enum tone tone;
	bool has_link;
	struct url url;
};
struct rollup_change_view {
	const char *name, *before, *after, *change;
};
struct rollup_changes_view {
	const char *title;
	const struct rollup_change_view *rows;
	size_t n, n_more;
};
struct rollup_figure_view {
	const char *form_name, *code, *label, *unit, *unit_name, *period_name;
	const char *figure, *parts, *source, *given, *why_blank, *note, *reason, *rule, *aside;
	const char *locked;
	const struct rollup_share_view *shares;
	size_t n_shares, n_more;
	/* An adjustment: what is typed or stored. */
	bool may_adjust, by_parts;
	const char *value, *numerator, *denominator, *typed_reason;
	const struct problems *problems;
	/* Why it changed. */
	bool compared;
	const char *before_name, *before, *change;
	const char *before_code;
	const struct choice *periods;
	size_t n_periods;
	struct rollup_changes_view changes[3];
	size_t n_changes;
	struct url sheet, here, save, records, all;
	const char *unit_id, *period; /* of `here`, for the form that chooses a period */
};
void tmpl_rollup_figure(struct html_out *o, const struct rollup_figure_view *v);

#endif
