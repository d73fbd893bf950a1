#include "base/gate.h"

void gate_init(struct gate *g, int places)
{
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->freed, NULL);
	g->free = places;
}

void gate_release(struct gate *g)
{
	pthread_cond_destroy(&g->freed);
	pthread_mutex_destroy(&g->lock);
}

void gate_enter(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	while (g->free == 0)
		pthread_cond_wait(&g->freed, &g->lock);
	g->free--;
	pthread_mutex_unlock(&g->lock);
}

void gate_leave(struct gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->free++;
	pthread_mutex_unlock(&g->lock);
	pthread_cond_signal(&g->freed);
}
