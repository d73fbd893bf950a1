/* backup_read_store.c - reads a backup from its first byte to its last, and when there is a
 * database to fill, fills it.  Nothing is believed: migrations and tables must be those of this
 * program, and the end must say what was read. */
#include <stdlib.h>

#include "app/backup/backup_store.h"
#include "db/transfer.h"

enum { MOST_TEXT = 1 << 20 };

struct reading {
	struct backup_reader reader;
	struct arena *arena;
	const struct backup_progress *progress;
	struct backup_summary summary;
	const struct migration *list; /* of the program */
	size_t n_program, n_migrations;
	struct schema schema;
	/* The table whose rows come. */
	size_t table;
	bool in_table;
	struct transfer_digest digest;
	struct transfer_sink sink;
	struct str end; /* what the end must say */
	/* Filled when there is a database. */
	struct db *db;
	enum backup_schema want;
	struct transfer_load load;
};

static enum err wrong(const char *what)
{
	return err_set(ERR_INPUT, "the backup is not one of this program: %s", what);
}

/* ---- the header ---- */

static enum err read_migration(struct reading *r, struct slice line)
{
	char checksum[MIGRATE_CHECKSUM];
	struct slice name;

	if (r->n_migrations == r->n_program)
		return err_set(ERR_DB_NEWER, "a newer program made the backup: it has %.*s",
		               (int)line.len, line.at);
	const struct migration *m = &r->list[r->n_migrations];
	migrate_checksum(checksum, m);
	if (!slice_cut(&line, '\t', &name) || !slice_eq(name, m->name) ||
	    !slice_eq(line, checksum))
		return wrong(m->name);
	r->n_migrations++;
	r->summary.schema = m->name;
	return ERR_OK;
}

static enum err keep_text(struct reading *r, const char **out, struct slice text)
{
	return arena_strndup(r->arena, out, text.at, text.len);
}

/* A line before those of the tables; *end: it is the first of those. */
static enum err read_fact(struct reading *r, struct slice line)
{
	struct slice key;

	if (!slice_cut(&line, '\t', &key))
		return wrong("a line of its header");
	if (slice_eq(key, "program"))
		return keep_text(r, &r->summary.program, line);
	if (slice_eq(key, "engine"))
		return keep_text(r, &r->summary.engine, line);
	if (slice_eq(key, "taken_at"))
		return keep_text(r, &r->summary.taken_at, line);
	if (slice_eq(key, "attachments"))
		return slice_eq(line, "0") ? ERR_OK : wrong("its attachments");
	if (slice_eq(key, "migration"))
		return read_migration(r, line);
	return wrong("an unknown line of its header");
}

/* The tables must be those that the migrations make, to the letter. */
static enum err compare_tables(struct reading *r, struct slice rest)
{
	struct str text;

	TRY(transfer_schema(&r->schema, r->arena, r->list, r->n_migrations));
	r->summary.n_tables = r->schema.n_tables;
	str_init(&text, NULL, MOST_TEXT);
	for (size_t i = 0; i < r->schema.n_tables; i++)
		backup_table_put(&text, &r->schema.tables[i]);
	enum err e = str_check(&text);
	if (e == ERR_OK && (text.len != rest.len || !slice_eq(rest, text.data)))
		e = wrong("its tables");
	str_release(&text);
	return e;
}

static bool begins_table(struct slice s)
{
	static const char word[] = "table\t";

	return s.len >= sizeof(word) - 1 &&
	       slice_eq((struct slice){ s.at, sizeof(word) - 1 }, word);
}

static enum err read_header(struct reading *r)
{
	enum backup_kind kind = BACKUP_END;
	struct slice rest, line;

	TRY(backup_read(&r->reader, &kind, &rest));
	if (kind != BACKUP_HEADER)
		return wrong("it has no header");
	while (!begins_table(rest) && slice_cut(&rest, '\n', &line))
		TRY(read_fact(r, line));
	if (r->n_migrations == 0 || !r->summary.program || !r->summary.engine ||
	    !r->summary.taken_at)
		return wrong("its header");
	return compare_tables(r, rest);
}

/* ---- rows ---- */

static enum err end_table(struct reading *r)
{
	const struct schema_table *t = &r->schema.tables[r->table];
	char digest[TRANSFER_DIGEST_TEXT];
	int64_t n = r->digest.n;

	if (r->db)
		TRY(transfer_sink_finish(&r->sink));
	transfer_digest_finish(&r->digest, digest);
	backup_rows_put(&r->end, t->name, n, digest);
	r->summary.rows += n;
	r->in_table = false;
	r->table++;
	if (r->progress)
		r->progress->table(r->progress->arg, t->name, n);
	return ERR_OK;
}

