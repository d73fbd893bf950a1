/* histogram.h - how often a measured value was how large, counted by many threads at once.
 *
 * Counting is two relaxed atomic additions.  A reader sees each number whole, but not all of
 * them at the same moment, which is enough for a graph.
 */
#ifndef BASE_HISTOGRAM_H
#define BASE_HISTOGRAM_H

#include <stdint.h>

enum { HISTOGRAM_MOST = 14 };

/* Upper bounds, inclusive and rising; what is above the last one is counted apart. */
struct histogram_bounds {
	int n;
	int64_t upto[HISTOGRAM_MOST];
};
extern const struct histogram_bounds histogram_times; /* microseconds: 0.5 ms to 10 s */
extern const struct histogram_bounds histogram_sizes; /* 1, 2, 4 ... 256 */

struct histogram {
	_Atomic int64_t counts[HISTOGRAM_MOST + 1], sum;
};

void histogram_add(struct histogram *h, const struct histogram_bounds *b, int64_t value);

#endif
