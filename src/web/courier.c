#include "web/courier.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "base/secret.h"
#include "http/outgoing.h"
#include "web/exchange_line.h"

enum { ROUND_MEMORY = 512 * 1024 * 1024 };

struct courier {
	struct app *app;
	const char *ca_file;
	pthread_t thread;
	pthread_mutex_t lock; /* guards stopping */
	pthread_cond_t wake;
	bool stopping;
};

static ERR_RESULT go(const struct exchange_line *line, struct app *app, struct db *db)
{
	struct exchange_office office = { app->writer, db, app->clock, 0 };
	struct exchange_done done;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, ROUND_MEMORY);
	office.seed =
	        (uint64_t)app->settings.installation ^ (uint64_t)clock_now(&app->clock).us;
	TRY(exchange_look_again(&a, &office));
	TRY(exchange_round(&done, &a, line, &office));
	if (done.trouble)
		log_event(LOG_WARNING, "exchange.line", { "text", done.trouble });
	return ERR_OK;
}

static void round_or_say(struct courier *c)
{
	struct exchange_line line = exchange_line_over_http(&c->ca_file);
	struct db *db;
	enum err e = db_pool_lease(c->app->readers, &db);

	if (e == ERR_OK) {
		e = go(&line, c->app, db);
		db_pool_return(c->app->readers, db);
	}
	if (e != ERR_OK)
		log_event(LOG_ERROR, "exchange.failed", { "err", err_name(e) },
		          { "text", err_message() });
}

/* Some seconds; false once the server stops. */
static bool pause_goes_on(struct courier *c)
{
	struct timespec until;
	int woken = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += (time_t)c->app->settings.exchange_seconds;
	pthread_mutex_lock(&c->lock);
	while (!c->stopping && woken == 0)
		woken = pthread_cond_timedwait(&c->wake, &c->lock, &until);
	bool goes_on = !c->stopping;
	pthread_mutex_unlock(&c->lock);
	return goes_on;
}

static void *run(void *arg)
{
	struct courier *c = arg;

	while (pause_goes_on(c))
		round_or_say(c);
	return NULL;
}

static void release(struct courier *c)
{
	pthread_cond_destroy(&c->wake);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

ERR_RESULT courier_start(struct courier **out, struct app *app)
{
	struct courier *c;

	*out = NULL;
	if (app->settings.exchange_seconds == 0)
		return ERR_OK;
	TRY(http_asking_starts());
	c = calloc(1, sizeof(*c));
	if (!c)
		return err_set(ERR_NO_MEMORY, "no memory for the courier");
	c->app = app;
	if (!str_eq(app->settings.exchange_ca, "-"))
		c->ca_file = app->settings.exchange_ca;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->wake, NULL);
	if (pthread_create(&c->thread, NULL, run, c)) {
		release(c);
		return err_set(ERR_NO_MEMORY, "no thread for the courier");
	}
	*out = c;
	return ERR_OK;
}

void courier_stop(struct courier *c)
{
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	c->stopping = true;
	pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->lock);
	pthread_join(c->thread, NULL);
	release(c);
}
