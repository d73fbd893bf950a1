/* form_where_page.h - which set, form, unit and period a page is about, and links that keep
 * them; what the form pages share. */
#ifndef APP_FORM_FORM_WHERE_PAGE_H
#define APP_FORM_FORM_WHERE_PAGE_H

#include "app/account/actor.h"
#include "app/form/form_remark_store.h"
#include "app/form/form_view.h"
#include "http/http.h"

struct form_where {
	struct req *req;
	const struct form_set *set;
	const struct form *form; /* of ":form"; NULL on pages of a whole set */
	row_id unit;             /* ?unit=, else the actor's */
	struct period period;    /* ?from= &to=, else ?period=, else the next one due */
	const char *period_text, *unit_text;
	struct problems *problems; /* days that could not be read */
};
/* `set_code` NULL: ":set" of the route.  ERR_NOT_FOUND for what is not there. */
ERR_RESULT form_where_read(struct form_where *out, struct req *req, const char *set_code);

/* The link with the unit (unless it is the actor's own) and the period. */
struct url form_where_url(const struct form_where *w, struct url u);
/* The same in another form or row of the set. */
struct url form_where_sheet(const struct form_where *w, const char *form);
struct url form_where_row(const struct form_where *w, const struct form_row *row);

/* Sheet of that unit and period within what the actor may see. */
ERR_RESULT form_where_open(struct form_sheet *out, const struct form_where *w);

/* Fields to choose another unit and period. */
ERR_RESULT form_where_filter(struct form_filter_view *out, const struct form_where *w,
                             struct url action);
/* A tab for each form of the set, with the link that `link` builds. */
ERR_RESULT form_where_tabs(struct form_tabs_view *out, const struct form_where *w,
                           struct url (*link)(const char *set, const char *form));

ERR_RESULT form_where_name(const char **out, const struct form_where *w,
                           const struct form *form); /* "Biểu mẫu 3" */
/* Problems of a cell in words and colours. */
ERR_RESULT form_where_problems(const struct form_problem_view **out, struct arena *a,
                               const struct form_cell *cell);
/* The comments on a row, the settled ones too unless only_open. */
ERR_RESULT form_where_remarks(const struct form_remark_view **out, size_t *n, struct arena *a,
                              const struct form_remarks *all, const struct form_row *row,
                              bool only_open);
/* Where a repeated request leads. */
struct url form_where_after(row_id result);

#endif
