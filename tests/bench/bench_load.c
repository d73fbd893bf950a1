/* bench_load.c - an HTTP load: N connections, each with one request under way.
 *
 *	bench_load PORT CONNECTIONS RATE SECONDS REQUESTS
 *
 * RATE is offered requests a second over all connections (0: as fast as answers come).  A
 * latency is counted from the moment a request was due, not sent, so that a slow answer is
 * not hidden by the requests that had to wait for it.  REQUESTS is a file, a request a line,
 * tab-separated: method, path, cookie, body.  In a body "{id}" becomes a number that never
 * comes twice.  Requests are drawn at random.  Prints one line of JSON; own_cpu_us is the
 * processor time that the load itself took for a request, on the cores of the server.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_REQUESTS = 20000,
	MOST_CONNECTIONS = 256,
	MOST_SAMPLES = 2000000,
	MOST_MESSAGE = 32 * 1024,
	MOST_HEAD = 4096,
	BUFFER = 256 * 1024
};

struct request {
	char *message; /* whole, with {id} in its body */
	size_t n, hole;
	const char *path;
	int wanted;   /* status */
	bool counted; /* has the {id} */
};

struct connection {
	int socket;
	const struct request *request; /* under way; NULL: idle */
	int64_t due;
	uint64_t drawn; /* requests so far */
	/* The answer so far: its head, until the length is known. */
	char head[MOST_HEAD];
	size_t n_head;
	size_t missing; /* bytes after the head */
	bool head_done;
	int status;
};

struct run {
	int port, n_connections, epoll;
	double rate, seconds;
	struct request *requests;
	size_t n_requests;
	int64_t start_ns, end_ns;
	long next_id;
	uint64_t random;
	struct connection *connections;
	uint64_t released; /* of the requests offered at a rate */
	uint32_t *micros;  /* latencies */
	size_t n, errors, bytes, under_way;
	char *buffer;
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* ---- connections ---- */

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

static void open_connection(struct run *run, struct connection *c)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };

	c->socket = connect_to(run->port);
	epoll_ctl(run->epoll, EPOLL_CTL_ADD, c->socket, &event);
}

/* When the connection's next request is due; they take turns. */
static int64_t due_of(const struct run *run, const struct connection *c)
{
	double turn = (double)c->drawn * run->n_connections + (double)(c - run->connections);

	return run->start_ns + (int64_t)(turn * 1e9 / run->rate);
}

static bool send_message(struct run *run, struct connection *c, const struct request *r)
{
	static char filled[MOST_MESSAGE];
	const char *message = r->message;
	size_t n = r->n;

	if (r->counted) {
		/* As many digits for every number, so that the length stays. */
		memcpy(filled, r->message, r->hole);
		int digits = snprintf(filled + r->hole, 16, "%07ld", run->next_id++ % 10000000);
		memcpy(filled + r->hole + digits, r->message + r->hole + 4, r->n - r->hole - 4);
		message = filled;
		n = r->n - 4 + (size_t)digits;
	}
	return send(c->socket, message, n, MSG_NOSIGNAL) == (ssize_t)n;
}

static void answered(struct run *run, struct connection *c);

static void start(struct run *run, struct connection *c, int64_t due)
{
	const struct request *r = &run->requests[next_random(&run->random) % run->n_requests];

	c->request = r;
	c->due = due;
	c->drawn++;
	c->n_head = 0;
	c->head_done = false;
	c->status = 0;
	run->under_way++;
	if (!send_message(run, c, r))
		answered(run, c);
}

/* The next request, when it is due already. */
static void start_next(struct run *run, struct connection *c)
{
	int64_t now = now_ns(), due = run->rate > 0 ? due_of(run, c) : now;

	if (due <= now && due < run->end_ns)
		start(run, c, due);
}

/* ---- answers ---- */

static void answered(struct run *run, struct connection *c)
{
	if (c->status != c->request->wanted) {
		if (run->errors++ == 0)
			fprintf(stderr, "%s: status %d\n", c->request->path, c->status);
		if (c->status == 0) {
			close(c->socket);
			open_connection(run, c);
		}
	}
	if (run->n < MOST_SAMPLES)
		run->micros[run->n++] = (uint32_t)((now_ns() - c->due) / 1000);
	c->request = NULL;
	run->under_way--;
	start_next(run, c);
}

/* Keeps bytes until the head is whole; how many belonged to it. */
static size_t read_head(struct connection *c, const char *bytes, size_t n)
{
	size_t before = c->n_head, more = MOST_HEAD - 1 - before;

	more = n < more ? n : more;
	memcpy(c->head + before, bytes, more);
	c->n_head += more;
	c->head[c->n_head] = '\0';
	char *end = strstr(c->head, "\r\n\r\n");
	if (!end)
		return more;
	const char *length = strstr(c->head, "\r\nContent-Length:");
	c->head_done = true;
	c->status = (int)strtol(c->head + 9, NULL, 10);
	c->missing = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
	return (size_t)(end + 4 - c->head) - before;
}

static void readable(struct run *run, struct connection *c)
{
	ssize_t n = recv(c->socket, run->buffer, BUFFER, 0);

	if (!c->request || n <= 0) {
		if (c->request) {
			c->status = 0;
			answered(run, c);
		}
		return;
	}
	size_t used = c->head_done ? 0 : read_head(c, run->buffer, (size_t)n);
	size_t rest = (size_t)n - used;

	run->bytes += (size_t)n;
	c->missing -= c->head_done && rest < c->missing ? rest : c->head_done ? c->missing : 0;
	if (c->head_done && c->missing == 0)
		answered(run, c);
}