static enum err begin_table(struct reading *r)
{
	TRY(transfer_digest_start(&r->digest));
	r->in_table = true;
	return r->db ? transfer_sink_open(&r->sink, r->db, &r->schema.tables[r->table])
	             : ERR_OK;
}

/* Ends and begins tables, those without rows too, until `table` is the one at hand. */
static enum err go_to_table(struct reading *r, size_t table)
{
	while (r->table < table) {
		if (!r->in_table)
			TRY(begin_table(r));
		TRY(end_table(r));
	}
	return r->in_table || table == r->schema.n_tables ? ERR_OK : begin_table(r);
}

static enum err read_row(struct reading *r, struct slice *rest)
{
	struct transfer_row row;
	const char *before = rest->at;

	TRY(transfer_row_cut(&row, &r->schema.tables[r->table], rest));
	transfer_digest_bytes(&r->digest, before, (size_t)(rest->at - before));
	return r->db ? transfer_sink_put(&r->sink, &row) : ERR_OK;
}

static enum err read_rows(struct reading *r, struct slice rest)
{
	uint64_t table = 0;

	TRY(transfer_number_cut(&table, &rest));
	if (table >= r->schema.n_tables || table < r->table)
		return wrong("rows of another table");
	TRY(go_to_table(r, table));
	while (rest.len > 0)
		TRY(read_row(r, &rest));
	return ERR_OK;
}

static enum err read_blocks(struct reading *r)
{
	enum backup_kind kind = BACKUP_HEADER;
	struct slice raw;

	for (;;) {
		TRY(backup_read(&r->reader, &kind, &raw));
		if (kind != BACKUP_ROWS)
			break;
		TRY(read_rows(r, raw));
	}
	if (kind != BACKUP_END)
		return wrong("it has two headers");
	TRY(go_to_table(r, r->schema.n_tables));
	TRY(str_check(&r->end));
	if (raw.len != r->end.len || !slice_eq(raw, r->end.data))
		return wrong("its rows are not those its end names");
	backup_digest_text(&r->reader.chain, r->summary.digest);
	return ERR_OK;
}

/* ---- a database to fill ---- */

/* What the end says is what the tables say, read again. */
static enum err prove(struct reading *r)
{
	char digest[TRANSFER_DIGEST_TEXT];
	struct str text;
	enum err e = ERR_OK;
	int64_t n;

	str_init(&text, NULL, MOST_TEXT);
	for (size_t i = 0; e == ERR_OK && i < r->schema.n_tables; i++) {
		e = transfer_table_digest(&n, digest, r->db, &r->schema.tables[i]);
		if (e == ERR_OK)
			backup_rows_put(&text, r->schema.tables[i].name, n, digest);
	}
	if (e == ERR_OK)
		e = str_check(&text);
	if (e == ERR_OK && !str_eq(text.data, r->end.data))
		e = err_set(ERR_DB, "the restored rows are not those of the backup");
	str_release(&text);
	return e;
}

static enum err fill(struct reading *r)
{
	TRY(transfer_load_begin(&r->load, r->db, r->arena, r->list, r->n_migrations));
	TRY(read_blocks(r));
	TRY(transfer_load_finish(&r->load));
	TRY(prove(r));
	if (r->want == BACKUP_UPGRADE)
		TRY(migrate_with(r->db, r->list, r->n_program));
	return db_commit(&r->load.tx);
}

static enum err read_all(struct reading *r, FILE *file)
{
	TRY(backup_reader_init(&r->reader, file));
	TRY(migrate_embedded(&r->list, &r->n_program, r->arena));
	TRY(read_header(r));
	return r->db ? fill(r) : read_blocks(r);
}

static enum err run(struct backup_summary *out, struct reading *r, FILE *file)
{
	str_init(&r->end, NULL, MOST_TEXT);
	enum err e = read_all(r, file);
	transfer_sink_close(&r->sink);
	transfer_load_end(&r->load);
	if (r->in_table)
		transfer_digest_release(&r->digest);
	backup_reader_release(&r->reader);
	str_release(&r->end);
	TRY(e);
	*out = r->summary;
	return ERR_OK;
}

enum err backup_check(struct backup_summary *out, struct arena *a, FILE *file,
                      const struct backup_progress *progress)
{
	struct reading *r;

	TRY(arena_new(a, &r));
	r->arena = a;
	r->progress = progress;
	return run(out, r, file);
}

enum err backup_restore(struct backup_summary *out, struct arena *a, FILE *file, struct db *db,
                        enum backup_schema schema, const struct backup_progress *progress)
{
	struct reading *r;

	TRY(arena_new(a, &r));
	r->arena = a;
	r->progress = progress;
	r->db = db;
	r->want = schema;
	return run(out, r, file);
}
