/* journal_day_view.h - what the journal page shows. */
#ifndef APP_HISTORY_JOURNAL_DAY_VIEW_H
#define APP_HISTORY_JOURNAL_DAY_VIEW_H

#include "app/history/journal_day_store.h"
#include "html/controls.h"

struct journal_day_line {
	const struct journal_day_entry *of;
	struct url record; /* zeroed: there is no page, or it may not be seen */
};
struct journal_day_row {
	const struct journal_day_change *change;
	struct journal_day_line *lines;
};
struct journal_day_view {
	const char *unit_name, *day; /* ISO */
	date_t on;
	const char *login, *action;
	const struct choice *actions;
	size_t n_actions;
	struct journal_day_row *rows;
	size_t n_rows;
	struct url day_before, day_after; /* zeroed: not yet */
	struct pager pager;
	/* The digest; hash NULL: none. */
	const char *hash;
	int64_t first, last;
	instant_t stamped_at;
	bool stamped;
	struct url paper;
};
void tmpl_journal_day(struct html_out *o, const struct journal_day_view *v);

#endif
