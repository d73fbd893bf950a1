/* history_view.h - what the page of a record's history shows. */
#ifndef APP_HISTORY_HISTORY_VIEW_H
#define APP_HISTORY_HISTORY_VIEW_H

#include "app/history/history_store.h"
#include "html/controls.h"

struct history_view {
	const char *subject; /* "Hồ sơ" */
	struct history history;
	struct url older; /* zeroed: there is none */
};

void tmpl_history(struct html_out *o, const struct history_view *v);

#endif
