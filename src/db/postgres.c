/* postgres.c - the PostgreSQL engine.  Parameters and results travel as text, and a result is
 * fetched whole: enough for migrations and for the tests that prepare every query.  Pooling,
 * retries and large results belong to the issue that serves from PostgreSQL. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
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

struct postgres_statement {
	PGconn *connection;
	char name[32];
	size_t n_in;
	char *values[DB_MOST_PARAMETERS]; /* malloc; NULL is NULL */
	int lengths[DB_MOST_PARAMETERS], formats[DB_MOST_PARAMETERS];
	PGresult *result; /* NULL before the first step */
	int row;
	unsigned char *bytes; /* last read_bytes */
	PGresult *description;
};

static enum err error_code(const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;

	if (!state)
		return ERR_DB;
	if (str_eq(state, "23505"))
		return ERR_CONFLICT;
	if (str_eq(state, "25006"))
		return ERR_READ_ONLY;
	if (str_eq(state, "53100"))
		return ERR_DISK_FULL;
	if (str_starts(state, "40") || str_eq(state, "55P03"))
		return ERR_BUSY;
	return ERR_DB;
}

static enum err failed(PGconn *c, const PGresult *r, const char *what)
{
	const char *message = PQerrorMessage(c);

	return err_set(error_code(r), "%s: %.*s", what, (int)strcspn(message, "\n"), message);
}

/* Takes over `r`. */
static enum err check(PGconn *c, PGresult *r, const char *what)
{
	ExecStatusType status = PQresultStatus(r);
	enum err e = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
	                     ? ERR_OK
	                     : failed(c, r, what);

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
	return check(db->connection, PQexec(db->connection, statements), "the database");
}

static enum err postgres_open(struct db *db, const char *where, enum db_mode mode)
{
	PGconn *c = PQconnectdb(where);

	db->connection = c;
	if (PQstatus(c) != CONNECTION_OK)
		return failed(c, NULL, "PostgreSQL");
	PQsetNoticeProcessor(c, ignore_notice, NULL);
	return mode == DB_WRITE ? ERR_OK
	                        : postgres_exec(db, "set default_transaction_read_only = on");
}

static void postgres_close(struct db *db)
{
	PQfinish(db->connection);
	db->connection = NULL;
}

static enum err postgres_begin(struct db *db, bool write)
{
	return postgres_exec(db, write ? "begin isolation level repeatable read"
	                               : "begin isolation level repeatable read, read only");
}

static bool postgres_in_transaction(struct db *db)
{
	return PQtransactionStatus(db->connection) != PQTRANS_IDLE;
}

static int64_t postgres_changes(struct db *db)
{
	return db->changed;
}

static void postgres_reset(void *handle)
{
	struct postgres_statement *s = handle;

	PQclear(s->result);
	s->result = NULL;
	PQfreemem(s->bytes);
	s->bytes = NULL;
	for (size_t i = 0; i < s->n_in; i++) {
		free(s->values[i]);
		s->values[i] = NULL;
	}
}

static void postgres_finalize(void *handle)
{
	struct postgres_statement *s = handle;
	char text[64];

	postgres_reset(s);
	PQclear(s->description);
	snprintf(text, sizeof(text), "deallocate %s", s->name);
	PQclear(PQexec(s->connection, text));
	free(s);
}

static Oid oid_of(enum db_type type)
{
	return type == DB_TEXT ? OID_TEXT : type == DB_BYTES ? OID_BYTEA : OID_INT8;
}

static enum err postgres_prepare(void **handle, struct db *db, const char *text,
                                 const struct db_signature *in)
{
	struct postgres_statement *s = calloc(1, sizeof(*s));
	Oid types[DB_MOST_PARAMETERS];

	if (!s)
		return err_set(ERR_NO_MEMORY, "no memory for a statement");
	for (size_t i = 0; i < in->n; i++)
		types[i] = oid_of(in->types[i]);
	s->connection = db->connection;
	s->n_in = in->n;
	snprintf(s->name, sizeof(s->name), "s%llu", (unsigned long long)++db->uses);
	enum err e = check(s->connection,
	                   PQprepare(s->connection, s->name, text, (int)in->n, types), text);
	if (e != ERR_OK) {
		free(s);
		return e;
	}
	*handle = s;
	return ERR_OK;
}

static enum err set_value(void *handle, size_t i, const void *bytes, size_t n, int format)
{
	struct postgres_statement *s = handle;

