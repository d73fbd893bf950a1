/* migrate.h - brings a database to the schema of this program.
 *
 * A migration is a file migrations/NNNN_words.sql in the portable dialect, whose column types
 * are our own words (id int flag day instant dong decimal text bytes).  They are applied in
 * the order of their numbers, all in one transaction; number, name and SHA-256 are stored in
 * `schema_migration`.  An applied one is never edited.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "base/str.h"
#include "db/db.h"

struct migration {
	const char *name; /* "0001_core.sql" */
	const char *text;
};

enum { MIGRATE_CHECKSUM = 65 };
/* SHA-256 of the text, hexadecimal: what is stored with a migration that was applied. */
void migrate_checksum(char out[MIGRATE_CHECKSUM], const struct migration *m);

/* The migrations of the program; they live in `a`. */
ERR_RESULT migrate_embedded(const struct migration **out, size_t *n, struct arena *a);

/* ERR_DB_NEWER, ERR_DB (edited; not a database of this program), ERR_READ_ONLY,
 * ERR_DISK_FULL: then nothing has changed. */
ERR_RESULT migrate_with(struct db *db, const struct migration *list, size_t n);

/* How many of `list` the database has, without changing it; 0 for an empty one.  Errors as
 * migrate_with. */
ERR_RESULT migrate_applied(size_t *out, struct db *db, const struct migration *list, size_t n);

/* Whether there is no table at all; ERR_DB as migrate_with. */
ERR_RESULT migrate_is_empty(bool *out, struct db *db);

/* db_migrate() for an empty database only; ERR_DB_OLDER when it has an older schema: then a
 * backup comes first (app/backup/migrate_store.h). */
ERR_RESULT db_migrate_new(struct db *db);

/* ERR_DB_NEWER when the database has migrations this program does not know. */
ERR_RESULT migrate_check_newer(struct db *db);

/* The text of a migration for the engine of `db`: column words and table options.
 * ERR_DB when a column has a type that is none of our words. */
ERR_RESULT migrate_expand(struct str *out, const struct db *db, const struct migration *m);

#endif
