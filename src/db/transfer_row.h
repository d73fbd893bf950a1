/* transfer_row.h - one row of a table as a run of bytes that is the same on both engines.
 *
 * A bit for each column (1: NULL, the lowest bit first, whole bytes), then the values that are
 * not NULL: a whole number as a zigzag number of seven bits a byte (LEB128), a text as its
 * length likewise, its bytes and a NUL, bytes as their length and themselves.
 */
#ifndef DB_TRANSFER_ROW_H
#define DB_TRANSFER_ROW_H

#include "db/schema.h"

/* A text has a NUL behind its n bytes and none among them. */
struct transfer_value {
	bool is_null;
	int64_t number;
	struct db_bytes bytes;
};

struct transfer_row {
	struct transfer_value at[SCHEMA_MOST_COLUMNS];
};

/* Appends the row; ERR_INPUT when a text holds a NUL.  The caller checks `out` in the end. */
ERR_RESULT transfer_row_put(struct str *out, const struct schema_table *t,
                            const struct transfer_row *row);

/* Cuts a row off `in`, into which the values then point.  ERR_INPUT when it is none. */
ERR_RESULT transfer_row_cut(struct transfer_row *row, const struct schema_table *t,
                            struct slice *in);

/* The numbers on their own: lengths and counts of what surrounds rows. */
void transfer_number_put(struct str *out, uint64_t n);
ERR_RESULT transfer_number_cut(uint64_t *n, struct slice *in);

/* What all rows of a table come to, in the order of its primary key. */
enum { TRANSFER_DIGEST = 32, TRANSFER_DIGEST_TEXT = 65 };
struct transfer_digest {
	int64_t n;      /* rows */
	void *state;    /* of BLAKE2b */
	struct str row; /* the one at hand */
};
ERR_RESULT transfer_digest_start(struct transfer_digest *d);
ERR_RESULT transfer_digest_add(struct transfer_digest *d, const struct schema_table *t,
                               const struct transfer_row *row);
/* The same for a row that transfer_row_put wrote or transfer_row_cut read. */
void transfer_digest_bytes(struct transfer_digest *d, const char *at, size_t n);
/* Hexadecimal; releases what the digest holds. */
void transfer_digest_finish(struct transfer_digest *d, char out[TRANSFER_DIGEST_TEXT]);
void transfer_digest_release(struct transfer_digest *d);

#endif
