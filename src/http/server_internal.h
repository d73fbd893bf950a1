/* server_internal.h - what server.c and exchange.c share. */
#ifndef HTTP_SERVER_INTERNAL_H
#define HTTP_SERVER_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/histogram.h"
#include "http/exchange.h"
#include "http/lines.h"
#include "http/server.h"
#include "http/workers.h"

struct http_server {
	const struct http_service *service;
	_Atomic(const struct settings *) settings; /* http_settings() */
	struct MHD_Daemon *daemon;
	struct workers *workers;
	struct lines lines;
	int port;
	_Atomic int under_way;        /* exchanges that exist */
	_Atomic long long body_bytes; /* of bodies being held */
	pthread_mutex_t lock;         /* of the pool */
	struct exchange *idle;        /* exchanges to use again */
	int n_idle;
	_Atomic bool stopping; /* each answer closes its connection */
	_Atomic int64_t refused, busy;
	struct histogram waited;
	uint64_t first_incident; /* random */
	_Atomic uint64_t incidents;
};

static inline const struct settings *http_settings(const struct http_server *s)
{
	return atomic_load_explicit(&s->settings, memory_order_acquire);
}

#endif
