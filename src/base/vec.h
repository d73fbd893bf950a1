/* vec.h - a growing array in an arena: a pointer and a count, nothing else.
 *
 *	struct unit_row *at = NULL;
 *	size_t n = 0;
 *	TRY(vec_room(a, at, n));
 *	at[n++] = row;
 *
 * The array grows where it stands when nothing was allocated since; else the old copies stay in
 * the arena until it goes: at most as much again as the array.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* Makes room for element number n; `at` is replaced when it had to move. */
#define vec_room(a, at, n)                                                                     \
	(((at) = vec_grow((a), (at), (n), sizeof(*(at)))) ? ERR_OK : arena_no_memory(a))

/* Gives back the room that a finished array does not need; nothing may be added to it then. */
#define vec_fit(a, at, n) vec_fit_bytes((a), (at), (n), sizeof(*(at)))
void vec_fit_bytes(struct arena *a, const void *at, size_t n, size_t each);

/* What vec_room calls: `at` itself, or a copy with twice the room; NULL without memory. */
void *vec_grow(struct arena *a, void *at, size_t n, size_t each);

#endif
