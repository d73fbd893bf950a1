/* verify_schema_store.c - the tables of a database against those that the migrations make. */
#include "app/verify/verify_store.h"

static const struct schema_index *find_index(const struct schema_table *t,
                                             const struct schema_index *wanted)
{
	for (size_t i = 0; i < t->n_indexes; i++)
		if (str_eq(t->indexes[i].name, wanted->name) &&
		    str_eq(t->indexes[i].columns, wanted->columns) &&
		    t->indexes[i].is_unique == wanted->is_unique &&
		    t->indexes[i].is_partial == wanted->is_partial)
			return &t->indexes[i];
	return NULL;
}

static bool has_reference(const struct schema_table *t, const struct schema_reference *wanted)
{
	for (size_t i = 0; i < t->n_references; i++)
		if (str_eq(t->references[i].column, wanted->column) &&
		    str_eq(t->references[i].parent, wanted->parent) &&
		    str_eq(t->references[i].parent_column, wanted->parent_column))
			return true;
	return false;
}

/* The key of a divided table holds the columns it is divided by as well. */
static enum err describe(const char **out, struct verify *v, const struct schema_column *c,
                         bool with_key)
{
	return arena_printf(v->arena, out, "%s%s%s", c->type, c->not_null ? " not null" : "",
	                    with_key && c->key_place ? " primary key" : "");
}

static enum err compare_column(struct verify *v, const struct schema_table *t,
                               const struct schema_column *wanted,
                               const struct schema_column *there)
{
	const char *is, *should;

	if (!there)
		return verify_found(v, MSG_VERIFY_NO_COLUMN, t->name, wanted->name);
	TRY(describe(&is, v, there, !t->is_divided));
	TRY(describe(&should, v, wanted, !t->is_divided));
	return str_eq(is, should)
	               ? ERR_OK
	               : verify_found(v, MSG_VERIFY_COLUMN, t->name, wanted->name, is, should);
}

static enum err compare_columns(struct verify *v, const struct schema_table *wanted,
                                const struct schema_table *there)
{
	for (size_t i = 0; i < wanted->n_columns; i++)
		TRY(compare_column(v, there, &wanted->columns[i],
		                   schema_column(there, wanted->columns[i].name)));
	for (size_t i = 0; i < there->n_columns; i++)
		if (!schema_column(wanted, there->columns[i].name))
			TRY(verify_found(v, MSG_VERIFY_EXTRA_COLUMN, there->name,
			                 there->columns[i].name));
	return ERR_OK;
}

static enum err compare_indexes(struct verify *v, const struct schema_table *wanted,
                                const struct schema_table *there)
{
	for (size_t i = 0; i < wanted->n_indexes; i++)
		if (!find_index(there, &wanted->indexes[i]))
			TRY(verify_found(v, MSG_VERIFY_NO_INDEX, wanted->indexes[i].name,
			                 wanted->name, wanted->indexes[i].columns));
	for (size_t i = 0; i < there->n_indexes; i++)
		if (!find_index(wanted, &there->indexes[i]))
			TRY(verify_found(v, MSG_VERIFY_EXTRA_INDEX, there->indexes[i].name,
			                 there->name, there->indexes[i].columns));
	return ERR_OK;
}

static enum err compare_references(struct verify *v, const struct schema_table *wanted,
                                   const struct schema_table *there,
                                   const struct schema *actual)
{
	for (size_t i = 0; i < wanted->n_references; i++) {
		const struct schema_reference *r = &wanted->references[i];
		const struct schema_table *parent = schema_table(actual, r->parent);

		if (parent && !parent->is_divided && !has_reference(there, r))
			TRY(verify_found(v, MSG_VERIFY_NO_REFERENCE, wanted->name, r->column,
			                 r->parent, r->parent_column));
	}
	return ERR_OK;
}

/* A table that was divided into partitions keeps its columns; keys, indexes and references are
 * those of the division. */
static enum err compare_table(struct verify *v, const struct schema_table *wanted,
                              const struct schema *actual)
{
	const struct schema_table *there = schema_table(actual, wanted->name);

	if (!there)
		return verify_found(v, MSG_VERIFY_NO_TABLE, wanted->name);
	TRY(compare_columns(v, wanted, there));
	if (there->is_divided)
		return ERR_OK;
	TRY(compare_indexes(v, wanted, there));
	return compare_references(v, wanted, there, actual);
}

static const char *text_of(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n_texts; i++)
		if (str_eq(s->texts[i].name, name))
			return s->texts[i].text;
	return NULL;
}

/* Finds what the lists do not show: checks, defaults, conditions of indexes. */
static enum err compare_texts(struct verify *v, const struct schema *actual)
{
	for (size_t i = 0; i < v->schema->n_texts && actual->n_texts; i++) {
		const struct schema_text *wanted = &v->schema->texts[i];
		const char *there = text_of(actual, wanted->name);

		if (there && !str_eq(there, wanted->text))
			TRY(verify_found(v, MSG_VERIFY_TEXT, wanted->name));
	}
	return ERR_OK;
}

enum err verify_schema(struct verify *v)
{
	struct schema actual;

	TRY(schema_read(&actual, v->db, v->arena));
	for (size_t i = 0; i < v->schema->n_tables; i++)
		TRY(compare_table(v, &v->schema->tables[i], &actual));
	for (size_t i = 0; i < actual.n_tables; i++)
		if (!schema_table(v->schema, actual.tables[i].name))
			TRY(verify_found(v, MSG_VERIFY_EXTRA_TABLE, actual.tables[i].name));
	return v->n ? ERR_OK : compare_texts(v, &actual);
}
