/* transfer_copy.c - moves rows by PostgreSQL's COPY in its binary format (the manual, "COPY,
 * Binary Format"): a header, for each row the number of fields and for each field its length
 * (-1: NULL) and bytes, most significant first; -1 instead of a row at the end. */
#include <arpa/inet.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "db/postgres.h"
#include "db/transfer.h"

static const char signature[11] = "PGCOPY\n\377\r\n";

enum { HEADER = 19, FLUSH_AT = 1 << 16, MOST_BUFFER = 256 << 20, MOST_TEXT = 16384 };

/* Reads what is left of the answer, so that the connection can be used again. */
static enum err end_answer(struct db *db)
{
	enum err e = ERR_OK;
	PGresult *r;

	while ((r = PQgetResult(db->connection)) != NULL) {
		if (e == ERR_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
			e = postgres_failed(db, r, "copy");
		PQclear(r);
	}
	return e;
}

static enum err start(struct db *db, const char *text, ExecStatusType wanted)
{
	TRY(postgres_collect(db, NULL));
	PGresult *r = PQexec(db->connection, text);
	enum err e = PQresultStatus(r) == wanted ? ERR_OK : postgres_failed(db, r, "copy");

	PQclear(r);
	return e;
}

/* ---- reading ---- */

struct reader {
	struct db *db;
	PGconn *connection;
	const struct schema_table *table;
	char *message; /* rows are never split over two */
	const char *at;
	size_t left;
	bool saw_header, ended;
	char *texts; /* of the row at hand, each with its NUL */
	size_t texts_size;
};

static enum err rows_open(void **handle, struct db *db, const struct schema_table *t,
                          const char *select)
{
	struct reader *r = calloc(1, sizeof(*r));
	struct str text;

	if (!r)
		return err_set(ERR_NO_MEMORY, "no memory for rows");
	r->db = db;
	r->connection = db->connection;
	r->table = t;
	str_init(&text, NULL, MOST_TEXT);
	str_printf(&text, "copy (%s) to stdout (format binary)", select);
	enum err e = str_check(&text);
	if (e == ERR_OK)
		e = start(r->db, text.data, PGRES_COPY_OUT);
	str_release(&text);
	if (e != ERR_OK) {
		free(r);
		return e;
	}
	*handle = r;
	return ERR_OK;
}

static enum err malformed(void)
{
	return err_set(ERR_DB, "copy: the server's answer is malformed");
}

static enum err take(const char **out, struct reader *r, size_t n)
{
	if (n > r->left)
		return malformed();
	*out = r->at;
	r->at += n;
	r->left -= n;
	return ERR_OK;
}

static enum err take_count(int *out, struct reader *r)
{
	const char *at = NULL;
	uint16_t n;

	TRY(take(&at, r, sizeof(n)));
	memcpy(&n, at, sizeof(n));
	*out = (int16_t)ntohs(n);
	return ERR_OK;
}

static enum err take_length(int64_t *out, struct reader *r)
{
	const char *at = NULL;
	uint32_t n;

	TRY(take(&at, r, sizeof(n)));
	memcpy(&n, at, sizeof(n));
	*out = (int32_t)ntohl(n);
	return ERR_OK;
}

static enum err take_header(struct reader *r)
{
	const char *at = NULL;

	if (r->saw_header)
		return ERR_OK;
	TRY(take(&at, r, HEADER));
	r->saw_header = true;
	return memcmp(at, signature, sizeof(signature)) == 0 ? ERR_OK : malformed();
}

/* The next message, when the last one is used up. */
static enum err fill(struct reader *r)
{
	if (r->left > 0)
		return ERR_OK;
	PQfreemem(r->message);
	r->message = NULL;
	int n = PQgetCopyData(r->connection, &r->message, 0);
	if (n == -1) {
		r->ended = true;
		return end_answer(r->db);
	}
	if (n < 0)
		return postgres_failed(r->db, NULL, "copy");
	r->at = r->message;
	r->left = (size_t)n;
	if (n >= 0 && r->texts_size < (size_t)n + SCHEMA_MOST_COLUMNS) {
		free(r->texts);
		r->texts_size = (size_t)n * 2 + SCHEMA_MOST_COLUMNS;
		r->texts = malloc(r->texts_size);
		if (!r->texts)
			return err_set(ERR_NO_MEMORY, "no memory for a row");
	}
	return take_header(r);
}

static enum err read_number(int64_t *out, const char *at, int64_t n)
{
	uint16_t two;
	uint32_t four;
	uint64_t eight;

