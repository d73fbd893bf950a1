/* backup_store.h - a whole database as one file, and back, on either engine.
 *
 * A backup is a container (backup_file.h) of a HEADER, blocks of ROWS and the END.  The header
 * is text, one line for each fact, its parts separated by tabs: program, engine, taken_at
 * (UTC), attachments, a line for each migration (name, SHA-256) and for each table (name, then
 * column:kind, kind i, t or b).  A block of rows begins with the number of its table in the
 * header, then rows as transfer_row.h writes them, ordered by primary key.  The end is text:
 * for each table its name, number of rows and digest.
 *
 * Files beside the database (attachments) will be further blocks; the header says there are 0.
 */
#ifndef APP_BACKUP_BACKUP_STORE_H
#define APP_BACKUP_BACKUP_STORE_H

#include <stdio.h>

#include "app/backup/backup_file.h"
#include "db/db.h"
#include "db/migrate.h"

/* Called after each table. */
struct backup_progress {
	void (*table)(void *arg, const char *name, int64_t rows);
	void *arg;
};

struct backup_summary {
	const char *program, *engine, *taken_at; /* "2026-11-20T21:00:00Z" */
	const char *schema;                      /* the last migration: "0005_form.sql" */
	size_t n_tables;
	int64_t rows;
	uint64_t bytes;                  /* of the file; 0 when it was only read */
	char digest[BACKUP_DIGEST_TEXT]; /* the same for the same backup only */
};

/* Writes one state of the database, while others go on writing.  `db` is in no transaction. */
ERR_RESULT backup_write_all(struct backup_summary *out, struct arena *a, struct db *db,
                            FILE *file, instant_t at, const struct backup_progress *progress);

/* The same into a new file, which is there as a whole or not at all. */
ERR_RESULT backup_make(struct backup_summary *out, struct arena *a, struct db *db,
                       const char *path, instant_t at, const struct backup_progress *progress);

/* Proves that a file is a whole backup.  ERR_INPUT with the place when it is not, ERR_DB_NEWER
 * when a newer program made it. */
ERR_RESULT backup_check(struct backup_summary *out, struct arena *a, FILE *file,
                        const struct backup_progress *progress);

/* Fills the empty database `db`; what stands in it afterwards was read again and compared.
 * Then it is brought to this program's schema, or left with that of the backup.  Errors as
 * backup_check, ERR_CONFLICT when it is not empty: then nothing has changed. */
enum backup_schema { BACKUP_UPGRADE, BACKUP_AS_IT_WAS };
ERR_RESULT backup_restore(struct backup_summary *out, struct arena *a, FILE *file,
                          struct db *db, enum backup_schema schema,
                          const struct backup_progress *progress);

/* Copies a database into another, empty one, and compares every table afterwards.  Both in no
 * transaction.  *rows: how many. */
ERR_RESULT backup_copy(int64_t *rows, struct arena *a, struct db *from, struct db *to,
                       const struct backup_progress *progress);

/* A new database that is there as a whole or not at all: a file gets its name in the end, on a
 * server the transaction of the load sees to it. */
struct backup_target {
	const char *where, *temporary; /* temporary: NULL on a server */
	struct db *db;
};
/* ERR_CONFLICT when the file is there already. */
ERR_RESULT backup_target_open(struct backup_target *t, struct arena *a, const char *where);
ERR_RESULT backup_target_keep(struct backup_target *t);
void backup_target_close(struct backup_target *t); /* removes what was not kept */
#define BACKUP_TARGET __attribute__((cleanup(backup_target_close))) struct backup_target

/* Private to the files of this folder. */
void backup_header_put(struct str *out, const struct db *db, instant_t at,
                       const struct migration *list, size_t n);
struct schema_table;
void backup_table_put(struct str *out, const struct schema_table *t);
void backup_rows_put(struct str *out, const char *table, int64_t n, const char *digest);

#endif
