/* error_view.h - the page that says why there is no page. */
#ifndef WEB_ERROR_VIEW_H
#define WEB_ERROR_VIEW_H

#include "html/html.h"

struct error_view {
	int status;
	const char *heading; /* what happened */
	const char *remedy;  /* what to do now */
};

void tmpl_error(struct html_out *o, const struct error_view *v);

#endif
