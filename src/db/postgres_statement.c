/* postgres_statement.c - statements on PostgreSQL.  Parameters and results travel in binary,
 * and a result is fetched whole, so that stores may run other statements while they loop over
 * it; a stream is a cursor of the server, read a thousand rows at a time. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "db/postgres.h"

enum { ROWS_AT_ONCE = 1000, BINARY = 1, NAME_SIZE = 24 };

struct parameter {
	Oid type;
	const char *value; /* NULL is NULL */
	int length;
	char *owned; /* malloc */
	unsigned char number[8];
};

struct postgres_statement {
	struct db *db;
	const char *text;
	char name[NAME_SIZE];   /* "": it is sent anew for each run */
	char cursor[NAME_SIZE]; /* "": no stream is open */
	bool streams;
	PGresult *result; /* NULL before the first step */
	int row;
	PGresult *description;
	size_t n;
	struct parameter in[];
};

static Oid oid_of(enum db_type type)
{
	return type == DB_TEXT ? OID_TEXT : type == DB_BYTES ? OID_BYTEA : OID_INT8;
}

static enum err prepare_as(const struct postgres_statement *s)
{
	Oid types[DB_MOST_PARAMETERS];

	for (size_t i = 0; i < s->n; i++)
		types[i] = s->in[i].type;
	TRY(postgres_collect(s->db, NULL));
	return postgres_check(s->db,
	                      PQprepare(s->db->connection, s->name, s->text, (int)s->n, types),
	                      s->text);
}

enum err postgres_prepare(void **handle, struct db *db, const char *text,
                          const struct db_signature *in)
{
	struct postgres_statement *s = calloc(1, sizeof(*s) + in->n * sizeof(s->in[0]));
	enum err e = ERR_OK;

	if (!s)
		return err_set(ERR_NO_MEMORY, "no memory for a statement");
	s->db = db;
	s->text = text;
	s->n = in->n;
	for (size_t i = 0; i < in->n; i++)
		s->in[i].type = oid_of(in->types[i]);
	if (!db->options.unprepared) {
		snprintf(s->name, sizeof(s->name), "s%llu", (unsigned long long)++db->uses);
		e = prepare_as(s);
	}
	if (e != ERR_OK) {
		free(s);
		return e;
	}
	*handle = s;
	return ERR_OK;
}

static void close_cursor(struct postgres_statement *s)
{
	char text[NAME_SIZE + 8];

	if (!*s->cursor)
		return;
	snprintf(text, sizeof(text), "close %s", s->cursor);
	if (postgres_collect(s->db, NULL) == ERR_OK &&
	    PQtransactionStatus(s->db->connection) == PQTRANS_INTRANS)
		PQclear(PQexec(s->db->connection, text));
	*s->cursor = '\0';
}

static void drop_value(struct parameter *p)
{
	free(p->owned);
	p->owned = NULL;
	p->value = NULL;
}

void postgres_reset(void *handle)
{
	struct postgres_statement *s = handle;

	close_cursor(s);
	s->streams = false;
	PQclear(s->result);
	s->result = NULL;
	for (size_t i = 0; i < s->n; i++)
		drop_value(&s->in[i]);
}

void postgres_finalize(void *handle)
{
	struct postgres_statement *s = handle;
	char text[NAME_SIZE + 16];

	postgres_reset(s);
	PQclear(s->description);
	snprintf(text, sizeof(text), "deallocate %s", s->name);
	if (*s->name && !s->db->closing && postgres_collect(s->db, NULL) == ERR_OK)
		PQclear(PQexec(s->db->connection, text));
	free(s);
}

/* ---- parameters ---- */

enum err postgres_bind_null(void *handle, size_t i)
{
	struct postgres_statement *s = handle;

	assert(i < s->n);
	drop_value(&s->in[i]);
	return ERR_OK;
}

enum err postgres_bind_int(void *handle, size_t i, int64_t value)
{
	struct postgres_statement *s = handle;

