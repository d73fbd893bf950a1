/* bench_list.c - list pages through the router, on one thread, without sockets: for profiles
 * and for comparing two builds on a busy machine, where only processor time means anything.
 *
 *	bench_list DB REQUESTS N [WARM]
 *
 * REQUESTS is a file of requests.sh.  Prints processor time and bytes of an answer.  Under
 * valgrind, `--tool=callgrind --toggle-collect=measured` counts only what is measured.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "http/gzip.h"
#include "http/request.h"
#include "web/app.h"
#include "web/router.h"

enum { MOST_REQUESTS = 20000, REQUEST_MEMORY = 64 * 1024 * 1024 };

struct line {
	char *path, *cookie;
};

struct run {
	struct app app;
	struct line *lines;
	size_t n_lines;
	uint64_t random;
	struct arena arena;
	size_t bytes, packed, failed;
};

static size_t read_lines(struct line *lines, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0, n = 0;

	if (!f) {
		perror(path);
		exit(1);
	}
	while (n < MOST_REQUESTS && getline(&line, &room, f) > 0) {
		char *rest = line;

		line[strcspn(line, "\n")] = '\0';
		strsep(&rest, "\t");
		lines[n].path = strsep(&rest, "\t");
		lines[n++].cookie = strsep(&rest, "\t");
		line = NULL;
		room = 0;
	}
	fclose(f);
	return n;
}

static const struct line *draw(struct run *r)
{
	r->random ^= r->random << 13;
	r->random ^= r->random >> 7;
	r->random ^= r->random << 17;
	return &r->lines[r->random % r->n_lines];
}

static void one(struct run *r)
{
	const struct line *line = draw(r);
	const struct received received = {
		.method = GET, .target = line->path, .cookie = line->cookie, .body = { "", 0 }
	};
	struct req req = { .arena = &r->arena, .client = "127.0.0.1" };
	struct resp resp;
	const unsigned char *packed;
	size_t n;

	if (request_make(&req, &received) != ERR_OK)
		abort();
	router_dispatch(&r->app, &req, &resp);
	if (resp.status != 200 ||
	    gzip_pack_fast(&packed, &n, &r->arena, resp.body.data, resp.body.len) != ERR_OK)
		r->failed++;
	else
		r->packed += n;
	r->bytes += resp.body.len;
	arena_reset(&r->arena);
}

/* Not static: callgrind is told its name. */
void measured(struct run *r, long n);
__attribute__((noinline)) void measured(struct run *r, long n)
{
	for (long i = 0; i < n; i++)
		one(r);
}

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(int argc, char **argv)
{
	static struct line lines[MOST_REQUESTS];
	static struct run run = { .lines = lines, .random = 88172645463325252u };
	struct settings settings = settings_default();

	if (argc < 4) {
		fprintf(stderr, "usage: bench_list DB REQUESTS N [WARM]\n");
		return 2;
	}
	long n = strtol(argv[3], NULL, 10), warm = argc > 4 ? strtol(argv[4], NULL, 10) : n;

	settings.database = argv[1];
	run.n_lines = read_lines(lines, argv[2]);
	if (app_open(&run.app, &settings, CLOCK_SYSTEM) != ERR_OK) {
		fprintf(stderr, "%s\n", err_message());
		return 1;
	}
	arena_init(&run.arena, REQUEST_MEMORY);
	for (long i = 0; i < warm; i++)
		one(&run);
	run.bytes = run.packed = 0;
	double start = cpu_us();
	measured(&run, n);
	double used = cpu_us() - start;
	printf("{\"lists\":%ld,\"failed\":%zu,\"cpu_us_each\":%.1f,\"bytes_each\":%zu,"
	       "\"packed_each\":%zu}\n",
	       n, run.failed, used / (double)n, run.bytes / (size_t)n, run.packed / (size_t)n);
	arena_release(&run.arena);
	app_close(&run.app);
	return run.failed != 0;
}
