#include "db/migrate.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "db/engine.h"
#include "db/migrate.sql.h"

enum { MOST_MIGRATION = 1 << 20 };
_Static_assert(MIGRATE_CHECKSUM == crypto_hash_sha256_BYTES * 2 + 1, "hexadecimal");

static const char folder[] = "migrations/";

enum err migrate_embedded(const struct migration **out, size_t *n, struct arena *a)
{
	struct migration *list;
	size_t count = 0;

	TRY(arena_array(a, &list, embedded_count + 1));
	for (size_t i = 0; i < embedded_count; i++) { /* sorted by path */
		const struct embedded_file *f = &embedded_files[i];

		if (str_starts(f->path, folder))
			list[count++] = (struct migration){ f->path + strlen(folder),
				                            (const char *)f->bytes };
	}
	*out = list;
	*n = count;
	return ERR_OK;
}

static int64_t number_of(const struct migration *m)
{
	return strtoll(m->name, NULL, 10);
}

void migrate_checksum(char out[MIGRATE_CHECKSUM], const struct migration *m)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)m->text, strlen(m->text));
	sodium_bin2hex(out, MIGRATE_CHECKSUM, hash, sizeof(hash));
}

static enum err newer(int64_t theirs, int64_t ours)
{
	return err_set(ERR_DB_NEWER,
	               "the database has migration %04lld, this program knows up to %04lld",
	               (long long)theirs, (long long)ours);
}

/* Whether the bookkeeping is there; ERR_DB for a database that is somebody else's. */
static enum err started(bool *out, struct db *db)
{
	struct q_migration_started_row row;

	TRY(q_migration_started_one(db, NULL, &row));
	if (!row.started && row.tables)
		return err_set(ERR_DB, "this is no database of cchc: it has other tables");
	*out = row.started > 0;
	return ERR_OK;
}

enum err db_is_empty(bool *out, struct db *db)
{
	struct q_migration_started_row row;

	TRY(q_migration_started_one(db, NULL, &row));
	*out = row.tables == 0;
	return ERR_OK;
}

enum err migrate_check_newer(struct db *db)
{
	struct q_migration_last_row last;
	int64_t ours = 0;
	bool is_started = false;

	TRY(started(&is_started, db));
	if (!is_started)
		return ERR_OK;
	TRY(q_migration_last_one(db, NULL, &last));
	for (size_t i = 0; i < embedded_count; i++)
		if (str_starts(embedded_files[i].path, folder))
			ours = strtoll(embedded_files[i].path + strlen(folder), NULL, 10);
	return last.number > ours ? newer(last.number, ours) : ERR_OK;
}

/* Compares what was applied with the list; *n_applied of it need no work. */
static enum err compare(size_t *n_applied, struct db *db, const struct migration *list,
                        size_t n)
{
	struct q_migration_all_row row;
	char hash[MIGRATE_CHECKSUM];
	size_t i = 0;
	DB_ROWS rows = { 0 };

	TRY(q_migration_all_open(&rows, db));
	for (; q_migration_all_next(&rows, &row); i++) {
		if (i == n)
			return newer(row.number, n ? number_of(&list[n - 1]) : 0);
		if (number_of(&list[i]) != row.number)
			return err_set(ERR_DB,
			               "migration %s was applied, this program has %s there",
			               row.name, list[i].name);
		migrate_checksum(hash, &list[i]);
		if (!str_eq(hash, row.checksum))
			return err_set(ERR_DB, "migration %s was edited after it was applied",
			               list[i].name);
	}
	TRY(db_rows_status(&rows));
	*n_applied = i;
	return ERR_OK;
}

static enum err apply(struct db *db, const struct migration *m)
{
	char hash[MIGRATE_CHECKSUM];
	struct str text;

	str_init(&text, NULL, MOST_MIGRATION);
	enum err e = migrate_expand(&text, db, m);
	if (e == ERR_OK)
		e = str_check(&text);
	if (e == ERR_OK && text.len)
		e = db->engine->exec(db, text.data);
	str_release(&text);
	TRY(e);
	migrate_checksum(hash, m);
	return q_migration_add_run(db,
	                           &(struct q_migration_add_in){ number_of(m), m->name, hash });
}

enum err migrate_applied(size_t *out, struct db *db, const struct migration *list, size_t n)
{
	size_t n_applied = 0;
	bool is_started = false;

	TRY(started(&is_started, db));
	if (is_started)
		TRY(compare(&n_applied, db, list, n));
	*out = n_applied;
	return ERR_OK;
}

enum err migrate_is_empty(bool *out, struct db *db)
{
	bool is_started = false;

	TRY(started(&is_started, db));
	*out = !is_started;
	return ERR_OK;
}

enum err migrate_with(struct db *db, const struct migration *list, size_t n)
{
	size_t n_applied;
	DB_TX tx = { 0 };

	/* Reads first, so that a database that is up to date is not locked or written. */
	TRY(migrate_applied(&n_applied, db, list, n));
	if (n_applied == n && n > 0)
		return ERR_OK;
	TRY(db_begin(&tx, db));
	TRY(q_migration_table_run(db));
	TRY(compare(&n_applied, db, list, n));
	for (size_t i = n_applied; i < n; i++)
		TRY(apply(db, &list[i]));
	return db_commit(&tx);
}

enum err db_migrate(struct db *db)
{
	const struct migration *list;
	struct arena a;
	size_t n;

	arena_init(&a, MOST_MIGRATION);
	enum err e = migrate_embedded(&list, &n, &a);
	if (e == ERR_OK)
		e = migrate_with(db, list, n);
	arena_release(&a);
	return e;
}

enum err db_migrate_new(struct db *db)
{
	bool is_empty = false, is_current = false;

	TRY(migrate_is_empty(&is_empty, db));
	if (is_empty)
		return db_migrate(db);
	TRY(db_migrated(&is_current, db));
	return is_current ? ERR_OK : err_set(ERR_DB_OLDER, "migrations are pending");
}

enum err db_migrated(bool *out, struct db *db)
{
	const struct migration *list;
	struct arena a;
	size_t n = 0, n_applied = 0;

	arena_init(&a, MOST_MIGRATION);
	enum err e = migrate_embedded(&list, &n, &a);
	if (e == ERR_OK)
		e = migrate_applied(&n_applied, db, list, n);
	arena_release(&a);
	TRY(e);
	*out = n > 0 && n_applied == n;
	return ERR_OK;
}
