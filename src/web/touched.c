#include "web/touched.h"

#include <string.h>

void touched_init(struct touched *t)
{
	pthread_mutex_init(&t->lock, NULL);
	t->n = 0;
}

void touched_release(struct touched *t)
{
	pthread_mutex_destroy(&t->lock);
}

static bool known(const struct touched *t, row_id session)
{
	for (size_t i = 0; i < t->n; i++)
		if (row_eq(t->sessions[i], session))
			return true;
	return false;
}

void touched_add(struct touched *t, row_id session)
{
	pthread_mutex_lock(&t->lock);
	if (t->n < TOUCHED_MOST && !known(t, session))
		t->sessions[t->n++] = session;
	pthread_mutex_unlock(&t->lock);
}

size_t touched_take(struct touched *t, row_id out[TOUCHED_MOST])
{
	pthread_mutex_lock(&t->lock);
	size_t n = t->n;
	memcpy(out, t->sessions, n * sizeof(out[0]));
	t->n = 0;
	pthread_mutex_unlock(&t->lock);
	return n;
}
