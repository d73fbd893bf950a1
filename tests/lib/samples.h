/* samples.h - a real object for each capture of routes.def, so that tests can walk every page.
 *
 * A route with a capture needs a row in samples.c; the access test fails without it.
 */
#ifndef TESTS_SAMPLES_H
#define TESTS_SAMPLES_H

#include "lib/page.h"

/* Where somebody must work for whom the object exists; for all others it is a 404. */
enum reach { FROM_ANYWHERE, FROM_ABOVE /* its unit or one above */, FROM_ITS_UNIT };

struct sample {
	const char *path; /* a route's path up to and with the capture, or a whole one */
	enum reach reach;
	/* Makes the object in `unit` and gives the capture's text; NULL: as for the capture. */
	const char *(*make)(struct page_test *t, row_id unit);
};

/* Makes what the captures of `route_path` need, anew each time, since a page may use it up, and
 * writes the path of the page to `out`.  False when a capture has no sample. */
bool samples_path(struct page_test *t, row_id unit, struct str *out, const char *route_path,
                  enum reach *reach);

#endif
