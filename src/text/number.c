#include "text/number.h"

#include <stdio.h>

typedef number_wide wide;

enum { MOST_PLACES = 9, DEC_PLACES = 6 };

static const int64_t powers[] = {
	1,        10,        100,        1000,        10000,        100000,       1000000,
	10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000
};

static struct number narrow(wide digits, int places)
{
	if (digits > INT64_MAX || digits <= INT64_MIN)
		return NUMBER_NONE;
	return (struct number){ (int64_t)digits, places };
}

static bool usable(struct number a)
{
	return !number_is_none(a) && a.places >= 0 && a.places <= MOST_PLACES;
}

/* The digits as if `places` had been printed; places >= a.places. */
static wide scaled(struct number a, int places)
{
	return (wide)a.digits * powers[places - a.places];
}

struct number number_int(int64_t n)
{
	return (struct number){ n, 0 };
}

int number_cmp(struct number a, struct number b)
{
	wide x = scaled(a, MOST_PLACES), y = scaled(b, MOST_PLACES);

	return (x > y) - (x < y);
}

bool number_eq(struct number a, struct number b)
{
	return usable(a) && usable(b) && number_cmp(a, b) == 0;
}

bool number_is_whole(struct number a)
{
	return usable(a) && a.digits % powers[a.places] == 0;
}

struct number number_add(struct number a, struct number b)
{
	if (!usable(a) || !usable(b))
		return NUMBER_NONE;
	int places = a.places > b.places ? a.places : b.places;

	return narrow(scaled(a, places) + scaled(b, places), places);
}

struct number number_sub(struct number a, struct number b)
{
	if (!usable(b))
		return NUMBER_NONE;
	return number_add(a, (struct number){ -b.digits, b.places });
}

struct number number_times_ten(struct number a, int power)
{
	if (!usable(a) || power < 0 || power > 12)
		return NUMBER_NONE;
	if (a.places >= power)
		return (struct number){ a.digits, a.places - power };
	return narrow((wide)a.digits * powers[power - a.places], 0);
}

dec_t number_dec(struct number a)
{
	if (!usable(a))
		return DEC_NONE;
	if (a.places > DEC_PLACES) {
		int64_t cut = powers[a.places - DEC_PLACES];

		return a.digits % cut ? DEC_NONE : (dec_t){ a.digits / cut };
	}
	struct number micro = narrow(scaled(a, DEC_PLACES), 0);

	return number_is_none(micro) ? DEC_NONE : (dec_t){ micro.digits };
}

struct number number_of_dec(dec_t d)
{
	if (dec_is_none(d))
		return NUMBER_NONE;
	struct number a = { d.micro, DEC_PLACES };

	for (; a.places > 0 && a.digits % 10 == 0; a.places--)
		a.digits /= 10;
	return a;
}

/* 100 * part / whole as a fraction of whole numbers; false when there is none. */
static bool rate_parts(struct number part, struct number whole, wide *over, wide *under)
{
	if (!usable(part) || !usable(whole) || whole.digits == 0)
		return false;
	*over = (wide)part.digits * 100 * powers[whole.places];
	*under = (wide)whole.digits * powers[part.places];
	if (*under < 0) {
		*over = -*over;
		*under = -*under;
	}
	return true;
}

struct number number_percent(struct number part, struct number whole, int places)
{
	wide twice, under;

	if (places < 0 || places > MOST_PLACES || !rate_parts(part, whole, &twice, &under) ||
	    __builtin_mul_overflow(twice, (wide)powers[places] * 2, &twice))
		return NUMBER_NONE;
	return narrow(twice >= 0 ? (twice + under) / (2 * under)
	                         : -((-twice + under) / (2 * under)),
	              places);
}

enum number_fit number_fits(struct number printed, number_wide over, number_wide under)
{
	wide twice, stated;

	if (!usable(printed) || under <= 0 ||
	    __builtin_mul_overflow(over, (wide)powers[printed.places] * 2, &twice) ||
	    __builtin_mul_overflow((wide)printed.digits * 2, under, &stated))
		return NUMBER_NO_RATE;
	wide off = twice > stated ? twice - stated : stated - twice;

	if (off <= under)
		return NUMBER_FITS;
	return twice / (2 * under) == printed.digits ? NUMBER_TRUNCATED : NUMBER_DIFFERS;
}

enum number_fit number_fits_percent(struct number printed, struct number part,
                                    struct number whole)
{
	wide over, under;

	return rate_parts(part, whole, &over, &under) ? number_fits(printed, over, under)
	                                              : NUMBER_NO_RATE;
}

const char *number_vn(struct number a, char out[NUMBER_TEXT])
{
	char digits[32];
	size_t at = 0;

	out[0] = '\0';
	if (!usable(a))
		return out;
	uint64_t n = a.digits < 0 ? -(uint64_t)a.digits : (uint64_t)a.digits;
	int len =
	        snprintf(digits, sizeof(digits), "%0*llu", a.places + 1, (unsigned long long)n);
	int whole = len - a.places;

	if (a.digits < 0)
		out[at++] = '-';
	for (int i = 0; i < len; i++) {
		if (i == whole)
			out[at++] = ',';
		else if (i > 0 && i < whole && (whole - i) % 3 == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	out[at] = '\0';
	return out;
}
