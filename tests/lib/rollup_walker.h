/* rollup_walker.h - what a roll-up should give, in plain loops: it shares nothing with the code
 * under test and reads the rules and the texts of formulas itself. */
#ifndef TESTS_ROLLUP_WALKER_H
#define TESTS_ROLLUP_WALKER_H

#include "lib/test.h"

#include "app/rollup/rollup.h"

enum { ROLLUP_WALKER_CODES = 60 }; /* that lists are drawn from */

struct rollup_walked {
	bool known;
	int64_t value, numerator, denominator; /* millionths */
	size_t owed, given;
};
struct rollup_walked rollup_walk(const struct rollup_input *in, const struct form_row *row);

/* Whether the row is computed from other rows. */
bool rollup_walker_formula(const struct form_row *row);

#endif
