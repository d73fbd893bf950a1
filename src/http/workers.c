#include "http/workers.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
	void (*fn)(void *arg);
	void *arg;
};

struct workers {
	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_t *threads;
	int n_threads, busy;
	struct job *queue; /* a ring */
	size_t room, first, n;
	bool stopping;
};

/* False when there is nothing left and the end has come. */
static bool take(struct workers *w, struct job *out, bool had_one)
{
	pthread_mutex_lock(&w->lock);
	w->busy -= had_one;
	while (w->n == 0 && !w->stopping)
		pthread_cond_wait(&w->work, &w->lock);
	bool found = w->n > 0;
	if (found) {
		*out = w->queue[w->first];
		w->first = (w->first + 1) % w->room;
		w->n--;
		w->busy++;
	}
	pthread_mutex_unlock(&w->lock);
	return found;
}

static void *worker(void *arg)
{
	struct workers *w = arg;
	struct job job;

	for (bool had_one = false; take(w, &job, had_one); had_one = true)
		job.fn(job.arg);
	return NULL;
}

bool workers_push(struct workers *w, void (*fn)(void *arg), void *arg)
{
	pthread_mutex_lock(&w->lock);
	bool fits = w->n < w->room && !w->stopping;
	if (fits)
		w->queue[(w->first + w->n++) % w->room] = (struct job){ fn, arg };
	pthread_mutex_unlock(&w->lock);
	if (fits)
		pthread_cond_signal(&w->work);
	return fits;
}

void workers_load(struct workers *w, size_t *queued, int *busy)
{
	pthread_mutex_lock(&w->lock);
	*queued = w->n;
	*busy = w->busy;
	pthread_mutex_unlock(&w->lock);
}

void workers_finish(struct workers *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_mutex_unlock(&w->lock);
	pthread_cond_broadcast(&w->work);
	for (int i = 0; i < w->n_threads; i++)
		pthread_join(w->threads[i], NULL);
	w->n_threads = 0;
}

void workers_free(struct workers *w)
{
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
	free(w->threads);
	free(w->queue);
	free(w);
}

enum err workers_start(struct workers **out, int threads, size_t longest_queue)
{
	struct workers *w = calloc(1, sizeof(*w));

	if (!w)
		return err_set(ERR_NO_MEMORY, "no memory for workers");
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	w->room = longest_queue;
	w->threads = calloc((size_t)threads, sizeof(*w->threads));
	w->queue = calloc(longest_queue, sizeof(*w->queue));
	while (w->threads && w->queue && w->n_threads < threads &&
	       pthread_create(&w->threads[w->n_threads], NULL, worker, w) == 0)
		w->n_threads++;
	if (w->n_threads < threads) {
		workers_finish(w);
		workers_free(w);
		return err_set(ERR_NO_MEMORY, "fewer than %d worker threads start", threads);
	}
	*out = w;
	return ERR_OK;
}
