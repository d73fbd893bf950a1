#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "doc/docx_comment.h"
#include "doc/text_read.h"
#include "lib/docx_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_lines(const struct text_file *a, const struct text_file *b)
{
	if (a->n_lines != b->n_lines)
		return false;
	for (size_t i = 0; i < a->n_lines; i++) {
		if (strcmp(a->lines[i].text, b->lines[i].text) != 0 ||
		    a->lines[i].place != b->lines[i].place)
			return false;
	}
	return true;
}

/* What can be read can be commented, and reads as it did before. */
static void comment_once(struct arena *a, const void *bytes, size_t n)
{
	const struct docx_comment comments[] = { { 0, "a", "x", "một" },
		                                 { 1, NULL, "x", "hai" },
		                                 { 2, "12", "x", "ba\nbốn" } };
	struct text_file before, after;
	struct problems problems;
	struct str out;

	problems_init(&problems, a);
	str_init(&out, a, 64 << 20);
	if (text_read(&before, a, bytes, n, "x", &problems) != ERR_OK || problems.n > 0)
		return;
	if (docx_comment(&out, a, (struct slice){ bytes, n }, comments, 3, &problems) != ERR_OK)
		return;
	if (problems.n > 0) {
		if (out.len > 0)
			__builtin_trap();
		return;
	}
	if (text_read(&after, a, out.data, out.len, "x", &problems) != ERR_OK)
		return;
	if (problems.n > 0 || !same_lines(&before, &after))
		__builtin_trap();
}

/* A ZIP is taken as it is; other bytes become the body of a sound document. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct docx_parts parts = { .body = (const char *)data, .n_body = size };
	struct arena arena;
	void *zip;
	size_t n;

	if (size == 0)
		return 0;
	arena_init(&arena, 256 << 20);
	if (size > 4 && memcmp(data, "PK\3\4", 4) == 0) {
		comment_once(&arena, data, size);
	} else if ((zip = docx_parts(&n, &parts)) != NULL) {
		comment_once(&arena, zip, n);
		free(zip);
	}
	arena_release(&arena);
	return 0;
}
