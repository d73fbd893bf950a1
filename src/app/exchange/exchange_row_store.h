/* exchange_row_store.h - rows of the inbox and words, inside a write: for this folder's stores.
 */
#ifndef APP_EXCHANGE_EXCHANGE_ROW_STORE_H
#define APP_EXCHANGE_EXCHANGE_ROW_STORE_H

#include "app/exchange/exchange_store.h"

struct exchange_saying {
	row_id peer_id, inbox_id;
	enum exchange_word word;
	const char *reason;
	row_id event_id; /* of a report: what people did; ROW_NONE: the program says it */
};
ERR_RESULT exchange_say_in(int64_t *number, struct db_write_context *w,
                           const struct exchange_saying *x);
/* Writes down what people did with reports that came, when there is something. */
ERR_RESULT exchange_tell(struct db_writer *writer, struct db *db, struct arena *a);

/* A row of the inbox. */
struct exchange_inbox_row {
	row_id id, peer_id, office_id, report_id;
	const char *sha256, *reason;
	enum exchange_inbox state;
	enum exchange_finding finding;
	bool told;
	int64_t tries, times, number; /* number 0: nothing was said */
};
ERR_RESULT exchange_inbox_find(struct exchange_inbox_row *out, struct db *db, struct arena *a,
                               row_id scope, row_id id);
/* By what came; ERR_NOT_FOUND. */
ERR_RESULT exchange_inbox_of(struct exchange_inbox_row *out, struct db *db, struct arena *a,
                             row_id peer, const char *sha256);
/* Judges a held package again, now. */
ERR_RESULT exchange_inbox_again(struct arena *a, struct db_writer *writer,
                                struct change *change, const struct exchange_inbox_row *row,
                                struct slice bytes);

/* An item of the outbox. */
struct exchange_out_item {
	row_id id, peer_id, report_id;
	const char *sha256, *reason;
	struct exchange_item item;
};
ERR_RESULT exchange_out_find(struct exchange_out_item *out, struct db *db, struct arena *a,
                             row_id scope, row_id id);
ERR_RESULT exchange_out_store(struct db *db, const struct exchange_out_item *x);

#endif
