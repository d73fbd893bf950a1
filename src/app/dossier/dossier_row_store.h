/* dossier_row_store.h - the row of a dossier and what is written beside it.  For the stores of
 * this folder; others call dossier_store.h, dossier_intake_store.h and dossier_act_store.h.
 */
#ifndef APP_DOSSIER_DOSSIER_ROW_STORE_H
#define APP_DOSSIER_DOSSIER_ROW_STORE_H

#include "app/dossier/dossier_due.h"
#include "app/dossier/dossier_intake.h"
#include "db/write.h"

/* ERR_NOT_FOUND when there is none in `scope` (ROW_NONE: all), by its receiving or by its
 * competent unit, on `today`. */
ERR_RESULT dossier_load(struct dossier *out, struct db *db, struct arena *a, row_id id,
                        row_id scope, date_t today);

/* Sets from_change. */
ERR_RESULT dossier_insert(struct db_write_context *w, struct dossier *d);
/* Writes `after` over `before`: revision + 1, from_change, a row of dossier_past when figures
 * differ, the journal's entry.  ERR_CONFLICT when the row is not at before->revision any more.
 */
ERR_RESULT dossier_update(struct db_write_context *w, const struct dossier *before,
                          struct dossier *after);

struct dossier_happening {
	const char *kind; /* a word of dossier_actions.def, or "import", "recompute" */
	instant_t at;
	row_id to_account_id;
	const char *note; /* NULL: none */
	instant_t due_before, due_after;
};
/* One line of the history of `d` at its present revision; *id may be NULL. */
ERR_RESULT dossier_record(struct db_write_context *w, const struct dossier *d,
                          const struct dossier_happening *e, row_id *id);

ERR_RESULT dossier_index(struct db_write_context *w, const struct dossier *d,
                         const struct applicant *applicant);
/* Takes the words of `before` out that those of `after` do not hold, puts the new ones in. */
ERR_RESULT dossier_reindex(struct db_write_context *w, const struct dossier *before,
                           const struct applicant *applicant_before,
                           const struct dossier *after,
                           const struct applicant *applicant_after);

#endif
