/* number.h - an exact number with the digits that somebody printed: digits * 10^-places.
 *
 * Wider than dec_t: a province's budget in đồng has sixteen digits.  `places` is what was
 * printed ("100" has 0, "96,35" has 2, "100.00" has 2); arithmetic keeps it exact, comparison
 * looks at the value only.  What overflows is NUMBER_NONE.
 */
#ifndef TEXT_NUMBER_H
#define TEXT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"

struct number {
	int64_t digits;
	int places; /* 0-9 */
};

#define NUMBER_NONE ((struct number){ INT64_MIN, 0 })

static inline bool number_is_none(struct number a)
{
	return a.digits == INT64_MIN;
}
struct number number_int(int64_t n);
int number_cmp(struct number a, struct number b); /* by value; neither is none */
bool number_eq(struct number a, struct number b); /* false when one is none */
bool number_is_whole(struct number a);
/* None propagates. */
struct number number_add(struct number a, struct number b);
struct number number_sub(struct number a, struct number b);
struct number number_times_ten(struct number a, int power); /* a * 10^power, power 0-12 */
dec_t number_dec(struct number a);                          /* DEC_NONE when it does not fit */
struct number number_of_dec(dec_t d);

/* 100 * part / whole rounded half up to `places`; none when whole is 0 or one is none. */
struct number number_percent(struct number part, struct number whole, int places);

/* What a printed number is to the exact one that it should be: the one rule of rounding, for
 * rates of documents and for figures of the forms (app/form). */
enum number_fit {
	NUMBER_FITS,      /* within half a unit of its last digit; both sides of a tie */
	NUMBER_TRUNCATED, /* cut off instead of rounded */
	NUMBER_DIFFERS,
	NUMBER_NO_RATE /* whole is 0 or something is none */
};
__extension__ typedef __int128 number_wide;
enum number_fit number_fits(struct number printed, number_wide over, number_wide under);
/* To 100 * part / whole. */
enum number_fit number_fits_percent(struct number printed, struct number part,
                                    struct number whole);

/* As Vietnamese offices print it: dots between thousands, comma before decimals, `places` kept:
 * "1.302.826.000", "53,12".  "" for none. */
enum { NUMBER_TEXT = 48 };
const char *number_vn(struct number a, char out[NUMBER_TEXT]);

#endif
