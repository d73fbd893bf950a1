#include <stddef.h>
#include <stdint.h>

#include "doc/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes: a table or a problem, never both, never neither. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct problems problems;
	struct sheet sheet;

	arena_init(&arena, 256 << 20);
	problems_init(&problems, &arena);
	if (csv_read(&sheet, &arena, data, size, &problems) == ERR_OK &&
	    (problems.n > 0) == (sheet.n_rows > 0))
		__builtin_trap();
	arena_release(&arena);
	return 0;
}
