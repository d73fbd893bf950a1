/* sqlite.c - the SQLite engine: one file, WAL, one writer at a time. */
#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "db/engine.h"

enum { BUSY_MS = 10000 };

/* Why the system refused to read or write a file. */
static enum err file_error(int system_errno)
{
	switch (system_errno) {
	case ENOSPC:
	case EDQUOT:
		return ERR_DISK_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return ERR_READ_ONLY;
	default:
		return ERR_IO;
	}
}

static enum err error_code(sqlite3 *c, int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_NOMEM:
		return ERR_NO_MEMORY;
	case SQLITE_READONLY:
		return ERR_READ_ONLY;
	case SQLITE_FULL:
		return ERR_DISK_FULL;
	case SQLITE_CONSTRAINT:
		return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY
		               ? ERR_CONFLICT
		               : ERR_DB;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return file_error(sqlite3_system_errno(c));
	default:
		return ERR_DB;
	}
}

static enum err failed(sqlite3 *c, const char *what)
{
	return err_set(error_code(c, sqlite3_extended_errcode(c)), "%s in: %.200s",
	               sqlite3_errmsg(c), what);
}

static enum err sqlite_exec(struct db *db, const char *statements)
{
	if (sqlite3_exec(db->connection, statements, NULL, NULL, NULL) != SQLITE_OK)
		return failed(db->connection, "the database");
	return ERR_OK;
}

static enum err set_up(struct db *db)
{
	static const char writing[] = "pragma journal_mode = wal;"
	                              "pragma synchronous = full;"
	                              "pragma cache_size = -16384;";
	static const char reading[] = "pragma query_only = 1;"
	                              "pragma cache_size = -2560;";
	sqlite3 *c = db->connection;

	sqlite3_busy_timeout(c, BUSY_MS);
	sqlite3_extended_result_codes(c, 1);
	sqlite3_db_config(c, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	TRY(sqlite_exec(db, "pragma temp_store = memory"));
	return sqlite_exec(db, db->mode == DB_WRITE ? writing : reading);
}

static enum err sqlite_open(struct db *db, const char *where, enum db_mode mode)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	sqlite3 *c = NULL;

	if (mode == DB_WRITE || strcmp(where, ":memory:") == 0)
		flags |= SQLITE_OPEN_CREATE;
	int code = sqlite3_open_v2(where, &c, flags, NULL);
	db->connection = c;
	if (!c)
		return err_set(ERR_NO_MEMORY, "no memory to open %s", where);
	if (code != SQLITE_OK)
		return failed(c, where);
	if (mode == DB_WRITE && sqlite3_db_readonly(c, "main") == 1)
		return err_set(ERR_READ_ONLY, "%s cannot be written", where);
	enum err e = set_up(db);
	return e == ERR_OK ? ERR_OK : failed(c, where);
}

/* Half a gibibyte of pages, so that indexes of a million rows are filled in memory; neither log
 * nor sync, since nobody else has the file and a failure throws it away. */
static enum err sqlite_fill_new(struct db *db)
{
	return sqlite_exec(db, "pragma cache_size = -524288;"
	                       "pragma journal_mode = memory;"
	                       "pragma synchronous = off;");
}

static void sqlite_close(struct db *db)
{
	sqlite3_close(db->connection);
	db->connection = NULL;
}

static bool sqlite_in_transaction(struct db *db)
{
	return sqlite3_get_autocommit(db->connection) == 0;
}

/* Rolling back needs memory too: a transaction that could not even be ended for want of it ends
 * here. */
static enum err sqlite_begin(struct db *db, enum db_begin how)
{
	if (sqlite_in_transaction(db))
		TRY(sqlite_exec(db, "rollback"));
	return db_command(db, how == DB_BEGIN_READ ? "begin" : "begin immediate");
}

static bool sqlite_alive(struct db *db)
{
	return db->connection != NULL;
}

/* A transaction that writes is alone. */
static enum err sqlite_lock(struct db *db, int64_t key)
{
	(void)db;
	(void)key;
	return ERR_OK;
}

static enum err sqlite_changes(int64_t *out, struct db *db)
{
	*out = sqlite3_changes64(db->connection);
	return ERR_OK;
}

/* Every error came at once. */
static void sqlite_forget(struct db *db)
{
	(void)db;
}

static enum err sqlite_prepare(void **handle, struct db *db, const char *text,
                               const struct db_signature *in)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v3(db->connection, text, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) !=
	    SQLITE_OK)
		return failed(db->connection, text);
	if ((size_t)sqlite3_bind_parameter_count(s) > in->n) {
		sqlite3_finalize(s);
		return err_set(ERR_DB, "too few parameters for: %s", text);
	}
	*handle = s;
	return ERR_OK;
}

