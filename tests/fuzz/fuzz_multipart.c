#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/vntext.h"
#include "http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
	if (!text_is_valid(text, strlen(text)))
		__builtin_trap();
}

/* The first line is the Content-Type, the rest the body.  What comes out is text, and uploads
 * lie inside the body. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = { (const char *)data, size }, line;
	struct parsed_form form;
	struct arena arena;
	const char *type;

	arena_init(&arena, 64 << 20);
	if (!slice_cut(&rest, '\n', &line) || !rest.at ||
	    arena_strndup(&arena, &type, line.at, line.len) != ERR_OK ||
	    parse_multipart(&form, &arena, type, rest) != ERR_OK) {
		arena_release(&arena);
		return 0;
	}
	for (size_t i = 0; i < form.fields.n; i++) {
		check_text(form.fields.items[i].name);
		check_text(form.fields.items[i].value);
	}
	for (size_t i = 0; i < form.n_uploads; i++) {
		const struct upload *u = &form.uploads[i];

		check_text(u->field);
		check_text(u->file_name);
		if (u->bytes < data || u->bytes + u->n > data + size)
			__builtin_trap();
	}
	arena_release(&arena);
	return 0;
}
