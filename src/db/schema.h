/* schema.h - the tables of a database as it describes them itself, and as migrations make them.
 *
 * The second is asked from an empty SQLite database in memory: what is true of the one engine's
 * tables is true of the other's, since both come from the same migrations.
 */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include "db/migrate.h"

/* How a value is stored: the nine types of db.h are whole numbers, texts or bytes. */
enum schema_kind { SCHEMA_INT, SCHEMA_TEXT, SCHEMA_BYTES, SCHEMA_OTHER };

enum { SCHEMA_MOST_COLUMNS = 100 };

struct schema_column {
	const char *name, *type; /* "integer", "text", "blob", or what the engine says */
	enum schema_kind kind;
	bool not_null;
	int key_place; /* in the primary key, from 1; 0: not in it */
};

struct schema_reference {
	const char *column, *parent, *parent_column;
};

struct schema_index {
	const char *name; /* "": of a unique constraint */
	bool is_unique, is_partial;
	const char *columns; /* "a, b"; an expression is ? */
};

struct schema_table {
	const char *name;
	bool is_divided; /* into partitions (PostgreSQL) */
	struct schema_column *columns;
	struct schema_reference *references;
	struct schema_index *indexes;
	size_t n_columns, n_references, n_indexes;
};

/* What was written to make a table or an index, checks and defaults included. */
struct schema_text {
	const char *name, *text;
};

/* Tables in the order of their creation: a table stands behind those it refers to. */
struct schema {
	struct schema_table *tables;
	struct schema_text *texts; /* ordered by name; none on PostgreSQL, which keeps none */
	size_t n_tables, n_texts;
};

/* Everything lives in `a`. */
ERR_RESULT schema_read(struct schema *out, struct db *db, struct arena *a);

/* What the first `n` migrations of `list` make. */
ERR_RESULT schema_of(struct schema *out, struct arena *a, const struct migration *list,
                     size_t n);

const struct schema_table *schema_table(const struct schema *s, const char *name);
const struct schema_column *schema_column(const struct schema_table *t, const char *name);

#endif
