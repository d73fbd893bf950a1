/* journal_erase_store.h - erases personal values from the journal when their owner asks for it
 * (Luật Bảo vệ dữ liệu cá nhân, 91/2025/QH15).
 *
 * Only the values go: that something was changed, by whom and when, stays, and the chain still
 * holds.  The record itself is not touched; it is corrected where records are.
 */
#ifndef APP_JOURNAL_JOURNAL_ERASE_STORE_H
#define APP_JOURNAL_JOURNAL_ERASE_STORE_H

#include "app/journal/journal.h"
#include "db/write.h"

struct journal_erasing {
	enum journal_subject subject; /* APPLICANT: his dossiers, too; DOSSIER */
	row_id record_id;
	int64_t n_erased; /* set by the write: entries */
};
/* change->reason says who asked and why.  ERR_NOT_FOUND when the journal has no such record. */
ERR_RESULT journal_erase(struct db_writer *writer, struct change *change,
                         struct journal_erasing *erasing);

#endif
