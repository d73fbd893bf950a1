#include "doc/sheet.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"
#include "doc/csv.h"
#include "doc/xlsx_read.h"

const char *sheet_cell(const struct sheet_row *row, size_t column)
{
	return column < row->n ? row->cells[column] : "";
}

ERR_RESULT sheet_read(struct sheet *out, struct arena *a, const void *bytes, size_t n,
                      struct problems *problems)
{
	if (xlsx_looks_like(bytes, n))
		return xlsx_read(out, a, bytes, n, NULL, problems);
	return csv_read(out, a, bytes, n, problems);
}

void sheet_build(struct sheet_builder *b, struct arena *a)
{
	*b = (struct sheet_builder){ .arena = a };
}

static bool is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)text[i] < 0x20 || (unsigned char)text[i] >= 0x7f)
			return false;
	}
	return true;
}

/* Copies with control characters and no-break blanks as blanks, without the characters that
 * nobody sees: byte order mark and zero width blank. */
static size_t copy_visible(char *to, const char *text, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (n - i >= 3 && (memcmp(text + i, "\xef\xbb\xbf", 3) == 0 ||
		                   memcmp(text + i, "\xe2\x80\x8b", 3) == 0)) {
			i += 2;
		} else if (n - i >= 2 && memcmp(text + i, "\xc2\xa0", 2) == 0) {
			to[len++] = ' ';
			i++;
		} else {
			to[len] = text[i];
			if (c < 0x20 || c == 0x7f)
				to[len] = ' ';
			len++;
		}
	}
	to[len] = '\0';
	return len;
}

ERR_RESULT sheet_clean(const char **out, struct arena *a, const char *text, size_t n)
{
	struct slice kept;
	const char *normal;
	char *copy;

	if (n > SHEET_MOST_CELL)
		return err_set(ERR_TOO_LARGE, "a cell of %zu bytes", n);
	kept = slice_trim((struct slice){ text, n });
	if (kept.len == 0) {
		*out = "";
		return ERR_OK;
	}
	if (is_plain(kept.at, kept.len))
		return arena_strndup(a, out, kept.at, kept.len);
	copy = arena_alloc(a, kept.len + 1);
	if (!copy)
		return arena_no_memory(a);
	if (!text_is_valid(copy, copy_visible(copy, kept.at, kept.len)))
		return err_set(ERR_INPUT, "a cell is not valid UTF-8");
	TRY(text_nfc(a, &normal, copy));
	kept = slice_trim(slice_of(normal));
	if (kept.at == normal && kept.at[kept.len] == '\0') {
		*out = normal;
		return ERR_OK;
	}
	return arena_strndup(a, out, kept.at, kept.len);
}

ERR_RESULT sheet_put(struct sheet_builder *b, size_t column, const char *clean)
{
	if (column >= SHEET_MOST_COLUMNS)
		return err_set(ERR_TOO_LARGE, "column %zu", column + 1);
	while (b->n_cells <= column)
		b->cells[b->n_cells++] = "";
	b->cells[column] = clean;
	return ERR_OK;
}

static enum err grow_rows(struct sheet_builder *b)
{
	size_t cap = b->cap_rows ? b->cap_rows * 2 : 64;
	struct sheet_row *rows;

	TRY(arena_array(b->arena, &rows, cap));
	if (b->n_rows > 0)
		memcpy(rows, b->rows, b->n_rows * sizeof(*rows));
	b->rows = rows;
	b->cap_rows = cap;
	return ERR_OK;
}

ERR_RESULT sheet_end_row(struct sheet_builder *b, int line)
{
	size_t n = b->n_cells;
	const char **cells;

	b->n_cells = 0;
	while (n > 0 && b->cells[n - 1][0] == '\0')
		n--;
	if (n == 0)
		return ERR_OK;
	if (b->n_rows == SHEET_MOST_ROWS)
		return err_set(ERR_TOO_LARGE, "more than %d rows", SHEET_MOST_ROWS);
	if (b->n_rows == b->cap_rows)
		TRY(grow_rows(b));
	TRY(arena_array(b->arena, &cells, n));
	memcpy(cells, b->cells, n * sizeof(*cells));
	b->rows[b->n_rows++] = (struct sheet_row){ .line = line, .n = n, .cells = cells };
	return ERR_OK;
}
