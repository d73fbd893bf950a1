/* dossier_import_store.h - dossiers of a list that another system exported (Cổng dịch vụ công,
 * the province's processing system), put in or brought up to date by their code.
 *
 * The other system is the place of record for them: its facts are taken as they are, without
 * the table of actions.  Its due date stands beside ours (source_due_at).  It does not say when
 * a wait began; the first list that shows one, and the first that does not any more, do.
 */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_STORE_H
#define APP_DOSSIER_DOSSIER_IMPORT_STORE_H

#include "app/dossier/dossier_intake_store.h"

struct dossier_import {
	row_id source_id; /* import_source */
	int line;         /* of the file, for problems; 0: none */
	const char *code; /* as written there */
	struct applicant applicant;
	const char *summary;
	enum dossier_choice channel;
	enum dossier_state state; /* DOSSIER_NONE: told from the days */
	bool refused;
	instant_t received_at;
	instant_t source_due_at, finished_at, returned_at; /* INSTANT_NONE: not stated */
	date_t closed_on; /* NOT_ACCEPTED, WITHDRAWN, STOPPED; DATE_NONE: the day of the list */
};

enum dossier_imported { IMPORT_ADDED, IMPORT_CHANGED, IMPORT_UNCHANGED };

/* One row, at the unit and for the procedure (of the day of receipt) of `kit`.  ERR_INPUT when
 * `problems`, which is not emptied, now says what is wrong with it; nothing is written then.
 * Fields of problems: code, name, received_at, finished_at, returned_at. */
ERR_RESULT dossier_import_in(enum dossier_imported *out, struct db_write_context *w,
                             const struct dossier_kit *kit, const struct dossier_import *row,
                             struct problems *problems);

#endif