	switch (n) {
	case sizeof(two):
		memcpy(&two, at, sizeof(two));
		*out = (int16_t)ntohs(two);
		return ERR_OK;
	case sizeof(four):
		memcpy(&four, at, sizeof(four));
		*out = (int32_t)ntohl(four);
		return ERR_OK;
	case sizeof(eight):
		memcpy(&eight, at, sizeof(eight));
		*out = (int64_t)be64toh(eight);
		return ERR_OK;
	default:
		return malformed();
	}
}

/* A text gets a NUL, for which the message has no room; *used: of r->texts. */
static enum err read_value(struct transfer_value *v, struct reader *r, enum schema_kind kind,
                           size_t *used)
{
	const char *at = NULL;
	int64_t n = 0;

	TRY(take_length(&n, r));
	v->is_null = n < 0;
	if (v->is_null)
		return ERR_OK;
	TRY(take(&at, r, (size_t)n));
	if (kind == SCHEMA_INT)
		return read_number(&v->number, at, n);
	v->bytes = (struct db_bytes){ (const unsigned char *)at, (size_t)n };
	if (kind == SCHEMA_TEXT) {
		v->bytes.at = memcpy(r->texts + *used, at, (size_t)n);
		r->texts[*used + (size_t)n] = '\0';
		*used += (size_t)n + 1;
	}
	return ERR_OK;
}

static enum err rows_next(void *handle, struct transfer_row *row, bool *there)
{
	struct reader *r = handle;
	size_t used = 0;
	int n = -1;

	*there = false;
	while (!r->ended && n < 0) {
		TRY(fill(r)); /* the header, or the end, may come alone */
		if (r->left > 0)
			TRY(take_count(&n, r));
	}
	if (r->ended)
		return ERR_OK;
	if ((size_t)n != r->table->n_columns)
		return malformed();
	for (size_t i = 0; i < r->table->n_columns; i++)
		TRY(read_value(&row->at[i], r, r->table->columns[i].kind, &used));
	*there = true;
	return ERR_OK;
}

/* Gives up the rest when there is one. */
static void rows_close(void *handle)
{
	struct reader *r = handle;

	if (!r->ended) {
		PGcancel *cancel = PQgetCancel(r->connection);
		char text[256];

		if (cancel)
			PQcancel(cancel, text, sizeof(text));
		PQfreeCancel(cancel);
		PGresult *result;
		while ((result = PQgetResult(r->connection)) != NULL)
			PQclear(result);
	}
	PQfreemem(r->message);
	free(r->texts);
	free(r);
}

/* ---- writing ---- */

struct writer {
	struct db *db;
	PGconn *connection;
	const struct schema_table *table;
	unsigned char width[SCHEMA_MOST_COLUMNS]; /* of a number, in bytes */
	struct str buffer;
	bool finished;
};

/* How wide the numbers of the table are. */
static enum err read_widths(struct writer *w, const char *columns)
{
	struct str text;

	str_init(&text, NULL, MOST_TEXT);
	str_printf(&text, "select %s from \"%s\" limit 0", columns, w->table->name);
	enum err e = str_check(&text);
	PGresult *r = e == ERR_OK ? PQexec(w->connection, text.data) : NULL;
	str_release(&text);
	TRY(e);
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		e = postgres_failed(w->db, r, "copy");
	for (size_t i = 0; e == ERR_OK && i < w->table->n_columns; i++) {
		Oid type = PQftype(r, (int)i);

		w->width[i] = type == OID_INT2 ? 2 : type == OID_INT4 ? 4 : 8;
	}
	PQclear(r);
	return e;
}

static enum err start_writing(struct writer *w)
{
	static const char nothing[8];
	struct str columns, text;

