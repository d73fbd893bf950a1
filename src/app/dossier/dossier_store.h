/* dossier_store.h - dossiers as they are read: one with all that belongs to it, lists, the
 * counts of the desk.  Personal numbers come unmasked; pages mask them (mask_number) for
 * actors without PERSON_UNMASK.
 */
#ifndef APP_DOSSIER_DOSSIER_STORE_H
#define APP_DOSSIER_DOSSIER_STORE_H

#include "app/dossier/applicant.h"
#include "app/dossier/dossier_due.h"
#include "db/select.h"

/* The names beside a dossier's ids. */
struct dossier_names {
	const char *procedure_code, *procedure_name, *field, *result_name, *fee_note;
	const char *receiving_unit, *competent_unit;
	const char *holder, *holder_title; /* NULL: nobody */
	const char *source;                /* NULL: taken in here */
	struct applicant applicant;
};
struct dossier_event {
	instant_t at;
	int64_t revision;
	const char *kind;
	const char *account, *to_account; /* NULL: none */
	const char *note;
	instant_t due_before, due_after;
};
struct dossier_pause_row {
	const char *kind; /* supplement, payment, opinion */
	instant_t from, to;
	const char *reason;
	instant_t due_before, due_after;
};
struct dossier_part_row {
	int position, copies;
	const char *name, *form; /* form: original, certified, copy, any */
	bool handed_in;
};
struct dossier_step_row {
	int position;
	const char *name, *role, *budget;
	const char *account; /* NULL: nobody yet */
	instant_t started_at, due_at, done_at;
	enum outcome outcome;
};

/* One dossier; ERR_NOT_FOUND outside `scope` (ROW_NONE: all) on `today`. */
ERR_RESULT dossier_find(struct dossier *out, struct db *db, struct arena *a, row_id id,
                        row_id scope, date_t today);
/* By its code as typed or scanned; ERR_NOT_FOUND also when it is outside `scope`. */
ERR_RESULT dossier_find_code(struct dossier *out, struct db *db, struct arena *a,
                             const char *code, row_id scope, date_t today);

/* What belongs to a dossier that was found under its scope. */
ERR_RESULT dossier_names_load(struct dossier_names *out, struct db *db, struct arena *a,
                              row_id dossier);
/* Later than `after_revision`, oldest first; 0: all. */
ERR_RESULT dossier_events_load(struct dossier_event **out, size_t *n, struct db *db,
                               struct arena *a, row_id dossier, int64_t after_revision);
ERR_RESULT dossier_pauses_load(struct dossier_pause_row **out, size_t *n, struct db *db,
                               struct arena *a, row_id dossier);
ERR_RESULT dossier_parts_load(struct dossier_part_row **out, size_t *n, struct db *db,
                              struct arena *a, row_id dossier);
ERR_RESULT dossier_steps_load(struct dossier_step_row **out, size_t *n, struct db *db,
                              struct arena *a, row_id dossier);

struct dossier_colleague {
	row_id id;
	const char *name, *title, *unit;
};
/* To whom it may be handed over. */
ERR_RESULT dossier_colleagues_load(struct dossier_colleague **out, size_t *n, struct db *db,
                                   struct arena *a, const struct dossier *d, date_t today);

#endif