	assert(i < s->n);
	drop_value(&s->in[i]);
	postgres_put_number(s->in[i].number, value);
	s->in[i].value = (const char *)s->in[i].number;
	s->in[i].length = (int)sizeof(s->in[i].number);
	return ERR_OK;
}

static enum err bind(struct postgres_statement *s, size_t i, struct db_bytes bytes, bool copy)
{
	struct parameter *p = &s->in[i];

	assert(i < s->n);
	drop_value(p);
	if (bytes.n > INT32_MAX)
		return err_set(ERR_TOO_LARGE, "a parameter of %zu bytes", bytes.n);
	p->value = (const char *)bytes.at;
	p->length = (int)bytes.n;
	if (!copy)
		return ERR_OK;
	p->owned = malloc(bytes.n + 1);
	if (!p->owned)
		return err_set(ERR_NO_MEMORY, "no memory for a parameter");
	memcpy(p->owned, bytes.at, bytes.n);
	p->value = p->owned;
	return ERR_OK;
}

enum err postgres_bind_text(void *handle, size_t i, const char *text, bool copy)
{
	return bind(handle, i, (struct db_bytes){ (const unsigned char *)text, strlen(text) },
	            copy);
}

enum err postgres_bind_bytes(void *handle, size_t i, struct db_bytes bytes, bool copy)
{
	return bind(handle, i, bytes, copy);
}

/* ---- running ---- */

/* The prepared statement, or `text`. */
static bool send(const struct postgres_statement *s, const char *text, bool prepared)
{
	PGconn *c = s->db->connection;
	const char *values[DB_MOST_PARAMETERS];
	int n = (int)s->n, lengths[DB_MOST_PARAMETERS], formats[DB_MOST_PARAMETERS];
	Oid types[DB_MOST_PARAMETERS];

	for (size_t i = 0; i < s->n; i++) {
		types[i] = s->in[i].type;
		values[i] = s->in[i].value;
		lengths[i] = s->in[i].length;
		formats[i] = BINARY;
	}
	if (prepared)
		return PQsendQueryPrepared(c, s->name, n, values, lengths, formats, BINARY);
	return PQsendQueryParams(c, text, n, types, values, lengths, formats, BINARY);
}

/* The answer of what was just sent, behind those of what is queued. */
static enum err receive(PGresult **out, struct db *db)
{
	PGresult *r;

	if (db->n_queued)
		return postgres_collect(db, out);
	*out = PQgetResult(db->connection);
	while ((r = PQgetResult(db->connection)))
		PQclear(r);
	return ERR_OK;
}

static enum err send_and_receive(PGresult **out, const struct postgres_statement *s,
                                 const char *text, bool prepared)
{
	if (!send(s, text, prepared))
		return postgres_failed(s->db, NULL, text);
	return receive(out, s->db);
}

static enum err fetch(struct postgres_statement *s)
{
	char text[NAME_SIZE + 24];

	TRY(postgres_collect(s->db, NULL));
	PQclear(s->result);
	snprintf(text, sizeof(text), "fetch %d from %s", ROWS_AT_ONCE, s->cursor);
	s->result = PQexecParams(s->db->connection, text, 0, NULL, NULL, NULL, NULL, BINARY);
	s->row = -1;
	if (PQresultStatus(s->result) != PGRES_TUPLES_OK)
		return postgres_failed(s->db, s->result, s->text);
	return ERR_OK;
}

static enum err open_cursor(struct postgres_statement *s)
{
	size_t room = strlen(s->text) + NAME_SIZE + 40;
	char *text = malloc(room);

	if (!text)
		return err_set(ERR_NO_MEMORY, "no memory for a cursor");
	snprintf(s->cursor, sizeof(s->cursor), "c%llu", (unsigned long long)++s->db->uses);
	snprintf(text, room, "declare %s no scroll cursor for %s", s->cursor, s->text);
	PGresult *r = NULL;
	enum err e = send_and_receive(&r, s, text, false);
	if (e == ERR_OK)
		e = postgres_check(s->db, r, s->text);
	free(text);
	if (e != ERR_OK) {
		*s->cursor = '\0';
		return e;
	}
	return fetch(s);
}

