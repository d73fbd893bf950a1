/* form_tally.h - how far the figures of a form have come: filled, blank, with problems.  Pure.
 */
#ifndef APP_FORM_FORM_TALLY_H
#define APP_FORM_FORM_TALLY_H

#include "app/form/form_eval.h"

struct form_tally {
	int filled;
	int blank;   /* the unit fills the row, nothing gives it a figure */
	int missing; /* of these, what somebody has to enter: no formula gives it */
	int errors, warnings;
};
/* `cells` are those of the whole set. */
struct form_tally form_tally(const struct form_set *set, const struct form *form,
                             const struct form_cell *cells);
/* Whether somebody has to enter this figure yet. */
bool form_is_missing(const struct form_row *row, const struct form_cell *cell);

#endif
