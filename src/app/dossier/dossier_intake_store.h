/* dossier_intake_store.h - taking a dossier in (tiếp nhận), "trả ngay", refusing to take in.
 *
 * What an intake needs to know (calendar, rules, procedure version of the day, its parts and
 * steps, the unit) is a kit.  A page loads one for each intake; who writes many keeps the kits
 * and calls dossier_receive_in for each, which then only runs prepared statements.
 */
#ifndef APP_DOSSIER_DOSSIER_INTAKE_STORE_H
#define APP_DOSSIER_DOSSIER_INTAKE_STORE_H

#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_intake.h"
#include "db/write.h"

struct dossier_unit {
	row_id id;
	const char *code, *name;
	bool issues_codes;
	date_t valid_from, valid_to;
};
ERR_RESULT dossier_unit_load(struct dossier_unit *out, struct db *db, struct arena *a,
                             row_id unit);

/* The version that holds on `on`, with parts and steps; ERR_NOT_FOUND when none does or it
 * was repealed. */
ERR_RESULT dossier_procedure_load(struct dossier_procedure *out, struct db *db, struct arena *a,
                                  row_id procedure, date_t on);

struct dossier_kit {
	const struct dossier_unit *unit; /* that receives */
	const struct dossier_procedure *procedure;
	const struct dossier_clock *clock;
};
struct dossier_kit_wish {
	row_id unit, procedure;
	date_t on; /* the day of receipt */
};
/* All of it; `cache` as in dossier_clock_load.  ERR_NOT_FOUND as in dossier_procedure_load. */
ERR_RESULT dossier_kit_load(struct dossier_kit *out, struct db *db, struct arena *a,
                            struct calendar_cache *cache, const struct dossier_kit_wish *wish);

/* The person of this desk with that number, as last written down; ERR_NOT_FOUND.  `number` is
 * an identity number or a telephone number as typed. */
ERR_RESULT applicant_find(struct applicant *out, struct db *db, struct arena *a, row_id unit,
                          const char *number);

/* The same person as before when the identity number is, or telephone and name are: what is
 * blank in `p` keeps what the desk knows, what differs is written down.  Otherwise a new one.
 * Sets p->id. */
ERR_RESULT applicant_keep_in(struct db_write_context *w, row_id unit, struct applicant *p);

/* Checks, counts the due, issues the code and writes everything.  ERR_INPUT when `problems`
 * says why nothing was written.  `intake` is put into its stored spelling.  *out is the
 * dossier as written. */
ERR_RESULT dossier_receive_in(struct dossier *out, struct db_write_context *w,
                              const struct dossier_kit *kit, struct dossier_intake *intake,
                              struct problems *problems);
/* The same in a write of its own; change->result is the dossier. */
ERR_RESULT dossier_receive(struct db_writer *writer, struct change *change,
                           const struct dossier_kit *kit, struct dossier_intake *intake,
                           struct problems *problems);

/* What the receipt would promise: the dossier that `intake` would become now, not written. */
ERR_RESULT dossier_preview(struct dossier *out, const struct dossier_kit *kit,
                           const struct dossier_intake *intake, instant_t now);

#endif
