/* dossier_act_store.h - what is done with a dossier after its intake: one door for all actions
 * of dossier_actions.def, correction of what was typed, and counting again after a change of
 * the calendar.
 *
 * Every function: ERR_NOT_FOUND when the dossier is outside change->unit_id (ROW_NONE: all);
 * ERR_CONFLICT when somebody saved after `revision` was read; ERR_INPUT when `problems` says
 * why nothing was written.  change->result is the dossier.
 */
#ifndef APP_DOSSIER_DOSSIER_ACT_STORE_H
#define APP_DOSSIER_DOSSIER_ACT_STORE_H

#include "app/dossier/applicant.h"
#include "app/dossier/dossier_due.h"
#include "base/problems.h"
#include "db/write.h"

struct dossier_doing {
	row_id dossier_id;
	int64_t revision; /* that the user saw */
	enum dossier_action action;
	instant_t at;         /* INSTANT_NONE: now */
	const char *reason;   /* NULL: none; kept in the history and printed on slips */
	row_id to_account_id; /* HAND_OVER: to whom; ROW_NONE: stays with the same person */
	bool next_step;       /* HAND_OVER: the current step is done */
	instant_t due;        /* EXTEND: the second appointment */
	/* SUPPLEMENT_RECEIVED: positions of the papers that came. */
	const int *parts;
	size_t n_parts;
};
ERR_RESULT dossier_do_in(struct dossier *out, struct db_write_context *w,
                         const struct dossier_clock *clock, const struct dossier_doing *doing,
                         struct problems *problems);
ERR_RESULT dossier_do(struct db_writer *writer, struct change *change,
                      const struct dossier_clock *clock, const struct dossier_doing *doing,
                      struct problems *problems);

/* What may be corrected of a dossier that was taken in. */
struct dossier_correction {
	row_id dossier_id;
	int64_t revision;
	struct applicant applicant;
	const char *summary, *book;
	int quantity;
	enum dossier_choice channel, delivery;
	money_t fee;
};
ERR_RESULT dossier_correct_in(struct db_write_context *w, struct dossier_correction *c,
                              struct problems *problems);
ERR_RESULT dossier_correct(struct db_writer *writer, struct change *change,
                           struct dossier_correction *c, struct problems *problems);

/* Counts the dues of one unfinished dossier again; *moved says whether one changed, before
 * and after are its dues. */
struct dossier_moved {
	row_id id;
	const char *code;
	instant_t before, after;
};
ERR_RESULT dossier_recompute_in(bool *moved, struct dossier_moved *out,
                                struct db_write_context *w, const struct dossier_clock *clock,
                                row_id dossier);

#endif
