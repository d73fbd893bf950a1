/* form_manage_view.h - what the pages around the forms show: who supplies a row, what is
 * missing, decisions on counting. */
#ifndef APP_FORM_FORM_MANAGE_VIEW_H
#define APP_FORM_FORM_MANAGE_VIEW_H

#include "app/form/form_view.h"

struct form_owner_row {
	const char *code, *label, *hint, *name, *owner;
};
struct form_owners_view {
	const char *name, *title, *unit_name;
	struct form_tabs_view tabs;
	const struct form_owner_row *rows;
	size_t n_rows;
	const struct choice *units;
	size_t n_units;
	struct url save, sheet, history;
};
void tmpl_form_owners(struct html_out *o, const struct form_owners_view *v);

struct form_missing_group { /* a department or officer and what they still owe */
	const char *key, *name;
	int n;
	bool current;
	struct url url;
};
struct form_missing_row {
	const char *form, *code, *label, *owner;
	struct url url;
};
struct form_missing_view {
	const char *unit_name, *period_name, *owner_name;
	const struct form_missing_row *rows;
	const struct form_missing_group *groups;
	size_t n_rows, n_groups;
	struct url index;
	bool may_enter;
};
void tmpl_form_missing(struct html_out *o, const struct form_missing_view *v);

struct form_setting_row {
	const char *name, *title, *value, *decided_by;
	const struct choice *choices;
	size_t n_choices;
};
struct form_settings_view {
	const char *set_title, *unit_name;
	const struct form_setting_row *rows;
	size_t n_rows;
	bool may_manage;
	struct url save, index, history;
	const struct problems *problems;
};
void tmpl_form_settings(struct html_out *o, const struct form_settings_view *v);

#endif
