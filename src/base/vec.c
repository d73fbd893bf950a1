/* vec.c - the room of an array follows from its count: the next power of two, at least 8. */
#include "base/vec.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_ROOM = 8 };

void *vec_grow(struct arena *a, void *at, size_t n, size_t each)
{
	void *grown;

	if (n == 0)
		return arena_alloc_array(a, FIRST_ROOM, each);
	if (n < FIRST_ROOM || (n & (n - 1)) != 0)
		return at;
	if (n > SIZE_MAX / 2 / each)
		return NULL;
	grown = at;
	if (!arena_resize(a, at, n * each, 2 * n * each)) {
		grown = arena_alloc_unset(a, 2 * n * each);
		if (grown)
			memcpy(grown, at, n * each);
	}
	if (grown)
		memset((char *)grown + n * each, 0, n * each);
	return grown;
}

void vec_fit_bytes(struct arena *a, const void *at, size_t n, size_t each)
{
	size_t room = FIRST_ROOM;

	while (room < n)
		room *= 2;
	if (n > 0)
		(void)arena_resize(a, at, room * each, n * each);
}
