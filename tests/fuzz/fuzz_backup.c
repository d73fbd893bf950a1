/* A backup from outside: the container, its header and its rows.  Random bytes never have a
 * right digest, so the input is mostly put into blocks whose digests are right: the first line
 * is the header (empty: a sound one), the rest the rows of one block. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/backup/backup_store.h"
#include "db/engine.h"
#include "db/transfer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA = 64 << 20, MOST_HEADER = 1 << 20 };

static void read_once(void *bytes, size_t n)
{
	struct backup_summary s;
	struct arena a;
	FILE *f = fmemopen(bytes, n, "rb");

	if (!f)
		return;
	arena_init(&a, ARENA);
	if (backup_check(&s, &a, f, NULL) == ERR_OK && s.n_tables == 0)
		__builtin_trap(); /* whole, but of nothing */
	arena_release(&a);
	fclose(f);
}

/* What a row says is what it says again when it is written. */
static void cut_rows(const struct schema_table *t, struct slice rest)
{
	struct transfer_row row = { 0 }, again = { 0 };
	struct str text;

	str_init(&text, NULL, MOST_HEADER);
	while (rest.len > 0 && transfer_row_cut(&row, t, &rest) == ERR_OK) {
		str_clear(&text);
		if (transfer_row_put(&text, t, &row) != ERR_OK || str_check(&text) != ERR_OK)
			__builtin_trap();
		struct slice copy = { text.data, text.len };
		if (transfer_row_cut(&again, t, &copy) != ERR_OK || copy.len != 0)
			__builtin_trap();
	}
	str_release(&text);
}

static enum err put_header(struct str *out, struct arena *a, struct slice line,
                           struct schema *schema)
{
	static struct db sqlite; /* for its name only */
	const struct migration *list;
	size_t n;

	TRY(migrate_embedded(&list, &n, a));
	TRY(transfer_schema(schema, a, list, 1));
	if (line.len > 0) {
		str_put_n(out, line.at, line.len);
		return ERR_OK;
	}
	sqlite.engine = &db_engine_sqlite;
	backup_header_put(out, &sqlite, (instant_t){ 0 }, list, 1);
	for (size_t i = 0; i < schema->n_tables; i++)
		backup_table_put(out, &schema->tables[i]);
	return str_check(out);
}

static enum err wrap(FILE *f, struct arena *a, struct slice rest)
{
	struct slice line = { "", 0 };
	struct schema schema;
	struct str header;
	BACKUP_WRITER w = { 0 };

	slice_cut(&rest, '\n', &line);
	str_init(&header, a, MOST_HEADER);
	TRY(put_header(&header, a, line, &schema));
	for (size_t i = 0; i < schema.n_tables && i < 4; i++)
		cut_rows(&schema.tables[i], rest);
	TRY(backup_writer_init(&w, f));
	TRY(backup_write(&w, BACKUP_HEADER, (struct slice){ header.data, header.len }));
	TRY(backup_write(&w, BACKUP_ROWS, rest));
	return backup_write(&w, BACKUP_END, slice_of("rows\t"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = NULL;
	size_t n = 0;
	struct arena a;

	if (size > 8 && data[0] == 'C' && data[1] == 'C') {
		char *copy = malloc(size);

		if (!copy)
			return 0;
		for (size_t i = 0; i < size; i++)
			copy[i] = (char)data[i];
		read_once(copy, size);
		free(copy);
		return 0;
	}
	FILE *f = open_memstream(&bytes, &n);
	if (!f)
		return 0;
	arena_init(&a, ARENA);
	enum err e = wrap(f, &a, (struct slice){ (const char *)data, size });
	arena_release(&a);
	fclose(f);
	if (e == ERR_OK)
		read_once(bytes, n);
	free(bytes);
	return 0;
}
