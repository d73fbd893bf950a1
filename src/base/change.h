/* change.h - who, when, from where and why: carried by every write and stored with it.
 *
 * A page makes one from its request (actor_change), a command from its options.  When the
 * same `request_id` arrives again (F5, slow line), the write is not run: `result` and the
 * stored link of the first time come back.
 */
#ifndef BASE_CHANGE_H
#define BASE_CHANGE_H

#include <stdbool.h>

#include "base/row_id.h"
#include "base/url.h"

struct change {
	row_id id; /* set by db_write */
	row_id account_id, unit_id;
	instant_t at;       /* set by db_write when INSTANT_NONE */
	const char *origin; /* client address, or "cli" */
	const char *action; /* "dossier.receive": stable English words */
	const char *reason; /* what the user gave, or NULL */
	/* The write touches only rows that it locks itself (a revision check, an upsert), so it
	 * may run beside others that say the same.  PostgreSQL runs every other write alone, as
	 * SQLite runs all of them. */
	bool concurrent;
	/* Answering a repeated request. */
	const char *request_id;            /* NULL: not a page */
	struct url (*link)(row_id result); /* where a success leads */
	row_id result;                     /* set by the write function: the row it made */
};

#endif
