#include "doc/xlsx_text.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"
#include "doc/csv.h"
#include "doc/line_builder.h"
#include "doc/xlsx_read.h"

/* A row of this many filled cells is a table's, not a letterhead's. */
enum { TABLE_CELLS = 3 };

static size_t filled(const struct sheet_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		n += row->cells[i][0] != '\0';
	return n;
}

static bool is_given_name(const char *folded)
{
	static const char *const given[] = { "sheet", "trang tinh", "trang", "bang tinh" };

	for (size_t i = 0; i < ARRAY_LEN(given); i++) {
		size_t n = strlen(given[i]);
		const char *rest = folded + n;

		if (strncmp(folded, given[i], n) == 0 &&
		    rest[strspn(rest, " 0123456789")] == '\0')
			return true;
	}
	return folded[0] == '\0';
}

static enum err put_name(struct line_builder *lines, const char *name)
{
	const char *folded, *clean;

	TRY(text_fold(lines->arena, &folded, name));
	TRY(line_clean(&clean, lines->arena, name, strlen(name)));
	if (is_given_name(folded))
		return ERR_OK;
	TRY(lines_put(lines, TEXT_HEADING, clean, -1));
	return lines_blank(lines);
}

static enum err clean_cells(const char **out, struct arena *a, const struct sheet_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		TRY(line_clean(&out[i], a, row->cells[i], strlen(row->cells[i])));
	return ERR_OK;
}

static enum err put_plain(struct line_builder *lines, const struct sheet_row *row)
{
	const char *clean = "";

	for (size_t i = 0; i < row->n && clean[0] == '\0'; i++)
		TRY(line_clean(&clean, lines->arena, row->cells[i], strlen(row->cells[i])));
	return lines_put(lines, TEXT_PLAIN, clean, row->line);
}

static enum err put_table(struct line_builder *lines, const struct sheet_row *rows, size_t n)
{
	const char *cells[TEXT_MOST_CELLS];

	TRY(lines_blank(lines));
	lines->tables++;
	for (size_t i = 0; i < n; i++) {
		size_t n_cells = rows[i].n < TEXT_MOST_CELLS ? rows[i].n : TEXT_MOST_CELLS;

		TRY(clean_cells(cells, lines->arena, &rows[i]));
		TRY(lines_row(lines, cells, n_cells, rows[i].line));
	}
	return lines_blank(lines);
}

/* Rows outside a table: titles and notes, or cells that stand side by side. */
static enum err put_loose(struct line_builder *lines, const struct sheet_row *rows, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t end = i;

		while (end < n && filled(&rows[end]) > 1)
			end++;
		if (end > i)
			TRY(put_table(lines, rows + i, end - i));
		else
			TRY(put_plain(lines, &rows[end++]));
		i = end;
	}
	return ERR_OK;
}

/* Rows without a blank one between them.  The table goes from its first wide row to its last
 * row of more than one cell: rows of one cell inside are its groups. */
static enum err put_block(struct line_builder *lines, const struct sheet_row *rows, size_t n)
{
	size_t widest = 0, first = 0, last = n;

	for (size_t i = 0; i < n; i++) {
		if (filled(&rows[i]) > widest)
			widest = filled(&rows[i]);
	}
	if (widest < 2)
		return put_loose(lines, rows, n);
	while (filled(&rows[first]) < (widest < TABLE_CELLS ? widest : TABLE_CELLS))
		first++;
	while (filled(&rows[last - 1]) < 2)
		last--;
	TRY(put_loose(lines, rows, first));
	TRY(put_table(lines, rows + first, last - first));
	return put_loose(lines, rows + last, n - last);
}

static enum err put_sheet(struct line_builder *lines, const struct sheet *sheet)
{
	TRY(lines_blank(lines));
	TRY(put_name(lines, sheet->name));
	for (size_t i = 0; i < sheet->n_rows;) {
		size_t end = i + 1;

		while (end < sheet->n_rows &&
		       sheet->rows[end].line == sheet->rows[end - 1].line + 1)
			end++;
		TRY(put_block(lines, sheet->rows + i, end - i));
		i = end;
		if (i < sheet->n_rows)
			TRY(lines_blank(lines));
	}
	return ERR_OK;
}

/* Sheets of a workbook, or the one of a CSV file. */
static enum err put_sheets(struct line_builder *lines, const struct sheet *sheets, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		lines->page_break = i > 0;
		if (sheets[i].n_rows > 0)
			TRY(put_sheet(lines, &sheets[i]));
	}
	return ERR_OK;
}

static enum err sheets_text(struct text_file *out, struct arena *a, const struct sheet *sheets,
                            size_t n, struct problems *problems)
{
	struct line_builder lines = { .arena = a };
	enum err e = put_sheets(&lines, sheets, n);

	if (e == ERR_TOO_LARGE)
		return problems_say(problems, "file", 0, MSG_TEXT_TOO_LONG);
	TRY(e);
	*out = lines_finish(&lines);
	return ERR_OK;
}

enum err xlsx_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                        struct problems *problems)
{
	struct sheet *sheets;
	size_t n_sheets;

	*out = (struct text_file){ .name = "" };
	TRY(xlsx_read_shown(&sheets, &n_sheets, a, bytes, n, problems));
	return sheets_text(out, a, sheets, n_sheets, problems);
}

enum err csv_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                       struct problems *problems)
{
	struct sheet sheet;

	*out = (struct text_file){ .name = "" };
	TRY(csv_read(&sheet, a, bytes, n, problems));
	return sheets_text(out, a, &sheet, 1, problems);
}
