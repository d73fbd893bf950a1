/* dossier_days_view.h - a due date explained: rule, legal basis, each day counted or not. */
#ifndef APP_DOSSIER_DOSSIER_DAYS_VIEW_H
#define APP_DOSSIER_DOSSIER_DAYS_VIEW_H

#include "app/deadline/deadline.h"
#include "html/html.h"

struct dossier_days_view {
	const char *term, *rule, *basis;
	struct deadline deadline;
	const struct deadline_day *days;
	size_t n;
};
void tmpl_dossier_days(struct html_out *o, const struct dossier_days_view *v);

const char *dossier_weekday(date_t day); /* "Thứ hai" */

#endif
