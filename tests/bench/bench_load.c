/* bench_load.c - an HTTP load: N connections, each with one request under way.
 *
 *	bench_load PORT CONNECTIONS RATE SECONDS REQUESTS
 *
 * RATE is offered requests a second over all connections (0: as fast as answers come).  A
 * latency is counted from the moment a request was due, not sent, so that a slow answer is
 * not hidden by the requests that had to wait for it.  REQUESTS is a file, a request a line,
 * tab-separated: method, path, cookie, body.  In a body "{id}" becomes a number that never
 * comes twice.  Requests are drawn at random.  Prints one line of JSON.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_REQUESTS = 20000,
	MOST_CONNECTIONS = 256,
	MOST_SAMPLES = 2000000,
	BUFFER = 1 << 20
};

struct request {
	const char *method, *path, *cookie, *body;
};

struct run {
	int port, connections;
	double rate, seconds;
	struct request *requests;
	size_t n_requests;
	int64_t start_ns;
};

struct worker {
	const struct run *run;
	atomic_long *next_id;
	pthread_t thread;
	int index, socket;
	uint64_t random;
	uint32_t *micros; /* latencies */
	size_t n, errors, bytes;
	char *buffer;
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void wait_until(int64_t at_ns)
{
	struct timespec t = { at_ns / 1000000000, at_ns % 1000000000 };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static int connect_to(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof(to)) != 0) {
		perror("connect");
		exit(1);
	}
	setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return s;
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* The body with "{id}" filled in; its length. */
static size_t fill_body(const char *body, long id, char *out, size_t room)
{
	const char *hole = strstr(body, "{id}");

	if (!hole)
		return (size_t)snprintf(out, room, "%s", body);
	return (size_t)snprintf(out, room, "%.*s%ld%s", (int)(hole - body), body, id, hole + 4);
}

static bool send_request(struct worker *w, const struct request *r)
{
	static _Thread_local char message[16384], body[8192];
	size_t n = fill_body(r->body, atomic_fetch_add(w->next_id, 1), body, sizeof(body));
	int len = snprintf(message, sizeof(message),
	                   "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nCookie: %s\r\n"
	                   "Accept-Encoding: gzip\r\n",
	                   r->method, r->path, w->run->port, r->cookie);

	if (n)
		len += snprintf(message + len, sizeof(message) - (size_t)len,
		                "Content-Type: application/x-www-form-urlencoded\r\n"
		                "Content-Length: %zu\r\n\r\n%s",
		                n, body);
	else
		len += snprintf(message + len, sizeof(message) - (size_t)len, "\r\n");
	return send(w->socket, message, (size_t)len, MSG_NOSIGNAL) == len;
}

/* Reads one answer; its status, 0 when the connection broke. */
static int read_answer(struct worker *w)
{
	size_t have = 0;
	char *end = NULL;

	while (!end) {
		ssize_t n = recv(w->socket, w->buffer + have, BUFFER - 1 - have, 0);

		if (n <= 0)
			return 0;
		have += (size_t)n;
		w->buffer[have] = '\0';
		end = strstr(w->buffer, "\r\n\r\n");
	}
	const char *length = strcasestr(w->buffer, "\r\nContent-Length:");
	size_t want = (size_t)(end + 4 - w->buffer);
	if (length && length < end)
		want += strtoul(length + 17, NULL, 10);
	while (have < want) {
		ssize_t n = recv(w->socket, w->buffer + have, BUFFER - 1 - have, 0);

		if (n <= 0)
			return 0;
		have += (size_t)n;
	}
	w->bytes += have;
	return (int)strtol(w->buffer + 9, NULL, 10);
}

