/* account_view.h - what the pages of accounts show. */
#ifndef APP_ACCOUNT_ACCOUNT_VIEW_H
#define APP_ACCOUNT_ACCOUNT_VIEW_H

#include "base/problems.h"
#include "html/controls.h"
#include "html/html.h"

struct account_list_row {
	row_id id;
	const char *login, *name, *title, *unit_name, *roles;
	bool disabled;
};
struct account_list_view {
	const char *words, *unit; /* the filter, as it came */
	const struct choice *units;
	size_t n_units;
	const struct account_list_row *rows;
	size_t n_rows;
	struct pager pager;
};
void tmpl_account_list(struct html_out *o, const struct account_list_view *v);

struct account_grant_row {
	row_id id;
	const char *role, *unit_name;
	date_t from_on, to_on;
	bool holds, over; /* today; before today */
};
struct account_show_view {
	row_id id;
	const char *login, *name, *title, *unit_name;
	bool disabled, is_self, managed;
	const struct account_grant_row *grants;
	size_t n_grants;
	/* The forms on the page, as they were typed. */
	const char *role, *unit, *from_on, *to_on;
	const struct choice *roles, *units;
	size_t n_roles, n_units;
	const struct problems *problems;
};
void tmpl_account_show(struct html_out *o, const struct account_show_view *v);

struct account_form_view {
	row_id id; /* ROW_NONE: a new account */
	const char *page_title;
	const char *login, *name, *title, *unit;
	const struct choice *units;
	size_t n_units;
	const struct problems *problems;
};
void tmpl_account_form(struct html_out *o, const struct account_form_view *v);

struct account_password_view {
	row_id id;
	const char *name, *login;
	const struct problems *problems;
};
void tmpl_account_password(struct html_out *o, const struct account_password_view *v);

/* Roles x permissions. */
struct account_role_cell {
	bool held;
};
struct account_permission_row {
	const char *about;
	const struct account_role_cell *cells;
};
struct account_roles_view {
	const char *const *roles;
	size_t n_roles;
	const struct account_permission_row *rows;
	size_t n_rows;
};
void tmpl_account_roles(struct html_out *o, const struct account_roles_view *v);

#endif
