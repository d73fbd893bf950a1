#include "web/metrics.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "web/route.h"

const char metrics_static[] = "/static/";

static const int statuses[] = METRICS_STATUSES;
_Static_assert(ARRAY_LEN(statuses) == METRICS_STATUS_COUNT, "as many as the header says");

#define ERR(name, http_status, text) +1
_Static_assert(0
#include "base/errors.def"
                       <= METRICS_MOST_ERRORS,
               "a place for each error");
#undef ERR

enum err metrics_new(struct metrics **out, struct arena *a)
{
	struct metrics *m;

	TRY(arena_new(a, &m));
	TRY(arena_array(a, &m->routes, n_routes + 2));
	m->n = n_routes;
	m->started_us = clock_running_us();
	*out = m;
	return ERR_OK;
}

/* The text of a row is one object, also where GET and POST share it. */
static size_t index_of(const struct metrics *m, enum http_method method, const char *route)
{
	if (route == metrics_static)
		return m->n;
	for (size_t i = 0; route && i < m->n; i++)
		if (routes[i].method == method && str_eq(routes[i].path, route))
			return i;
	return m->n + 1;
}

static size_t status_index(int status)
{
	size_t i = 0;

	while (i < METRICS_STATUS_COUNT && statuses[i] != status)
		i++;
	return i;
}

void metrics_count(struct metrics *m, enum http_method method, const char *route, int status,
                   int64_t us)
{
	struct route_metrics *r = &m->routes[index_of(m, method, route)];

	atomic_fetch_add_explicit(&r->statuses[status_index(status)], 1, memory_order_relaxed);
	histogram_add(&r->times, &histogram_times, us);
}

void metrics_error(struct metrics *m, enum err e)
{
	atomic_fetch_add_explicit(&m->errors[e], 1, memory_order_relaxed);
}
