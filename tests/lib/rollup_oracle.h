/* rollup_oracle.h - what plain SQL over the stored cells says that a roll-up gives, by the
 * rules as the forms state them.  It shares nothing with the code under test. */
#ifndef TESTS_ROLLUP_ORACLE_H
#define TESTS_ROLLUP_ORACLE_H

#include "lib/rollup_office.h"

enum { COUNTS = 8, COUNTED = 5, OWN = 4 };

struct expected {
	bool known;
	int64_t value, numerator, denominator; /* millionths; INT_NONE: not compared */
	int64_t owed, given;
};

struct oracle {
	struct rollup_office *o;
	const struct office_unit *unit;
	int64_t sums[OFFICE_ROWS]
	            [COUNTS]; /* at, owed, values, sum, parts, top, bottom, unlisted */
	int64_t listed[OFFICE_ROWS], distinct[OFFICE_ROWS];
	int64_t counted[OFFICE_ROWS][COUNTED]; /* at, owed, given, top, bottom */
	int64_t own[OFFICE_ROWS][OWN];         /* at, value, top, bottom */
	int64_t adjusted[OFFICE_ROWS][OWN];
};

/* Asks about the unit of `x` in a period; then what a row of the set should be. */
void oracle_ask(struct oracle *x, const char *period);
struct expected oracle_expect(const struct oracle *x, const struct form_row *row);
bool oracle_fills(const struct form_row *row, enum form_tier tier);

#endif
