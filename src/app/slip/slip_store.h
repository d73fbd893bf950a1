/* slip_store.h - what the slips of a dossier say, read from its facts and its history. */
#ifndef APP_SLIP_SLIP_STORE_H
#define APP_SLIP_SLIP_STORE_H

#include "app/slip/slip.h"
#include "db/db.h"

struct slip_ask {
	row_id dossier;
	row_id scope; /* ROW_NONE: all */
	enum slip_kind kind;
	date_t today;
	bool unmasked; /* identity and telephone in full */
};

/* *issued_at: when the slip was given out (the event it tells of).  ERR_NOT_FOUND when the
 * dossier is outside the scope or nothing of the kind happened to it. */
ERR_RESULT slip_load(struct slip_any *out, instant_t *issued_at, struct db *db, struct arena *a,
                     const struct slip_ask *ask);

/* The follow-up book (sổ theo dõi hồ sơ) of the desks of a unit's subtree. */
enum { SLIP_MOST_BOOK_LINES = 10000 };
struct slip_book_ask {
	row_id unit;
	date_t from, to, today;
	bool unmasked;
};
/* ERR_TOO_LARGE when the period holds more than SLIP_MOST_BOOK_LINES dossiers. */
ERR_RESULT slip_follow_up_load(struct slip_follow_up *out, struct db *db, struct arena *a,
                               const struct slip_book_ask *ask);

#endif
