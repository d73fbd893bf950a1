/* dossier_view.h - what the page of one dossier and its correction show. */
#ifndef APP_DOSSIER_DOSSIER_VIEW_H
#define APP_DOSSIER_DOSSIER_VIEW_H

#include "app/dossier/dossier_days_view.h"
#include "app/dossier/dossier_intake_view.h"
#include "app/dossier/dossier_store.h"
#include "html/controls.h"

/* One line of the history. */
struct dossier_history_row {
	const struct dossier_event *event;
	const char *what; /* "Luân chuyển hồ sơ" */
	const char *tone; /* class of the line */
	bool moved;       /* the due date changed */
};

/* One thing that may be done now. */
struct dossier_offer {
	enum dossier_action action;
	const char *word, *label;
	bool needs_reason, chooses_person, chooses_date, takes_parts;
	bool plain;  /* one button, nothing to type */
	bool danger; /* cannot be taken back */
	bool open;   /* what was typed in it stands there again */
};
enum { DOSSIER_MOST_OFFERS = 16 };

/* Somebody else saved first. */
struct dossier_conflict {
	const struct dossier_history_row *changes;
	size_t n; /* 0: no conflict */
};
void tmpl_dossier_conflict(struct html_out *o, const struct dossier_conflict *v);

struct dossier_view_page {
	const struct dossier *dossier;
	struct dossier_names names; /* numbers masked where they must be */
	struct html_badge badge;
	const char *standing; /* "trong hạn" */
	struct dossier_days_view days;
	const struct dossier_history_row *history;
	const struct dossier_step_row *steps;
	const struct dossier_part_row *parts;
	const struct dossier_pause_row *pauses;
	size_t n_history, n_steps, n_parts, n_pauses;
	bool asked_before; /* more than one request for supplement */
	bool may_correct;
	struct dossier_offer offers[DOSSIER_MOST_OFFERS];
	size_t n_offers;
	bool has_next_step;
	const struct choice *people; /* to hand over to */
	size_t n_people;
	/* What was typed into an action that did not go through. */
	const char *reason, *to, *due, *next_step;
	struct dossier_conflict conflict;
	const struct problems *problems;
	struct dossier_slip {
		struct url to;
		const char *label;
	} slips[6];
	size_t n_slips;
};
void tmpl_dossier(struct html_out *o, const struct dossier_view_page *v);
void tmpl_dossier_offers(struct html_out *o, const struct dossier_view_page *v);

struct dossier_edit_view {
	const struct dossier *dossier;
	struct dossier_form form;
	struct dossier_form_choices choices;
	bool may_unmask; /* else numbers are neither shown nor changed */
	struct dossier_conflict conflict;
	const struct problems *problems;
};
void tmpl_dossier_edit(struct html_out *o, const struct dossier_edit_view *v);

#endif
