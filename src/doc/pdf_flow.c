/* pdf_flow.c - the text of a PDF in its order: lines joined to paragraphs, tables as rows, also
 * over the end of a page. */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"
#include "doc/pdf_layout.h"

/* A table that the next page may go on with. */
struct last_table {
	bool open;
	struct pdf_grid grid; /* of the page before */
	const char **head;    /* cells of its first row */
	size_t row;           /* index of its last row among the lines */
};

struct flow {
	const struct pdf_layout *p;
	struct line_builder *to;
	struct str text;             /* of the paragraph in work, in malloc memory */
	const struct pdf_line *last; /* its last line; NULL: there is none in work */
	size_t n_lines;
	double indent;   /* where its first line begins */
	double edge;     /* where the others do */
	bool listed;     /* it begins with a list's sign */
	bool page_break; /* it begins a page */
	bool next_page;  /* a page began inside it */
	size_t notes;    /* put so far */
	struct last_table table;
};

static enum err put_notes(struct flow *f, size_t before)
{
	const struct pdf_layout *p = f->p;

	for (; f->notes < p->n_notes && p->notes[f->notes].line < before; f->notes++) {
		const struct pdf_note *note = &p->notes[f->notes];
		struct str text;
		const char *line, *whole;

		str_init(&text, p->arena, TEXT_MOST_BYTES);
		for (size_t i = note->first; i < note->end; i++) {
			TRY(pdf_line_text(&line, p->arena, &p->lines[i], 0, p->lines[i].n));
			str_put(&text, text.len > 0 ? " " : "");
			str_put(&text, line);
		}
		TRY(str_finish(&text, &whole));
		TRY(lines_put(f->to, TEXT_NOTE, whole, -1));
	}
	return ERR_OK;
}

/* Ends the paragraph in work. */
static enum err flush(struct flow *f)
{
	const char *text;

	if (!f->last)
		return ERR_OK;
	if (f->text.too_long)
		return err_set(ERR_TOO_LARGE, "a paragraph");
	TRY(str_check(&f->text));
	TRY(line_clean(&text, f->p->arena, f->text.len > 0 ? f->text.data : "", f->text.len));
	f->to->page_break = f->page_break;
	if (text[0] != '\0')
		TRY(lines_put(f->to, TEXT_PLAIN, text, -1));
	f->page_break = f->next_page;
	f->next_page = false;
	TRY(put_notes(f, (size_t)(f->last - f->p->lines) + 1));
	f->last = NULL;
	str_clear(&f->text);
	return ERR_OK;
}

/* ---- does a line go on with the paragraph? ---- */

/* Two lines with the page's middle in common, of which one at least reaches no edge. */
static bool are_centred(const struct flow *f, const struct pdf_line *above,
                        const struct pdf_line *line)
{
	const struct pdf_side *side = &f->p->pages[line->page];
	double middle = side->left + side->right;

	return fabs(above->x0 + above->x1 - middle) < 12 &&
	       fabs(line->x0 + line->x1 - middle) < 12 &&
	       (above->x0 > side->left + 8 || line->x0 > side->left + 8);
}

/* The line ended because the next word had no room on it. */
static bool was_full(const struct flow *f, const struct pdf_line *above,
                     const struct pdf_line *line)
{
	const struct pdf_side *side = &f->p->pages[above->page];
	double word = line->words[0].x1 - line->words[0].x0 + 0.15 * pdf_height(line);
	double room = side->right - above->x1;

	if (are_centred(f, above, line))
		room = (side->right - side->left) - (above->x1 - above->x0);
	return word > room - 0.5;
}

static bool ends_sentence(const struct pdf_line *line)
{
	const char *text = line->words[line->n - 1].text;
	size_t n = strlen(text);

	return n > 0 && strchr(".;:!?", text[n - 1]);
}

