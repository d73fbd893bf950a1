/* transfer.h - whole tables out of one database and into another, of either engine: what
 * backup, restore and copy share.
 *
 * Reading: the rows of a table in the order of its primary key, one after the other, never all
 * of them in memory.  Texts order by their bytes on both engines, so that the same rows come in
 * the same order from each.
 *
 * Writing: into a database that was empty before, as a whole or not at all.
 *
 *	TRY(transfer_load_begin(&load, db, a, list, n));
 *	for each table of load.schema:
 *		TRY(transfer_sink_open(&sink, db, table));
 *		for each row:
 *			TRY(transfer_sink_put(&sink, &row));
 *		TRY(transfer_sink_finish(&sink));
 *	TRY(transfer_load_finish(&load));
 *	... compare digests ...
 *	TRY(db_commit(&load.tx));
 */
#ifndef DB_TRANSFER_H
#define DB_TRANSFER_H

#include "db/migrate.h"
#include "db/schema.h"
#include "db/transfer_row.h"

/* The tables that move: those of the first `n` migrations but their own bookkeeping. */
ERR_RESULT transfer_schema(struct schema *out, struct arena *a, const struct migration *list,
                           size_t n);

struct transfer_rows {
	struct db *db;
	const struct schema_table *table;
	void *handle; /* NULL: closed */
};
ERR_RESULT transfer_rows_open(struct transfer_rows *r, struct db *db,
                              const struct schema_table *t);
/* *there false: there was no further one.  Texts live until the next row. */
ERR_RESULT transfer_rows_next(struct transfer_rows *r, struct transfer_row *row, bool *there);
void transfer_rows_close(struct transfer_rows *r);
#define TRANSFER_ROWS __attribute__((cleanup(transfer_rows_close))) struct transfer_rows

struct transfer_sink {
	struct db *db;
	const struct schema_table *table;
	void *handle;
};
ERR_RESULT transfer_sink_open(struct transfer_sink *s, struct db *db,
                              const struct schema_table *t);
ERR_RESULT transfer_sink_put(struct transfer_sink *s, const struct transfer_row *row);
/* Everything that was put is in the table; closes. */
ERR_RESULT transfer_sink_finish(struct transfer_sink *s);
void transfer_sink_close(struct transfer_sink *s); /* gives up when it was not finished */
#define TRANSFER_SINK __attribute__((cleanup(transfer_sink_close))) struct transfer_sink

/* Digest and number of the rows of a table as they are now. */
ERR_RESULT transfer_table_digest(int64_t *n, char out[TRANSFER_DIGEST_TEXT], struct db *db,
                                 const struct schema_table *t);

struct transfer_load {
	struct db *db;
	struct arena *arena;
	struct schema schema;
	const char **give_back; /* statements, for transfer_load_finish */
	size_t n_give_back;
	struct db_tx tx;
};
/* Makes the tables of the first `n` migrations in an empty database, without rows, indexes and
 * references.  ERR_CONFLICT when the database is not empty. */
ERR_RESULT transfer_load_begin(struct transfer_load *l, struct db *db, struct arena *a,
                               const struct migration *list, size_t n);
/* Indexes and references; ERR_INPUT when a row refers to nothing.  The caller commits. */
ERR_RESULT transfer_load_finish(struct transfer_load *l);
static inline void transfer_load_end(struct transfer_load *l)
{
	db_rollback(&l->tx);
}
#define TRANSFER_LOAD __attribute__((cleanup(transfer_load_end))) struct transfer_load

/* How an engine moves rows: ordinary statements, or better means of its own (private to
 * transfer*.c).  `close` also gives up what was not finished. */
struct transfer_means {
	enum err (*rows_open)(void **handle, struct db *db, const struct schema_table *t,
	                      const char *select);
	enum err (*rows_next)(void *handle, struct transfer_row *row, bool *there);
	void (*rows_close)(void *handle);
	enum err (*sink_open)(void **handle, struct db *db, const struct schema_table *t);
	enum err (*sink_put)(void *handle, const struct transfer_row *row);
	enum err (*sink_finish)(void *handle);
	void (*sink_close)(void *handle);
};
extern const struct transfer_means transfer_by_statements, transfer_by_copy;

#endif
