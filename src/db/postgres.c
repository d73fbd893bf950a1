/* postgres.c - the PostgreSQL engine: connections, errors and transactions.
 *
 * A write takes one advisory lock for the length of its transaction: alone by default, shared
 * when it said that it may run beside others.  So nothing that was written for one writer at a
 * time can go wrong.  With `unprepared` nothing outlives a transaction on the server, because
 * PgBouncer may give the next one another server. */
#include "db/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* The first that fits. */
static const struct {
	const char *state; /* how it begins */
	enum err code;
	enum db_failure failure;
} meanings[] = {
	{ "23505", ERR_CONFLICT, DB_FAILURE_AGAIN }, /* unique: somebody may have been first */
	{ "25006", ERR_READ_ONLY, DB_FAILURE_FINAL },
	{ "53100", ERR_DISK_FULL, DB_FAILURE_FINAL },
	{ "53200", ERR_NO_MEMORY, DB_FAILURE_FINAL },
	{ "53300", ERR_BUSY, DB_FAILURE_LOST },  /* too many connections */
	{ "40", ERR_BUSY, DB_FAILURE_AGAIN },    /* serialization, deadlock */
	{ "55P03", ERR_BUSY, DB_FAILURE_AGAIN }, /* the time for a lock */
	{ "57014", ERR_BUSY, DB_FAILURE_FINAL }, /* the time for a statement */
	{ "25P03", ERR_BUSY, DB_FAILURE_LOST },  /* the time without a statement */
	{ "57P", ERR_DB_GONE, DB_FAILURE_LOST }, /* stopping or starting */
	{ "08", ERR_DB_GONE, DB_FAILURE_LOST },
	{ "0A000", ERR_DB, DB_FAILURE_AGAIN }, /* the plan of a prepared statement is too old */
	{ "26000", ERR_DB, DB_FAILURE_AGAIN }, /* no such prepared statement */
};

static enum err error_code(struct db *db, const char *state)
{
	if (PQstatus(db->connection) != CONNECTION_OK) {
		db->failure = DB_FAILURE_LOST;
		if (!state || !str_starts(state, "25P03"))
			return ERR_DB_GONE;
	}
	for (size_t i = 0; state && i < sizeof(meanings) / sizeof(*meanings); i++) {
		if (!str_starts(state, meanings[i].state))
			continue;
		db->failure = meanings[i].failure;
		if (str_starts(state, "0A000") || str_starts(state, "26000"))
			db->spoilt = true;
		return meanings[i].code;
	}
	return ERR_DB;
}

/* The first line only: the others may quote what somebody wrote. */
enum err postgres_failed(struct db *db, const PGresult *r, const char *what)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *message = PQresultErrorMessage(r);

	if (!*message)
		message = PQerrorMessage(db->connection);
	db->failure = DB_FAILURE_FINAL;
	enum err e = error_code(db, state);
	if (db->failure == DB_FAILURE_LOST)
		db->spoilt = true;
	return err_set(e, "%.*s (%.120s)", (int)strcspn(message, "\n"), message, what);
}

enum err postgres_check(struct db *db, PGresult *r, const char *what)
{
	ExecStatusType status = PQresultStatus(r);
	enum err e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
	                     ? ERR_OK
	                     : postgres_failed(db, r, what);

	PQclear(r);
	return e;
}

