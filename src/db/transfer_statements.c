/* transfer_statements.c - moves rows by ordinary prepared statements. */
#include <stdlib.h>

#include "db/engine.h"
#include "db/transfer.h"

enum { MOST_TEXT = 8192 };

struct mover {
	struct db *db;
	const struct schema_table *table;
	struct db_statement *statement;
};

static enum err open_mover(void **handle, struct db *db, const struct schema_table *t,
                           const char *text, const struct db_signature *in)
{
	struct mover *m = calloc(1, sizeof(*m));

	if (!m)
		return err_set(ERR_NO_MEMORY, "no memory for rows");
	m->db = db;
	m->table = t;
	enum err e = db_statement_composed(&m->statement, db, text, in);
	if (e != ERR_OK) {
		free(m);
		return e;
	}
	*handle = m;
	return ERR_OK;
}

static void close_mover(void *handle)
{
	struct mover *m = handle;

	db_statement_return(m->db, m->statement);
	free(m);
}

/* ---- reading ---- */

static enum err rows_open(void **handle, struct db *db, const struct schema_table *t,
                          const char *select)
{
	static const struct db_signature nothing = { .n = 0 };

	return open_mover(handle, db, t, select, &nothing);
}

static void read_value(struct transfer_value *v, struct mover *m, size_t i)
{
	const struct db_engine *engine = m->db->engine;

	v->is_null = engine->is_null(m->statement->handle, i);
	if (v->is_null)
		return;
	if (m->table->columns[i].kind == SCHEMA_INT)
		v->number = engine->read_int(m->statement->handle, i);
	else
		v->bytes = engine->read_bytes(m->statement->handle, i);
}

static enum err rows_next(void *handle, struct transfer_row *row, bool *there)
{
	struct mover *m = handle;

	TRY(m->db->engine->step(m->db, m->statement->handle, there));
	for (size_t i = 0; *there && i < m->table->n_columns; i++)
		read_value(&row->at[i], m, i);
	return ERR_OK;
}

/* ---- writing ---- */

static enum db_type type_of(enum schema_kind kind)
{
	return kind == SCHEMA_INT ? DB_INT : kind == SCHEMA_TEXT ? DB_TEXT : DB_BYTES;
}

static enum err sink_open(void **handle, struct db *db, const struct schema_table *t)
{
	struct db_signature in = { .n = t->n_columns };
	struct str text;

	str_init(&text, NULL, MOST_TEXT);
	str_printf(&text, "insert into \"%s\" (", t->name);
	for (size_t i = 0; i < t->n_columns; i++)
		str_printf(&text, "%s\"%s\"", i ? ", " : "", t->columns[i].name);
	str_put(&text, ") values (");
	for (size_t i = 0; i < t->n_columns; i++) {
		str_printf(&text, "%s?%zu", i ? ", " : "", i + 1);
		in.types[i] = type_of(t->columns[i].kind);
	}
	str_put(&text, ")");
	enum err e = str_check(&text);
	if (e == ERR_OK)
		e = open_mover(handle, db, t, text.data, &in);
	str_release(&text);
	return e;
}

static enum err bind_value(struct mover *m, size_t i, const struct transfer_value *v)
{
	const struct db_engine *engine = m->db->engine;
	void *handle = m->statement->handle;

	if (v->is_null)
		return engine->bind_null(handle, i);
	switch (m->table->columns[i].kind) {
	case SCHEMA_INT:
		return engine->bind_int(handle, i, v->number);
	case SCHEMA_TEXT:
		return engine->bind_text(handle, i, (const char *)v->bytes.at, false);
	case SCHEMA_BYTES:
	case SCHEMA_OTHER:
		break;
	}
	return engine->bind_bytes(handle, i, v->bytes, false);
}

static enum err sink_put(void *handle, const struct transfer_row *row)
{
	struct mover *m = handle;
	bool there;

	for (size_t i = 0; i < m->table->n_columns; i++)
		TRY(bind_value(m, i, &row->at[i]));
	TRY(m->db->engine->step(m->db, m->statement->handle, &there));
	m->db->engine->reset(m->statement->handle);
	return ERR_OK;
}

static enum err sink_finish(void *handle)
{
	(void)handle; /* every row is there already */
	return ERR_OK;
}

const struct transfer_means transfer_by_statements = {
	.rows_open = rows_open,
	.rows_next = rows_next,
	.rows_close = close_mover,
	.sink_open = sink_open,
	.sink_put = sink_put,
	.sink_finish = sink_finish,
	.sink_close = close_mover,
};
