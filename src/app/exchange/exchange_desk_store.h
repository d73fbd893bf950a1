/* exchange_desk_store.h - the queue and the inbox as people see them, and what they decide. */
#ifndef APP_EXCHANGE_EXCHANGE_DESK_STORE_H
#define APP_EXCHANGE_EXCHANGE_DESK_STORE_H

#include "app/exchange/exchange_store.h"

struct exchange_out_row {
	row_id id, report_id;
	const char *unit_name, *period_name, *peer_name, *sha256;
	enum exchange_state state;
	int64_t tries;
	instant_t next_at, made_at;
	const char *reason; /* NULL: none */
};
struct exchange_in_row {
	row_id id, report_id;
	const char *unit_code, *unit_name, *period_name, *sha256;
	const char *peer_name; /* NULL: a file */
	enum exchange_inbox state;
	enum exchange_finding finding;
	const char *reason;
	int64_t times;
	instant_t came_at;
};
struct exchange_lists {
	struct exchange_out_row *out;
	struct exchange_in_row *in;
	size_t n_out, n_in;
	bool more_out, more_in; /* than EXCHANGE_LISTED */
};
enum { EXCHANGE_LISTED = 100 };
/* Of the offices below `scope`; latest first, of the inbox held ones first. */
ERR_RESULT exchange_lists(struct exchange_lists *out, struct db *db, struct arena *a,
                          row_id scope);
/* The container of an item; ERR_NOT_FOUND when it is outside change->unit_id or has none. */
ERR_RESULT exchange_bytes(struct slice *out, struct db *db, struct arena *a, row_id scope,
                          row_id item);

enum exchange_deed {
	EXCHANGE_TRY_NOW,      /* outbox: send; inbox: look again */
	EXCHANGE_STOP,         /* outbox: give up; inbox: refuse; with a reason */
	EXCHANGE_TAKE_INSTEAD, /* inbox: take in place of what stands here */
	EXCHANGE_DEEDS
};
struct exchange_deciding {
	row_id item;
	bool inbox;
	enum exchange_deed deed;
	const char *reason; /* NULL: none */
};
/* Fields of problems: "reason", "".  ERR_NOT_FOUND: outside change->unit_id. */
ERR_RESULT exchange_decide(struct db_writer *writer, struct change *change,
                           const struct exchange_deciding *x, struct problems *problems);

#endif
