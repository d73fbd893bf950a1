/* route.h - the site map as a table, and which row a request means. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "app/account/actor.h"
#include "http/http.h"

enum route_how {
	READS,  /* in the thread that took the request, on its own connection */
	LISTS,  /* the same, from a replica when there is one: may be some seconds behind */
	WRITES, /* on a worker: waits for the disk */
	WORKS,  /* on a worker: waits for the processor (passwords, documents) */
	/* On a worker: personal data of the record :id (none: of the unit that is worked on) on
	 * the screen, on paper, as a file; written to the journal before the answer goes out.
	 */
	DETAILS,
	PRINTS,
	EXPORTS,
	ALONE /* in the thread that took the request, without session or database */
};

/* Who may, beside sets of MAY(x): any one permission of the set suffices. */
#define ANYBODY   (UINT64_C(1) << 63)
#define LOGGED_IN (UINT64_C(1) << 62)
/* A program that watches the server: on this machine itself, not through a proxy, or with the
 * metrics_token. */
#define MONITOR (UINT64_C(1) << 61)
/* Another installation, with the token that it was given (app/exchange): req->peer.  It has no
 * session and no form of ours, so nobody else may come through the same door. */
#define PEER (UINT64_C(1) << 60)

struct route {
	enum http_method method;
	enum route_how how;
	const char *path; /* "/units/:id" */
	page_fn *page;
	uint64_t who;
	const char *about;
};
extern const struct route routes[];

static inline bool route_shows_persons(const struct route *r)
{
	return r->how == DETAILS || r->how == PRINTS || r->how == EXPORTS;
}
extern const size_t n_routes;

enum { ROUTE_MOST_CAPTURES = 6, ROUTE_LONGEST_SEGMENT = 200 };
struct route_match {
	const struct route *route;
	bool other_method; /* no row for this method, but one for the path */
	struct slice names[ROUTE_MOST_CAPTURES], values[ROUTE_MOST_CAPTURES];
	size_t n;
};

/* The row for a decoded path; false when there is none.  Where several match, the one with
 * the earlier literal segment wins ("/forms/new" over "/forms/:set").  A capture `id` or
 * `..._id` matches digits only. */
bool route_find(struct route_match *out, enum http_method method, const char *path);

bool route_allows(const struct route *r, const struct actor *actor);

/* The GET row of a handler; NULL when there is none. */
const struct route *route_of(page_fn *page);

#endif
