/* journal_chain.h - the hash chain over the journal.  Pure.
 *
 * hash(n) = SHA-256( hash(n-1) | number | sealed_at | change | entry ... ), where hash(0) is
 * 32 zero bytes.  Every value is written without doubt about where it ends: a whole number
 * as 8 bytes, big end first; a text or bytes as its length so and then itself; "not stated"
 * as the length 2^64-1.  An entry is preceded by a number 1, the last one followed by 0.
 * docs/journal.md says it once more, for whoever wants to verify without this program.
 */
#ifndef APP_JOURNAL_JOURNAL_CHAIN_H
#define APP_JOURNAL_JOURNAL_CHAIN_H

#include <sodium.h>

#include "base/date.h"
#include "base/row_id.h"

enum { CHAIN_HASH = crypto_hash_sha256_BYTES, CHAIN_SALT = 16 };

struct chain_change {
	row_id id, account_id, unit_id;
	instant_t at;
	const char *origin, *action, *reason, *request_id; /* NULL: not stated */
};
struct chain_entry {
	int64_t position;
	const char *subject;
	row_id record_id;
	const char *part, *kind, *fields;
	const unsigned char *personal_digest; /* NULL: none */
	size_t n_digest;
};

/* One seal at a time: begin, its entries by position, end. */
struct chain {
	unsigned char hash[CHAIN_HASH]; /* of the last seal */
	int64_t number;                 /* its number; 0 before the first */
	crypto_hash_sha256_state state;
};
void chain_init(struct chain *c); /* before the first seal */
void chain_begin(struct chain *c, instant_t sealed_at, const struct chain_change *change);
void chain_entry(struct chain *c, const struct chain_entry *entry);
void chain_end(struct chain *c); /* number and hash are those of the new seal */

/* The digest of the personal fields of an entry. */
void chain_personal(unsigned char out[CHAIN_HASH], const unsigned char *salt, size_t n_salt,
                    const char *fields);

#endif
