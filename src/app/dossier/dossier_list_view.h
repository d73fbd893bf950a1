/* dossier_list_view.h - what the lists of dossiers show. */
#ifndef APP_DOSSIER_DOSSIER_LIST_VIEW_H
#define APP_DOSSIER_DOSSIER_LIST_VIEW_H

#include "app/dossier/dossier_list_store.h"
#include "html/controls.h"

/* A table of dossiers; the desk shows several. */
struct dossier_rows_view {
	const struct dossier_row *rows;
	size_t n;
	bool with_unit;    /* rows of several units stand together */
	const char *empty; /* what to say when there is none */
};
void tmpl_dossier_rows(struct html_out *o, const struct dossier_rows_view *v);

/* A dossier's state in colour and words: while it is open, where it stands to its due date. */
struct html_badge dossier_badge(enum dossier_state state, enum dossier_standing standing,
                                enum outcome outcome);

struct dossier_tab {
	struct url to;
	const char *label;
	bool current;
};
struct dossier_list_view {
	struct dossier_rows_view table;
	struct pager pager;
	const struct dossier_tab *tabs;
	size_t n_tabs;
	bool may_receive, may_import;
	struct url csv, xlsx; /* the list as a file */
	const char *title;
	/* The filter as typed. */
	const char *words, *view, *channel, *field, *unit, *procedure, *from, *to;
	bool by_competent;
	bool filtered; /* by more than words */
	const struct choice *channels, *fields, *units;
	size_t n_channels, n_fields, n_units;
	const struct problems *problems;
};
void tmpl_dossier_list(struct html_out *o, const struct dossier_list_view *v);

#endif
