/* layout_view.h - what the frame around every page may show. */
#ifndef WEB_LAYOUT_VIEW_H
#define WEB_LAYOUT_VIEW_H

#include "html/html.h"

struct layout_nav {
	struct url to;
	const char *label;
	const char *icon; /* a symbol of static/icons.svg */
	bool current;     /* the page stands below this item */
};

struct layout_view {
	const char *title; /* of the page, as text */
	const char *path;  /* of the page */
	struct html body;
	bool logged_in;
	const char *actor_name, *unit_name; /* NULL when nobody is logged in */
	const struct layout_nav *nav;       /* the pages this actor may open, see nav.def */
	size_t n_nav;
	const char *behind; /* how late the figures are; NULL: not at all */
};
/* {{tokens}} works in the layout too, for the form that logs out (link_logout()); the unit's
 * name leads to link_login_place(), where somebody with several units chooses. */

void tmpl_layout(struct html_out *o, const struct layout_view *v);

#endif
