/* audit_show_page.h - what the page of a checked report shows, from the document and its
 * findings. */
#ifndef APP_AUDIT_AUDIT_SHOW_PAGE_H
#define APP_AUDIT_AUDIT_SHOW_PAGE_H

#include "app/audit/audit_view.h"

/* Fills all of the view that depends on the document. */
ERR_RESULT audit_show_document(struct audit_view *v, struct arena *a,
                               const struct document *document,
                               const struct audit_result *result);

#endif
