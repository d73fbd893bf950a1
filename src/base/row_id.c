#include "base/row_id.h"

#include <stdatomic.h>

#include "base/str.h"

enum { INSTALLATION_BITS = 12, SEQUENCE_BITS = 10 };
static const int64_t epoch_2020_us = INT64_C(1577836800) * 1000000;

/* The packed counter is milliseconds << 10 | sequence.  It only grows, also when the clock
 * jumps back and when more than 1,024 ids are asked for within a millisecond. */
row_id row_id_next(struct id_source *s, instant_t now)
{
	int64_t ms = (now.us - epoch_2020_us) / 1000;
	int64_t floor = (ms > 0 ? ms : 0) << SEQUENCE_BITS;
	int64_t last = atomic_load(&s->last), next;

	do
		next = last + 1 > floor ? last + 1 : floor;
	while (!atomic_compare_exchange_weak(&s->last, &last, next));
	int64_t time = next >> SEQUENCE_BITS, sequence = next & ((1 << SEQUENCE_BITS) - 1);
	return (row_id){ (time << (INSTALLATION_BITS + SEQUENCE_BITS)) |
		         ((int64_t)s->installation << SEQUENCE_BITS) | sequence };
}

bool row_id_parse(row_id *out, const char *text)
{
	long long n;

	if (!str_to_int(text, &n) || n <= 0)
		return false;
	*out = (row_id){ n };
	return true;
}
