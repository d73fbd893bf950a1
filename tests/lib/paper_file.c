#include "lib/paper_file.h"

#include "lib/docx_parts.h"
#include "lib/test.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "doc/csv.h"
#include "doc/xlsx_write.h"

enum { LONGEST_LINE = 4000, LARGEST_FILE = 4 << 20 };

void paper_put(struct paper_file *p, const char *fmt, ...)
{
	struct paper_line line = { .cells = NULL };
	const char **cells = NULL;
	char text[LONGEST_LINE];
	struct slice rest, cell;
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	rest = slice_of(text);
	while (text[0] && slice_cut(&rest, '|', &cell)) {
		assert_int_equal(ERR_OK, vec_room(p->arena, cells, line.n));
		assert_int_equal(ERR_OK,
		                 arena_strndup(p->arena, &cells[line.n++], cell.at, cell.len));
	}
	line.cells = cells;
	assert_int_equal(ERR_OK, vec_room(p->arena, p->lines, p->n));
	p->lines[p->n++] = line;
}

const char *paper_name(enum paper_kind kind)
{
	static const char *const names[] = { "bieu.txt", "bieu.csv", "bieu-2.csv", "bieu.docx",
		                             "bieu.xlsx" };

	return names[kind];
}

static void put_text(struct str *s, const struct paper_file *p)
{
	for (size_t i = 0; i < p->n; i++) {
		for (size_t c = 0; c < p->lines[i].n; c++)
			str_printf(s, "%s%s", c > 0 ? "\t" : "", p->lines[i].cells[c]);
		str_put(s, "\n");
	}
}

/* Excel on a Vietnamese machine divides by semicolons, and says so. */
static void put_csv(struct str *s, const struct paper_file *p, char separator)
{
	if (separator == ';')
		str_put(s, "sep=;\r\n");
	for (size_t i = 0; i < p->n; i++) {
		for (size_t c = 0; c < p->lines[i].n; c++)
			str_printf(s, "%s\"%s\"", c > 0 ? separator == ';' ? ";" : "," : "",
			           p->lines[i].cells[c]);
		str_put(s, "\r\n");
	}
}

static void put_xml(struct str *s, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			str_put(s, "&lt;");
		else if (*text == '&')
			str_put(s, "&amp;");
		else
			str_put_n(s, text, 1);
	}
}

static void put_paragraph(struct str *s, const char *text)
{
	str_put(s, "<w:p><w:r><w:t xml:space=\"preserve\">");
	put_xml(s, text);
	str_put(s, "</w:t></w:r></w:p>");
}

static void put_word_row(struct str *s, const struct paper_line *line)
{
	str_put(s, "<w:tr>");
	for (size_t c = 0; c < line->n; c++) {
		str_put(s, "<w:tc>");
		put_paragraph(s, line->cells[c]);
		str_put(s, "</w:tc>");
	}
	str_put(s, "</w:tr>");
}

static struct slice word_bytes(const struct paper_file *p)
{
	struct docx_parts parts = { .body = NULL };
	bool in_table = false;
	struct slice out;
	const char *copy;
	struct str s;

	str_init(&s, p->arena, LARGEST_FILE);
	for (size_t i = 0; i < p->n; i++) {
		bool row = p->lines[i].n > 1;

		if (row != in_table)
			str_put(&s, row ? "<w:tbl>" : "</w:tbl>");
		in_table = row;
		if (row)
			put_word_row(&s, &p->lines[i]);
		else
			put_paragraph(&s, p->lines[i].n > 0 ? p->lines[i].cells[0] : "");
	}
	str_put(&s, in_table ? "</w:tbl>" : "");
	assert_int_equal(ERR_OK, str_finish(&s, &parts.body));
	parts.n_body = s.len;
	void *zip = docx_parts(&out.len, &parts);

	assert_non_null(zip);
	assert_int_equal(ERR_OK, arena_strndup(p->arena, &copy, zip, out.len));
	free(zip);
	out.at = copy;
	return out;
}

static struct slice excel_bytes(const struct paper_file *p)
{
	struct xlsx_setup setup = { .created = INSTANT_NONE };
	struct xlsx_sheet_setup sheet = { .name = "Sheet1" };
	XLSX_CLEANUP struct xlsx *x = NULL;
	struct str s;

	setup.created = instant_local(date_make(2024, 3, 8), 0);
	str_init(&s, p->arena, LARGEST_FILE);
	assert_int_equal(ERR_OK, xlsx_new(&x, &setup));
	xlsx_sheet(x, &sheet);
	for (size_t i = 0; i < p->n; i++)
		for (size_t c = 0; c < p->lines[i].n; c++)
			if (p->lines[i].cells[c][0])
				xlsx_text(x, (int)i, (int)c, XLSX_PLAIN, p->lines[i].cells[c]);
	assert_int_equal(ERR_OK, xlsx_finish(x, &s));
	return (struct slice){ s.data, s.len };
}

struct slice paper_bytes(const struct paper_file *p, enum paper_kind kind)
{
	struct str s;

	if (kind == PAPER_WORD)
		return word_bytes(p);
	if (kind == PAPER_EXCEL)
		return excel_bytes(p);
	str_init(&s, p->arena, LARGEST_FILE);
	if (kind == PAPER_TEXT)
		put_text(&s, p);
	else
		put_csv(&s, p, kind == PAPER_CSV ? ',' : ';');
	assert_int_equal(ERR_OK, str_check(&s));
	return (struct slice){ s.data, s.len };
}
