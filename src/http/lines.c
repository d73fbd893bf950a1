#include "http/lines.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/str.h"

static const int64_t look_every_ms = 500;

static int64_t now_ms(void)
{
	return clock_running_us() / 1000;
}

void line_step(struct line *line, enum line_step step, int64_t ms)
{
	if (!line)
		return;
	atomic_store_explicit(&line->step, (int)step, memory_order_relaxed);
	atomic_store_explicit(&line->until_ms, step == LINE_WORK ? INT64_MAX : now_ms() + ms,
	                      memory_order_relaxed);
}

/* The library notices that the socket is shut and ends the connection in its own thread. */
static void cut_late(struct lines *l)
{
	int64_t now = now_ms();

	for (struct line *line = l->first; line; line = line->next) {
		if (atomic_load(&line->until_ms) > now)
			continue;
		atomic_fetch_add(&l->cut[atomic_load(&line->step)], 1);
		atomic_store(&line->until_ms, INT64_MAX);
		shutdown(line->fd, SHUT_RDWR);
	}
}

static void *watch(void *arg)
{
	struct lines *l = arg;
	struct timespec until;

	pthread_mutex_lock(&l->lock);
	while (!l->stopping) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		int64_t ns = until.tv_nsec + look_every_ms * 1000000;
		until.tv_sec += ns / 1000000000;
		until.tv_nsec = ns % 1000000000;
		pthread_cond_timedwait(&l->end, &l->lock, &until);
		cut_late(l);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

enum err lines_start(struct lines *l)
{
	pthread_condattr_t monotonic;

	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&l->end, &monotonic);
	pthread_condattr_destroy(&monotonic);
	l->has_thread = pthread_create(&l->thread, NULL, watch, l) == 0;
	return l->has_thread ? ERR_OK
	                     : err_set(ERR_NO_MEMORY, "no thread to watch the connections");
}

void lines_stop(struct lines *l)
{
	pthread_mutex_lock(&l->lock);
	l->stopping = true;
	pthread_cond_signal(&l->end);
	pthread_mutex_unlock(&l->lock);
	if (l->has_thread)
		pthread_join(l->thread, NULL);
	pthread_cond_destroy(&l->end);
	pthread_mutex_destroy(&l->lock);
}

bool lines_may_open(struct lines *l, const char *client, size_t most)
{
	size_t n = 0;

	pthread_mutex_lock(&l->lock);
	for (const struct line *line = l->first; line; line = line->next)
		n += str_eq(line->client, client);
	pthread_mutex_unlock(&l->lock);
	if (n < most)
		return true;
	atomic_fetch_add(&l->refused, 1);
	return false;
}

struct line *line_open(struct lines *l, int fd, const char *client, int64_t ms)
{
	struct line *line = calloc(1, sizeof(*line));

	if (!line)
		return NULL;
	line->fd = fd;
	snprintf(line->client, sizeof(line->client), "%s", client);
	line_step(line, LINE_IDLE, ms);
	pthread_mutex_lock(&l->lock);
	line->next = l->first;
	if (l->first)
		l->first->previous = line;
	l->first = line;
	l->n++;
	pthread_mutex_unlock(&l->lock);
	return line;
}

void line_close(struct lines *l, struct line *line)
{
	if (!line)
		return;
	pthread_mutex_lock(&l->lock);
	if (line->previous)
		line->previous->next = line->next;
	else
		l->first = line->next;
	if (line->next)
		line->next->previous = line->previous;
	l->n--;
	pthread_mutex_unlock(&l->lock);
	free(line);
}

size_t lines_open(struct lines *l)
{
	pthread_mutex_lock(&l->lock);
	size_t n = l->n;
	pthread_mutex_unlock(&l->lock);
	return n;
}