static void one(struct worker *w, int64_t due)
{
	size_t pick = next_random(&w->random) % w->run->n_requests;
	const struct request *r = &w->run->requests[pick];
	int status = send_request(w, r) ? read_answer(w) : 0;
	int want = r->method[0] == 'P' ? 303 : 200;

	if (status != want) {
		if (w->errors++ == 0)
			fprintf(stderr, "%s %s: status %d\n", r->method, r->path, status);
		if (status == 0) {
			close(w->socket);
			w->socket = connect_to(w->run->port);
		}
	}
	if (w->n < MOST_SAMPLES / (size_t)w->run->connections)
		w->micros[w->n++] = (uint32_t)((now_ns() - due) / 1000);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	const struct run *run = w->run;
	int64_t end = run->start_ns + (int64_t)(run->seconds * 1e9);
	double step = run->rate > 0 ? 1e9 * run->connections / run->rate : 0;

	for (size_t i = 0;; i++) {
		int64_t due =
		        run->start_ns +
		        (int64_t)(step * ((double)i + (double)w->index / run->connections));

		if (step == 0)
			due = now_ns();
		if (due >= end)
			break;
		wait_until(due);
		one(w, due);
	}
	return NULL;
}

static void read_requests(struct run *run, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (!f) {
		perror(path);
		exit(1);
	}
	run->requests = calloc(MOST_REQUESTS, sizeof(*run->requests));
	while (run->n_requests < MOST_REQUESTS && getline(&line, &room, f) > 0) {
		struct request *r = &run->requests[run->n_requests++];
		char *rest = line;

		line[strcspn(line, "\n")] = '\0';
		r->method = strsep(&rest, "\t");
		r->path = strsep(&rest, "\t");
		r->cookie = strsep(&rest, "\t");
		r->body = rest ? rest : "";
		line = NULL;
		room = 0;
	}
	fclose(f);
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void report(const struct run *run, struct worker *workers, double elapsed)
{
	size_t n = 0, errors = 0, bytes = 0;
	uint32_t *all = calloc(MOST_SAMPLES, sizeof(*all));

	for (int i = 0; i < run->connections; i++) {
		for (size_t k = 0; k < workers[i].n && n < MOST_SAMPLES; k++)
			all[n++] = workers[i].micros[k];
		errors += workers[i].errors;
		bytes += workers[i].bytes;
	}
	qsort(all, n, sizeof(*all), by_size);
	printf("{\"requests\":%zu,\"errors\":%zu,\"per_second\":%.0f,\"p50_ms\":%.2f,"
	       "\"p99_ms\":%.2f,\"max_ms\":%.2f,\"bytes_each\":%zu}\n",
	       n, errors, (double)n / elapsed, n ? all[n / 2] / 1e3 : 0,
	       n ? all[(size_t)((double)n * 0.99)] / 1e3 : 0, n ? all[n - 1] / 1e3 : 0,
	       n ? bytes / n : 0);
	free(all);
}

int main(int argc, char **argv)
{
	static struct worker workers[MOST_CONNECTIONS];

	if (argc != 6) {
		fprintf(stderr, "usage: bench_load PORT CONNECTIONS RATE SECONDS REQUESTS\n");
		return 2;
	}
	struct run run = { .port = (int)strtol(argv[1], NULL, 10),
		           .connections = (int)strtol(argv[2], NULL, 10),
		           .rate = strtod(argv[3], NULL),
		           .seconds = strtod(argv[4], NULL) };
	/* At most seven digits, and others than a minute ago: what a page's tokens allow. */
	atomic_long next_id = 1000000 + (long)time(NULL) % 89 * 100000;

	read_requests(&run, argv[5]);
	run.start_ns = now_ns() + 100000000;
	for (int i = 0; i < run.connections; i++) {
		workers[i] = (struct worker){ .run = &run,
			                      .next_id = &next_id,
			                      .index = i,
			                      .socket = connect_to(run.port),
			                      .random = (uint64_t)(i + 1) * 0x9e3779b97f4a7c15u,
			                      .micros = calloc(MOST_SAMPLES /
			                                               (size_t)run.connections,
			                                       sizeof(uint32_t)),
			                      .buffer = malloc(BUFFER) };
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	}
	for (int i = 0; i < run.connections; i++)
		pthread_join(workers[i].thread, NULL);
	report(&run, workers, (double)(now_ns() - run.start_ns) / 1e9);
	return 0;
}
