/* journal_day_store.h - the journal of a unit's subtree on one day, for whoever supervises it.
 */
#ifndef APP_HISTORY_JOURNAL_DAY_STORE_H
#define APP_HISTORY_JOURNAL_DAY_STORE_H

#include "app/history/history_store.h"

struct journal_day_ask {
	row_id scope;
	date_t on, today;
	const char *login; /* "": everybody */
	const char
	        *action; /* "dossier.print", or "dossier" for all of its kind; "": everything */
	row_id before;   /* of an older page; ROW_NONE: the newest */
	/* Numbers of persons are masked for everybody: nobody writes down who reads a list. Who
	 * may not read dossiers sees no value of them. */
	bool reads_dossiers;
};

struct journal_day_entry {
	enum journal_subject subject; /* SUBJECT_COUNT_: one of another release */
	row_id record_id;
	bool hidden; /* its values are not shown */
	struct history_entry entry;
};
struct journal_day_change {
	row_id id;
	instant_t at;
	const char *who, *unit, *origin, *action, *reason; /* NULL: none */
	struct journal_day_entry *entries;                 /* at most 100 */
	size_t n;
};
struct journal_day {
	struct journal_day_change *at;
	size_t n;
	bool more;
};
ERR_RESULT journal_day_load(struct journal_day *out, struct db *db, struct arena *a,
                            const struct journal_day_ask *ask);

#endif
