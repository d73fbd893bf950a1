/* text_file.c - plain text and Markdown to lines. */
#include "text/text_lines.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/vec.h"
#include "base/vntext.h"

enum { HEADING_LEVELS = 6 };

/* Controls become blanks: C0 but the tab, DEL, C1, and the separators of lines. */
static bool is_control(utf8proc_int32_t c)
{
	return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/* Code points that stand for themselves in NFC whatever is beside them: nearly all there is. */
static bool is_composed(utf8proc_int32_t c)
{
	return c < 0x300 || (c >= 0x1e00 && c < 0x1f00) || (c >= 0x2010 && c < 0x2030);
}

/* Copies one line without its controls; `plain` tells whether it is NFC already. */
static enum err copy_line(char *out, const char *at, size_t n, struct text_line *line,
                          bool *plain)
{
	size_t cells = 1, used = 0;

	*plain = true;
	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c = (unsigned char)at[i];
		utf8proc_ssize_t len = 1;

		if (c >= 0x80)
			len = utf8proc_iterate((const utf8proc_uint8_t *)at + i,
			                       (utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			return err_set(ERR_INPUT, "text: byte %zu is no UTF-8", i);
		line->page_break = line->page_break || c == '\f';
		cells += c == '\t';
		*plain = *plain && is_composed(c);
		for (utf8proc_ssize_t b = 0; b < len && !is_control(c); b++)
			out[used++] = at[i + (size_t)b];
		if (is_control(c))
			out[used++] = ' ';
		i += (size_t)len;
	}
	while (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
	if (cells > TEXT_MOST_CELLS)
		return err_set(ERR_TOO_LARGE, "text: a row of %zu cells", cells);
	return ERR_OK;
}

/* "## Title" as Markdown writes a heading. */
static bool is_marked_heading(const char *text)
{
	size_t n = strspn(text, "#");

	return n > 0 && n <= HEADING_LEVELS && text[n] == ' ';
}

static enum err read_line(struct text_line *line, struct arena *a, char *room, const char *at,
                          size_t n)
{
	bool plain;

	*line = (struct text_line){ .text = room, .place = -1 };
	TRY(copy_line(room, at, n, line, &plain));
	if (!plain)
		TRY(text_nfc(a, &line->text, room));
	if (is_marked_heading(line->text))
		line->kind = TEXT_HEADING;
	return ERR_OK;
}

enum err text_file_read(struct text_file *out, struct arena *a, const char *bytes, size_t n)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct text_line *lines = NULL;
	size_t n_lines = 0;
	char *room;

	if (n > TEXT_MOST_BYTES)
		return err_set(ERR_TOO_LARGE, "text: %zu bytes", n);
	if (n >= 3 && memcmp(bytes, mark, 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	/* Each line is at most as long as it was, its NUL stands where the line feed did. */
	room = arena_alloc_unset(a, n + 1);
	if (!room)
		return arena_no_memory(a);
	for (size_t i = 0; i < n;) {
		const char *end = memchr(bytes + i, '\n', n - i);
		size_t len = end ? (size_t)(end - bytes) - i : n - i;
		size_t kept = len > 0 && bytes[i + len - 1] == '\r' ? len - 1 : len;

		if (n_lines == TEXT_MOST_LINES)
			return err_set(ERR_TOO_LARGE, "text: more than %d lines",
			               TEXT_MOST_LINES);
		TRY(vec_room(a, lines, n_lines));
		TRY(read_line(&lines[n_lines++], a, room + i, bytes + i, kept));
		i += len + 1;
	}
	*out = (struct text_file){ .name = "", .lines = lines, .n_lines = n_lines };
	return ERR_OK;
}
