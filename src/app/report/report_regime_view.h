/* report_regime_view.h - what the pages of regimes show. */
#ifndef APP_REPORT_REPORT_REGIME_VIEW_H
#define APP_REPORT_REPORT_REGIME_VIEW_H

#include "app/report/report_regime.h"
#include "html/controls.h"

struct regime_period_line {
	const char *code, *name, *from, *to, *send;
	int opens_days;
};
struct regime_level_line {
	const char *level, *set;
	bool may_outline;
	struct url outline; /* of the text of its reports */
};
struct regime_view {
	const struct report_regime *g;
	const char *whose;
	const struct regime_period_line *periods;
	const struct regime_level_line *levels;
	size_t n_periods, n_levels;
	bool ended;
};
struct regime_list_view {
	const struct regime_view *regimes;
	size_t n;
	bool may_add, saved;
	struct url add, board;
};
void tmpl_report_regimes(struct html_out *o, const struct regime_list_view *v);

/* The form: a row of fields for each period, a choice for each level. */
enum { REGIME_FORM_PERIODS = 8, REGIME_FIELD = 16, REGIME_CELLS = 7 };
struct regime_cell {
	char name[REGIME_FIELD];
	const char *value, *label;
	bool ticks; /* a tick, not a text */
};
struct regime_form_period {
	struct regime_cell cells[REGIME_CELLS];
};
struct regime_form_level {
	char name[64];
	const char *label, *set;
};
struct regime_form_view {
	const char *unit_name, *code, *title, *document, *issuer, *valid_from;
	struct regime_form_period periods[REGIME_FORM_PERIODS];
	const struct regime_form_level *levels;
	size_t n_levels;
	const struct choice *sets;
	size_t n_sets;
	struct url list;
	const struct problems *problems;
};
void tmpl_report_regime_form(struct html_out *o, const struct regime_form_view *v);

#endif
