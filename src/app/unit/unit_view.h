/* unit_view.h - what the pages of units show. */
#ifndef APP_UNIT_UNIT_VIEW_H
#define APP_UNIT_UNIT_VIEW_H

#include "base/problems.h"
#include "html/controls.h"
#include "html/html.h"

/* ---- the tree of a day ---- */
struct unit_list_row {
	row_id id;
	const char *indent; /* blanks before the name */
	const char *name, *code, *code_qcvn, *level;
	bool issues_codes;
};
struct unit_list_view {
	date_t on;
	bool is_today, may_manage;
	bool offices_hidden; /* a large tree, without the lowest rank */
	const struct unit_list_row *rows;
	size_t n_rows;
};
void tmpl_unit_list(struct html_out *o, const struct unit_list_view *v);

/* ---- one unit ---- */
struct unit_kin_row {
	row_id id;
	bool visible; /* inside the scope: a link */
	const char *name, *code, *kind, *source;
	date_t on;
};
struct unit_span_row { /* a name or a parent of a time */
	const char *name, *source;
	date_t from_on, to_on;
};
struct unit_show_view {
	row_id id;
	const char *name, *code, *code_qcvn, *level, *path;
	const char *place, *letterhead_parent, *letterhead, *address, *phone;
	bool issues_codes, may_manage, stands;
	date_t valid_from, valid_to;
	const struct unit_list_row *children;
	const struct unit_span_row *names, *parents;
	const struct unit_kin_row *successors, *predecessors;
	size_t n_children, n_names, n_parents, n_successors, n_predecessors;
};
void tmpl_unit_show(struct html_out *o, const struct unit_show_view *v);

/* ---- forms: what was typed, or what is stored ---- */
struct unit_form_view {
	row_id id; /* ROW_NONE: a new unit */
	const char *title;
	const char *code, *code_qcvn, *name, *level, *parent, *place, *letterhead_parent;
	const char *letterhead, *address, *phone, *issues_codes, *from_on, *source;
	const struct choice *levels, *parents;
	size_t n_levels, n_parents;
	const struct problems *problems;
};
void tmpl_unit_form(struct html_out *o, const struct unit_form_view *v);

struct unit_rename_view {
	row_id id;
	const char *unit_name, *name, *on, *source;
	const struct problems *problems;
};
void tmpl_unit_rename(struct html_out *o, const struct unit_rename_view *v);

struct unit_move_view {
	row_id id;
	const char *unit_name, *parent, *on;
	const struct choice *parents;
	size_t n_parents;
	const struct problems *problems;
};
void tmpl_unit_move(struct html_out *o, const struct unit_move_view *v);

struct unit_tick { /* a unit that can be chosen */
	row_id id;
	const char *name, *code, *words;
	const char *parent; /* the unit above it */
	bool chosen;
};
struct unit_succession_view {
	row_id id;
	const char *unit_name;
	bool receives; /* the unit takes others over; otherwise it ends */
	const struct unit_tick *ticks;
	size_t n_ticks;
	const char *on, *source, *orphans, *orphans_to;
	const struct choice *orphan_choices, *units;
	size_t n_orphan_choices, n_units;
	const struct problems *problems;
};
void tmpl_unit_succession(struct html_out *o, const struct unit_succession_view *v);

#endif
