/* vec.h - a growing array in an arena: a pointer and a count, nothing else.
 *
 *	struct unit_row *at = NULL;
 *	size_t n = 0;
 *	TRY(vec_room(a, at, n));
 *	at[n++] = row;
 *
 * The old copies stay in the arena until it goes: at most as much again as the array.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* Makes room for element number n; `at` is replaced when it had to move. */
#define vec_room(a, at, n)                                                                     \
	(((at) = vec_grow((a), (at), (n), sizeof(*(at)))) ? ERR_OK : arena_no_memory(a))

/* What vec_room calls: `at` itself, or a copy with twice the room; NULL without memory. */
void *vec_grow(struct arena *a, void *at, size_t n, size_t each);

#endif
