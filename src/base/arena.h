/* arena.h - memory by lifetime: a process, a request, a job or a test owns one arena and
 * everything in it goes at once.  An arena has a hard maximum; beyond it, and when malloc
 * fails, an allocation gives NULL / ERR_NO_MEMORY.  Memory is zeroed and aligned for any
 * type.  Built with -DARENA_DEBUG each allocation is a malloc, so that ASan sees overruns.
 *
 *	struct dossier *d;
 *	TRY(arena_new(a, &d));            one zeroed struct
 *	TRY(arena_array(a, &rows, n));    n zeroed structs
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct arena_block;
struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used, max;           /* bytes handed out; the limit */
};

void arena_init(struct arena *a, size_t max_bytes);
void arena_release(struct arena *a); /* frees everything; the arena can be used again */

/* Forgets everything but keeps one block as large as all of them, for a loop that reuses an
 * arena. */
void arena_reset(struct arena *a);

void *arena_alloc(struct arena *a, size_t bytes);                /* NULL when it fails */
void *arena_alloc_unset(struct arena *a, size_t bytes);          /* not zeroed: for buffers */
void *arena_alloc_array(struct arena *a, size_t n, size_t each); /* checks n * each */

/* Makes the newest allocation larger or smaller where it stands; what it grew by is not zeroed.
 * False, and nothing happens, when something was handed out since or its block is full. */
bool arena_resize(struct arena *a, const void *last, size_t bytes, size_t wanted);

/* Records ERR_NO_MEMORY. */
ERR_RESULT arena_no_memory(const struct arena *a);
#ifdef __clang_analyzer__ /* which does not see that it never gives ERR_OK */
#define arena_no_memory(a) ((void)(arena_no_memory)(a), ERR_NO_MEMORY)
#endif

#define arena_new(a, out)                                                                      \
	((*(out) = arena_alloc((a), sizeof(__typeof__(**(out))))) ? ERR_OK : arena_no_memory(a))
#define arena_array(a, out, n)                                                                 \
	((*(out) = arena_alloc_array((a), (n), sizeof(__typeof__(**(out)))))                   \
	         ? ERR_OK                                                                      \
	         : arena_no_memory(a))

ERR_RESULT arena_strdup(struct arena *a, const char **out, const char *text);
ERR_RESULT arena_strndup(struct arena *a, const char **out, const char *text, size_t n);
__attribute__((format(printf, 3, 4))) ERR_RESULT arena_printf(struct arena *a, const char **out,
                                                              const char *fmt, ...);

/* For tests: the n-th allocation from now on this thread fails (0 switches it off). */
void arena_fail_after(long n);

#define ARENA_CLEANUP __attribute__((cleanup(arena_release)))

#endif
