/* workers.h - a fixed number of threads for what blocks, and a bounded queue before them. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <stdbool.h>

#include "base/err.h"

struct workers;
ERR_RESULT workers_start(struct workers **out, int threads, size_t longest_queue);
/* Runs fn(arg) on one of them; false when the queue is full. */
bool workers_push(struct workers *w, void (*fn)(void *arg), void *arg);
/* How many jobs wait, and how many run. */
void workers_load(struct workers *w, size_t *queued, int *busy);
void workers_finish(struct workers *w); /* runs what is queued; then takes nothing more */
void workers_free(struct workers *w);   /* after workers_finish, when nobody pushes */

#endif
