/* app.h - what the process owns: the one composition root. */
#ifndef WEB_APP_H
#define WEB_APP_H

#include "base/gate.h"
#include "base/settings.h"
#include "db/pool.h"
#include "db/write.h"
#include "web/touched.h"

struct calendar_cache;
struct static_files;
struct app {
	struct arena arena;
	struct settings settings;
	struct clock clock;
	struct id_source ids;
	struct db_pool *readers;
	struct db_writer *writer;
	struct gate passwords;
	instant_t clean_at;     /* when old rows are deleted next */
	struct touched touched; /* sessions that were used, to be noted */
	const struct static_files *static_files;
	struct calendar_cache *calendars; /* app_calendars() */
};

/* What the settings say about the connections to a database server. */
struct db_options app_db_options(const struct settings *s);

/* Opens everything on settings->database, which is already migrated.  `settings` is copied;
 * its texts must outlive the app.  On error nothing stays open. */
ERR_RESULT app_open(struct app *app, const struct settings *settings, struct clock clock);
/* Answers the writes that wait, then closes. */
void app_close(struct app *app);

/* Notes used sessions and deletes what expired; called every few seconds by the server. */
ERR_RESULT app_housekeeping(struct app *app);

#endif
