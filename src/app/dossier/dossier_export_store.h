/* dossier_export_store.h - reads the dossiers of a filter one after another, however many, and
 * notes in the journal that they left the program. */
#ifndef APP_DOSSIER_DOSSIER_EXPORT_STORE_H
#define APP_DOSSIER_DOSSIER_EXPORT_STORE_H

#include "app/dossier/dossier_export.h"
#include "app/dossier/dossier_list_store.h"
#include "db/write.h"

struct dossier_export_ask {
	struct dossier_filter filter;
	bool unmasked;     /* numbers of persons in full */
	bool xlsx;         /* else CSV */
	const char *about; /* the filter, for the journal: no names in it */
	instant_t made_at;
};

/* Rows in the order of the view, all of one moment; a row lives until the next.  Memory does
 * not grow with them. */
typedef enum err dossier_export_fn(void *arg, const struct dossier_export_row *row);
ERR_RESULT dossier_export_each(int64_t *n, struct db *db, const struct dossier_export_ask *ask,
                               dossier_export_fn *fn, void *arg);

/* One entry of the journal: who took what out, and how many rows. */
ERR_RESULT dossier_export_note(struct db_writer *writer, struct change *change,
                               const struct dossier_export_ask *ask, int64_t n);

#endif
