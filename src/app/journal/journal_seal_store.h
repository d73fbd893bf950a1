/* journal_seal_store.h - numbers and chains the changes that were committed (journal_chain.h).
 *
 * Sealing follows the commits by about a second, so that the chain never makes writers wait for
 * each other.  Whoever seals holds the row of journal_head: two servers on one database take
 * turns and make one chain.
 */
#ifndef APP_JOURNAL_JOURNAL_SEAL_STORE_H
#define APP_JOURNAL_JOURNAL_SEAL_STORE_H

#include "app/journal/journal_chain.h"
#include "db/write.h"

/* Seals all that waits, and closes a day that is over.  *n: how many changes; may be NULL. */
ERR_RESULT journal_seal(size_t *n, struct db_writer *writer);

/* The end of the chain, once every change that was committed before this write stands in it:
 * what is known now has a number up to this one, and what comes later a larger one, whatever
 * the clocks of the servers say.  Only in a write that runs alone. */
struct journal_pin {
	int64_t number;   /* 0: nothing was ever written */
	row_id change_id; /* of that number */
};
ERR_RESULT journal_pin_in(struct journal_pin *out, struct db_write_context *w);

/* Whether journal_seal() would do anything at `now`: costs a look, not a write. */
ERR_RESULT journal_needs_seal(bool *out, struct db *db, instant_t now);

/* How many committed changes are not sealed yet. */
ERR_RESULT journal_waiting(int64_t *out, struct db *db);

/* The end of the chain on the evening of a day. */
struct journal_digest {
	date_t on;
	int64_t first, last; /* numbers of that day's seals */
	unsigned char hash[CHAIN_HASH];
	const unsigned char *token; /* time stamp of the hash (RFC 3161); NULL: none yet */
	size_t n_token;
	instant_t token_at;
};
/* ERR_NOT_FOUND when nothing was sealed on that day, or the day is not over. */
ERR_RESULT journal_digest_find(struct journal_digest *out, struct db *db, struct arena *a,
                               date_t on);
/* Keeps a time stamp of the digest of `on`, which is checked already. */
ERR_RESULT journal_digest_stamp(struct db_writer *writer, struct change *change,
                                const struct journal_digest *d);

#endif
