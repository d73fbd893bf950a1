/* procedure_import_view.h - the page that takes in a list of procedures. */
#ifndef APP_PROCEDURE_PROCEDURE_IMPORT_VIEW_H
#define APP_PROCEDURE_PROCEDURE_IMPORT_VIEW_H

#include "html/controls.h"
#include "html/html.h"

struct procedure_import_line {
	int number;
	const char *code, *name, *field, *term;
	struct html_badge status;
	const char *const *messages;
	size_t n_messages;
};
struct procedure_import_view {
	const struct problems *problems;
	/* The values that the list leaves out, as typed. */
	const char *level, *service_level, *decision, *decision_on, *valid_from;
	const struct choice *levels, *service_levels;
	size_t n_levels, n_service_levels;
	/* The preview. */
	const char *table, *columns;
	const struct procedure_import_line *lines;
	size_t n_lines, n_good, n_wrong, n_new;
	bool done; /* a list was just taken in */
};
void tmpl_procedure_import(struct html_out *o, const struct procedure_import_view *v);

#endif
