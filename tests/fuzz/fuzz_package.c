#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "app/package/package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is taken is written again byte by byte; what is refused is refused in words. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct package_content content;
	struct package_bytes again;
	struct problems problems;
	struct arena a;

	arena_init(&a, 64 << 20);
	problems_init(&problems, &a);
	enum err e = package_read(&content, &a, (const char *)data, size, &problems);
	if (e == ERR_OK && (package_write(&again, &a, &content) != ERR_OK || again.n != size ||
	                    memcmp(again.at, data, size) != 0))
		__builtin_trap();
	if (e == ERR_INPUT && problems.n == 0)
		__builtin_trap();
	arena_release(&a);
	return 0;
}
