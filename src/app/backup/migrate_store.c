#include "app/backup/migrate_store.h"

#include <string.h>
#include <time.h>

#include "app/backup/backup_store.h"
#include "app/backup/backup_store.sql.h"

enum { NUMBER_DIGITS = 4 }; /* "0005" */

enum err migrate_plan_read(struct migrate_plan *out, struct arena *a, struct db *db)
{
	struct q_backup_database_size_row size;
	struct migrate_plan plan = { 0 };
	const struct migration *list;
	size_t n = 0, n_applied = 0;

	TRY(migrate_embedded(&list, &n, a));
	TRY(migrate_applied(&n_applied, db, list, n));
	TRY(q_backup_database_size_one(db, a, &size));
	plan.from = n_applied ? list[n_applied - 1].name : NULL;
	plan.to = list[n - 1].name;
	plan.steps = list + n_applied;
	plan.n_steps = n - n_applied;
	plan.bytes = size.pages * size.page_bytes;
	*out = plan;
	return ERR_OK;
}

/* "/var/backups/cchc-0005-0008-20261120T210000Z.cchc", or the file's name instead of cchc. */
enum err migrate_backup_path(const char **out, struct arena *a, const struct migrate_plan *p,
                             const struct migrate_order *order)
{
	time_t seconds = (time_t)(order->at.us / 1000000);
	const char *slash = strrchr(order->where, '/'), *name = "cchc";
	const char *folder = order->folder;
	char time[32];
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(time, sizeof(time), "%Y%m%dT%H%M%SZ", &utc);
	if (db_is_server(order->where)) {
		if (!folder)
			return err_set(ERR_DB_OLDER, "no folder is named for the backup");
	} else {
		name = slash ? slash + 1 : order->where;
		if (!folder && slash)
			TRY(arena_strndup(a, &folder, order->where,
			                  (size_t)(slash - order->where)));
	}
	return arena_printf(a, out, "%s%s%s-%.*s-%.*s-%s.cchc", folder ? folder : "",
	                    folder ? "/" : "", name, NUMBER_DIGITS, p->from, NUMBER_DIGITS,
	                    p->to, time);
}

static enum err make_backup(struct migrate_done *out, struct arena *a, struct db *db,
                            const struct migrate_plan *plan, const struct migrate_order *order)
{
	struct backup_summary summary;

	TRY(migrate_backup_path(&out->backup, a, plan, order));
	return backup_make(&summary, a, db, out->backup, order->at, NULL);
}

enum err migrate_safely(struct migrate_done *out, struct arena *a, struct db *db,
                        const struct migrate_order *order)
{
	struct migrate_done done = { 0 };
	struct migrate_plan plan;
	DB_TX tx = { 0 };

	TRY(migrate_plan_read(&plan, a, db));
	if (plan.n_steps > 0) {
		TRY(db_begin(&tx, db));
		if (plan.from)
			TRY(make_backup(&done, a, db, &plan, order));
		TRY(db_migrate(db));
		TRY(db_commit(&tx));
	}
	done.from = plan.from;
	done.to = plan.to;
	*out = done;
	return ERR_OK;
}
