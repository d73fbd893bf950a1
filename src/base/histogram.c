#include "base/histogram.h"

#include <stdatomic.h>

const struct histogram_bounds histogram_times = { 14,
	                                          { 500, 1000, 2500, 5000, 10000, 25000, 50000,
	                                            100000, 250000, 500000, 1000000, 2500000,
	                                            5000000, 10000000 } };
const struct histogram_bounds histogram_sizes = { 9, { 1, 2, 4, 8, 16, 32, 64, 128, 256 } };

void histogram_add(struct histogram *h, const struct histogram_bounds *b, int64_t value)
{
	int i = 0;

	while (i < b->n && value > b->upto[i])
		i++;
	atomic_fetch_add_explicit(&h->counts[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&h->sum, value, memory_order_relaxed);
}
