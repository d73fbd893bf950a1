/* calendar_store.h - calendars of units as they are kept, and the cache of compiled ones.
 *
 * A unit's calendar is what came with the program, then what its ancestors set, the nearest
 * last.  Its version is that of the last change that touched it: a change elsewhere leaves it.
 * Changes are made for change->unit_id and hold for everything below it.
 */
#ifndef APP_CALENDAR_CALENDAR_STORE_H
#define APP_CALENDAR_CALENDAR_STORE_H

#include "app/calendar/calendar.h"
#include "db/write.h"

/* Compiled calendars, kept until the process ends; units with the same rules share one.
 * Threads share a cache.  A full one compiles into the caller's arena instead. */
struct calendar_cache;
ERR_RESULT calendar_cache_new(struct calendar_cache **out);
void calendar_cache_free(struct calendar_cache *cache); /* NULL is allowed */

struct app;
/* The cache of the process; web/app.c says which. */
struct calendar_cache *app_calendars(struct app *app);

/* The calendar of `unit` (ROW_NONE: the one that came with the program) as its ancestors stand
 * on `today`.  It lives as long as the cache; with cache NULL, as `a`. */
ERR_RESULT calendar_load(const struct calendar **out, struct db *db, struct arena *a,
                         struct calendar_cache *cache, row_id unit, date_t today);
ERR_RESULT calendar_unit_version(int64_t *out, struct db *db, struct arena *a, row_id unit,
                                 date_t today);

/* What is set for a unit or above it, oldest ancestor first; shipped data is not among them. */
struct calendar_exception_row {
	row_id id, unit_id;
	const char *unit_name;
	struct calendar_exception exception;
};
struct year_decision_row {
	row_id id, unit_id;
	const char *unit_name;
	struct year_decision decision;
};
struct work_week_row {
	row_id unit_id;
	const char *source;
	struct work_week week;
};
struct calendar_settings {
	struct work_week_row *weeks;
	struct calendar_exception_row *exceptions;
	struct year_decision_row *decisions;
	size_t n_weeks, n_exceptions, n_decisions;
};
ERR_RESULT calendar_settings_load(struct calendar_settings *out, struct db *db, struct arena *a,
                                  row_id unit, date_t today);

/* All of them raise the version and owe a recount of open dossiers, which decree_recount
 * (app/decree/decree_store.h) pays; change->result is the (first) row.  xxx_in inside
 * somebody's db_write. */
ERR_RESULT calendar_except_in(struct db_write_context *w, const struct calendar_exception *e,
                              int n_days);
ERR_RESULT calendar_except(struct db_writer *writer, struct change *change,
                           const struct calendar_exception *e, int n_days);
ERR_RESULT calendar_decide(struct db_writer *writer, struct change *change,
                           const struct year_decision *d);
ERR_RESULT calendar_set_week(struct db_writer *writer, struct change *change,
                             const struct work_week *week, const char *source);
/* Takes an exception or a decision of change->unit_id back; ERR_NOT_FOUND when it has none
 * such. */
ERR_RESULT calendar_withdraw(struct db_writer *writer, struct change *change, row_id id);

#endif
