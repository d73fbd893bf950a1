#include "db/pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/engine.h"

enum { WAIT_SECONDS = 10 };

struct db_pool {
	char *where;
	enum db_mode mode;
	struct db_options options;
	pthread_mutex_t lock;
	pthread_cond_t returned;
	size_t most, n_open, n_free; /* guarded by `lock`, as is what follows */
	struct db *free[];
};

enum err db_pool_open(struct db_pool **out, const char *where, size_t most)
{
	return db_pool_open_with(out, where, DB_READ, &(struct db_options){ 0 }, most);
}

enum err db_pool_open_with(struct db_pool **out, const char *where, enum db_mode mode,
                           const struct db_options *options, size_t most)
{
	struct db_pool *p = calloc(1, sizeof(*p) + most * sizeof(struct db *));

	if (!p || !(p->where = strdup(where))) {
		free(p);
		return err_set(ERR_NO_MEMORY, "no memory for %zu connections", most);
	}
	p->mode = mode;
	p->options = *options;
	p->most = most;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->returned, NULL);
	*out = p;
	return ERR_OK;
}

void db_pool_close(struct db_pool *p)
{
	assert(p->n_free == p->n_open);
	while (p->n_free)
		db_close(p->free[--p->n_free]);
	pthread_cond_destroy(&p->returned);
	pthread_mutex_destroy(&p->lock);
	free(p->where);
	free(p);
}

/* Gives a free connection, or NULL and the right to open one; the lock is held. */
static enum err wait_for_one(struct db_pool *p, struct db **out)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_SECONDS;
	while (!p->n_free && p->n_open == p->most)
		if (pthread_cond_timedwait(&p->returned, &p->lock, &until))
			return err_set(ERR_BUSY, "all %zu connections are in use", p->most);
	*out = p->n_free ? p->free[--p->n_free] : NULL;
	if (!*out)
		p->n_open++;
	return ERR_OK;
}

static void give_up_place(struct db_pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->n_open--;
	pthread_cond_signal(&p->returned);
	pthread_mutex_unlock(&p->lock);
}

enum err db_pool_lease(struct db_pool *p, struct db **out)
{
	struct db *db = NULL;

	pthread_mutex_lock(&p->lock);
	enum err e = wait_for_one(p, &db);
	pthread_mutex_unlock(&p->lock);
	TRY(e);
	if (db && !db->engine->alive(db)) {
		db_close(db);
		db = NULL;
	}
	if (!db)
		e = db_open_with(&db, p->where, p->mode, &p->options);
	if (e != ERR_OK) {
		give_up_place(p);
		return e;
	}
	*out = db;
	return ERR_OK;
}

void db_pool_return(struct db_pool *p, struct db *db)
{
	assert(db->depth == 0);
	if (!db->engine->alive(db)) {
		db_close(db);
		give_up_place(p);
		return;
	}
	pthread_mutex_lock(&p->lock);
	p->free[p->n_free++] = db;
	pthread_cond_signal(&p->returned);
	pthread_mutex_unlock(&p->lock);
}

struct db_pool_use db_pool_use(struct db_pool *p)
{
	pthread_mutex_lock(&p->lock);
	struct db_pool_use use = { p->n_open - p->n_free, p->n_open, p->most };
	pthread_mutex_unlock(&p->lock);
	return use;
}
