#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/vntext.h"
#include "doc/text_read.h"
#include "lib/docx_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char STYLES[] =
        "<w:style w:type='paragraph' w:styleId='A'><w:name w:val='heading 1'/><w:pPr><w:numPr>"
        "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>";
static const char NUMBERING[] =
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='upperRoman'/>"
        "<w:lvlText w:val='%1.'/></w:lvl><w:lvl w:ilvl='1'><w:lvlText w:val='%1.%2'/></w:lvl>"
        "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
static const char FOOTNOTES[] = "<w:footnote w:id='1'>[{ghi}]</w:footnote>";

/* Any bytes: lines that keep what text_lines.h promises, or a problem. */
static void read_once(const void *bytes, size_t n)
{
	struct arena arena;
	struct problems problems;
	struct text_file file;

	arena_init(&arena, 256 << 20);
	problems_init(&problems, &arena);
	if (text_read(&file, &arena, bytes, n, "x", &problems) == ERR_OK) {
		if ((problems.n > 0) == (file.n_lines > 0))
			__builtin_trap();
		for (size_t i = 0; i < file.n_lines; i++) {
			const struct text_line *line = &file.lines[i];

			if (!text_is_valid(line->text, strlen(line->text)) ||
			    (line->kind == TEXT_ROW) != (line->table > 0) ||
			    (line->kind != TEXT_ROW && strchr(line->text, '\t')))
				__builtin_trap();
		}
	}
	arena_release(&arena);
}

/* A ZIP is read as it is; other bytes become the body of a sound document. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct docx_parts parts = { (const char *)data, size,      STYLES,
		                          NUMBERING,          FOOTNOTES, NULL };
	void *zip;
	size_t n;

	if (size == 0)
		return 0;
	if (size > 4 && memcmp(data, "PK\3\4", 4) == 0) {
		read_once(data, size);
		return 0;
	}
	zip = docx_parts(&n, &parts);
	if (!zip)
		return 0;
	read_once(zip, n);
	free(zip);
	return 0;
}
