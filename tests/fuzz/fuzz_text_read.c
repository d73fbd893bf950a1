#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/vntext.h"
#include "doc/text_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes that are no Office file nor PDF (which have targets of their own): lines or a problem.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct problems problems;
	struct text_file file;

	if (text_source_kind(data, size) != TEXT_SOURCE_PLAIN)
		return 0;
	arena_init(&arena, 64 << 20);
	problems_init(&problems, &arena);
	if (text_read(&file, &arena, data, size, "x", &problems) == ERR_OK) {
		if ((problems.n > 0) == (file.n_lines > 0))
			__builtin_trap();
		for (size_t i = 0; i < file.n_lines; i++) {
			const char *text = file.lines[i].text;

			if (!text_is_valid(text, strlen(text)))
				__builtin_trap();
		}
	}
	arena_release(&arena);
	return 0;
}
