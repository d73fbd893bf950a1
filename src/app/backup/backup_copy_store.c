/* backup_copy_store.c - a database copied into another, and the new database that a copy or a
 * restored backup becomes. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/backup/backup_store.h"
#include "base/durable.h"
#include "db/transfer.h"

static enum err move_rows(struct transfer_digest *d, struct transfer_rows *rows,
                          struct transfer_sink *sink)
{
	struct transfer_row row;
	bool there;

	for (;;) {
		TRY(transfer_rows_next(rows, &row, &there));
		if (!there)
			return transfer_sink_finish(sink);
		TRY(transfer_digest_add(d, rows->table, &row));
		TRY(transfer_sink_put(sink, &row));
	}
}

struct table_sum {
	int64_t n;
	char digest[TRANSFER_DIGEST_TEXT];
};

static enum err copy_table(struct table_sum *sum, struct db *from, struct db *to,
                           const struct schema_table *t)
{
	struct transfer_digest d;
	TRANSFER_ROWS rows = { 0 };
	TRANSFER_SINK sink = { 0 };

	TRY(transfer_rows_open(&rows, from, t));
	TRY(transfer_sink_open(&sink, to, t));
	TRY(transfer_digest_start(&d));
	enum err e = move_rows(&d, &rows, &sink);
	sum->n = d.n;
	transfer_digest_finish(&d, sum->digest);
	return e;
}

static enum err compare_table(const struct table_sum *sum, struct db *to,
                              const struct schema_table *t)
{
	struct table_sum copied;

	TRY(transfer_table_digest(&copied.n, copied.digest, to, t));
	if (copied.n != sum->n || !str_eq(copied.digest, sum->digest))
		return err_set(ERR_DB, "table %s differs after the copy", t->name);
	return ERR_OK;
}

static enum err copy_tables(int64_t *rows, struct arena *a, struct db *from,
                            struct transfer_load *load, const struct backup_progress *progress)
{
	const struct schema *s = &load->schema;
	struct table_sum *sums;
	int64_t total = 0;

	TRY(arena_array(a, &sums, s->n_tables));
	for (size_t i = 0; i < s->n_tables; i++) {
		TRY(copy_table(&sums[i], from, load->db, &s->tables[i]));
		total += sums[i].n;
		if (progress)
			progress->table(progress->arg, s->tables[i].name, sums[i].n);
	}
	TRY(transfer_load_finish(load));
	for (size_t i = 0; i < s->n_tables; i++)
		TRY(compare_table(&sums[i], load->db, &s->tables[i]));
	*rows = total;
	return ERR_OK;
}

enum err backup_copy(int64_t *rows, struct arena *a, struct db *from, struct db *to,
                     const struct backup_progress *progress)
{
	const struct migration *list;
	size_t n, n_applied;
	TRANSFER_LOAD load = { 0 };
	DB_TX tx = { 0 };

	TRY(migrate_embedded(&list, &n, a));
	TRY(db_begin_read(&tx, from));
	TRY(migrate_applied(&n_applied, from, list, n));
	if (n_applied == 0)
		return err_set(ERR_NOT_FOUND, "the database has no tables");
	TRY(transfer_load_begin(&load, to, a, list, n_applied));
	TRY(copy_tables(rows, a, from, &load, progress));
	TRY(migrate_with(to, list, n));
	return db_commit(&load.tx);
}

/* ---- the new database ---- */

static void remove_parts(const char *path)
{
	static const char *const ends[] = { "", "-journal", "-wal", "-shm" };
	char name[4096];

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (snprintf(name, sizeof(name), "%s%s", path, ends[i]) < (int)sizeof(name))
			unlink(name);
}

enum err backup_target_open(struct backup_target *t, struct arena *a, const char *where)
{
	struct backup_target made = { .where = where };

	if (db_is_server(where)) {
		TRY(db_open(&made.db, where, DB_WRITE));
		*t = made;
		return ERR_OK;
	}
	if (access(where, F_OK) == 0)
		return err_set(ERR_CONFLICT, "%s is there already", where);
	TRY(arena_printf(a, &made.temporary, "%s.part-%ld", where, (long)getpid()));
	remove_parts(made.temporary); /* of one that was killed and had the same number */
	enum err e = db_open(&made.db, made.temporary, DB_WRITE);
	if (e != ERR_OK) {
		remove_parts(made.temporary);
		return e;
	}
	*t = made;
	return ERR_OK;
}

enum err backup_target_keep(struct backup_target *t)
{
	const char *temporary = t->temporary;

	db_close(t->db);
	t->db = NULL;
	t->temporary = NULL;
	if (!temporary)
		return ERR_OK;
	enum err e = durable_rename(temporary, t->where);
	remove_parts(temporary);
	return e;
}

void backup_target_close(struct backup_target *t)
{
	if (t->db)
		db_close(t->db);
	t->db = NULL;
	if (t->temporary)
		remove_parts(t->temporary);
	t->temporary = NULL;
}
