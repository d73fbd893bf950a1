/* procedure_view.h - what the pages of the catalogue show. */
#ifndef APP_PROCEDURE_PROCEDURE_VIEW_H
#define APP_PROCEDURE_PROCEDURE_VIEW_H

#include "base/problems.h"
#include "html/controls.h"
#include "html/html.h"

/* ---- list and search ---- */
struct procedure_list_row {
	row_id id;
	const char *code, *name, *field, *service_level, *term;
};
struct procedure_list_view {
	const char *text, *field_id, *level, *service_level; /* the filter, as it came */
	const struct choice *fields, *levels, *service_levels;
	size_t n_fields, n_levels, n_service_levels;
	const struct procedure_list_row *rows;
	size_t n_rows;
	bool more, may_manage; /* more: of a search, which is not paged */
	struct pager pager;
};
void tmpl_procedure_list(struct html_out *o, const struct procedure_list_view *v);

/* ---- one procedure ---- */
struct procedure_part_row {
	const char *name, *form;
	int copies;
	bool required;
};
struct procedure_step_row {
	const char *name, *role, *budget;
};
struct procedure_version_row {
	int number;
	const char *kind, *decision;
	date_t decision_on, valid_from, valid_to;
	bool shown;
};
struct procedure_show_view {
	row_id id;
	bool may_manage, in_force, repealed;
	int version;
	const char *code, *name, *field, *levels, *service_level, *old_level;
	const char *term, *statutory_term, *statutory_basis, *shortened_term, *shortened_basis;
	const char *supplement, *linked, *fee_note, *result_name, *note;
	money_t fee;
	bool online_offered, online_payment, on_national_portal, any_place, has_fee;
	const char *kind, *decision;
	date_t decision_on, valid_from, valid_to, simplified_on;
	const struct procedure_part_row *parts;
	const struct procedure_step_row *steps;
	const struct procedure_version_row *versions;
	size_t n_parts, n_steps, n_versions;
};
void tmpl_procedure_show(struct html_out *o, const struct procedure_show_view *v);

/* ---- the form of a version ---- */
struct procedure_level_tick {
	const char *code, *name;
	bool chosen;
};
struct procedure_form_part { /* names and values of one row's fields */
	const char *name_field, *form_field, *copies_field, *required_field;
	const char *name, *form, *copies, *required;
};
struct procedure_form_step {
	const char *name_field, *role_field, *budget_field;
	const char *name, *role, *budget;
};
struct procedure_form_view {
	row_id id; /* ROW_NONE: a new one */
	const char *title, *known_code, *known_name;
	const char *code, *name, *field, *service_level, *old_level, *linked, *supplement_rule;
	const char *statutory_term, *statutory_basis, *shortened_term, *shortened_basis;
	const char *fee, *fee_note, *result_name, *simplified_on;
	const char *online_offered, *online_payment, *on_national_portal, *any_place;
	const char *decision_kind, *decision, *decision_on, *valid_from, *note;
	const struct procedure_level_tick *levels;
	const struct procedure_form_part *parts;
	const struct procedure_form_step *steps;
	size_t n_levels, n_parts, n_steps;
	const struct choice *fields, *service_levels, *old_levels, *links, *supplements;
	const struct choice *decision_kinds, *part_forms, *roles;
	size_t n_fields, n_service_levels, n_old_levels, n_links, n_supplements;
	size_t n_decision_kinds, n_part_forms, n_roles;
	const struct problems *problems;
};
void tmpl_procedure_form(struct html_out *o, const struct procedure_form_view *v);

struct procedure_repeal_view {
	row_id id;
	const char *code, *name;
	const char *decision, *decision_on, *valid_from, *note;
	const struct problems *problems;
};
void tmpl_procedure_repeal(struct html_out *o, const struct procedure_repeal_view *v);

#endif
