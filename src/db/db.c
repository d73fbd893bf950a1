#include "db/db.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "db/engine.h"
#include "db/migrate.h"

static enum err bind_all(struct db *db, struct db_statement *s, const struct query *q,
                         const void *in, bool copy)
{
	for (size_t i = 0; i < q->n_in; i++)
		TRY(db_bind(db, s, i, q->in[i].type, (const char *)in + q->in[i].offset, copy));
	return ERR_OK;
}

static enum err open_rows(struct db_rows *rows, struct db *db, const struct query *q,
                          const void *in, bool copy)
{
	struct db_statement *s;

	*rows = (struct db_rows){ .db = db, .query = q };
	assert(in || !q->n_in);
	rows->status = db_statement_of(&s, db, q);
	TRY(rows->status);
	rows->statement = s;
	rows->open = true;
	rows->status = bind_all(db, s, q, in, copy);
	if (rows->status != ERR_OK)
		db_rows_close(rows);
	return rows->status;
}

enum err db_open_rows(struct db_rows *rows, struct db *db, const struct query *q,
                      const void *in)
{
	return open_rows(rows, db, q, in, true);
}

void db_rows_stream(struct db_rows *rows)
{
	if (rows->open)
		rows->db->engine->stream(rows->statement->handle);
}

void db_rows_close(struct db_rows *rows)
{
	if (!rows->open)
		return;
	db_statement_return(rows->db, rows->statement);
	rows->open = false;
}

bool db_next_row(struct db_rows *rows, void *row)
{
	struct db *db = rows->db;
	bool there = false;

	if (!rows->open)
		return false;
	rows->status = db->engine->step(db, rows->statement->handle, &there);
	if (!there) {
		db_rows_close(rows);
		return false;
	}
	for (size_t i = 0; i < rows->query->n_out; i++) {
		const struct db_field *f = &rows->query->out[i];

		db_read(db, rows->statement, i, f->type, (char *)row + f->offset);
	}
	return true;
}

enum err db_rows_status(const struct db_rows *rows)
{
	return rows->status;
}

enum err db_one(struct db *db, struct arena *a, const struct query *q, const void *in,
                void *row)
{
	DB_ROWS rows = { 0 };

	TRY(open_rows(&rows, db, q, in, false));
	if (db_next_row(&rows, row))
		return db_keep_row(a, q, row);
	TRY(rows.status);
	return err_set(ERR_NOT_FOUND, "%s found nothing", q->name);
}

enum err db_run(struct db *db, const struct query *q, const void *in)
{
	DB_ROWS rows = { 0 };

	TRY(open_rows(&rows, db, q, in, false));
	return db->engine->run(db, rows.statement->handle);
}

enum err db_changed_rows(int64_t *out, struct db *db)
{
	return db->engine->changes(out, db);
}

enum err db_keep_row(struct arena *a, const struct query *q, void *row)
{
	for (size_t i = 0; i < q->n_out; i++)
		TRY(db_keep(a, q->out[i].type, (char *)row + q->out[i].offset));
	return ERR_OK;
}

bool db_is_server(const char *where)
{
	return str_starts(where, "postgresql://") || str_starts(where, "postgres://");
}

enum err db_open(struct db **out, const char *where, enum db_mode mode)
{
	return db_open_with(out, where, mode, &(struct db_options){ 0 });
}

enum err db_open_with(struct db **out, const char *where, enum db_mode mode,
                      const struct db_options *options)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db)
		return err_set(ERR_NO_MEMORY, "no memory for a connection");
	db->engine = db_is_server(where) ? &db_engine_postgres : &db_engine_sqlite;
	db->mode = mode;
	db->options = *options;
	enum err e = db->engine->open(db, where, mode);
	if (e == ERR_OK)
		e = migrate_check_newer(db);
	if (e != ERR_OK) {
		db_close(db);
		return e;
	}
	*out = db;
	return ERR_OK;
}

const char *db_engine_name(const struct db *db)
{
	return db->engine->name;
}

void db_close(struct db *db)
{
	db->closing = true;
	db_statements_close(db);
	db->engine->close(db);
	free(db);
}

/* A transaction of readings inside another one has nothing to go back to: no savepoint, which
 * would be two more messages to a server for every list. */
static bool is_only_counted(const struct db *db, int depth)
{
	return depth > 1 && db->mode == DB_READ;
}

enum { SAVEPOINT_TEXT = 48 };

enum err db_begin_as(struct db_tx *tx, struct db *db, enum db_begin how)
{
	char text[SAVEPOINT_TEXT];

	*tx = (struct db_tx){ 0 };
	if (db->depth == 0) {
		db->failure = DB_FAILURE_FINAL;
		TRY(db->engine->begin(db, how));
	} else if (!is_only_counted(db, db->depth + 1)) {
		snprintf(text, sizeof(text), "savepoint s%d", db->depth);
		TRY(db_command(db, text));
	}
	db->depth++;
	*tx = (struct db_tx){ db, db->depth };
	return ERR_OK;
}

enum err db_begin(struct db_tx *tx, struct db *db)
{
	return db_begin_as(tx, db, db->mode == DB_WRITE ? DB_BEGIN_ALONE : DB_BEGIN_READ);
}

enum err db_begin_read(struct db_tx *tx, struct db *db)
{
	return db_begin_as(tx, db, DB_BEGIN_READ);
}

enum err db_commit(struct db_tx *tx)
{
	char text[SAVEPOINT_TEXT] = "commit";

	assert(tx->db && tx->depth == tx->db->depth);
	if (is_only_counted(tx->db, tx->depth)) {
		db_rollback(tx);
		return ERR_OK;
	}
	if (tx->depth > 1)
		snprintf(text, sizeof(text), "release savepoint s%d", tx->depth - 1);
	enum err e = db_command(tx->db, text);
	if (e != ERR_OK) {
		db_rollback(tx);
		return e;
	}
	tx->db->depth--;
	tx->db = NULL;
	return ERR_OK;
}

/* The message of the error that led here is the one worth keeping, so nothing is said when
 * the engine has already ended the transaction. */
void db_rollback(struct db_tx *tx)
{
	struct db *db = tx->db;
	char text[SAVEPOINT_TEXT * 2] = "rollback";

	if (!db)
		return;
	assert(tx->depth == db->depth);
	if (is_only_counted(db, tx->depth)) {
		db->depth--;
		tx->db = NULL;
		return;
	}
	if (tx->depth > 1)
		snprintf(text, sizeof(text), "rollback to savepoint s%d; release savepoint s%d",
		         tx->depth - 1, tx->depth - 1);
	db->engine->forget(db);
	if (db->engine->in_transaction(db))
		db->engine->exec(db, text);
	db->depth--;
	tx->db = NULL;
}
