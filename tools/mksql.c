/* mksql.c - turns a `<subject>_store.sql` into typed C, so that a parameter or column that does
 * not exist is a compile error and no SQL text stands in a .c file.
 *
 *	mksql in.sql out.h out.c migration.sql ...    one file
 *	mksql --list out.c in.sql ...                 the table of all queries (db/queries.h)
 *
 * A file holds queries and record sets, each a block of directives followed by its text:
 *
 *	-- name: dossier_find                 begins a query
 *	-- in: id id, scope id                parameters, `name type`; may be repeated
 *	-- out: code text, due_at instant     columns of the select, in its order
 *	-- unscoped: why                      a unit-owned table may be read without :scope
 *	select ... where d.id = :id ...;
 *	[postgres]                            the same statement where that engine differs
 *	select ...;
 *
 *	-- recordset: dossier                 begins a record set, see db/select.h
 *	-- from: dossier d join ...           may be repeated
 *	-- key: d.id
 *	-- scope: d.receiving_unit_id
 *	-- search: dossier_word dossier_id unit_id
 *	-- field: received_on day d.received_on
 *
 * Other lines that begin with `--` are comments.  Types: id int flag day instant dong decimal
 * text bytes.  Unit-owned is a table whose `create table` follows a line `-- unit-owned` in a
 * migration.  Only adding a row to it needs no scope.
 */
#include <stdio.h>
#include <string.h>

#include "mksql/sql.h"

static int list(const char *path, char **sources, size_t n)
{
	struct file **files = allocate((n + 1) * sizeof(*files));

	for (size_t i = 0; i < n; i++) {
		files[i] = allocate(sizeof(*files[i]));
		read_file(files[i], sources[i]);
	}
	write_list(path, files, n);
	return 0;
}

int main(int argc, char **argv)
{
	static struct file f;
	static struct owned owned;

	if (argc >= 3 && strcmp(argv[1], "--list") == 0)
		return list(argv[2], argv + 3, (size_t)argc - 3);
	if (argc < 4) {
		fprintf(stderr, "usage: mksql in.sql out.h out.c migration.sql ...\n"
		                "       mksql --list out.c in.sql ...\n");
		return 2;
	}
	for (int i = 4; i < argc; i++)
		read_owned(&owned, argv[i]);
	read_file(&f, argv[1]);
	for (size_t i = 0; i < f.n; i++)
		check_item(f.items[i], &owned, f.path);
	write_header(&f, argv[2]);
	write_code(&f, argv[3], argv[2]);
	return 0;
}
