#include "db/schema.h"

#include <string.h>

#include "base/vec.h"
#include "db/schema.sql.h"

enum { MOST_TABLES = 400, MOST_REFERENCES = 60, MOST_INDEXES = 60 };

const struct schema_table *schema_table(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n_tables; i++)
		if (str_eq(s->tables[i].name, name))
			return &s->tables[i];
	return NULL;
}

const struct schema_column *schema_column(const struct schema_table *t, const char *name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (str_eq(t->columns[i].name, name))
			return &t->columns[i];
	return NULL;
}

static enum schema_kind kind_of(const char *type)
{
	return str_eq(type, "integer") ? SCHEMA_INT
	       : str_eq(type, "text")  ? SCHEMA_TEXT
	       : str_eq(type, "blob")  ? SCHEMA_BYTES
	                               : SCHEMA_OTHER;
}

/* The table of a row: the one before, one from earlier, or a new one. */
static enum err table_of(struct schema_table **out, struct schema *s, struct arena *a,
                         const char *name)
{
	for (size_t i = s->n_tables; i-- > 0;)
		if (str_eq(s->tables[i].name, name)) {
			*out = &s->tables[i];
			return ERR_OK;
		}
	if (s->n_tables == MOST_TABLES)
		return err_set(ERR_TOO_LARGE, "more than %d tables", MOST_TABLES);
	struct schema_table *t = &s->tables[s->n_tables];
	TRY(arena_strdup(a, &t->name, name));
	TRY(arena_array(a, &t->columns, SCHEMA_MOST_COLUMNS));
	TRY(arena_array(a, &t->references, MOST_REFERENCES));
	TRY(arena_array(a, &t->indexes, MOST_INDEXES));
	s->n_tables++;
	*out = t;
	return ERR_OK;
}

static enum err too_many(const struct schema_table *t, const char *what)
{
	return err_set(ERR_TOO_LARGE, "table %s has too many %s", t->name, what);
}

static enum err read_columns(struct schema *s, struct db *db, struct arena *a)
{
	struct q_schema_columns_row row;
	struct schema_table *t;
	DB_ROWS rows = { 0 };

	TRY(q_schema_columns_open(&rows, db));
	while (q_schema_columns_next(&rows, &row)) {
		TRY(table_of(&t, s, a, row.table_name));
		t->is_divided = row.is_divided;
		if (t->n_columns == SCHEMA_MOST_COLUMNS)
			return too_many(t, "columns");
		struct schema_column *c = &t->columns[t->n_columns++];
		TRY(arena_strdup(a, &c->name, row.name));
		TRY(arena_strdup(a, &c->type, row.type));
		c->kind = kind_of(row.type);
		c->not_null = row.not_null;
		c->key_place = (int)row.key_place;
	}
	return db_rows_status(&rows);
}

static enum err read_references(struct schema *s, struct db *db, struct arena *a)
{
	struct q_schema_references_row row;
	struct schema_table *t;
	DB_ROWS rows = { 0 };

	TRY(q_schema_references_open(&rows, db));
	while (q_schema_references_next(&rows, &row)) {
		TRY(table_of(&t, s, a, row.table_name));
		if (t->n_references == MOST_REFERENCES)
			return too_many(t, "references");
		struct schema_reference *r = &t->references[t->n_references++];
		TRY(arena_strdup(a, &r->column, row.column_name));
		TRY(arena_strdup(a, &r->parent, row.parent));
		TRY(arena_strdup(a, &r->parent_column, row.parent_column));
	}
	return db_rows_status(&rows);
}

static enum err read_indexes(struct schema *s, struct db *db, struct arena *a)
{
	struct q_schema_indexes_row row;
	struct schema_table *t;
	DB_ROWS rows = { 0 };

	TRY(q_schema_indexes_open(&rows, db));
	while (q_schema_indexes_next(&rows, &row)) {
		TRY(table_of(&t, s, a, row.table_name));
		if (t->n_indexes == MOST_INDEXES)
			return too_many(t, "indexes");
		struct schema_index *i = &t->indexes[t->n_indexes++];
		TRY(arena_strdup(a, &i->name, row.name));
		TRY(arena_strdup(a, &i->columns, row.columns));
		i->is_unique = row.is_unique;
		i->is_partial = row.is_partial;
	}
	return db_rows_status(&rows);
}

static enum err read_texts(struct schema *s, struct db *db, struct arena *a)
{
	struct q_schema_texts_row row;
	DB_ROWS rows = { 0 };

	TRY(q_schema_texts_open(&rows, db));
	while (q_schema_texts_next(&rows, &row)) {
		TRY(vec_room(a, s->texts, s->n_texts));
		struct schema_text *t = &s->texts[s->n_texts++];
		TRY(arena_strdup(a, &t->name, row.name));
		TRY(arena_strdup(a, &t->text, row.text));
	}
	return db_rows_status(&rows);
}

enum err schema_read(struct schema *out, struct db *db, struct arena *a)
{
	struct schema s = { 0 };

	TRY(arena_array(a, &s.tables, MOST_TABLES));
	TRY(read_columns(&s, db, a));
	TRY(read_references(&s, db, a));
	TRY(read_indexes(&s, db, a));
	TRY(read_texts(&s, db, a));
	*out = s;
	return ERR_OK;
}

enum err schema_of(struct schema *out, struct arena *a, const struct migration *list, size_t n)
{
	DB_CLEANUP struct db *db = NULL;

	TRY(db_open(&db, ":memory:", DB_WRITE));
	TRY(migrate_with(db, list, n));
	return schema_read(out, db, a);
}
