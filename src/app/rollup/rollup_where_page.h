/* rollup_where_page.h - links that the pages of rolled-up figures share. */
#ifndef APP_ROLLUP_ROLLUP_WHERE_PAGE_H
#define APP_ROLLUP_ROLLUP_WHERE_PAGE_H

#include "app/form/form_where_page.h"
#include "app/rollup/rollup_store.h"
#include "app/rollup/rollup_view.h"

/* Figures of the unit and period of the page. */
ERR_RESULT rollup_where_open(struct rollup_sheet *out, const struct form_where *w);
struct url rollup_where_sheet(const struct form_where *w, const char *form);
struct url rollup_where_row(const struct form_where *w, const struct form_row *row);
/* The same figure of a unit below, in the form set that it fills; false: it has no such row. */
bool rollup_where_child(struct url *out, const struct rollup_child_report *child,
                        const struct form_row *row);
ERR_RESULT rollup_where_number(const char **out, struct arena *a, dec_t value, int places);

#endif
