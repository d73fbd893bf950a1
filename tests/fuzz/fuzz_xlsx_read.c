#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "doc/xlsx_read.h"
#include "doc/xlsx_text.h"
#include "lib/zip_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes: a table or a problem, never both, never neither. */
static void read_once(const void *bytes, size_t n)
{
	struct arena arena;
	struct problems problems;
	struct sheet sheet;

	arena_init(&arena, 256 << 20);
	problems_init(&problems, &arena);
	if (xlsx_read(&sheet, &arena, bytes, n, NULL, &problems) == ERR_OK &&
	    (problems.n > 0) == (sheet.n_rows > 0))
		__builtin_trap();
	arena_release(&arena);
}

/* The same as a person sees it: lines or a problem. */
static void read_as_seen(const void *bytes, size_t n)
{
	struct arena arena;
	struct problems problems;
	struct text_file file;

	arena_init(&arena, 256 << 20);
	problems_init(&problems, &arena);
	if (xlsx_text_read(&file, &arena, bytes, n, &problems) == ERR_OK &&
	    (problems.n > 0) == (file.n_lines > 0))
		__builtin_trap();
	arena_release(&arena);
}

/* A ZIP is read as it is; other bytes become the worksheet of a sound workbook. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *zip;
	size_t n;

	if (xlsx_looks_like(data, size)) {
		read_once(data, size);
		read_as_seen(data, size);
		return 0;
	}
	zip = zip_workbook(&n, data, size, "<sst><si><t>Khai sinh</t></si></sst>");
	if (!zip)
		return 0;
	read_once(zip, n);
	read_as_seen(zip, n);
	free(zip);
	return 0;
}
