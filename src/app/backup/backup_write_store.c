/* backup_write_store.c - a database as a run of blocks. */
#include <stdio.h>
#include <time.h>

#include "app/backup/backup_store.h"
#include "base/durable.h"
#include "base/version.h"
#include "db/transfer.h"

enum { MOST_HEADER = 1 << 20 };

static void put_time(struct str *out, instant_t at)
{
	time_t seconds = (time_t)(at.us / 1000000);
	char text[40];
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	str_put(out, text);
}

void backup_table_put(struct str *out, const struct schema_table *t)
{
	static const char letters[] = { [SCHEMA_INT] = 'i',
		                        [SCHEMA_TEXT] = 't',
		                        [SCHEMA_BYTES] = 'b',
		                        [SCHEMA_OTHER] = '?' };

	str_printf(out, "table\t%s", t->name);
	for (size_t i = 0; i < t->n_columns; i++)
		str_printf(out, "\t%s:%c", t->columns[i].name, letters[t->columns[i].kind]);
	str_put_char(out, '\n');
}

void backup_header_put(struct str *out, const struct db *db, instant_t at,
                       const struct migration *list, size_t n)
{
	char checksum[MIGRATE_CHECKSUM];

	str_printf(out, "program\t%s\nengine\t%s\ntaken_at\t", cchc_version,
	           db_engine_name(db));
	put_time(out, at);
	str_put(out, "\nattachments\t0\n");
	for (size_t i = 0; i < n; i++) {
		migrate_checksum(checksum, &list[i]);
		str_printf(out, "migration\t%s\t%s\n", list[i].name, checksum);
	}
}

void backup_rows_put(struct str *out, const char *table, int64_t n, const char *digest)
{
	str_printf(out, "rows\t%s\t%lld\t%s\n", table, (long long)n, digest);
}

struct making {
	struct db *db;
	struct backup_writer writer;
	struct schema schema;
	struct str block, end; /* the rows at hand; the text of the end */
	struct transfer_digest digest;
	int64_t rows;
};

static enum err write_str(struct making *m, enum backup_kind kind, const struct str *text)
{
	TRY(str_check(text));
	return backup_write(&m->writer, kind, (struct slice){ text->data, text->len });
}

static enum err put_row(struct making *m, size_t table, const struct transfer_row *row)
{
	if (m->block.len == 0)
		transfer_number_put(&m->block, table);
	size_t before = m->block.len;
	TRY(transfer_row_put(&m->block, &m->schema.tables[table], row));
	TRY(str_check(&m->block));
	transfer_digest_bytes(&m->digest, m->block.data + before, m->block.len - before);
	if (m->block.len < BACKUP_BLOCK)
		return ERR_OK;
	TRY(write_str(m, BACKUP_ROWS, &m->block));
	str_clear(&m->block);
	return ERR_OK;
}

static enum err put_rows(struct making *m, size_t table)
{
	struct transfer_row row;
	bool there;
	TRANSFER_ROWS rows = { 0 };

	TRY(transfer_rows_open(&rows, m->db, &m->schema.tables[table]));
	for (;;) {
		TRY(transfer_rows_next(&rows, &row, &there));
		if (!there)
			break;
		TRY(put_row(m, table, &row));
	}
	if (m->block.len > 0)
		TRY(write_str(m, BACKUP_ROWS, &m->block));
	str_clear(&m->block);
	return ERR_OK;
}

static enum err put_table(struct making *m, size_t table,
                          const struct backup_progress *progress)
{
	const struct schema_table *t = &m->schema.tables[table];
	char digest[TRANSFER_DIGEST_TEXT];

	TRY(transfer_digest_start(&m->digest));
	TRY(put_rows(m, table));
	m->rows += m->digest.n;
	int64_t n = m->digest.n;
	transfer_digest_finish(&m->digest, digest);
	backup_rows_put(&m->end, t->name, n, digest);
	if (progress)
		progress->table(progress->arg, t->name, n);
	return ERR_OK;
}

static enum err put_header(struct making *m, instant_t at, const struct migration *list,
                           size_t n)
{
	struct str text;

	str_init(&text, NULL, MOST_HEADER);
	backup_header_put(&text, m->db, at, list, n);
	for (size_t i = 0; i < m->schema.n_tables; i++)
		backup_table_put(&text, &m->schema.tables[i]);
	enum err e = write_str(m, BACKUP_HEADER, &text);
	str_release(&text);
	return e;
}

static enum err put_all(struct making *m, struct backup_summary *out, struct arena *a,
                        instant_t at, const struct backup_progress *progress)
{
	const struct migration *list;
	size_t n, n_applied;
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, m->db));
	TRY(migrate_embedded(&list, &n, a));
	TRY(migrate_applied(&n_applied, m->db, list, n));
	if (n_applied == 0)
		return err_set(ERR_NOT_FOUND, "the database has no tables");
	TRY(transfer_schema(&m->schema, a, list, n_applied));
	TRY(put_header(m, at, list, n_applied));
	for (size_t i = 0; i < m->schema.n_tables; i++)
		TRY(put_table(m, i, progress));
	TRY(write_str(m, BACKUP_END, &m->end));
	out->schema = list[n_applied - 1].name;
	return ERR_OK;
}

enum err backup_write_all(struct backup_summary *out, struct arena *a, struct db *db,
                          FILE *file, instant_t at, const struct backup_progress *progress)
{
	struct making m = { .db = db };
	struct backup_summary summary = { .program = cchc_version,
		                          .engine = db_engine_name(db) };

	str_init(&m.block, NULL, BACKUP_MOST_RAW);
	str_init(&m.end, NULL, MOST_HEADER);
	enum err e = backup_writer_init(&m.writer, file);
	if (e == ERR_OK)
		e = put_all(&m, &summary, a, at, progress);
	summary.n_tables = m.schema.n_tables;
	summary.rows = m.rows;
	summary.bytes = m.writer.written;
	backup_digest_text(&m.writer.chain, summary.digest);
	backup_writer_release(&m.writer);
	transfer_digest_release(&m.digest);
	str_release(&m.block);
	str_release(&m.end);
	TRY(e);
	*out = summary;
	return ERR_OK;
}

enum err backup_make(struct backup_summary *out, struct arena *a, struct db *db,
                     const char *path, instant_t at, const struct backup_progress *progress)
{
	DURABLE_FILE file = { 0 };

	TRY(durable_create(&file, a, path));
	TRY(backup_write_all(out, a, db, file.file, at, progress));
	return durable_keep(&file);
}