	str_init(&columns, NULL, MOST_TEXT);
	str_init(&text, NULL, MOST_TEXT);
	for (size_t i = 0; i < w->table->n_columns; i++)
		str_printf(&columns, "%s\"%s\"", i ? ", " : "", w->table->columns[i].name);
	enum err e = str_check(&columns);
	if (e == ERR_OK)
		e = read_widths(w, columns.data);
	if (e == ERR_OK) {
		str_printf(&text, "copy \"%s\" (%s) from stdin (format binary)", w->table->name,
		           columns.data);
		e = str_check(&text);
	}
	if (e == ERR_OK)
		e = start(w->db, text.data, PGRES_COPY_IN);
	str_release(&columns);
	str_release(&text);
	str_put_n(&w->buffer, signature, sizeof(signature));
	str_put_n(&w->buffer, nothing, sizeof(nothing));
	return e;
}

static enum err sink_open(void **handle, struct db *db, const struct schema_table *t)
{
	struct writer *w = calloc(1, sizeof(*w));

	if (!w)
		return err_set(ERR_NO_MEMORY, "no memory for rows");
	w->db = db;
	w->connection = db->connection;
	w->table = t;
	str_init(&w->buffer, NULL, MOST_BUFFER);
	enum err e = start_writing(w);
	if (e != ERR_OK) {
		str_release(&w->buffer);
		free(w);
		return e;
	}
	*handle = w;
	return ERR_OK;
}

static void put_count(struct str *out, int n)
{
	uint16_t two = htons((uint16_t)n);

	str_put_n(out, (const char *)&two, sizeof(two));
}

static void put_length(struct str *out, int64_t n)
{
	uint32_t four = htonl((uint32_t)n);

	str_put_n(out, (const char *)&four, sizeof(four));
}

static bool fits(int64_t n, unsigned width)
{
	return width == 8 || (width == 4 && n == (int32_t)n) || (width == 2 && n == (int16_t)n);
}

/* The low bytes of a number, the highest of them first. */
static void put_number(struct str *out, int64_t n, unsigned width)
{
	uint64_t eight = htobe64((uint64_t)n);

	put_length(out, width);
	str_put_n(out, (const char *)&eight + sizeof(eight) - width, width);
}

static enum err put_value(struct writer *w, size_t i, const struct transfer_value *v)
{
	const struct schema_column *c = &w->table->columns[i];

	if (v->is_null) {
		put_length(&w->buffer, -1);
		return ERR_OK;
	}
	if (c->kind == SCHEMA_INT) {
		if (!fits(v->number, w->width[i]))
			return err_set(ERR_INPUT, "%lld is too large for %s.%s",
			               (long long)v->number, w->table->name, c->name);
		put_number(&w->buffer, v->number, w->width[i]);
		return ERR_OK;
	}
	if (v->bytes.n > INT32_MAX)
		return err_set(ERR_TOO_LARGE, "a value of %s.%s is too long", w->table->name,
		               c->name);
	put_length(&w->buffer, (int64_t)v->bytes.n);
	str_put_n(&w->buffer, (const char *)v->bytes.at, v->bytes.n);
	return ERR_OK;
}

static enum err flush(struct writer *w)
{
	TRY(str_check(&w->buffer));
	if (PQputCopyData(w->connection, w->buffer.data, (int)w->buffer.len) != 1)
		return postgres_failed(w->db, NULL, "copy");
	str_clear(&w->buffer);
	return ERR_OK;
}

static enum err sink_put(void *handle, const struct transfer_row *row)
{
	struct writer *w = handle;

	put_count(&w->buffer, (int)w->table->n_columns);
	for (size_t i = 0; i < w->table->n_columns; i++)
		TRY(put_value(w, i, &row->at[i]));
	return w->buffer.len >= FLUSH_AT ? flush(w) : ERR_OK;
}

static enum err sink_finish(void *handle)
{
	struct writer *w = handle;

	put_count(&w->buffer, -1);
	TRY(flush(w));
	w->finished = true;
	if (PQputCopyEnd(w->connection, NULL) != 1)
		return postgres_failed(w->db, NULL, "copy");
	return end_answer(w->db);
}

static void sink_close(void *handle)
{
	struct writer *w = handle;

	if (!w->finished && PQputCopyEnd(w->connection, "given up") == 1) {
		PGresult *r;

		while ((r = PQgetResult(w->connection)) != NULL)
			PQclear(r);
	}
	str_release(&w->buffer);
	free(w);
}

const struct transfer_means transfer_by_copy = {
	.rows_open = rows_open,
	.rows_next = rows_next,
	.rows_close = rows_close,
	.sink_open = sink_open,
	.sink_put = sink_put,
	.sink_finish = sink_finish,
	.sink_close = sink_close,
};
