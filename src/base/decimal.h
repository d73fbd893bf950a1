/* decimal.h - exact decimals with six places, for rates, days and money in millions.
 *
 * A dec_t is a whole number of millionths (the column word `decimal`).  DEC_NONE means
 * blank, which is not zero.  Operations that overflow give DEC_NONE.  Rounding is half up
 * (away from zero), once, by dec_round().
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
	int64_t micro;
} dec_t;

typedef struct {
	int64_t dong;
} money_t;

#define DEC_NONE   ((dec_t){ INT64_MIN })
#define DEC_ONE    INT64_C(1000000)
#define MONEY_NONE ((money_t){ INT64_MIN })

static inline bool dec_is_none(dec_t a)
{
	return a.micro == INT64_MIN;
}
static inline int dec_cmp(dec_t a, dec_t b) /* neither is none */
{
	return (a.micro > b.micro) - (a.micro < b.micro);
}
dec_t dec_from_int(int64_t n);
/* Blank propagates: when a or b is none, so is the result. */
dec_t dec_add(dec_t a, dec_t b);
dec_t dec_sub(dec_t a, dec_t b);
dec_t dec_mul(dec_t a, dec_t b); /* rounded half up at the sixth place */
dec_t dec_div(dec_t a, dec_t b); /* none when b is 0 */
/* 100 * part / whole rounded once to `places`; none when whole is 0 or a side is none. */
dec_t dec_percent(dec_t part, dec_t whole, int places);
dec_t dec_round(dec_t a, int places); /* 0-6 */
bool dec_is_int(dec_t a);

/* Plain notation with a point, "-12.5", "1234": what JSON and files carry. */
bool dec_parse(dec_t *out, const char *text);
enum { DEC_TEXT = 40 };
const char *dec_text(dec_t a, char out[DEC_TEXT]); /* shortest exact form, "" for none */
/* Vietnamese notation: comma decimal, dots between thousands, exactly `places` decimals;
 * places < 0 prints as many as there are. */
const char *dec_vn(dec_t a, int places, char out[DEC_TEXT]);
const char *money_vn(money_t m, char out[DEC_TEXT]); /* "1.302.826.000" */

#endif
