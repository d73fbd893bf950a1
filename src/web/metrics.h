/* metrics.h - what the server counts about the requests it answers, for /metrics.
 *
 * Counting one request is four relaxed atomic additions.  Nothing here names a person, a unit
 * or a path with words of a user: only rows of routes.def and statuses.
 */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "base/arena.h"
#include "base/histogram.h"
#include "base/str.h"
#include "http/http.h"

/* Statuses that are counted by themselves; any other counts as "other". */
#define METRICS_STATUSES                                                                       \
	{                                                                                      \
		200, 303, 304, 400, 401, 403, 404, 405, 409, 413, 422, 500, 503                \
	}
enum { METRICS_STATUS_COUNT = 13 };

struct route_metrics {
	_Atomic int64_t statuses[METRICS_STATUS_COUNT + 1];
	struct histogram times; /* microseconds */
};

enum { METRICS_MOST_ERRORS = 32 };
struct metrics {
	size_t n;                     /* rows of routes.def, then static files, then the rest */
	struct route_metrics *routes; /* n + 2 */
	_Atomic int64_t errors[METRICS_MOST_ERRORS]; /* by enum err: why answers failed */
	int64_t started_us;                          /* clock_running_us() */
};

ERR_RESULT metrics_new(struct metrics **out, struct arena *a);
/* `route`: the path of a row of routes.def as it stands there, METRICS_STATIC or NULL. */
extern const char metrics_static[];
void metrics_count(struct metrics *m, enum http_method method, const char *route, int status,
                   int64_t us);
void metrics_error(struct metrics *m, enum err e);

/* Everything that is known about the process, in Prometheus' text format 0.0.4. */
struct app;
void metrics_write(struct str *out, struct app *app);

#endif
