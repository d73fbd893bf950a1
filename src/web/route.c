#include "web/route.h"

#include <ctype.h>
#include <string.h>

#include "gen/pages.h"

_Static_assert(PERMISSION_COUNT_ <= 60, "four bits of `who` are no permission");

/* A row without a "who may" must not compile, nor one that nobody can open, nor a POST that
 * would block the threads that read. */
#define ROUTE(method, path, handler, how, who, about)                                          \
	_Static_assert((who) != 0, "nobody may open " path);                                   \
	_Static_assert((int)(method) == GET || (int)(how) == WRITES || (int)(how) == WORKS,    \
	               path " must not block");                                                \
	_Static_assert((int)(how) != ALONE || (who) == ANYBODY || (who) == MONITOR,            \
	               path " needs to know who asks");                                        \
	_Static_assert(((who)&PEER) == 0 || (who) == PEER, path " is for peers alone");        \
	_Static_assert((who) != PEER || (int)(how) == READS || (int)(how) == WORKS,            \
	               path " is asked by a program");                                         \
	_Static_assert(sizeof(about) > 1, path " says nothing about itself");
#include "web/routes.def"
#undef ROUTE

#define ROUTE(method, path, handler, how, who, about)                                          \
	{ method, how, path, handler, who, about },
const struct route routes[] = {
#include "web/routes.def"
	{ GET, READS, NULL, NULL, 0, NULL },
};
#undef ROUTE
const size_t n_routes = ARRAY_LEN(routes) - 1;

static bool all_digits(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.at[i]))
			return false;
	return s.len > 0 && s.len < 20;
}

static bool is_id(struct slice name)
{
	return slice_eq(name, "id") ||
	       (name.len > 3 && memcmp(name.at + name.len - 3, "_id", 3) == 0);
}

/* One segment of a row against one of the request; `*literal` says how it matched. */
static bool match_segment(struct route_match *m, struct slice pattern, struct slice segment,
                          bool *literal)
{
	*literal = pattern.len == 0 || pattern.at[0] != ':';
	if (*literal)
		return pattern.len == segment.len &&
		       memcmp(pattern.at, segment.at, segment.len) == 0;
	struct slice name = { pattern.at + 1, pattern.len - 1 };
	if (segment.len == 0 || segment.len > ROUTE_LONGEST_SEGMENT ||
	    (is_id(name) && !all_digits(segment)) || m->n == ROUTE_MOST_CAPTURES)
		return false;
	m->names[m->n] = name;
	m->values[m->n++] = segment;
	return true;
}

/* 0 when the path does not match, else greater the earlier the literal segments stand. */
static uint32_t match(struct route_match *m, const struct route *r, const char *path)
{
	struct slice pattern = slice_of(r->path + 1), rest = slice_of(path + 1);
	struct slice want, have;
	uint32_t rank = 1;
	bool literal;

	*m = (struct route_match){ .route = r };
	while (slice_cut(&pattern, '/', &want)) {
		if (!slice_cut(&rest, '/', &have) || !match_segment(m, want, have, &literal))
			return 0;
		rank = rank << 1 | literal;
	}
	return rest.at ? 0 : rank;
}

bool route_find(struct route_match *out, enum http_method method, const char *path)
{
	struct route_match one;
	uint32_t best = 0;

	*out = (struct route_match){ .route = NULL };
	if (path[0] != '/')
		return false;
	for (const struct route *r = routes; r->path; r++) {
		if (path[1] != r->path[1] && r->path[1] != ':')
			continue;
		uint32_t rank = match(&one, r, path);
		if (rank == 0)
			continue;
		if (r->method != method) {
			out->other_method = true;
		} else if (rank > best) {
			one.other_method = out->other_method;
			*out = one;
			best = rank;
		}
	}
	return best > 0;
}

bool route_allows(const struct route *r, const struct actor *actor)
{
	if (r->who & ANYBODY)
		return true;
	if (actor_is_nobody(actor))
		return false;
	return (r->who & LOGGED_IN) || (r->who & actor->permissions);
}

const struct route *route_of(page_fn *page)
{
	for (const struct route *r = routes; r->path; r++)
		if (r->page == page && r->method == GET)
			return r;
	return NULL;
}
