#include "db/transfer.h"

#include <assert.h>

#include "base/vec.h"
#include "db/engine.h"
#include "db/references.h"
#include "db/transfer.sql.h"

enum { MOST_TEXT = 16384 };

static bool is_postgres(const struct db *db)
{
	return db->engine == &db_engine_postgres;
}

static const struct transfer_means *means_of(const struct db *db)
{
	return is_postgres(db) ? &transfer_by_copy : &transfer_by_statements;
}

enum err transfer_schema(struct schema *out, struct arena *a, const struct migration *list,
                         size_t n)
{
	struct schema s;
	size_t kept = 0;

	TRY(schema_of(&s, a, list, n));
	for (size_t i = 0; i < s.n_tables; i++)
		if (!str_eq(s.tables[i].name, "schema_migration"))
			s.tables[kept++] = s.tables[i];
	s.n_tables = kept;
	*out = s;
	return ERR_OK;
}

/* ---- reading ---- */

static const struct schema_column *key_column(const struct schema_table *t, int place)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].key_place == place)
			return &t->columns[i];
	return NULL;
}

/* The columns of the primary key in their places, or all columns of a table without one. */
static void put_order(struct str *out, const struct schema_table *t)
{
	bool has_key = key_column(t, 1) != NULL;

	str_put(out, " order by ");
	for (size_t i = 0; i < t->n_columns; i++) {
		const struct schema_column *c =
		        has_key ? key_column(t, (int)i + 1) : &t->columns[i];

		if (c)
			str_printf(out, "%s\"%s\"", i ? ", " : "", c->name);
	}
}

static enum err select_text(struct str *out, const struct schema_table *t)
{
	str_put(out, "select ");
	for (size_t i = 0; i < t->n_columns; i++)
		str_printf(out, "%s\"%s\"", i ? ", " : "", t->columns[i].name);
	str_printf(out, " from \"%s\"", t->name);
	put_order(out, t);
	return str_check(out);
}

enum err transfer_rows_open(struct transfer_rows *r, struct db *db,
                            const struct schema_table *t)
{
	struct str text;

	*r = (struct transfer_rows){ .db = db, .table = t };
	str_init(&text, NULL, MOST_TEXT);
	enum err e = select_text(&text, t);
	if (e == ERR_OK)
		e = means_of(db)->rows_open(&r->handle, db, t, text.data);
	str_release(&text);
	return e;
}

enum err transfer_rows_next(struct transfer_rows *r, struct transfer_row *row, bool *there)
{
	return means_of(r->db)->rows_next(r->handle, row, there);
}

void transfer_rows_close(struct transfer_rows *r)
{
	if (r->handle)
		means_of(r->db)->rows_close(r->handle);
	r->handle = NULL;
}

static enum err digest_rows(struct transfer_digest *d, struct transfer_rows *r)
{
	struct transfer_row row;
	bool there;

	for (;;) {
		TRY(transfer_rows_next(r, &row, &there));
		if (!there)
			return ERR_OK;
		TRY(transfer_digest_add(d, r->table, &row));
	}
}

enum err transfer_table_digest(int64_t *n, char out[TRANSFER_DIGEST_TEXT], struct db *db,
                               const struct schema_table *t)
{
	struct transfer_digest d;
	TRANSFER_ROWS rows = { 0 };

	TRY(transfer_rows_open(&rows, db, t));
	TRY(transfer_digest_start(&d));
	enum err e = digest_rows(&d, &rows);
	*n = d.n;
	transfer_digest_finish(&d, out);
	return e;
}

/* ---- writing ---- */

enum err transfer_sink_open(struct transfer_sink *s, struct db *db,
                            const struct schema_table *t)
{
	*s = (struct transfer_sink){ .db = db, .table = t };
	return means_of(db)->sink_open(&s->handle, db, t);
}

enum err transfer_sink_put(struct transfer_sink *s, const struct transfer_row *row)
{
	return means_of(s->db)->sink_put(s->handle, row);
}

enum err transfer_sink_finish(struct transfer_sink *s)
{
	TRY(means_of(s->db)->sink_finish(s->handle));
	transfer_sink_close(s);
	return ERR_OK;
}

void transfer_sink_close(struct transfer_sink *s)
{
	if (s->handle)
		means_of(s->db)->sink_close(s->handle);
	s->handle = NULL;
}