static enum err run(struct postgres_statement *s)
{
	if (s->streams)
		return open_cursor(s);
	TRY(send_and_receive(&s->result, s, s->text, *s->name != '\0'));
	s->row = -1;
	ExecStatusType status = PQresultStatus(s->result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return postgres_failed(s->db, s->result, s->text);
	s->db->changed = strtoll(PQcmdTuples(s->result), NULL, 10);
	return ERR_OK;
}

/* Only a transaction that writes has an end at which errors that came late are noticed. */
enum err postgres_run(struct db *db, void *handle)
{
	struct postgres_statement *s = handle;

	if (db->depth == 0 || db->mode != DB_WRITE)
		return run(s);
	TRY(postgres_queue(db, s->text));
	return send(s, s->text, *s->name != '\0') ? ERR_OK : postgres_failed(db, NULL, s->text);
}

enum err postgres_step(struct db *db, void *handle, bool *row)
{
	struct postgres_statement *s = handle;

	(void)db;
	*row = false;
	if (!s->result)
		TRY(run(s));
	else if (*s->cursor && s->row + 1 == ROWS_AT_ONCE)
		TRY(fetch(s));
	if (s->row + 1 < PQntuples(s->result)) {
		s->row++;
		*row = true;
	}
	return ERR_OK;
}

void postgres_stream(void *handle)
{
	struct postgres_statement *s = handle;

	assert(s->db->depth > 0);
	s->streams = true;
}

/* ---- reading ---- */

bool postgres_is_null(void *handle, size_t i)
{
	const struct postgres_statement *s = handle;

	return PQgetisnull(s->result, s->row, (int)i) != 0;
}

int64_t postgres_read_int(void *handle, size_t i)
{
	const struct postgres_statement *s = handle;
	int column = (int)i;

	return postgres_number(PQgetvalue(s->result, s->row, column),
	                       PQgetlength(s->result, s->row, column),
	                       PQftype(s->result, column));
}

static bool is_text(Oid type)
{
	return type == OID_TEXT || type == OID_NAME || type == OID_VARCHAR;
}

/* libpq puts a zero behind every value. */
const char *postgres_read_text(void *handle, size_t i)
{
	const struct postgres_statement *s = handle;

	assert(is_text(PQftype(s->result, (int)i)));
	return PQgetvalue(s->result, s->row, (int)i);
}

struct db_bytes postgres_read_bytes(void *handle, size_t i)
{
	const struct postgres_statement *s = handle;

	return (struct db_bytes){
		(const unsigned char *)PQgetvalue(s->result, s->row, (int)i),
		(size_t)PQgetlength(s->result, s->row, (int)i),
	};
}

/* ---- for the test of all queries ---- */

static PGresult *describe(struct postgres_statement *s)
{
	bool there = *s->name || prepare_as(s) == ERR_OK;

	if (!s->description && there)
		s->description = PQdescribePrepared(s->db->connection, s->name);
	return s->description;
}

size_t postgres_column_count(void *handle)
{
	return (size_t)PQnfields(describe(handle));
}

const char *postgres_column_name(void *handle, size_t i)
{
	return PQfname(describe(handle), (int)i);
}

/* sum() of whole numbers is numeric, exists is bool. */
bool postgres_column_fits(void *handle, size_t i, enum db_type type)
{
	Oid oid = PQftype(describe(handle), (int)i);

	switch (oid) {
	case OID_BOOL:
		return type == DB_FLAG;
	case OID_BYTEA:
		return type == DB_BYTES;
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
	case OID_NUMERIC:
		return type != DB_TEXT && type != DB_BYTES;
	default:
		return is_text(oid) && type == DB_TEXT;
	}
}
