/* number_read.h - reads a figure as people print it in a form.
 *
 * "1.234,5"  "1.234"  "12,5 %"  "27/27"  "100% (18/18)"  "05"  "3.887 triệu đồng"
 *
 * What can be read in two ways is refused with a question instead of being guessed: "3,887"
 * is three thousand or three point eight.  The rules are those of the notations seen in real
 * reports; nothing is dropped in silence.
 */
#ifndef APP_FORM_NUMBER_READ_H
#define APP_FORM_NUMBER_READ_H

#include "base/arena.h"
#include "base/decimal.h"

enum form_kind { FORM_GROUP, FORM_COUNT, FORM_RATIO, FORM_ENUM, FORM_MONEY };

enum { NUMBER_LONGEST = 80 };

struct number_read {
	dec_t value;                  /* DEC_NONE: the cell is blank */
	dec_t numerator, denominator; /* when the text states them, else DEC_NONE */
};

/* `unit` is the row's unit and may follow the number.  When the text is refused, *question
 * says why and what to type (ERR_OK, *out untouched); otherwise *question is NULL. */
ERR_RESULT number_read(struct number_read *out, const char **question, struct arena *a,
                       const char *text, enum form_kind kind, const char *unit);

/* The figure as it can be typed again and is read as the same: "1.234,5", "90 (18/20)". */
ERR_RESULT number_text(const char **out, struct arena *a, const struct number_read *n,
                       enum form_kind kind);

#endif
