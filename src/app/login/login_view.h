/* login_view.h - what the pages of logging in show. */
#ifndef APP_LOGIN_LOGIN_VIEW_H
#define APP_LOGIN_LOGIN_VIEW_H

#include "base/row_id.h"
#include "html/html.h"

/* A field of the form that is kept for after the login. */
struct login_kept {
	const char *name, *value;
};
struct login_view {
	const char *name;    /* as typed */
	const char *next;    /* where to go afterwards, or NULL */
	const char *problem; /* NULL: none */
	bool expired;        /* a form waits in `carried` */
	const struct login_kept *carried;
	size_t n_carried;
};
void tmpl_login(struct html_out *o, const struct login_view *v);

struct login_place_row {
	row_id unit_id;
	const char *unit_name, *roles;
	bool current;
};
struct login_place_view {
	const struct login_place_row *rows;
	size_t n_rows;
	const char *next;
	const char *problem;
};
void tmpl_login_place(struct html_out *o, const struct login_place_view *v);

#endif
