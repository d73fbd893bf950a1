#include <stddef.h>
#include <stdint.h>

#include "app/journal/journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the writer never writes: an empty value is one that is not stated. */
static bool is_odd(const char *value)
{
	return value && *value == '\0';
}

/* A line that was read and that this program knows is written again as it was read. */
static void write_again(const struct journal_line *line, struct slice was, struct arena *a)
{
	struct str again;

	if (line->field == FIELD_COUNT_ || str_eq(line->before, line->after) ||
	    is_odd(line->before) || is_odd(line->after))
		return;
	str_init(&again, a, 2 * was.len + 64); /* escapes */
	journal_line_put(&again, line->field, line->before, line->after);
	struct slice text = { again.data, again.len }, rest = text;
	struct journal_line second;
	bool more;

	if (str_check(&again) != ERR_OK ||
	    journal_line_next(&second, &more, &rest, a) != ERR_OK || !more ||
	    second.field != line->field || !str_eq(second.before, line->before) ||
	    !str_eq(second.after, line->after))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size };
	struct journal_line line;
	struct arena arena;
	bool more = true;

	arena_init(&arena, 64 << 20);
	while (more) {
		struct slice was = rest;

		if (journal_line_next(&line, &more, &rest, &arena) != ERR_OK)
			break;
		if (more && rest.len >= was.len)
			__builtin_trap();
		if (more)
			write_again(&line, was, &arena);
	}
	arena_release(&arena);
	return 0;
}
