/* form_file_view.h - what the page of other offices' files shows. */
#ifndef APP_FORM_FILE_FORM_FILE_VIEW_H
#define APP_FORM_FILE_FORM_FILE_VIEW_H

#include "app/form/form_view.h"
#include "html/controls.h"

struct form_file_says_view {
	struct html_badge badge;
	const char *say;
};

struct form_file_row_view {
	const char *anchor, *code, *label, *unit, *look;
	const char *printed, *where, *ours; /* ours: what stands in the sheet now */
	const char *value_name, *note_name, *was_name, *where_name, *printed_name;
	const char *value, *note, *was, *problem;
	bool group;
	const struct form_file_says_view *says;
	size_t n_says;
};

struct form_file_form_view {
	const char *name, *title;
	const struct form_file_row_view *rows;
	size_t n_rows;
};

/* One kind of loss with its lines. */
struct form_file_losses_view {
	const char *title, *count;
	bool open;
	const char *const *lines;
	size_t n_lines;
};

struct form_file_taken_view {
	const char *name, *by, *counts;
	instant_t at;
	const struct form_file_losses_view *losses;
	size_t n_losses;
};

struct form_file_view {
	const char *set_title, *unit_name, *period_name;
	struct url index, action, sheet;
	struct form_filter_view filter;
	const struct problems *problems;
	const char *locked; /* why nothing can be stored; NULL */
	bool saved;
	/* The preview; n_forms 0: none. */
	const char *name, *sha256, *report; /* carried until it is stored */
	const char *summary;
	const struct form_file_losses_view *losses;
	const struct form_file_form_view *forms;
	size_t n_losses, n_forms;
	const struct form_file_taken_view *taken;
	size_t n_taken;
};
void tmpl_form_file(struct html_out *o, const struct form_file_view *v);

/* Kinds of loss, each unfolding its lines. */
struct form_file_loss_list {
	const struct form_file_losses_view *at;
	size_t n;
};
void tmpl_form_file_losses(struct html_out *o, const struct form_file_loss_list *v);

#endif
