/* migrate_store.h - brings a database to the program's schema, after a backup of it as it was.
 *
 * The backup and the migration happen in one transaction that writes, so that nothing is
 * written between them that would be in neither.
 */
#ifndef APP_BACKUP_MIGRATE_STORE_H
#define APP_BACKUP_MIGRATE_STORE_H

#include "db/db.h"
#include "db/migrate.h"

struct migrate_plan {
	const char *from, *to; /* the last migration: as it is (NULL: empty), as it will be */
	const struct migration *steps; /* to be applied */
	size_t n_steps;                /* 0: the database is up to date */
	int64_t bytes;                 /* of the database, indexes included */
};
ERR_RESULT migrate_plan_read(struct migrate_plan *out, struct arena *a, struct db *db);

struct migrate_order {
	const char *where;  /* as given to db_open */
	const char *folder; /* of the backup; NULL: beside the file */
	instant_t at;
};
struct migrate_done {
	const char *from, *to, *backup; /* backup: NULL when none was needed */
};

/* Where the backup of a plan would be written.  ERR_DB_OLDER when no folder is named and the
 * database is no file. */
ERR_RESULT migrate_backup_path(const char **out, struct arena *a, const struct migrate_plan *p,
                               const struct migrate_order *order);

/* An empty database and one that is up to date need no backup. */
ERR_RESULT migrate_safely(struct migrate_done *out, struct arena *a, struct db *db,
                          const struct migrate_order *order);

#endif
