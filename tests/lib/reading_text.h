/* reading_text.h - what a text was read as, in one line of words, for tests of the readers.
 *
 *	"06/11 đơn vị ngày 8/3/2024" -> 6/11 {padded} "đơn vị" | day 8/3/2024
 *
 * A figure: bound, value, ..to, /whole, unit, {marks}, "noun".  Everything in the order of the
 * text.
 */
#ifndef TESTS_LIB_READING_TEXT_H
#define TESTS_LIB_READING_TEXT_H

#include "base/str.h"
#include "text/reading.h"

void reading_put_figure(struct str *s, const struct figure *f, const char *text);

/* Reads `text` and compares with `expected`; fails the test with both when they differ. */
void check_reading(const char *text, const char *expected);

struct reading_case {
	const char *text, *expected;
};
void check_readings(const struct reading_case *cases, size_t n);

#endif
