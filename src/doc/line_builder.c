#include "doc/line_builder.h"

#include <string.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/vec.h"
#include "base/vntext.h"

enum { REMOVED = -1 };

/* Symbol fonts keep their signs here; what stands at the head of a line is a bullet. */
static bool is_symbol(utf8proc_int32_t c)
{
	return c >= 0xf020 && c <= 0xf0ff;
}

/* Blanks; characters of formatting, private ones, halves of others: by their category. */
#define CATEGORY(name) (1U << UTF8PROC_CATEGORY_##name)
enum {
	BLANKS = CATEGORY(ZS) | CATEGORY(ZL) | CATEGORY(ZP) | CATEGORY(CC),
	UNSEEN = CATEGORY(CF) | CATEGORY(CO) | CATEGORY(CN) | CATEGORY(CS)
};

static utf8proc_int32_t seen_as(utf8proc_int32_t c, bool first)
{
	unsigned category = 1U << utf8proc_category(c);

	if (is_symbol(c) && first)
		return '-';
	if (c == 0x2010 || c == 0x2011) /* hyphen and no-break hyphen */
		return '-';
	if (category & BLANKS)
		return ' ';
	/* The last one stands where a picture is. */
	return category & UNSEEN || c == 0xfffc ? REMOVED : c;
}

/* Never longer than the text it came from. */
static enum err copy_seen(char *to, const char *text, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c = (unsigned char)text[i];
		utf8proc_ssize_t used = 1;

		if (c >= 0x80)
			used = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
			                        (utf8proc_ssize_t)(n - i), &c);
		if (used < 1)
			return err_set(ERR_INPUT, "a text is not valid UTF-8");
		i += (size_t)used;
		c = seen_as(c, len == 0);
		if (c == REMOVED || (c == ' ' && (len == 0 || to[len - 1] == ' ')))
			continue;
		len += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)to + len);
	}
	while (len > 0 && to[len - 1] == ' ')
		len--;
	to[len] = '\0';
	return ERR_OK;
}

ERR_RESULT line_clean(const char **out, struct arena *a, const char *text, size_t n)
{
	char *copy;

	if (n == 0) {
		*out = "";
		return ERR_OK;
	}
	if (n > TEXT_MOST_BYTES)
		return err_set(ERR_TOO_LARGE, "a text of %zu bytes", n);
	copy = arena_alloc(a, n + 1);
	if (!copy)
		return arena_no_memory(a);
	TRY(copy_seen(copy, text, n));
	return text_nfc(a, out, copy);
}

ERR_RESULT lines_put(struct line_builder *b, enum text_line_kind kind, const char *text,
                     int place)
{
	size_t len = strlen(text);

	if (b->n == TEXT_MOST_LINES || len > TEXT_MOST_BYTES - b->bytes)
		return err_set(ERR_TOO_LARGE, "more text than a file may hold");
	TRY(vec_room(b->arena, b->lines, b->n));
	b->lines[b->n++] = (struct text_line){ .text = text,
		                               .kind = kind,
		                               .table = kind == TEXT_ROW ? b->tables : 0,
		                               .place = place,
		                               .page_break = b->page_break && len > 0 };
	b->bytes += len;
	if (len > 0)
		b->page_break = false;
	return ERR_OK;
}

ERR_RESULT lines_blank(struct line_builder *b)
{
	if (b->n == 0 || b->lines[b->n - 1].text[0] == '\0')
		return ERR_OK;
	return lines_put(b, TEXT_PLAIN, "", -1);
}

ERR_RESULT lines_row(struct line_builder *b, const char *const *cells, size_t n, int place)
{
	struct str row;
	const char *text;

	str_init(&row, b->arena, TEXT_MOST_BYTES);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_put_char(&row, '\t');
		str_put(&row, cells[i]);
	}
	if (row.too_long)
		return err_set(ERR_TOO_LARGE, "a row");
	TRY(str_finish(&row, &text));
	return lines_put(b, TEXT_ROW, text, place);
}

struct text_file lines_finish(const struct line_builder *b)
{
	size_t n = b->n;

	while (n > 0 && b->lines[n - 1].text[0] == '\0' && b->lines[n - 1].kind != TEXT_ROW)
		n--;
	return (struct text_file){ "", b->lines, n };
}
