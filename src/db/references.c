#include "db/references.h"

#include "db/engine.h"

enum { MOST_TEXT = 4096 };

static const char *key_of(const struct schema_table *t, const char *otherwise)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].key_place == 1)
			return t->columns[i].name;
	return otherwise;
}

static enum err read_orphans(struct reference_orphans *out, struct db *db, struct arena *a,
                             struct db_statement *s)
{
	bool row;

	TRY(db->engine->step(db, s->handle, &row));
	db_read(db, s, 0, DB_INT, &out->n);
	db_read(db, s, 1, DB_TEXT, &out->first);
	return db_keep(a, DB_TEXT, &out->first);
}

enum err reference_orphans(struct reference_orphans *out, struct db *db, struct arena *a,
                           const struct schema_table *t, const struct schema_reference *r)
{
	static const struct db_signature nothing = { .n = 0 };
	struct reference_orphans orphans = { 0 };
	struct db_statement *s;
	struct str text;
	const char *select;

	str_init(&text, a, MOST_TEXT);
	str_printf(&text,
	           "select count(*), cast(min(c.\"%s\") as text) from \"%s\" c "
	           "where c.\"%s\" is not null and not exists "
	           "(select 1 from \"%s\" p where p.\"%s\" = c.\"%s\")",
	           key_of(t, r->column), t->name, r->column, r->parent, r->parent_column,
	           r->column);
	TRY(str_finish(&text, &select));
	TRY(db_statement_composed(&s, db, select, &nothing));
	enum err e = read_orphans(&orphans, db, a, s);
	db_statement_return(db, s);
	TRY(e);
	*out = orphans;
	return ERR_OK;
}