static bool begins_small(const struct pdf_line *line)
{
	utf8proc_int32_t c;

	return utf8proc_iterate((const utf8proc_uint8_t *)line->words[0].text, -1, &c) > 0 &&
	       utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

/* Whether a line stands where one of the paragraph's further lines would. */
static bool at_edge(const struct flow *f, const struct pdf_line *line)
{
	double shift = f->p->pages[line->page].left - f->p->pages[f->last->page].left;
	double x = line->x0 - shift;

	if (f->n_lines > 1)
		return fabs(x - f->edge) < 3;
	return x < f->indent + 3 || (f->listed && x < f->indent + 60);
}

static bool goes_on(const struct flow *f, const struct pdf_line *line)
{
	const struct pdf_line *above = f->last;
	double down = pdf_middle(line) - pdf_middle(above);
	double usual = f->p->pitch * pdf_height(line) / f->p->height;
	bool centred = are_centred(f, above, line);

	if (line->page != above->page)
		return was_full(f, above, line) && at_edge(f, line) &&
		       (!ends_sentence(above) || begins_small(line));
	if (down > 1.2 * usual + 1 ||
	    fabs(pdf_height(line) - pdf_height(above)) > 0.15 * pdf_height(above))
		return false;
	if (!was_full(f, above, line) || (!centred && !at_edge(f, line)))
		return false;
	/* A list's sign begins an item when what stands above is finished. */
	return !(pdf_is_marker(line->words[0].text) && ends_sentence(above));
}

static enum err put_line(struct flow *f, const struct pdf_line *line)
{
	const char *text;

	if (f->last && !goes_on(f, line))
		TRY(flush(f));
	TRY(pdf_line_text(&text, f->p->arena, line, 0, line->n));
	if (!f->last) {
		f->indent = line->x0;
		f->n_lines = 0;
		f->listed = pdf_is_marker(line->words[0].text);
	} else {
		str_put(&f->text,
		        pdf_between(f->last->words[f->last->n - 1].text, line->words[0].text));
		if (f->n_lines == 1)
			f->edge = line->x0 - f->p->pages[line->page].left +
			          f->p->pages[f->last->page].left;
	}
	str_put(&f->text, text);
	f->n_lines++;
	f->last = line;
	f->table.open = false;
	return ERR_OK;
}

/* ---- tables ---- */

static bool same_columns(const struct last_table *table, const struct pdf_grid *grid)
{
	if (!table->open || table->grid.n_columns != grid->n_columns)
		return false;
	for (size_t i = 0; i + 1 < grid->n_columns; i++) {
		if (fabs(table->grid.strips[i][0] - grid->strips[i][0]) > 0.1 ||
		    fabs(table->grid.strips[i][1] - grid->strips[i][1]) > 0.1)
			return false;
	}
	return true;
}

/* The head again, as programs print it on each page. */
static bool is_head(const struct last_table *table, const char *const *cells)
{
	for (size_t i = 0; i < table->grid.n_columns; i++) {
		if (strcmp(table->head[i], cells[i]) != 0)
			return false;
	}
	return true;
}

/* A row that was cut by the end of the page goes on under cells that have text: in small
 * letters, or in one cell only. */
static bool is_rest(const char *last, const char *const *cells, size_t n)
{
	struct slice rest = slice_of(last), cell;
	size_t any = 0, small = 0;

	for (size_t i = 0; i < n; i++) {
		utf8proc_int32_t c = 0;

		if (!slice_cut(&rest, '\t', &cell))
			cell.len = 0;
		if (cells[i][0] == '\0')
			continue;
		if (cell.len == 0 || i == 0)
			return false;
		(void)utf8proc_iterate((const utf8proc_uint8_t *)cells[i], -1, &c);
		any++;
		small += c > 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
	}
	return any == 1 || small > 0;
}

/* Joins the rest of a row to the last one. */
static enum err join_row(struct flow *f, const char *const *cells, size_t n)
{
	struct text_line *line = &f->to->lines[f->table.row];
	struct slice rest = slice_of(line->text), cell;
	struct str whole;

	str_init(&whole, f->p->arena, TEXT_MOST_BYTES);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_put_char(&whole, '\t');
		if (slice_cut(&rest, '\t', &cell))
			str_put_n(&whole, cell.at, cell.len);
		if (cells[i][0] == '\0')
			continue;
		str_put(&whole, whole.len > 0 ? pdf_between(whole.data, cells[i]) : "");
		str_put(&whole, cells[i]);
	}
	return str_finish(&whole, &line->text);
}

static enum err put_rows(struct flow *f, const struct pdf_grid *grid)
{
	bool on = same_columns(&f->table, grid), first = on && f->to->page_break;
	size_t n = grid->n_columns;

	for (size_t i = 0; i < grid->n_rows; i++) {
		const char *const *cells = grid->cells + i * n;

		if (on && i == 0 && is_head(&f->table, cells))
			continue;
		if (first && is_rest(f->to->lines[f->table.row].text, cells, n)) {
			TRY(join_row(f, cells, n));
			continue;
		}
		first = false;
		f->table.row = f->to->n;
		TRY(lines_row(f->to, cells, n, -1));
	}
	return ERR_OK;
}

static enum err put_table(struct flow *f, const struct pdf_grid *grid)
{
	size_t blank = f->to->n > 0 ? f->to->n - 1 : 0;
	bool on;

	TRY(flush(f));
	on = same_columns(&f->table, grid) && f->to->n > 0;
	f->to->page_break = f->page_break;
	if (on) { /* the blank line behind it goes */
		f->to->n = f->to->lines[blank].kind == TEXT_ROW ? f->to->n : blank;
	} else {
		TRY(lines_blank(f->to));
		f->to->tables++;
		f->table.head = grid->cells;
	}
	TRY(put_rows(f, grid));
	f->page_break = false;
	f->table.open = true;
	f->table.grid = *grid;
	TRY(lines_blank(f->to));
	return put_notes(f, grid->end);
}

/* ---- pages ---- */

static enum err put_page(struct flow *f, size_t page)
{
	const struct pdf_side *side = &f->p->pages[page];
	size_t i = side->first;

	if (page > 0 && f->last)
		f->next_page = true;
	else if (page > 0)
		f->page_break = true;
	while (i < side->end) {
		struct pdf_grid grid;
		bool found;
		size_t text_end;

		TRY(pdf_grid_find(&found, &grid, f->p, i, side->end,
		                  f->table.open ? &f->table.grid : NULL));
		text_end = found ? grid.first : side->end;
		for (; i < text_end; i++) {
			if (!f->p->lines[i].left_out)
				TRY(put_line(f, &f->p->lines[i]));
		}
		if (found) {
			TRY(put_table(f, &grid));
			i = grid.end;
		}
	}
	return ERR_OK;
}

ERR_RESULT pdf_layout_text(struct line_builder *to, const struct pdf_layout *p)
{
	struct flow f = { .p = p, .to = to };
	enum err e = ERR_OK;

	str_init(&f.text, NULL, TEXT_MOST_BYTES);
	for (size_t i = 0; i < p->words->n_pages && e == ERR_OK; i++)
		e = put_page(&f, i);
	if (e == ERR_OK)
		e = flush(&f);
	str_release(&f.text);
	return e == ERR_OK ? put_notes(&f, p->n_lines) : e;
}
