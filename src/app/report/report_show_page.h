/* report_show_page.h - the page of one report, also when something that was sent to it did not
 * go through. */
#ifndef APP_REPORT_REPORT_SHOW_PAGE_H
#define APP_REPORT_REPORT_SHOW_PAGE_H

#include "app/report/report_show_view.h"
#include "http/http.h"

/* ":id", within what the reader may see. */
ERR_RESULT report_page_find(struct report *out, const struct req *req);
/* Of `v` what was typed and the problems are kept; `tried` is what was sent, or
 * REPORT_ACTION_COUNT_. */
ERR_RESULT report_page_show(struct report_show_view *v, struct req *req, struct resp *resp,
                            enum report_action tried);

#endif