/* ---- a load ---- */

static enum err keep_statements(struct transfer_load *l, const char *take, const char *give,
                                const char ***taken, size_t *n_taken)
{
	TRY(vec_room(l->arena, *taken, *n_taken));
	TRY(arena_strdup(l->arena, &(*taken)[*n_taken], take));
	++*n_taken;
	TRY(vec_room(l->arena, l->give_back, l->n_give_back));
	TRY(arena_strdup(l->arena, &l->give_back[l->n_give_back], give));
	l->n_give_back++;
	return ERR_OK;
}

/* Indexes first: they come back first, and checking the references uses them. */
static enum err take_apart(struct transfer_load *l)
{
	struct q_transfer_indexes_row index;
	struct q_transfer_references_row reference;
	const char **taken = NULL;
	size_t n = 0;
	DB_ROWS indexes = { 0 };
	DB_ROWS references = { 0 };

	TRY(q_transfer_indexes_open(&indexes, l->db));
	while (q_transfer_indexes_next(&indexes, &index))
		TRY(keep_statements(l, index.take, index.give, &taken, &n));
	TRY(db_rows_status(&indexes));
	TRY(q_transfer_references_open(&references, l->db));
	while (q_transfer_references_next(&references, &reference))
		TRY(keep_statements(l, reference.take, reference.give, &taken, &n));
	TRY(db_rows_status(&references));
	for (size_t i = n; i-- > 0;)
		TRY(l->db->engine->exec(l->db, taken[i]));
	return ERR_OK;
}

/* What the migrations put there comes with the rows of the source. */
static enum err clear_tables(struct transfer_load *l)
{
	char text[128];

	for (size_t i = l->schema.n_tables; i-- > 0;) {
		snprintf(text, sizeof(text), "delete from \"%s\"", l->schema.tables[i].name);
		TRY(l->db->engine->exec(l->db, text));
	}
	return ERR_OK;
}

/* A file that is new: a failure throws it away.  References are asked for at the end, and large
 * sorts go to files instead of memory. */
static enum err prepare_file(struct db *db)
{
	if (is_postgres(db))
		return ERR_OK;
	TRY(db->engine->fill_new(db));
	return db->engine->exec(db, "pragma foreign_keys = off;"
	                            "pragma cache_size = -131072;"
	                            "pragma temp_store = file;");
}

static enum err prepare_server(struct db *db)
{
	if (!is_postgres(db))
		return ERR_OK;
	return db->engine->exec(db, "set local maintenance_work_mem = '256MB'");
}

enum err transfer_load_begin(struct transfer_load *l, struct db *db, struct arena *a,
                             const struct migration *list, size_t n)
{
	bool is_empty;

	*l = (struct transfer_load){ .db = db, .arena = a };
	TRY(migrate_is_empty(&is_empty, db));
	if (!is_empty)
		return err_set(ERR_CONFLICT, "the database is not empty");
	TRY(transfer_schema(&l->schema, a, list, n));
	TRY(prepare_file(db));
	TRY(db_begin(&l->tx, db));
	TRY(prepare_server(db));
	TRY(migrate_with(db, list, n));
	TRY(take_apart(l));
	return clear_tables(l);
}

static enum err check_references(struct transfer_load *l, const struct schema_table *t)
{
	struct reference_orphans orphans;

	for (size_t i = 0; i < t->n_references; i++) {
		const struct schema_reference *r = &t->references[i];

		TRY(reference_orphans(&orphans, l->db, l->arena, t, r));
		if (orphans.n)
			return err_set(ERR_INPUT,
			               "%lld rows of %s.%s refer to nothing, first %s",
			               (long long)orphans.n, t->name, r->column, orphans.first);
	}
	return ERR_OK;
}

enum err transfer_load_finish(struct transfer_load *l)
{
	for (size_t i = 0; i < l->n_give_back; i++)
		TRY(l->db->engine->exec(l->db, l->give_back[i]));
	if (is_postgres(l->db))
		return l->db->engine->exec(l->db, "analyze");
	for (size_t i = 0; i < l->schema.n_tables; i++)
		TRY(check_references(l, &l->schema.tables[i]));
	return ERR_OK;
}
