/* dossier_import_view.h - the page that takes in dossier lists of other systems. */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_VIEW_H
#define APP_DOSSIER_DOSSIER_IMPORT_VIEW_H

#include "html/controls.h"
#include "html/html.h"

struct dossier_import_line {
	int number;
	const char *code, *applicant, *state, *message;
	instant_t received_at, due_at;
	struct html_badge fate;
};
struct dossier_import_view {
	const struct problems *problems;
	const char *source, *new_source;
	const struct choice *sources;
	size_t n_sources;
	/* Which column is which. */
	const struct control *columns;
	size_t n_columns;
	/* The preview. */
	const char *table;
	const struct dossier_import_line *lines; /* refused ones first, then some others */
	size_t n_lines, n_new, n_updated, n_same, n_refused, n_hidden;
	bool done; /* a list was just taken in: the counts are its */
};
void tmpl_dossier_import(struct html_out *o, const struct dossier_import_view *v);

#endif
