/* journal_verify_store.h - proves that nobody altered the journal.
 *
 * The chain is computed anew from its first seal to its end and compared with what is stored:
 * numbers, hashes, the changes and their entries, the digests of personal values, the end of
 * the chain, the digests of days and their time stamps.  What was put in beside the chain is
 * found, too.  Whoever can write to the database can make a whole new chain; only a digest
 * that was printed or time-stamped outside shows that.
 */
#ifndef APP_JOURNAL_JOURNAL_VERIFY_STORE_H
#define APP_JOURNAL_JOURNAL_VERIFY_STORE_H

#include "base/messages.h"
#include "db/db.h"

#define FAULT(name) JOURNAL_##name,
enum journal_fault {
	JOURNAL_SOUND,
#include "app/journal/journal_faults.def"
	JOURNAL_FAULT_COUNT_
};
#undef FAULT

struct journal_verdict {
	int64_t sealed, waiting; /* changes */
	int64_t erased;          /* entries whose personal values were erased */
	enum journal_fault fault;
	/* The first row at fault, as far as it is known: 0 and ROW_NONE otherwise. */
	int64_t number;
	row_id change_id;
	int64_t position;
	date_t day; /* of a digest; DATE_NONE */
};
/* In the transaction that `db` is in, or in one of its own.  ERR_OK also when there is a
 * fault; errors say that it could not be verified. */
ERR_RESULT journal_verify(struct journal_verdict *out, struct db *db);

/* What is wrong and where, in Vietnamese. */
ERR_RESULT journal_fault_text(const char **out, struct arena *a,
                              const struct journal_verdict *v);

#endif
