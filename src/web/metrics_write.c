#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/version.h"
#include "db/pool.h"
#include "db/write.h"
#include "http/server.h"
#include "web/app.h"
#include "web/metrics_text.h"
#include "web/route.h"

enum { LONGEST_LABELS = 600 };

/* ---- requests ---- */

static void route_labels(struct str *labels, const struct metrics *m, size_t i)
{
	str_clear(labels);
	if (i < m->n)
		metric_label(labels, "method", routes[i].method == GET ? "GET" : "POST");
	metric_label(labels, "route",
	             i < m->n    ? routes[i].path
	             : i == m->n ? metrics_static
	                         : "none");
}

static int64_t answered(const struct route_metrics *r)
{
	int64_t n = 0;

	for (size_t i = 0; i <= METRICS_STATUS_COUNT; i++)
		n += atomic_load_explicit(&r->statuses[i], memory_order_relaxed);
	return n;
}

static void write_statuses(struct str *out, struct str *labels, const struct metrics *m,
                           size_t i)
{
	static const int statuses[] = METRICS_STATUSES;
	char status[16];

	for (size_t k = 0; k <= METRICS_STATUS_COUNT; k++) {
		int64_t n =
		        atomic_load_explicit(&m->routes[i].statuses[k], memory_order_relaxed);

		if (n == 0)
			continue;
		snprintf(status, sizeof(status), "%d",
		         k < METRICS_STATUS_COUNT ? statuses[k] : 0);
		route_labels(labels, m, i);
		metric_label(labels, "status", k < METRICS_STATUS_COUNT ? status : "other");
		metric_value(out, "cchc_requests_total", labels->data, n);
	}
}

/* A route that nobody asked for yet has no lines. */
static void write_requests(struct str *out, struct str *labels, const struct metrics *m)
{
	metric_about(out, "cchc_requests_total", "counter",
	             "Answers by route of the site map and status.");
	for (size_t i = 0; i < m->n + 2; i++)
		write_statuses(out, labels, m, i);
	metric_about(out, "cchc_request_seconds", "histogram",
	             "Time to make an answer, without waiting for a worker.");
	for (size_t i = 0; i < m->n + 2; i++) {
		if (answered(&m->routes[i]) == 0)
			continue;
		route_labels(labels, m, i);
		metric_histogram(out, "cchc_request_seconds", labels->data, &m->routes[i].times,
		                 &histogram_times, METRIC_SECONDS);
	}
	metric_about(out, "cchc_errors_total", "counter", "Failures behind answers, by kind.");
	for (int e = 0; e < METRICS_MOST_ERRORS; e++) {
		int64_t n = atomic_load_explicit(&m->errors[e], memory_order_relaxed);

		if (n == 0)
			continue;
		str_clear(labels);
		metric_label(labels, "kind", err_name((enum err)e));
		metric_value(out, "cchc_errors_total", labels->data, n);
	}
}

/* ---- the server ---- */

static void write_late(struct str *out, struct str *labels, const struct http_stats *s)
{
	metric_about(out, "cchc_connections_cut_total", "counter",
	             "Connections cut because the client was too slow, by what it was at.");
	for (size_t i = 0; i < ARRAY_LEN(s->late); i++) {
		str_clear(labels);
		metric_label(labels, "during", http_late_names[i]);
		metric_value(out, "cchc_connections_cut_total", labels->data, s->late[i]);
	}
}

static void write_server(struct str *out, struct str *labels, struct http_server *server)
{
	struct http_stats s;

	if (!server)
		return;
	http_server_stats(server, &s);
	metric_one(out, "cchc_connections", "gauge", "Open connections.", (int64_t)s.lines);
	metric_one(out, "cchc_requests_in_flight", "gauge", "Requests under way.", s.under_way);
	metric_one(out, "cchc_workers", "gauge", "Threads for writes and documents.",
	           s.workers);
	metric_one(out, "cchc_workers_busy", "gauge", "Workers that work.", s.workers_busy);
	metric_one(out, "cchc_queue_length", "gauge", "Requests that wait for a worker.",
	           (int64_t)s.queued);
	metric_about(out, "cchc_queue_seconds", "histogram", "Time of waiting for a worker.");
	metric_histogram(out, "cchc_queue_seconds", "", s.waited, &histogram_times,
	                 METRIC_SECONDS);
	metric_one(out, "cchc_body_bytes", "gauge", "Memory for forms being received.",
	           s.body_bytes);
	metric_one(out, "cchc_requests_refused_total", "counter", "Malformed requests.",
	           s.refused);
	metric_one(out, "cchc_requests_busy_total", "counter",
	           "Requests turned away because the queue was full.", s.busy);
	metric_one(out, "cchc_connections_refused_total", "counter",
	           "Connections beyond what one client may have.", s.crowded);
	write_late(out, labels, &s);
}

