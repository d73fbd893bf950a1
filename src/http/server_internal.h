/* server_internal.h - what server.c and exchange.c share. */
#ifndef HTTP_SERVER_INTERNAL_H
#define HTTP_SERVER_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/exchange.h"
#include "http/server.h"
#include "http/workers.h"

struct http_server {
	const struct http_service *service;
	const struct settings *settings;
	struct MHD_Daemon *daemon;
	struct workers *workers;
	int port;
	_Atomic int under_way;        /* exchanges that exist */
	_Atomic long long body_bytes; /* of bodies being held */
	pthread_mutex_t lock;         /* of the pool */
	struct exchange *idle;        /* exchanges to use again */
	int n_idle;
};

#endif
