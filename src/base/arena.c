#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ARENA_DEBUG
enum { BLOCK_BYTES = 1 };
#else
enum { BLOCK_BYTES = 16 * 1024 };
#endif

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	max_align_t bytes[];
};

static _Thread_local long fail_countdown;

void arena_fail_after(long n)
{
	fail_countdown = n;
}

void arena_init(struct arena *a, size_t max_bytes)
{
	*a = (struct arena){ .max = max_bytes };
}

void arena_release(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *next = a->blocks->next;

		free(a->blocks);
		a->blocks = next;
	}
	a->used = 0;
}

static struct arena_block *new_block(struct arena *a, size_t bytes)
{
	size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
	struct arena_block *b = malloc(sizeof(*b) + size);

	if (!b)
		return NULL;
	*b = (struct arena_block){ .next = a->blocks, .size = size };
	a->blocks = b;
	return b;
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = a->blocks;
	size_t whole = 0;

	if (!keep)
		return;
	for (struct arena_block *b = keep; b; b = b->next)
		whole += b->size;
	if (keep->next && BLOCK_BYTES > 1) {
		arena_release(a);
		(void)new_block(a, whole); /* without it the next allocation makes one */
		return;
	}
	a->blocks = keep->next;
	arena_release(a);
	keep->next = NULL;
	keep->used = 0;
	a->blocks = keep;
}

/* What an allocation really takes of its block. */
static size_t rounded_up(size_t bytes)
{
	const size_t align = sizeof(max_align_t);

	return bytes == 0 ? align : (bytes + align - 1) / align * align;
}

void *arena_alloc_unset(struct arena *a, size_t bytes)
{
	if (fail_countdown > 0 && --fail_countdown == 0)
		return NULL;
	if (bytes > a->max || a->used > a->max - bytes)
		return NULL;
	size_t rounded = rounded_up(bytes);
	struct arena_block *b = a->blocks;
	if (!b || b->size - b->used < rounded)
		b = new_block(a, rounded);
	if (!b)
		return NULL;
	void *p = (unsigned char *)b->bytes + b->used;
	b->used += rounded;
	a->used += rounded;
	return p;
}

bool arena_resize(struct arena *a, const void *last, size_t bytes, size_t wanted)
{
	struct arena_block *b = a->blocks;
	size_t has = rounded_up(bytes), needs = rounded_up(wanted);

	if (BLOCK_BYTES == 1 || !b || b->used < has || wanted > a->max ||
	    (const unsigned char *)b->bytes + b->used - has != last)
		return false;
	if (b->size - (b->used - has) < needs || a->max - (a->used - has) < needs)
		return false;
	b->used = b->used - has + needs;
	a->used = a->used - has + needs;
	return true;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	void *p = arena_alloc_unset(a, bytes);

	return p ? memset(p, 0, bytes) : NULL;
}

void *arena_alloc_array(struct arena *a, size_t n, size_t each)
{
	if (each && n > SIZE_MAX / each)
		return NULL;
	return arena_alloc(a, n * each);
}

enum err(arena_no_memory)(const struct arena *a)
{
	return err_set(ERR_NO_MEMORY, "no memory: %zu of at most %zu bytes are in use", a->used,
	               a->max);
}

enum err arena_strndup(struct arena *a, const char **out, const char *text, size_t n)
{
	char *copy = n == SIZE_MAX ? NULL : arena_alloc_unset(a, n + 1);

	if (!copy)
		return arena_no_memory(a);
	memcpy(copy, text, n);
	copy[n] = '\0';
	*out = copy;
	return ERR_OK;
}

enum err arena_strdup(struct arena *a, const char **out, const char *text)
{
	return arena_strndup(a, out, text, strlen(text));
}

enum err arena_printf(struct arena *a, const char **out, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	char *text = arena_alloc_unset(a, (size_t)n + 1);
	if (text)
		vsnprintf(text, (size_t)n + 1, fmt, again);
	va_end(again);
	if (!text)
		return arena_no_memory(a);
	*out = text;
	return ERR_OK;
}