	free(s->values[i]);
	s->values[i] = malloc(n + 1);
	if (!s->values[i])
		return err_set(ERR_NO_MEMORY, "no memory for a parameter");
	memcpy(s->values[i], bytes, n);
	s->values[i][n] = '\0';
	s->lengths[i] = (int)n;
	s->formats[i] = format;
	return ERR_OK;
}

static enum err postgres_bind_null(void *handle, size_t i)
{
	struct postgres_statement *s = handle;

	free(s->values[i]);
	s->values[i] = NULL;
	return ERR_OK;
}

static enum err postgres_bind_int(void *handle, size_t i, int64_t value)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%lld", (long long)value);

	return set_value(handle, i, digits, (size_t)n, 0);
}

static enum err postgres_bind_text(void *handle, size_t i, const char *text, bool copy)
{
	(void)copy; /* always: it is sent with the others */
	return set_value(handle, i, text, strlen(text), 0);
}

static enum err postgres_bind_bytes(void *handle, size_t i, struct db_bytes bytes, bool copy)
{
	(void)copy;
	return set_value(handle, i, bytes.at, bytes.n, 1);
}

static enum err run(struct db *db, struct postgres_statement *s)
{
	s->result = PQexecPrepared(s->connection, s->name, (int)s->n_in,
	                           (const char *const *)s->values, s->lengths, s->formats, 0);
	s->row = -1;
	ExecStatusType status = PQresultStatus(s->result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return failed(s->connection, s->result, "a statement");
	db->changed = strtoll(PQcmdTuples(s->result), NULL, 10);
	return ERR_OK;
}

static enum err postgres_step(struct db *db, void *handle, bool *row)
{
	struct postgres_statement *s = handle;

	*row = false;
	if (!s->result)
		TRY(run(db, s));
	s->row++;
	*row = s->row < PQntuples(s->result);
	return ERR_OK;
}

static bool postgres_is_null(void *handle, size_t i)
{
	struct postgres_statement *s = handle;

	return PQgetisnull(s->result, s->row, (int)i) != 0;
}

static const char *postgres_read_text(void *handle, size_t i)
{
	struct postgres_statement *s = handle;

	return PQgetvalue(s->result, s->row, (int)i);
}

/* A boolean, as `exists` gives it, is t or f. */
static int64_t postgres_read_int(void *handle, size_t i)
{
	const char *text = postgres_read_text(handle, i);

	return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

static struct db_bytes postgres_read_bytes(void *handle, size_t i)
{
	struct postgres_statement *s = handle;
	const char *text = postgres_read_text(handle, i);
	size_t n = 0;

	PQfreemem(s->bytes);
	s->bytes = PQunescapeBytea((const unsigned char *)text, &n);
	return (struct db_bytes){ s->bytes, n };
}

static PGresult *describe(struct postgres_statement *s)
{
	if (!s->description)
		s->description = PQdescribePrepared(s->connection, s->name);
	return s->description;
}

static size_t postgres_column_count(void *handle)
{
	return (size_t)PQnfields(describe(handle));
}

static const char *postgres_column_name(void *handle, size_t i)
{
	return PQfname(describe(handle), (int)i);
}

/* sum() of whole numbers is numeric, exists is bool. */
static bool postgres_column_fits(void *handle, size_t i, enum db_type type)
{
	switch (PQftype(describe(handle), (int)i)) {
	case OID_BOOL:
		return type == DB_FLAG;
	case OID_BYTEA:
		return type == DB_BYTES;
	case OID_NAME:
	case OID_TEXT:
	case OID_VARCHAR:
		return type == DB_TEXT;
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
	case OID_NUMERIC:
		return type != DB_TEXT && type != DB_BYTES;
	default:
		return false;
	}
}

/* The server's memory is the server's setting. */
static enum err postgres_fill_new(struct db *db)
{
	(void)db;
	return ERR_OK;
}

const struct db_engine db_engine_postgres = {
	.name = "PostgreSQL",
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
	.begin = postgres_begin,
	.fill_new = postgres_fill_new,
	.in_transaction = postgres_in_transaction,
	.changes = postgres_changes,
	.prepare = postgres_prepare,
	.finalize = postgres_finalize,
	.reset = postgres_reset,
	.bind_null = postgres_bind_null,
	.bind_int = postgres_bind_int,
	.bind_text = postgres_bind_text,
	.bind_bytes = postgres_bind_bytes,
	.step = postgres_step,
	.is_null = postgres_is_null,
	.read_int = postgres_read_int,
	.read_text = postgres_read_text,
	.read_bytes = postgres_read_bytes,
	.column_count = postgres_column_count,
	.column_name = postgres_column_name,
	.column_fits = postgres_column_fits,
};
