#include "web/sealer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "app/journal/journal_seal_store.h"
#include "base/log.h"

enum { PAUSE_NS = 500 * 1000 * 1000, NS_PER_SECOND = 1000 * 1000 * 1000 };

struct sealer {
	struct app *app;
	pthread_t thread;
	pthread_mutex_t lock; /* guards stopping */
	pthread_cond_t wake;
	bool stopping;
};

static enum err seal(struct app *app)
{
	struct db *db;
	bool needed;

	TRY(db_pool_lease(app->readers, &db));
	enum err e = journal_needs_seal(&needed, db, clock_now(&app->clock));
	db_pool_return(app->readers, db);
	TRY(e);
	return needed ? journal_seal(NULL, app->writer) : ERR_OK;
}

static void seal_or_say(struct app *app)
{
	enum err e = seal(app);

	if (e != ERR_OK)
		log_event(LOG_ERROR, "journal.not_sealed", { "err", err_name(e) },
		          { "text", err_message() });
}

/* Half a second; false once the server stops. */
static bool pause_goes_on(struct sealer *s)
{
	struct timespec until;
	int woken = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += PAUSE_NS;
	until.tv_sec += until.tv_nsec / NS_PER_SECOND;
	until.tv_nsec %= NS_PER_SECOND;
	pthread_mutex_lock(&s->lock);
	while (!s->stopping && woken == 0)
		woken = pthread_cond_timedwait(&s->wake, &s->lock, &until);
	bool goes_on = !s->stopping;
	pthread_mutex_unlock(&s->lock);
	return goes_on;
}

static void *run(void *arg)
{
	struct sealer *s = arg;

	while (pause_goes_on(s))
		seal_or_say(s->app);
	seal_or_say(s->app);
	return NULL;
}

static void release(struct sealer *s)
{
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

enum err sealer_start(struct sealer **out, struct app *app)
{
	struct sealer *s = calloc(1, sizeof(*s));

	if (!s)
		return err_set(ERR_NO_MEMORY, "no memory for the sealer");
	s->app = app;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	if (pthread_create(&s->thread, NULL, run, s)) {
		release(s);
		return err_set(ERR_NO_MEMORY, "no thread for the sealer");
	}
	*out = s;
	return ERR_OK;
}

void sealer_stop(struct sealer *s)
{
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	release(s);
}
