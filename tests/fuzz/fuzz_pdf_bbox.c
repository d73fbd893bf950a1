#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/vntext.h"
#include "doc/pdf_text.h"
#include "lib/pdf_bbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_once(struct arena *a, const char *xhtml, size_t n)
{
	struct text_file file;

	if (pdf_text_from_words(&file, a, xhtml, n) != ERR_OK)
		return;
	for (size_t i = 0; i < file.n_lines; i++) {
		const struct text_line *line = &file.lines[i];

		if (!text_is_valid(line->text, strlen(line->text)) ||
		    (line->kind == TEXT_ROW) != (line->table > 0) ||
		    (line->kind != TEXT_ROW && strchr(line->text, '\t')))
			__builtin_trap();
	}
}

/* Four bytes are a word: where it stands and which it is; so pages are made that hang together.
 */
static const char *pages_of(struct arena *a, const uint8_t *data, size_t size)
{
	static const char *const words[] = { "STT", "1",  "2.1", "132", "Hồ",       "sơ,",
		                             "-",   "a)", "xã.", "%",   "BC-UBND/", "2024" };
	struct bbox_page b;

	bbox_start(&b, a);
	bbox_page(&b);
	for (size_t i = 0; i + 4 <= size && i < 1200; i += 4) {
		if (data[i] == 0xff)
			bbox_page(&b);
		else
			bbox_put(&b, data[i] * 3, data[i + 1] * 3 + data[i + 2] / 32.0,
			         words[data[i + 3] % ARRAY_LEN(words)]);
	}
	return bbox_end(&b);
}

/* XHTML as it is, other bytes as places of words. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	const char *xhtml;

	arena_init(&arena, 512 << 20);
	if (size > 0 && data[0] == '<') {
		read_once(&arena, (const char *)data, size);
	} else {
		xhtml = pages_of(&arena, data, size);
		read_once(&arena, xhtml, strlen(xhtml));
	}
	arena_release(&arena);
	return 0;
}
