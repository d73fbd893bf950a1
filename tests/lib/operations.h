/* operations.h - the core operations of an office, each as one request, for tests that let
 * something fail in the middle of them.
 */
#ifndef TESTS_OPERATIONS_H
#define TESTS_OPERATIONS_H

#include "lib/page.h"

struct operations_world {
	struct page_test t;
	const char *dossier; /* "/dossiers/123", received at unit A */
	const char *report;  /* "/reports/123", commune A's of the first quarter of 2026 */
};

struct operation {
	const char *name;
	int success; /* the status of the answer */
	/* Leads to where the operation may be done; NULL: from the start. */
	void (*prepare)(struct operations_world *w);
	int (*run)(struct operations_world *w);
	/* A table that a failure may change, by its design, and how it is undone. */
	const char *except, *undo;
	/* Done again, it is done twice: one more session, one more look that the journal has.
	 */
	bool opens_another;
};
extern const struct operation operations[]; /* ends with a NULL name */

/* The office of test_office.h, prepared for `op`. */
void operations_start(struct operations_world *w, const struct operation *op);
void operations_stop(struct operations_world *w);

#endif
