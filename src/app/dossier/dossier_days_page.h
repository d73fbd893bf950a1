/* dossier_days_page.h - explains the due date of a dossier. */
#ifndef APP_DOSSIER_DOSSIER_DAYS_PAGE_H
#define APP_DOSSIER_DOSSIER_DAYS_PAGE_H

#include "app/dossier/dossier.h"
#include "app/dossier/dossier_days_view.h"
#include "http/http.h"

/* Without a term, or outside the calendar, the view has no days. */
ERR_RESULT dossier_days_fill(struct dossier_days_view *out, struct req *req,
                             const struct dossier *d);

#endif