/* ---- the database ---- */

static void write_database(struct str *out, struct app *app)
{
	const struct db_writer_stats *w = db_writer_stats(app->writer);
	const struct db_pool_use pool = db_pool_use(app->readers);

	metric_one(out, "cchc_writer_queue_length", "gauge", "Writes that wait.",
	           (int64_t)db_writer_queued(app->writer));
	metric_one(out, "cchc_writes_total", "counter", "Writes that were committed.",
	           atomic_load(&w->written));
	metric_one(out, "cchc_writes_failed_total", "counter", "Writes that were rolled back.",
	           atomic_load(&w->failed));
	metric_about(out, "cchc_writer_batch_size", "histogram", "Writes in one transaction.");
	metric_histogram(out, "cchc_writer_batch_size", "", &w->batch_sizes, &histogram_sizes,
	                 METRIC_PLAIN);
	metric_about(out, "cchc_commit_seconds", "histogram", "Time of a commit.");
	metric_histogram(out, "cchc_commit_seconds", "", &w->commit_times, &histogram_times,
	                 METRIC_SECONDS);
	metric_one(out, "cchc_pool_in_use", "gauge", "Reading connections that are lent.",
	           (int64_t)pool.lent);
	metric_one(out, "cchc_pool_open", "gauge", "Reading connections that are open.",
	           (int64_t)pool.open);
	metric_one(out, "cchc_pool_most", "gauge", "Reading connections at most.",
	           (int64_t)pool.most);
	if (atomic_load(&app->health.disk_free) >= 0)
		metric_one(out, "cchc_disk_free_bytes", "gauge",
		           "Free where the database stands.",
		           atomic_load(&app->health.disk_free));
}

/* ---- the process ---- */

/* Pages resident, the second number of the file; -1 when it cannot be read. */
static int64_t resident_bytes(void)
{
	char text[100] = "", *end;
	FILE *f = fopen("/proc/self/statm", "r");

	if (!f)
		return -1;
	const char *line = fgets(text, sizeof(text), f);
	fclose(f);
	const char *second = line ? strchr(line, ' ') : NULL;
	if (!second)
		return -1;
	long long resident = strtoll(second, &end, 10);
	return end == second ? -1 : resident * sysconf(_SC_PAGESIZE);
}

static void write_process(struct str *out, struct str *labels, struct app *app)
{
	int64_t resident = resident_bytes();

	str_clear(labels);
	metric_label(labels, "version", cchc_version);
	metric_about(out, "cchc_build_info", "gauge", "Which program this is.");
	metric_value(out, "cchc_build_info", labels->data, 1);
	metric_about(out, "cchc_uptime_seconds", "gauge", "Since the start.");
	metric_seconds(out, "cchc_uptime_seconds", "",
	               clock_running_us() - app->metrics->started_us);
	if (resident >= 0)
		metric_one(out, "process_resident_memory_bytes", "gauge", "Memory in use.",
		           resident);
}

void metrics_write(struct str *out, struct app *app)
{
	struct str labels, ignored;

	str_init(&labels, NULL, LONGEST_LABELS);
	str_init(&ignored, NULL, LONGEST_LABELS);
	write_requests(out, &labels, app->metrics);
	write_server(out, &labels, app->server);
	write_database(out, app);
	metric_one(out, "cchc_sessions", "gauge", "Sessions that have not ended.",
	           atomic_load(&app->health.sessions));
	metric_one(out, "cchc_journal_unsealed", "gauge",
	           "Changes that the journal has not sealed yet.",
	           atomic_load(&app->health.unsealed));
	metric_one(out, "cchc_ready", "gauge", "1: /readyz says ready.",
	           health_ready(&app->health, &ignored));
	write_process(out, &labels, app);
	if (labels.failed)
		out->failed = true;
	str_release(&labels);
	str_release(&ignored);
}