/* ---- the run ---- */

/* Starts what has become due on connections that are idle; the others look by themselves when
 * they have answered.  The time of the next one. */
static int64_t release(struct run *run)
{
	for (;;) {
		int64_t due =
		        run->start_ns + (int64_t)((double)run->released * 1e9 / run->rate);
		struct connection *c =
		        &run->connections[run->released % (uint64_t)run->n_connections];

		if (due > now_ns() || due >= run->end_ns)
			return due;
		if (!c->request)
			start_next(run, c);
		run->released++;
	}
}

static void wait_and_read(struct run *run, int64_t until)
{
	struct epoll_event events[MOST_CONNECTIONS];
	int64_t left = until - now_ns();

	left = left > 0 ? left : 0;
	struct timespec t = { left / 1000000000, left % 1000000000 };
	int n = epoll_pwait2(run->epoll, events, MOST_CONNECTIONS, &t, NULL);
	for (int i = 0; i < n; i++)
		readable(run, events[i].data.ptr);
}

static void drive(struct run *run)
{
	const int64_t patience = 10000000000;

	while (now_ns() < run->start_ns)
		wait_and_read(run, run->start_ns);
	for (int i = 0; run->rate == 0 && i < run->n_connections; i++)
		start_next(run, &run->connections[i]);
	while (now_ns() < run->end_ns) {
		int64_t next = run->rate > 0 ? release(run) : run->end_ns;

		wait_and_read(run, next < run->end_ns ? next : run->end_ns);
	}
	while (run->under_way && now_ns() < run->end_ns + patience)
		wait_and_read(run, run->end_ns + patience);
}

/* ---- requests ---- */

static void make_message(struct request *r, int port, char *fields[4])
{
	const char *body = fields[3], *hole = strstr(body, "{id}");
	size_t n_body = strlen(body) + (hole ? 3 : 0);

	r->message = malloc(MOST_MESSAGE);
	r->path = fields[1];
	r->wanted = fields[0][0] == 'P' ? 303 : 200;
	int n = snprintf(r->message, MOST_MESSAGE,
	                 "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nCookie: %s\r\n"
	                 "Accept-Encoding: gzip\r\n",
	                 fields[0], fields[1], port, fields[2]);
	if (n_body)
		n += snprintf(r->message + n, MOST_MESSAGE - (size_t)n,
		              "Content-Type: application/x-www-form-urlencoded\r\n"
		              "Content-Length: %zu\r\n",
		              n_body);
	n += snprintf(r->message + n, MOST_MESSAGE - (size_t)n, "\r\n%s", body);
	r->n = (size_t)n;
	r->message = realloc(r->message, r->n + 1);
	char *at = strstr(r->message, "{id}");
	r->counted = at != NULL;
	r->hole = at ? (size_t)(at - r->message) : 0;
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
		char *rest = line, *fields[4], nothing[] = "";

		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < 4; i++) {
			char *field = strsep(&rest, "\t");

			fields[i] = field ? field : nothing;
		}
		make_message(&run->requests[run->n_requests++], run->port, fields);
		line = NULL;
		room = 0;
	}
	fclose(f);
}

/* ---- the report ---- */

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static double cpu_us(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6 +
	       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

static void report(struct run *run, double elapsed, double cpu)
{
	size_t n = run->n;

	qsort(run->micros, n, sizeof(*run->micros), by_size);
	printf("{\"requests\":%zu,\"errors\":%zu,\"per_second\":%.0f,\"p50_ms\":%.2f,"
	       "\"p99_ms\":%.2f,\"max_ms\":%.2f,\"bytes_each\":%zu,\"own_cpu_us\":%.1f}\n",
	       n, run->errors + run->under_way, (double)n / elapsed,
	       n ? run->micros[n / 2] / 1e3 : 0,
	       n ? run->micros[(size_t)((double)n * 0.99)] / 1e3 : 0,
	       n ? run->micros[n - 1] / 1e3 : 0, n ? run->bytes / n : 0,
	       n ? cpu / (double)n : 0);
}

int main(int argc, char **argv)
{
	static struct connection connections[MOST_CONNECTIONS];
	struct run run = { .random = 88172645463325252u, .connections = connections };

	if (argc != 6) {
		fprintf(stderr, "usage: bench_load PORT CONNECTIONS RATE SECONDS REQUESTS\n");
		return 2;
	}
	run.port = (int)strtol(argv[1], NULL, 10);
	run.n_connections = (int)strtol(argv[2], NULL, 10);
	if (run.n_connections < 1 || run.n_connections > MOST_CONNECTIONS)
		run.n_connections = MOST_CONNECTIONS;
	run.rate = strtod(argv[3], NULL);
	run.seconds = strtod(argv[4], NULL);
	/* Others than a minute ago: what a page's tokens allow. */
	run.next_id = 1000000 + (long)time(NULL) % 89 * 100000;
	run.epoll = epoll_create1(0);
	run.micros = calloc(MOST_SAMPLES, sizeof(*run.micros));
	run.buffer = malloc(BUFFER);
	read_requests(&run, argv[5]);
	for (int i = 0; i < run.n_connections; i++)
		open_connection(&run, &connections[i]);
	run.start_ns = now_ns() + 100000000;
	run.end_ns = run.start_ns + (int64_t)(run.seconds * 1e9);
	double cpu = cpu_us();
	drive(&run);
	report(&run, (double)(now_ns() - run.start_ns) / 1e9, cpu_us() - cpu);
	return 0;
}
