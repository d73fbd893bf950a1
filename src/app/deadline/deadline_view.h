/* deadline_view.h - what the pages of deadlines show. */
#ifndef APP_DEADLINE_DEADLINE_VIEW_H
#define APP_DEADLINE_DEADLINE_VIEW_H

#include "app/deadline/deadline.h"
#include "base/problems.h"
#include "html/html.h"

/* One line of "which days were counted", also for the dossier's page. */
struct deadline_day_row {
	date_t date;
	const char *weekday, *class; /* counted, skipped, due */
	const char *amount, *reason, *source;
	bool counted;
};
struct deadline_days_view {
	const struct deadline_day_row *rows;
	size_t n_rows;
};
void tmpl_deadline_days(struct html_out *o, const struct deadline_days_view *v);
/* Rows of an explanation, in `a`. */
ERR_RESULT deadline_days_view(struct deadline_days_view *out, struct arena *a,
                              const struct deadline_days *days, instant_t due);

struct deadline_calculator_view {
	const char *unit_name; /* NULL: the calendar by law */
	const struct problems *problems;
	const char *day, *time, *term; /* as typed */
	bool answered;
	struct deadline deadline;
	const char *term_text;
	const struct rule_set *rules;
	const char *start_text;
	struct deadline_days_view days;
};
void tmpl_deadline_calculator(struct html_out *o, const struct deadline_calculator_view *v);

struct rule_set_row {
	const struct rule_set *set;
	const char *cutoff, *start, *supplement, *rest_day, *early, *day_length;
	bool shipped, current;
};
struct deadline_rules_view {
	const struct rule_set_row *rows;
	size_t n_rows;
};
void tmpl_deadline_rules(struct html_out *o, const struct deadline_rules_view *v);

#endif
