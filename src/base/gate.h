/* gate.h - lets at most so many threads do something costly at a time. */
#ifndef BASE_GATE_H
#define BASE_GATE_H

#include <pthread.h>

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	int free;
};

void gate_init(struct gate *g, int places);
void gate_release(struct gate *g);
void gate_enter(struct gate *g); /* waits for a place */
void gate_leave(struct gate *g);

#endif
