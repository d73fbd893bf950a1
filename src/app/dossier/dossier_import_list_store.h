/* dossier_import_store.h - takes in the lines of a list that another system exported.
 *
 * A dossier is known by its code: a new one is received as of its day, a known one of a source
 * is led to the state the list names, one that was received here only gets the source's due
 * date beside ours.  Our dues are counted by our rules; the source's stand beside them.
 */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_LIST_STORE_H
#define APP_DOSSIER_DOSSIER_IMPORT_LIST_STORE_H

#include "app/dossier/dossier_due.h"
#include "app/dossier/dossier_import.h"
#include "db/write.h"

struct dossier_import_source {
	row_id id;
	const char *name;
};
ERR_RESULT dossier_import_sources(struct dossier_import_source **out, size_t *n, struct db *db,
                                  struct arena *a, row_id unit);
/* The columns of a source as mapped last time; ERR_NOT_FOUND: a new source. */
ERR_RESULT dossier_import_mapping_load(struct dossier_import_mapping *out, struct db *db,
                                       struct arena *a, row_id unit, const char *source);

/* "code=Số hồ sơ\nphone=Điện thoại\n"; what names no column is passed over. */
ERR_RESULT dossier_import_mapping_parse(struct dossier_import_mapping *out, struct arena *a,
                                        const char *text);

/* Versions of procedures by name and day, for who takes in many rows. */
struct dossier_import_cache;
ERR_RESULT dossier_import_cache_new(struct dossier_import_cache **out);
void dossier_import_cache_free(struct dossier_import_cache *cache); /* NULL is allowed */

struct dossier_import_ask {
	row_id unit;                       /* that receives */
	const struct dossier_clock *clock; /* of that unit */
	const char *source;
	const struct dossier_import_mapping *mapping;
	struct dossier_import_row *rows; /* refused ones are passed over */
	size_t n_rows;
	size_t batch; /* rows in one change; 0: so few that others get their turn soon */
	struct dossier_import_cache *cache; /* NULL: look every procedure up */
	bool dry; /* say what would become of each line and write nothing */
};
struct dossier_import_counts {
	size_t n[IMPORT_SAME + 1]; /* by fate */
};
/* Sets fate and message of each row (texts in `a`).  Lines are written a few hundred at a time,
 * so that others get their turn: an error leaves whole lines behind, and the same list taken in
 * again goes on from there.  change->result is the source. */
ERR_RESULT dossier_import_run(struct dossier_import_counts *out, struct db *db,
                              struct db_writer *writer, struct arena *a, struct change *change,
                              const struct dossier_import_ask *ask);

#endif
