/* exchange_store.h - packages of reports between installations: the others, the outbox, the
 * inbox.  The rules are in exchange.h.
 *
 * Everything that goes up or comes down is one transaction on each side.  Nothing here knows of
 * HTTP: a line (struct exchange_line) carries bytes, and an answer that says nothing is as good
 * as none.
 */
#ifndef APP_EXCHANGE_EXCHANGE_STORE_H
#define APP_EXCHANGE_EXCHANGE_STORE_H

#include "app/exchange/exchange_wire.h"
#include "app/package/package_zip.h"
#include "db/write.h"

/* ---- the other installations ---- */

struct exchange_peer {
	row_id id;
	const char *name;
	bool above; /* reports go up to it; else it sends its own */
	int64_t installation;
	row_id unit_id;        /* the office there; ROW_NONE: whatever is not here */
	const char *unit_name; /* NULL: none */
	const char *url;       /* above: "https://cchc.tinh.gov.vn" */
	const char *secret;    /* above: what we show */
	int64_t failures;      /* of the line, one after another */
	instant_t next_at;     /* INSTANT_NONE: at once */
	const char *trouble;   /* why the line failed last; NULL: it did not */
	int64_t heard;
};
struct exchange_peers {
	const struct exchange_peer *at;
	size_t n;
};
ERR_RESULT exchange_peers(struct exchange_peers *out, struct db *db, struct arena *a);
/* Who shows this token; ERR_NOT_FOUND. */
ERR_RESULT exchange_peer_of_token(row_id *peer, row_id *office, struct db *db, struct arena *a,
                                  const char *token);

struct exchange_peer_draft {
	const char *name;
	bool above;
	int64_t installation;
	row_id unit_id;    /* below: needed */
	const char *url;   /* above: https, or http to this machine itself */
	const char *token; /* above: that the other side gave us; below: made for it */
};
/* There is one installation above: a new one takes its place.  Fields of problems: the members'
 * names.  change->result is the peer. */
ERR_RESULT exchange_peer_add(struct db_writer *writer, struct change *change,
                             const struct exchange_peer_draft *draft,
                             struct problems *problems);
ERR_RESULT exchange_peer_end(struct db_writer *writer, struct change *change, row_id peer);

/* ---- sending ---- */

struct exchange_reply {
	int status; /* of HTTP; 0: nobody answered */
	struct slice body;
	const char *trouble; /* when nobody answered: why, in Vietnamese */
};
struct exchange_parcel {
	const char *sha256; /* of the content */
	struct slice bytes; /* the container */
};
struct exchange_line {
	void *context;
	/* Errors of our own only: no memory. */
	enum err (*send)(struct exchange_reply *out, struct arena *a, void *context,
	                 const struct exchange_peer *to, const struct exchange_parcel *parcel);
	enum err (*ask)(struct exchange_reply *out, struct arena *a, void *context,
	                const struct exchange_peer *to, int64_t after);
};
/* Where a round runs: on one thread; `db` reads. */
struct exchange_office {
	struct db_writer *writer;
	struct db *db;
	struct clock clock;
	uint64_t seed; /* of the pauses */
};
struct exchange_done {
	size_t made, sent, failed, heard; /* packages packed; sent; not; words that were news */
	const char *trouble;              /* of the line; NULL: none */
};
/* Packs what was sent to the office above, sends what is due, asks what was said.  `a` may be
 * reset after it. */
ERR_RESULT exchange_round(struct exchange_done *out, struct arena *a,
                          const struct exchange_line *line,
                          const struct exchange_office *office);
/* The container of a report that was signed here, or as it came. */
ERR_RESULT exchange_pack(struct slice *out, struct db *db, struct arena *a, row_id report,
                         date_t today);

/* ---- taking in ---- */

struct exchange_coming {
	row_id peer_id;     /* ROW_NONE: somebody brought a file, */
	row_id office_id;   /* of this office; of a peer: the office that it answers for */
	const char *sha256; /* that its sender says; NULL: of the content itself */
	struct slice bytes;
};
struct exchange_receipt {
	row_id inbox_id, report_id; /* report ROW_NONE unless it was taken in */
	enum exchange_finding finding;
	struct exchange_said said; /* number 0: there is no peer to be told */
};
/* One transaction; the same package again changes nothing.  What is wrong with it is in the
 * receipt, not an error. */
ERR_RESULT exchange_take_in(struct exchange_receipt *out, struct arena *a,
                            struct db_writer *writer, struct change *change,
                            const struct exchange_coming *x);
/* Looks again at held packages whose time has come, and writes down for the installations below
 * what people did with their reports. */
ERR_RESULT exchange_look_again(struct arena *a, const struct exchange_office *office);
/* What was said to a peer after a number. */
ERR_RESULT exchange_words_after(struct exchange_words *out, struct db *db, struct arena *a,
                                row_id peer, int64_t after);

#endif
