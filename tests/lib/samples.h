/* samples.h - a real object for each capture of routes.def, so that tests can walk every page.
 *
 * A route with a capture needs a row in samples.c; the access test fails without it.
 */
#ifndef TESTS_SAMPLES_H
#define TESTS_SAMPLES_H

#include "lib/page.h"

struct sample {
	const char *path; /* the route begins with this, up to and with the capture */
	bool unit_owned;  /* it does not exist (404) outside its unit's line upwards */
	/* Makes the object in `unit` and gives the capture's text. */
	const char *(*make)(struct page_test *t, row_id unit);
};

/* Makes what the captures of `route_path` need (each kind once for a test) and writes the path
 * of the page to `out`.  False when a capture has no sample; then `out` is the part before. */
struct sample_set {
	struct page_test *t;
	row_id unit;
	const char *made[64]; /* by row of the table */
};
bool samples_path(struct sample_set *set, struct str *out, const char *route_path,
                  bool *unit_owned);

#endif
