/* rollup_office.h - random provinces whose units have sent reports, put in by plain SQL, for
 * tests and measurements of the roll-up. */
#ifndef TESTS_ROLLUP_OFFICE_H
#define TESTS_ROLLUP_OFFICE_H

#include "lib/test_db.h"

#include "app/form/form.h"
#include "base/str.h"

enum { OFFICE_ROWS = 250, OFFICE_CODES = 24, OFFICE_MOST_UNITS = 4000 };

struct office_unit {
	int64_t id, parent; /* parent 0: none */
	enum form_tier tier;
	int64_t report, frozen; /* of the period filled last; frozen 0: nothing sent */
};

struct rollup_office {
	struct test_db t;
	struct arena arena;
	const struct form_set *set;
	struct str sql, lists; /* statements not run yet; codes of the unit that is sent */
	struct office_unit units[OFFICE_MOST_UNITS];
	size_t n_units; /* the first is the province */
	int64_t last_id;
	uint64_t seed;
	int listed; /* codes in each list; 0: some of OFFICE_CODES */
};

unsigned office_draw(struct rollup_office *o, unsigned n);

void office_start(struct rollup_office *o, uint64_t seed);
void office_stop(struct rollup_office *o);

/* A set of OFFICE_ROWS rows with random rules, kinds and levels, whose formulas add rows or
 * divide one by another. */
void office_random_set(struct rollup_office *o);

/* A unit under another one, from day 18000. */
size_t office_add_unit(struct rollup_office *o, size_t parent, enum form_tier tier);
/* A current report of the unit for the days of "2024-Q1" or another period; state as stored. */
void office_add_report(struct rollup_office *o, size_t unit, const char *period,
                       const char *state);
/* Cells for the unit's report of the period, as it sent them; cells of `codes` have lists. */
void office_send(struct rollup_office *o, size_t unit);
/* Throws away what the unit's report has sent. */
void office_take_back(struct rollup_office *o, size_t unit);
/* Figures that the unit enters itself, for some rows. */
void office_enter(struct rollup_office *o, size_t unit, const char *period);
void office_flush(struct rollup_office *o);
void office_analyze(struct rollup_office *o); /* what a running database does by itself */

/* Rows of whole numbers; NULL is INT_NONE.  The number of rows. */
size_t office_select(struct rollup_office *o, const char *select, int64_t *out, size_t columns,
                     size_t most);

#endif
