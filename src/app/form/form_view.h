/* form_view.h - what the pages of statistical forms show. */
#ifndef APP_FORM_FORM_VIEW_H
#define APP_FORM_FORM_VIEW_H

#include "html/controls.h"
#include "html/html.h"

/* Where one is: unit and period, with the fields to go elsewhere. */
struct form_filter_view {
	struct url action;
	const char *unit, *period; /* chosen */
	const char *set;           /* kept; NULL: it stands in the path */
	const struct choice *units, *periods;
	size_t n_units, n_periods;
	const struct problems *problems;
};
void tmpl_form_filter(struct html_out *o, const struct form_filter_view *v);

struct form_tab {
	const char *label;
	struct url url;
	bool current;
};
struct form_tabs_view {
	const char *label; /* of the navigation */
	const struct form_tab *tabs;
	size_t n;
};
void tmpl_form_tabs(struct html_out *o, const struct form_tabs_view *v);

/* ---- all forms of a set ---- */
struct form_index_row {
	const char *name, *title;
	struct url show, enter, file, rolled_up;
	int filled, blank;
	enum tone tone; /* of what is wrong, in words */
	const char *state;
};
struct form_index_view {
	const char *set_title, *document, *unit_name, *period_name;
	struct form_filter_view filter;
	struct form_tabs_view sets;
	const struct form_index_row *rows;
	size_t n_rows;
	bool may_enter, may_take;
	bool reported_below; /* the unit's report takes its figures from those of units below */
	struct url settings, missing_url, take;
};
void tmpl_form_index(struct html_out *o, const struct form_index_view *v);

/* ---- one form ---- */
struct form_problem_view {
	enum tone tone;
	const char *severity, *message;
};
/* A comment on a cell (ý kiến), kept with the report. */
struct form_remark_view {
	row_id id;
	const char *text, *by;
	instant_t at;
	bool settled;
};
struct form_row_view {
	const char *code, *label, *unit, *look; /* look: class of the table row */
	const char *figure, *source, *cell;     /* cell: class of the figure's cell */
	const char *note, *why_blank, *unit_note;
	bool has_link, computed, overridden, entered, group;
	const char *computed_text; /* of an overridden one */
	struct url url;
	const struct form_problem_view *problems;
	size_t n_problems;
	const struct form_remark_view *remarks; /* open ones */
	size_t n_remarks;
	/* In the grid: */
	bool may_type;
	const char *value_name, *note_name, *was_name; /* of the fields */
	const char *value, *typed_note, *was, *hint, *problem;
};
struct form_sheet_view {
	const char *name, *title, *set_title, *document, *unit_name, *period_name;
	struct form_filter_view filter;
	struct form_tabs_view tabs;
	const struct form_row_view *rows;
	size_t n_rows;
	const char *const *sentences; /* decisions on counting */
	size_t n_sentences;
	int errors, warnings, blank;
	bool may_enter, may_manage, saved;
	struct url index, show, enter, file, owners, settings;
	const struct problems *problems; /* of the grid */
	const char *locked;              /* why the figures cannot be changed; NULL: they can */
	struct url report;               /* that the sheet stands behind; none: not opened */
};
void tmpl_form_sheet(struct html_out *o, const struct form_sheet_view *v);
void tmpl_form_grid(struct html_out *o, const struct form_sheet_view *v);

/* ---- one figure ---- */
struct form_record_view {
	const char *texts[6];
	bool has_link;
	struct url url;
};
struct form_part_view {
	const char *label, *count;
	bool current;
	struct url url;
};
struct form_past_view {
	instant_t at;
	const char *value, *note, *reason, *by;
};
struct form_figure_view {
	const char *form_name, *code, *label, *unit_name, *period_name;
	const char *figure, *unit, *source, *computed, *formula, *time, *rollup, *note, *reason;
	const char *why_blank;
	const struct form_problem_view *problems;
	const struct form_part_view *parts;
	const char *const *titles;
	const struct form_record_view *records;
	const struct form_past_view *pasts;
	size_t n_problems, n_parts, n_titles, n_records, n_pasts;
	const char *part_count; /* of the part that is listed */
	struct pager pager;
	bool may_enter, needs_reason, has_entry;
	const char *locked;                            /* NULL: the figure can be changed */
	const char *value, *typed_note, *typed_reason; /* of the form */
	const struct problems *typed_problems;
	const struct form_remark_view *remarks;
	size_t n_remarks;
	bool may_remark, may_settle;
	const char *form_code, *indicator; /* what a comment is about */
	struct url sheet, save, history, report, remark, settle;
};
void tmpl_form_figure(struct html_out *o, const struct form_figure_view *v);

#endif
