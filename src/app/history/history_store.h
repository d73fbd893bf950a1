/* history_store.h - the history of a record, read from the journal. */
#ifndef APP_HISTORY_HISTORY_STORE_H
#define APP_HISTORY_HISTORY_STORE_H

#include "app/journal/journal.h"
#include "db/db.h"

/* The record whose history is asked for, and who asks. */
struct history_ask {
	enum journal_subject subject;
	row_id id, scope;
	const char *part; /* "" or NULL: all parts */
	date_t today;
	row_id before; /* of an older page: the change it begins below; ROW_NONE: the newest */
	bool unmask;   /* numbers of persons in full */
};

struct history_value {
	const char *label, *before, *after; /* as people read them; NULL: not stated */
};
struct history_entry {
	row_id change_id;
	instant_t at;
	const char *who, *unit, *origin, *kind, *subject, *part, *reason; /* NULL: none */
	struct history_value *values;
	size_t n;
	bool erased; /* personal values were there */
};
struct history {
	const char *title; /* of the record */
	struct history_entry *at;
	size_t n;
	bool more;
};
/* ERR_NOT_FOUND when there is no such record in the scope. */
ERR_RESULT history_load(struct history *out, struct db *db, struct arena *a,
                        const struct history_ask *ask);

/* Adds the values of a text of fields (journal.h; NULL: none) to an entry. */
ERR_RESULT history_add_lines(struct history_entry *e, struct db *db, struct arena *a,
                             bool unmask, const char *text);

#endif