static void sqlite_finalize(void *handle)
{
	sqlite3_finalize(handle);
}

static void sqlite_reset(void *handle)
{
	sqlite3_reset(handle);
}

static enum err bound(void *handle, int code)
{
	return code == SQLITE_OK ? ERR_OK : failed(sqlite3_db_handle(handle), "a parameter");
}

static enum err sqlite_bind_null(void *handle, size_t i)
{
	return bound(handle, sqlite3_bind_null(handle, (int)i + 1));
}

static enum err sqlite_bind_int(void *handle, size_t i, int64_t value)
{
	return bound(handle, sqlite3_bind_int64(handle, (int)i + 1, value));
}

static enum err sqlite_bind_text(void *handle, size_t i, const char *text, bool copy)
{
	return bound(handle, sqlite3_bind_text(handle, (int)i + 1, text, -1,
	                                       copy ? SQLITE_TRANSIENT : SQLITE_STATIC));
}

static enum err sqlite_bind_bytes(void *handle, size_t i, struct db_bytes bytes, bool copy)
{
	return bound(handle, sqlite3_bind_blob64(handle, (int)i + 1, bytes.at, bytes.n,
	                                         copy ? SQLITE_TRANSIENT : SQLITE_STATIC));
}

static enum err sqlite_step(struct db *db, void *handle, bool *row)
{
	int code = sqlite3_step(handle);

	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return ERR_OK;
	return failed(db->connection, sqlite3_sql(handle));
}

static enum err sqlite_run(struct db *db, void *handle)
{
	bool row;

	return sqlite_step(db, handle, &row);
}

/* Every run is one. */
static void sqlite_stream(void *handle)
{
	(void)handle;
}

static bool sqlite_is_null(void *handle, size_t i)
{
	return sqlite3_column_type(handle, (int)i) == SQLITE_NULL;
}

static int64_t sqlite_read_int(void *handle, size_t i)
{
	return sqlite3_column_int64(handle, (int)i);
}

static const char *sqlite_read_text(void *handle, size_t i)
{
	return (const char *)sqlite3_column_text(handle, (int)i);
}

/* An empty blob has no address in SQLite, but is not NULL. */
static struct db_bytes sqlite_read_bytes(void *handle, size_t i)
{
	const void *at = sqlite3_column_blob(handle, (int)i);

	return (struct db_bytes){ at ? at : (const void *)"",
		                  (size_t)sqlite3_column_bytes(handle, (int)i) };
}

static size_t sqlite_column_count(void *handle)
{
	return (size_t)sqlite3_column_count(handle);
}

static const char *sqlite_column_name(void *handle, size_t i)
{
	return sqlite3_column_name(handle, (int)i);
}

/* An expression has no declared type. */
static bool sqlite_column_fits(void *handle, size_t i, enum db_type type)
{
	const char *declared = sqlite3_column_decltype(handle, (int)i);
	const char *wanted = db_engine_sqlite.column_words[type];

	return !declared || sqlite3_stricmp(declared, wanted) == 0;
}

const struct db_engine db_engine_sqlite = {
	.name = "SQLite",
	.column_words = { [DB_ID] = "integer",
	                  [DB_INT] = "integer",
	                  [DB_FLAG] = "integer",
	                  [DB_DAY] = "integer",
	                  [DB_INSTANT] = "integer",
	                  [DB_DONG] = "integer",
	                  [DB_DECIMAL] = "integer",
	                  [DB_TEXT] = "text",
	                  [DB_BYTES] = "blob" },
	.table_options = "strict",
	.open = sqlite_open,
	.close = sqlite_close,
	.exec = sqlite_exec,
	.begin = sqlite_begin,
	.fill_new = sqlite_fill_new,
	.command = db_command_cached,
	.in_transaction = sqlite_in_transaction,
	.alive = sqlite_alive,
	.lock = sqlite_lock,
	.changes = sqlite_changes,
	.prepare = sqlite_prepare,
	.finalize = sqlite_finalize,
	.reset = sqlite_reset,
	.bind_null = sqlite_bind_null,
	.bind_int = sqlite_bind_int,
	.bind_text = sqlite_bind_text,
	.bind_bytes = sqlite_bind_bytes,
	.run = sqlite_run,
	.forget = sqlite_forget,
	.step = sqlite_step,
	.stream = sqlite_stream,
	.is_null = sqlite_is_null,
	.read_int = sqlite_read_int,
	.read_text = sqlite_read_text,
	.read_bytes = sqlite_read_bytes,
	.column_count = sqlite_column_count,
	.column_name = sqlite_column_name,
	.column_fits = sqlite_column_fits,
};
