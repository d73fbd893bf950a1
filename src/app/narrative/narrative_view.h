/* narrative_view.h - what the page of an office's outline shows. */
#ifndef APP_NARRATIVE_NARRATIVE_VIEW_H
#define APP_NARRATIVE_NARRATIVE_VIEW_H

#include "html/controls.h"

struct narrative_outline_row {
	const char *id, *where, *label; /* "dossier.received", "8/6.4.1" */
};
struct narrative_outline_view {
	const char *set_code, *set_title;
	const char *whose; /* the office that wrote it; NULL: it came with the program */
	const char *source, *sha256;
	bool own, saved;
	const struct problems *problems;
	const struct narrative_outline_row *rows;
	size_t n_rows;
	const struct choice *variables; /* word, what it gives */
	size_t n_variables;
	struct url action;
};

void tmpl_narrative_outline(struct html_out *o, const struct narrative_outline_view *v);

#endif
