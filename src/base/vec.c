/* vec.c - the room of an array follows from its count: the next power of two, at least 8. */
#include "base/vec.h"

#include <string.h>

enum { FIRST_ROOM = 8 };

void *vec_grow(struct arena *a, void *at, size_t n, size_t each)
{
	void *grown;

	if (n == 0)
		return arena_alloc_array(a, FIRST_ROOM, each);
	if (n < FIRST_ROOM || (n & (n - 1)) != 0)
		return at;
	grown = arena_alloc_array(a, 2 * n, each);
	if (grown)
		memcpy(grown, at, n * each);
	return grown;
}