static void ignore_notice(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static enum err postgres_exec(struct db *db, const char *statements)
{
	TRY(postgres_collect(db, NULL));
	return postgres_check(db, PQexec(db->connection, statements), "the database");
}

/* ---- connecting ---- */

/* A server that vanished is noticed within half a minute; the address may say otherwise. */
static PGconn *connect_to(const char *where)
{
	static const char *const names[] = {
		"connect_timeout",     "keepalives_idle",  "keepalives_count",
		"keepalives_interval", "tcp_user_timeout", "fallback_application_name",
		"client_encoding",     "dbname",           NULL,
	};
	const char *values[] = { "5", "10", "3", "5", "20000", "cchc", "UTF8", where, NULL };

	return PQconnectdbParams(names, values, 1);
}

static void put_limits(struct str *text, const struct db_options *o, const char *set)
{
	str_printf(text,
	           "%s statement_timeout = %d; %s lock_timeout = %d; "
	           "%s idle_in_transaction_session_timeout = %d; ",
	           set, o->statement_ms, set, o->lock_ms, set, o->idle_ms);
}

enum { MOST_SETTING_UP = 512 };

/* The limits of the session, and that its disk is no turning one: with the server's default a
 * table of five pages is read through where its index takes two.  A statement is planned once:
 * left alone the server plans it five more times on each connection, and one that lists takes
 * longer to plan than to run. */
static enum err set_up(struct db *db)
{
	struct str text;

	if (db->options.unprepared)
		return ERR_OK;
	str_init(&text, NULL, MOST_SETTING_UP);
	put_limits(&text, &db->options, "set");
	str_put(&text, "set random_page_cost = 1.1; ");
	if (db->mode == DB_READ)
		str_put(&text, "set default_transaction_read_only = on; "
		               "set plan_cache_mode = force_generic_plan");
	enum err e = str_check(&text);
	if (e == ERR_OK)
		e = postgres_exec(db, text.data);
	str_release(&text);
	return e;
}

static enum err postgres_open(struct db *db, const char *where, enum db_mode mode)
{
	PGconn *c = connect_to(where);

	(void)mode;
	db->connection = c;
	if (!c)
		return err_set(ERR_NO_MEMORY, "no memory for a connection");
	if (PQstatus(c) != CONNECTION_OK)
		return postgres_failed(db, NULL, "PostgreSQL");
	PQsetNoticeProcessor(c, ignore_notice, NULL);
	return set_up(db);
}

static void postgres_close(struct db *db)
{
	PQfinish(db->connection);
	db->connection = NULL;
}

/* What the server said while the connection was idle is read: first that it stops, then its
 * end. */
static bool postgres_alive(struct db *db)
{
	PGconn *c = db->connection;

	return !db->spoilt && PQconsumeInput(c) && PQconsumeInput(c) &&
	       PQstatus(c) == CONNECTION_OK;
}

/* ---- transactions ---- */

/* One round trip: the transaction, its limits where the session keeps none, and the lock.
 * READ COMMITTED, so that a write sees what was committed while it waited for the lock. */
static enum err put_begin(struct str *text, struct db *db, enum db_begin how)
{
	bool read = how == DB_BEGIN_READ;

	str_put(text, read ? "begin isolation level repeatable read, read only; "
	                   : "begin isolation level read committed, read write; ");
	if (db->options.unprepared)
		put_limits(text, &db->options, "set local");
	if (!read)
		str_printf(text,
		           "select pg_advisory_xact_lock%s(1667459171, 0), "
		           "pg_current_xact_id()::text",
		           how == DB_BEGIN_CONCURRENT ? "_shared" : "");
	return str_check(text);
}

static enum err begin(struct db *db, const char *text)
{
	PGresult *r = PQexec(db->connection, text);

	*db->mark = '\0';
	if (PQresultStatus(r) == PGRES_TUPLES_OK)
		snprintf(db->mark, sizeof(db->mark), "%s", PQgetvalue(r, 0, 1));
	enum err e = postgres_check(db, r, "begin");
	if (e != ERR_OK && PQtransactionStatus(db->connection) == PQTRANS_INERROR)
		PQclear(PQexec(db->connection, "rollback"));
	return e;
}

/* Nobody waits for the beginning of a reading: it goes together with the first statement.
 * PgBouncer's beginning is several statements, which only a message of its own can be. */
static enum err begin_reading(struct db *db)
{
	static const char text[] = "begin isolation level repeatable read, read only";

	*db->mark = '\0';
	TRY(postgres_queue(db, text));
	if (!PQsendQueryParams(db->connection, text, 0, NULL, NULL, NULL, NULL, 0))
		return postgres_failed(db, NULL, text);
	return ERR_OK;
}

static enum err postgres_begin(struct db *db, enum db_begin how)
{
	struct str text;

	TRY(db_check_before_use(db));
	if (how == DB_BEGIN_READ && !db->options.unprepared)
		return begin_reading(db);
	str_init(&text, NULL, MOST_SETTING_UP);
	enum err e = put_begin(&text, db, how);
	if (e == ERR_OK)
		e = begin(db, text.data);
	str_release(&text);
	return e;
}

/* A command goes together with what is queued before it. */
static enum err run_command(PGresult **out, struct db *db, const char *text)
{
	if (!db->n_queued) {
		*out = PQexec(db->connection, text);
		return ERR_OK;
	}
	if (!PQsendQueryParams(db->connection, text, 0, NULL, NULL, NULL, NULL, 0))
		return postgres_failed(db, NULL, text);
	return postgres_collect(db, out);
}

/* The server answers the commit of a transaction that has failed with ROLLBACK, as if all
 * were well. */
static enum err postgres_command(struct db *db, const char *text)
{
	PGresult *r = NULL;

	TRY(db_check_before_use(db));
	TRY(run_command(&r, db, text));
	bool undone = str_eq(text, "commit") && str_eq(PQcmdStatus(r), "ROLLBACK");
	TRY(postgres_check(db, r, text));
	return undone ? err_set(ERR_DB, "a statement of the transaction had failed") : ERR_OK;
}

static bool postgres_in_transaction(struct db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(db->connection);

	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR ||
	       status == PQTRANS_ACTIVE;
}

static enum err postgres_lock(struct db *db, int64_t key)
{
	char text[64];

	TRY(db_check_before_use(db));
	snprintf(text, sizeof(text), "select pg_advisory_xact_lock(%lld)", (long long)key);
	TRY(postgres_queue(db, "lock"));
	if (!PQsendQueryParams(db->connection, text, 0, NULL, NULL, NULL, NULL, 0))
		return postgres_failed(db, NULL, text);
	return ERR_OK;
}

static enum err postgres_changes(int64_t *out, struct db *db)
{
	TRY(postgres_collect(db, NULL));
	*out = db->changed;
	return ERR_OK;
}

/* The memory of the server is its own setting; losing the end of what is being filled by a
 * crash of the machine is allowed. */
static enum err postgres_fill_new(struct db *db)
{
	return db->options.unprepared ? ERR_OK
	                              : postgres_exec(db, "set synchronous_commit = off");
}

const struct db_engine db_engine_postgres = {
	.name = "PostgreSQL",
	.own_writers = true,
	.column_words = { [DB_ID] = "bigint",
	                  [DB_INT] = "bigint",
	                  [DB_FLAG] = "smallint",
	                  [DB_DAY] = "integer",
	                  [DB_INSTANT] = "bigint",
	                  [DB_DONG] = "bigint",
	                  [DB_DECIMAL] = "bigint",
	                  [DB_TEXT] = "text collate \"C\"",
	                  [DB_BYTES] = "bytea" },
	.table_options = "",
	.open = postgres_open,
	.close = postgres_close,
	.exec = postgres_exec,
	.fill_new = postgres_fill_new,
	.begin = postgres_begin,
	.command = postgres_command,
	.in_transaction = postgres_in_transaction,
	.alive = postgres_alive,
	.lock = postgres_lock,
	.changes = postgres_changes,
	.prepare = postgres_prepare,
	.finalize = postgres_finalize,
	.reset = postgres_reset,
	.bind_null = postgres_bind_null,
	.bind_int = postgres_bind_int,
	.bind_text = postgres_bind_text,
	.bind_bytes = postgres_bind_bytes,
	.run = postgres_run,
	.forget = postgres_forget,
	.step = postgres_step,
	.stream = postgres_stream,
	.is_null = postgres_is_null,
	.read_int = postgres_read_int,
	.read_text = postgres_read_text,
	.read_bytes = postgres_read_bytes,
	.column_count = postgres_column_count,
	.column_name = postgres_column_name,
	.column_fits = postgres_column_fits,
};
