/* dossier_intake_view.h - what the pages of taking a dossier in show. */
#ifndef APP_DOSSIER_DOSSIER_INTAKE_VIEW_H
#define APP_DOSSIER_DOSSIER_INTAKE_VIEW_H

#include "app/dossier/dossier_days_view.h"
#include "app/dossier/dossier_intake.h"
#include "html/controls.h"

/* As typed; texts may be NULL. */
struct dossier_form {
	const char *q; /* words of the procedure that is looked for */
	row_id procedure;
	const char *kind, *name, *identity_number, *phone, *email, *address;
	const char *channel, *delivery, *summary, *quantity, *fee, *book, *code, *received_at;
	const char *competent, *reason;
	bool parts_shown;  /* then the ticks count, else the required parts are handed in */
	const bool *ticks; /* by place in the procedure; INTAKE_MOST_PARTS of them */
};

struct dossier_option { /* a procedure to choose */
	row_id id;
	const char *code, *name, *field, *term;
};
struct dossier_picker {
	const char *q;
	const struct dossier_option *options;
	size_t n;
	bool more; /* match than are shown */
};
void tmpl_dossier_picker(struct html_out *o, const struct dossier_picker *v);

struct dossier_form_choices {
	const struct choice *channels, *deliveries, *kinds, *competent;
	size_t n_channels, n_deliveries, n_kinds, n_competent;
};

struct dossier_new_view {
	struct dossier_form form;
	struct dossier_form_choices choices;
	const struct dossier_procedure *procedure; /* NULL: to be chosen from the picker */
	struct dossier_picker picker;
	instant_t due_at;  /* when it is taken in now; INSTANT_NONE: no term */
	bool needs_code;   /* the unit does not issue codes itself */
	const char *found; /* what came of looking for the person; NULL: nobody looked */
	bool person_next;  /* the person is what is typed next */
	const struct problems *problems;
};
void tmpl_dossier_new(struct html_out *o, const struct dossier_new_view *v);

struct dossier_received_view {
	const struct dossier *dossier;
	const char *procedure, *applicant;
	struct dossier_days_view days;
	struct url receipt, again;
};
void tmpl_dossier_received(struct html_out *o, const struct dossier_received_view *v);

/* "Trả ngay": received and returned by one key. */
struct dossier_quick_view {
	struct dossier_form form;
	struct dossier_form_choices choices;
	const struct dossier_procedure *procedure;
	struct dossier_picker picker;
	bool needs_code;
	const struct dossier *last; /* the one before; NULL: none yet */
	const char *last_procedure, *last_applicant;
	struct url last_receipt;
	const struct problems *problems;
};
void tmpl_dossier_quick(struct html_out *o, const struct dossier_quick_view *v);

/* Whether the part at place `i` is ticked. */
bool dossier_part_ticked(const struct dossier_form *form, const struct dossier_procedure *p,
                         size_t i);
const char *dossier_part_form_text(const char *form); /* "bản chính" */

#endif
