/* postgres_value.c - numbers as the server sends and takes them in binary (big-endian). */
#include "db/postgres.h"

static uint64_t big_endian(const unsigned char *at, int n)
{
	uint64_t value = 0;

	for (int i = 0; i < n; i++)
		value = value << 8 | at[i];
	return value;
}

void postgres_put_number(unsigned char out[8], int64_t n)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)((uint64_t)n >> (56 - 8 * i));
}

/* numeric.c: how many digits to base 10,000, the weight of the first, the sign, the places
 * after the point that are shown; then the digits. */
static int64_t numeric(const unsigned char *at, int n)
{
	enum { HEADER = 8, NEGATIVE = 0x4000, BASE = 10000 };
	int64_t value = 0;

	if (n < HEADER)
		return 0;
	int digits = (n - HEADER) / 2, weight = (int16_t)big_endian(at + 2, 2);
	bool negative = big_endian(at + 4, 2) == NEGATIVE;

	for (int i = 0; i <= weight; i++) {
		int64_t digit =
		        i < digits ? (int64_t)big_endian(at + HEADER + (ptrdiff_t)2 * i, 2) : 0;

		if (__builtin_mul_overflow(value, (int64_t)BASE, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return negative ? -INT64_MAX : INT64_MAX;
	}
	return negative ? -value : value;
}

int64_t postgres_number(const char *bytes, int n, Oid type)
{
	const unsigned char *at = (const unsigned char *)bytes;

	if (type == OID_NUMERIC)
		return numeric(at, n);
	if (n == 8)
		return (int64_t)big_endian(at, n);
	if (n == 4)
		return (int32_t)big_endian(at, n);
	if (n == 2)
		return (int16_t)big_endian(at, n);
	return n == 1 ? *at : 0;
}
