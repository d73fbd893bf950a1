#include "web/app.h"

#include <sodium.h>

#include "app/calendar/calendar_store.h"
#include "app/decree/decree_store.h"
#include "app/form/form_store.h"
#include "app/login/login_store.h"
#include "app/narrative/narrative_store.h"
#include "app/report/report_store.h"
#include "http/server.h"
#include "web/static_files.h"
#include "web/web_store.h"

enum {
	MOST_MEMORY = 64 * 1024 * 1024,
	RECOUNT_MEMORY = 64 * 1024,
	OPENING_MEMORY = 64 * 1024 * 1024,
	SPARE_READERS = 4
};

struct db_options app_db_options(const struct settings *s)
{
	return (struct db_options){ .unprepared = !s->database_prepared,
		                    .statement_ms = (int)(s->database_statement_seconds * 1000),
		                    .lock_ms = (int)(s->database_lock_seconds * 1000),
		                    .idle_ms = (int)(s->database_idle_seconds * 1000),
		                    .writers = (int)s->database_write_connections };
}

/* As many as there are threads that read; a server's connections are dear. */
static size_t most_readers(const struct settings *s)
{
	long long n = s->http_threads + s->http_workers + SPARE_READERS;

	return (size_t)(db_is_server(s->database) && n > s->database_connections
	                        ? s->database_connections
	                        : n);
}

/* The program's own form sets and outlines, as this version has them. */
static enum err ship_forms(struct app *app)
{
	const struct db_options options = app_db_options(&app->settings);
	DB_CLEANUP struct db *db = NULL;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, MOST_MEMORY);
	TRY(db_open_with(&db, app->settings.database, DB_READ, &options));
	TRY(form_ship(app->writer, db, &a));
	return narrative_ship(app->writer, db, &a);
}

static enum err open_replica(struct app *app, const struct db_options *options)
{
	const struct settings *s = &app->settings;

	if (!*s->database_replica)
		return ERR_OK;
	if (!db_is_server(s->database) || !db_is_server(s->database_replica))
		return err_set(ERR_INPUT, "database_replica is for PostgreSQL only");
	return db_replica_open(&app->replica, s->database_replica, options, most_readers(s),
	                       s->replica_most_lag_seconds);
}

static enum err look_at_replica(struct app *app)
{
	struct db *db;

	if (!app->replica)
		return ERR_OK;
	TRY(db_pool_lease(app->readers, &db));
	enum err e = db_replica_check(app->replica, db);
	db_pool_return(app->readers, db);
	return e;
}

static enum err open_parts(struct app *app)
{
	const struct settings *s = &app->settings;
	const struct db_options options = app_db_options(s);

	if (sodium_init() < 0)
		return err_set(ERR_INTERNAL, "libsodium does not start");
	TRY(metrics_new(&app->metrics, &app->arena));
	TRY(calendar_cache_new(&app->calendars));
	TRY(static_files_make(&app->static_files, &app->arena));
	TRY(db_pool_open_with(&app->readers, s->database, DB_READ, &options, most_readers(s)));
	TRY(db_writer_start_with(&app->writer, s->database, &options, app->clock, &app->ids));
	TRY(open_replica(app, &options));
	return ship_forms(app);
}

enum err app_open(struct app *app, const struct settings *settings, struct clock clock)
{
	*app = (struct app){ .settings = *settings,
		             .clock = clock,
		             .ids = { .installation = (unsigned)settings->installation } };
	arena_init(&app->arena, MOST_MEMORY);
	gate_init(&app->passwords, (int)settings->password_checks);
	touched_init(&app->touched);
	atomic_store(&app->live, &app->settings);
	health_init(&app->health, app);
	enum err e = open_parts(app);
	if (e != ERR_OK)
		app_close(app);
	return e;
}

void app_close(struct app *app)
{
	health_stop(&app->health);
	if (app->writer)
		db_writer_stop(app->writer);
	if (app->replica)
		db_replica_close(app->replica);
	if (app->readers)
		db_pool_close(app->readers);
	calendar_cache_free(app->calendars);
	gate_release(&app->passwords);
	touched_release(&app->touched);
	arena_release(&app->arena);
}

void app_reload(struct app *app, const struct settings *settings)
{
	atomic_store_explicit(&app->live, settings, memory_order_release);
	if (app->server)
		http_server_reload(app->server, settings);
}

struct calendar_cache *app_calendars(struct app *app)
{
	return app->calendars;
}

/* Old rows are looked for once an hour: finding them reads whole tables. */
static enum err clean(struct app *app, instant_t now)
{
	if (instant_cmp(now, app->clean_at) < 0)
		return ERR_OK;
	app->clean_at.us = now.us + 60 * US_PER_MINUTE;
	TRY(login_sessions_clean(app->writer));
	return web_answers_forget(app->writer);
}

/* What changes of calendars left uncounted, a piece in each round. */
static enum err recount(struct app *app)
{
	ARENA_CLEANUP struct arena a;
	struct db *db;

	arena_init(&a, RECOUNT_MEMORY);
	TRY(db_pool_lease(app->readers, &db));
	enum err e = decree_recount_owed(app->writer, db, &a, app->calendars);
	db_pool_return(app->readers, db);
	return e;
}

/* Once a day the reports that units owe by then. */
static enum err open_reports(struct app *app)
{
	date_t today = clock_today(&app->clock);
	ARENA_CLEANUP struct arena arena;
	struct db *db;

	arena_init(&arena, OPENING_MEMORY);
	if (date_cmp(app->reports_on, today) == 0)
		return ERR_OK;
	TRY(db_pool_lease(app->readers, &db));
	enum err e = report_open_due(app->writer, db, &arena, today);
	db_pool_return(app->readers, db);
	TRY(e);
	app->reports_on = today;
	return ERR_OK;
}

enum err app_housekeeping(struct app *app)
{
	row_id sessions[TOUCHED_MOST];
	size_t n = touched_take(&app->touched, sessions);

	TRY(look_at_replica(app));
	if (n)
		TRY(login_sessions_note(app->writer, sessions, n));
	TRY(clean(app, clock_now(&app->clock)));
	TRY(recount(app));
	return open_reports(app);
}
