/* app.h - what the process owns: the one composition root. */
#ifndef WEB_APP_H
#define WEB_APP_H

#include <stdatomic.h>

#include "base/gate.h"
#include "base/settings.h"
#include "db/pool.h"
#include "db/replica.h"
#include "db/write.h"
#include "web/health.h"
#include "web/metrics.h"
#include "web/touched.h"

struct calendar_cache;
struct http_server;
struct static_files;
struct app {
	struct arena arena;
	struct settings settings; /* of the start */
	_Atomic(const struct settings *)
	        live; /* app_settings(): with what was read again since */
	struct clock clock;
	struct id_source ids;
	struct db_pool *readers;
	struct db_replica *replica; /* NULL: there is none */
	struct db_writer *writer;
	struct gate passwords;
	instant_t clean_at;     /* when old rows are deleted next */
	date_t reports_on;      /* the day for which reports were opened last */
	struct touched touched; /* sessions that were used, to be noted */
	const struct static_files *static_files;
	struct calendar_cache *calendars; /* app_calendars() */
	struct metrics *metrics;
	struct health health;
	struct http_server *server; /* NULL: none is running */
};

/* What the settings say about the connections to a database server. */
struct db_options app_db_options(const struct settings *s);

/* Opens everything on settings->database, which is already migrated.  `settings` is copied;
 * its texts must outlive the app.  On error nothing stays open. */
ERR_RESULT app_open(struct app *app, const struct settings *settings, struct clock clock);
/* Answers the writes that wait, then closes. */
void app_close(struct app *app);

/* The settings in force; what is read once per request stays as it was. */
static inline const struct settings *app_settings(const struct app *app)
{
	return atomic_load_explicit(&app->live, memory_order_acquire);
}
/* `settings` outlives the app. */
void app_reload(struct app *app, const struct settings *settings);

/* Notes used sessions, deletes what expired, counts dues again that a change of a calendar
 * owes, opens once a day the reports that units owe; called every few seconds by the server. */
ERR_RESULT app_housekeeping(struct app *app);

#endif
