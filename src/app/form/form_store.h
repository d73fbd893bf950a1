/* form_store.h - form sets as they are installed, and the sheet of a unit for a period.
 *
 * The database is the truth about definitions: the program's own sets are installed into it
 * (form_ship), a province's own by form_install.  Reading a set parses its files anew, which
 * costs less than a millisecond: no cache that threads would have to share.
 */
#ifndef APP_FORM_FORM_STORE_H
#define APP_FORM_FORM_STORE_H

#include "app/form/form_eval.h"
#include "app/form/form_load.h"
#include "db/select.h"
#include "db/write.h"

/* ---- definitions ---- */

struct form_set_name {
	const char *code, *title, *document;
};
struct form_set_names {
	struct form_set_name *at;
	size_t n;
};
/* The installed sets, by code. */
ERR_RESULT form_sets(struct form_set_names *out, struct db *db, struct arena *a);
/* ERR_NOT_FOUND when there is no such set. */
ERR_RESULT form_set_open(const struct form_set **out, struct db *db, struct arena *a,
                         const char *code);

/* Makes these files the current definition of their set.  They must have been loaded without
 * problems; `set` is what came out.  Nothing is written when they already are. */
struct form_installation {
	const struct form_set *set;
	const struct form_text *files;
	size_t n;
};
db_write_fn form_install_in; /* arg: struct form_installation */
ERR_RESULT form_install(struct db_writer *writer, struct change *change,
                        struct form_installation *installation);
/* Installs the sets that came with the program, unless somebody installed another version of
 * the same set.  Does nothing and writes nothing when all is there. */
ERR_RESULT form_ship(struct db_writer *writer, struct db *db, struct arena *a);

/* ---- a sheet ---- */

struct form_unit {
	row_id id;
	const char *code, *name;
	enum form_tier tier;
};
ERR_RESULT form_unit_find(struct form_unit *out, struct db *db, struct arena *a, row_id id);

/* Which decision holds for each setting of the set, and who made it. */
struct form_decision {
	const char *word;
	const char *unit_name; /* NULL: the set's own default */
	bool own;              /* made by the unit itself */
};

/* One for each setting of the set, as they hold for the unit now. */
ERR_RESULT form_decisions(const struct form_decision **out, struct db *db, struct arena *a,
                          const struct form_set *set, row_id unit);

struct form_lock; /* form_lock_store.h */
struct form_sheet {
	const struct form_set *set;
	struct form_unit unit;
	row_id scope; /* the unit whose subtree the reader may see */
	struct period period;
	const struct form_decision *decisions; /* one for each setting */
	const char *const *choices;            /* their words */
	const struct form_stated *stated;      /* one for each row */
	const struct form_cell *cells;
	const struct form_lock *lock; /* a report holds the figures; NULL: they are open */
	const struct select_own *own; /* of form_sheet_open_own */
};
/* Whose sheet, for which period. */
struct form_sheet_of {
	row_id scope, unit;
	struct period period;
};
/* Every form of the set, for a unit below its scope (else ERR_NOT_FOUND). */
ERR_RESULT form_sheet_open(struct form_sheet *out, struct db *db, struct arena *a,
                           const struct form_set *set, const struct form_sheet_of *of);
/* Of records only what the unit answers for itself in a report: those that no report of a unit
 * below it counts. */
ERR_RESULT form_sheet_open_own(struct form_sheet *out, struct db *db, struct arena *a,
                               const struct form_set *set, const struct form_sheet_of *of,
                               const struct select_own *own);

/* The sentence of a setting's choice, as it is printed below the sheet. */
const char *form_sheet_sentence(const struct form_sheet *sheet, size_t setting);

/* Where the dossiers that a row counts are counted, with the usual decisions: in the counters
 * (always the same time), in them when the period consists of half months, or record by record.
 */
enum form_counting {
	FORM_NOT_COUNTED, /* counts no dossiers */
	FORM_BY_COUNTERS,
	FORM_BY_COUNTERS_IN_HALVES,
	FORM_BY_RECORDS
};
ERR_RESULT form_counting_of(enum form_counting *out, struct arena *a,
                            const struct form_set *set, const struct form_row *row);

/* The periods for which the unit entered something, newest first. */
struct form_periods {
	struct period *at;
	size_t n;
};
ERR_RESULT form_periods(struct form_periods *out, struct db *db, struct arena *a, row_id scope,
                        row_id unit, const char *set_code);

#endif
