/* dossier_note_store.h - what the journal says about dossiers and applicants.  For the stores
 * of this folder.
 */
#ifndef APP_DOSSIER_DOSSIER_NOTE_STORE_H
#define APP_DOSSIER_DOSSIER_NOTE_STORE_H

#include "app/dossier/applicant.h"
#include "app/dossier/dossier.h"
#include "db/write.h"

/* A new dossier, with what its applicant stated: one entry, because an intake is the write
 * that forty people wait for. */
ERR_RESULT dossier_note_new(struct db_write_context *w, const struct dossier *d,
                            const struct applicant *applicant);
ERR_RESULT dossier_note_changed(struct db_write_context *w, const struct dossier *before,
                                const struct dossier *after);
/* An applicant whom the desk knew. */
ERR_RESULT applicant_note_changed(struct db_write_context *w, const struct applicant *before,
                                  const struct applicant *after);

#endif
