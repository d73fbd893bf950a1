/* workers.h - a fixed number of threads for what blocks, and a bounded queue before them. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <stdbool.h>

#include "base/err.h"

struct workers;
ERR_RESULT workers_start(struct workers **out, int threads, size_t longest_queue);
/* Runs fn(arg) on one of them; false when the queue is full. */
bool workers_push(struct workers *w, void (*fn)(void *arg), void *arg);
void workers_stop(struct workers *w); /* runs what is queued first */

#endif
