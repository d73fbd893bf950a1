/* postgres.h - what the parts of the PostgreSQL engine share: postgres.c connects and runs
 * transactions, postgres_statement.c statements, postgres_queue.c sends several together,
 * postgres_value.c reads values. */
#ifndef DB_POSTGRES_H
#define DB_POSTGRES_H

#include <libpq-fe.h>

#include "db/engine.h"

/* OIDs of pg_type, which never change. */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043,
	OID_NUMERIC = 1700
};

/* The error of `r` (NULL: of the connection); what it means for a write goes to db->failure. */
ERR_RESULT postgres_failed(struct db *db, const PGresult *r, const char *what);
/* Takes over `r`. */
ERR_RESULT postgres_check(struct db *db, PGresult *r, const char *what);

enum err postgres_prepare(void **handle, struct db *db, const char *text,
                          const struct db_signature *in);
void postgres_finalize(void *handle);
void postgres_reset(void *handle);
enum err postgres_bind_null(void *handle, size_t i);
enum err postgres_bind_int(void *handle, size_t i, int64_t value);
enum err postgres_bind_text(void *handle, size_t i, const char *text, bool copy);
enum err postgres_bind_bytes(void *handle, size_t i, struct db_bytes bytes, bool copy);
/* Reads the answers of what is queued; the first error among them.  With `last` the answer of
 * one more statement that was sent behind them. */
ERR_RESULT postgres_collect(struct db *db, PGresult **last);
/* Makes room for one more and takes its text down; it is sent next. */
ERR_RESULT postgres_queue(struct db *db, const char *text);

void postgres_forget(struct db *db);

enum err postgres_run(struct db *db, void *handle);
enum err postgres_step(struct db *db, void *handle, bool *row);
void postgres_stream(void *handle);
bool postgres_is_null(void *handle, size_t i);
int64_t postgres_read_int(void *handle, size_t i);
const char *postgres_read_text(void *handle, size_t i);
struct db_bytes postgres_read_bytes(void *handle, size_t i);
size_t postgres_column_count(void *handle);
const char *postgres_column_name(void *handle, size_t i);
bool postgres_column_fits(void *handle, size_t i, enum db_type type);

/* A value as the server sends it in binary: bool, int2, int4, int8 or numeric, whose fraction
 * is cut off and which stops at the ends of int64_t. */
int64_t postgres_number(const char *bytes, int n, Oid type);
void postgres_put_number(unsigned char out[8], int64_t n);

#endif
