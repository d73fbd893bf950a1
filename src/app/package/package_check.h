/* package_check.h - whether a signed content is sound in itself, by its own definitions: what
 * can be told on any machine with the package alone.  Pure.
 *
 * Each definition has the hash that the content names.  Rows that are formulas over other rows
 * are computed anew from those; a rate from its numerator and denominator; a rolled-up figure
 * from what each child gave and the adjustment; a catalogue has as many codes as it says.  What
 * was counted from records can only be derived again where the records are (report check).
 */
#ifndef APP_PACKAGE_PACKAGE_CHECK_H
#define APP_PACKAGE_PACKAGE_CHECK_H

#include "app/package/package.h"

struct package_checked {
	size_t n_cells;    /* of the content */
	size_t n_computed; /* that were computed anew: formulas, rates, sums, lists */
};
/* What does not hold becomes problems, of field "definitions" or "cells"; ERR_OK all the same.
 * `texts`: one for each of content->definitions. */
ERR_RESULT package_check(struct package_checked *out, const struct package_content *content,
                         const struct package_text *texts, size_t n_texts,
                         struct problems *problems);

#endif
