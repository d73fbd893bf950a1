#include "app/demo/demo.h"

uint64_t demo_next(struct demo_random *r)
{
	uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

unsigned demo_below(struct demo_random *r, unsigned n)
{
	return (unsigned)((demo_next(r) >> 32) * n >> 32);
}

bool demo_chance(struct demo_random *r, unsigned per_mille)
{
	return demo_below(r, 1000) < per_mille;
}

/* The smaller of two even choices, taken four times in five even: a gentle slope in which the
 * first of 157 gets about twice the mean; one choice in thirty goes to the first outright. */
unsigned demo_weighted(struct demo_random *r, unsigned n)
{
	unsigned a = demo_below(r, n), b = demo_below(r, n);

	if (demo_chance(r, 33))
		return 0;
	return a < b ? a : b;
}
