/* dossier_intake.h - what an officer types when a dossier is taken in, and what may be wrong
 * with it.  Pure.
 */
#ifndef APP_DOSSIER_DOSSIER_INTAKE_H
#define APP_DOSSIER_DOSSIER_INTAKE_H

#include "app/dossier/applicant.h"
#include "app/dossier/dossier.h"
#include "base/problems.h"

/* A step and a paper of the procedure version of the day. */
struct dossier_procedure_step {
	int position;
	const char *name, *role, *budget;
};
struct dossier_procedure_part {
	int position, copies;
	const char *name, *form;
	bool required;
};
struct dossier_procedure {
	row_id version_id, procedure_id, field_id;
	const char *code, *name, *field;
	const char *term; /* the shortened one when stated, else the statutory one; may be "" */
	bool own_supplement_rule;
	enum supplement_rule supplement_rule; /* when own_supplement_rule */
	money_t fee;                          /* MONEY_NONE: not stated */
	const char *fee_note, *result_name;
	const struct dossier_procedure_part *parts;
	size_t n_parts;
	const struct dossier_procedure_step *steps;
	size_t n_steps;
};

enum { INTAKE_MOST_PARTS = 60, INTAKE_MOST_QUANTITY = 9999 };

struct dossier_intake {
	enum dossier_action action; /* RECEIVE, RECEIVE_RETURN or NOT_ACCEPT */
	row_id receiving_unit_id;
	row_id competent_unit_id; /* ROW_NONE: the receiving one */
	struct applicant applicant;
	const char *summary;
	int quantity;
	enum dossier_choice channel, delivery;
	money_t fee;           /* MONEY_NONE: the procedure's */
	instant_t received_at; /* INSTANT_NONE: now */
	const char *code;      /* NULL: issue one */
	const char *book;
	const char *reason; /* NOT_ACCEPT: why */
	/* One flag for each part of the procedure; NULL: those that are required. */
	const bool *handed_in;
	row_id holder_id; /* ROW_NONE: who takes it in */
};

/* Checks what was typed and puts numbers into their one spelling (in `a`).  `now` is the
 * moment of the intake. */
ERR_RESULT dossier_intake_check(struct dossier_intake *intake, struct arena *a,
                                struct problems *problems, instant_t now);
/* The same for the applicant alone (a correction). */
ERR_RESULT applicant_check(struct applicant *applicant, struct arena *a,
                           struct problems *problems);

/* A fresh dossier from an intake: no code, no dues yet. */
struct dossier dossier_begin(const struct dossier_intake *intake,
                             const struct dossier_procedure *procedure, instant_t now);

/* The folded words under which a dossier is found: name, summary, day and number of the code,
 * identity and telephone numbers.  At most DOSSIER_MOST_WORDS, without doubles. */
enum { DOSSIER_MOST_WORDS = 32 };
struct dossier_words {
	const char *at[DOSSIER_MOST_WORDS];
	size_t n;
};
ERR_RESULT dossier_words(struct dossier_words *out, struct arena *a, const struct dossier *d,
                         const struct applicant *applicant);

#endif
