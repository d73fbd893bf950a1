/* pdf_rows.c - the rows of a table in a PDF.  Nothing marks where a row ends: a cell may have
 * several lines and others stand at its top or its middle.  The lines of one cell are nearer to
 * each other than those of two rows, and what stands beside one cell is in its row. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/vec.h"
#include "doc/pdf_layout.h"

/* The words of one column on one line. */
struct fragment {
	size_t column, line;
	double middle;
	const char *text;
	bool atomic; /* a number: never more than one line of a cell */
	size_t chain;
	size_t row;
};
/* Fragments that are one cell, as far as it can be seen. */
struct chain {
	double top, bottom; /* middles of its first and last line */
	size_t column, first;
	bool atomic;
};
struct rows {
	const struct pdf_layout *p;
	struct pdf_grid *grid;
	struct fragment *at; /* by column, then from top to bottom */
	size_t n;
	struct chain *chains;
	size_t n_chains;
	size_t *filled; /* columns with text, of each line of the table */
	double pitch;   /* of the lines of a cell; 0: no cell has more than one */
	bool sure;      /* rows are farther apart than that */
};

static size_t column_at(const struct pdf_grid *grid, double x)
{
	size_t i = 0;

	while (i + 1 < grid->n_columns && (grid->strips[i][0] + grid->strips[i][1]) / 2 < x)
		i++;
	return i;
}

/* "1.284", "3.1.", "IV", but not "36," or ".1", which are pieces. */
static bool is_atomic(const char *text)
{
	size_t n = strlen(text);

	return !strchr(".,", text[0]) && text[n - 1] != ',' &&
	       text[strspn(text, "0123456789.,%/()-+ IVX")] == '\0';
}

static bool begins_small(const char *text)
{
	utf8proc_int32_t c;

	return utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c) > 0 &&
	       utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

/* ---- fragments ---- */

static enum err put_fragment(struct rows *r, size_t line, size_t column, size_t from, size_t to)
{
	const struct pdf_line *at = &r->p->lines[line];
	struct fragment f = { .column = column, .line = line, .middle = pdf_middle(at) };

	TRY(pdf_line_text(&f.text, r->p->arena, at, from, to));
	if (f.text[0] == '\0')
		return ERR_OK;
	f.atomic = is_atomic(f.text);
	r->filled[line - r->grid->first]++;
	TRY(vec_room(r->p->arena, r->at, r->n));
	r->at[r->n++] = f;
	return ERR_OK;
}

/* A word over a gap makes its whole text one cell over several columns. */
static bool spans(const struct rows *r, const struct pdf_line *line, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (column_at(r->grid, line->words[i].x0 + 1) !=
		    column_at(r->grid, line->words[i].x1 - 1))
			return true;
	}
	return false;
}

static enum err cut_line(struct rows *r, size_t line)
{
	const struct pdf_line *at = &r->p->lines[line];

	for (size_t i = 0; i < at->n;) {
		size_t end = i + 1, column;
		bool whole;

		while (end < at->n && !pdf_is_apart(at, end, PDF_NEAR))
			end++;
		whole = spans(r, at, i, end);
		for (size_t from = i; from < end; from = i) {
			column = column_at(r->grid,
			                   (at->words[from].x0 + at->words[from].x1) / 2);
			for (i = from + 1; i < end; i++) {
				double middle = (at->words[i].x0 + at->words[i].x1) / 2;

				if (!whole && column_at(r->grid, middle) != column)
					break;
			}
			if (whole)
				column = column_at(r->grid, at->words[from].x0 + 1);
			TRY(put_fragment(r, line, column, from, i));
		}
	}
	return ERR_OK;
}

static int compare_fragments(const void *a, const void *b)
{
	const struct fragment *left = a, *right = b;

	if (left->column != right->column)
		return left->column < right->column ? -1 : 1;
	return (left->line > right->line) - (left->line < right->line);
}

/* ---- the lines of a cell ---- */

/* The pitch inside cells: the smallest where one of two lines has nothing but the cell, or the
 * lower one begins with a small letter.  It is sure when numbers above each other, which are
 * two rows, are farther apart. */
static void find_pitch(struct rows *r)
{
	double inside = 0, between = 0;

	for (size_t i = 1; i < r->n; i++) {
		const struct fragment *f = &r->at[i], *above = f - 1;
		double down = f->middle - above->middle;

		if (f->column != above->column || down < 0.6 * r->p->pitch)
			continue;
		if ((r->filled[f->line - r->grid->first] == 1 ||
		     r->filled[above->line - r->grid->first] == 1 || begins_small(f->text)) &&
		    (inside == 0 || down < inside))
			inside = down;
		if (f->atomic && above->atomic && (between == 0 || down < between))
			between = down;
	}
	r->pitch = inside;
	r->sure = between == 0 || between > inside + 0.25;
}

/* Two lines with numbers above each other are two rows, whatever else they hold. */
static bool parted(const bool *numbers, size_t n_columns, size_t above, size_t line)
{
	for (size_t c = 0; c < n_columns; c++) {
		if (numbers[above * n_columns + c] && numbers[line * n_columns + c])
			return true;
	}
	return false;
}

static bool linked(const struct rows *r, const struct fragment *above, const struct fragment *f,
                   const bool *numbers)
{
	size_t first = r->grid->first;

	if (above->column != f->column || r->pitch == 0 ||
	    f->middle - above->middle > r->pitch + 0.25 || (above->atomic && f->atomic) ||
	    parted(numbers, r->grid->n_columns, above->line - first, f->line - first))
		return false;
	return r->sure || begins_small(f->text);
}

static enum err make_chains(struct rows *r)
{
	size_t n_lines = r->grid->end - r->grid->first;
	bool *numbers;

	TRY(arena_array(r->p->arena, &numbers, n_lines * r->grid->n_columns));
	for (size_t i = 0; i < r->n; i++)
		numbers[(r->at[i].line - r->grid->first) * r->grid->n_columns +
		        r->at[i].column] = r->at[i].atomic;
	for (size_t i = 0; i < r->n; i++) {
		struct fragment *f = &r->at[i];

		if (i == 0 || !linked(r, f - 1, f, numbers)) {
			TRY(vec_room(r->p->arena, r->chains, r->n_chains));
			r->chains[r->n_chains++] = (struct chain){ .top = f->middle,
				                                   .column = f->column,
				                                   .first = i,
				                                   .atomic = f->atomic };
		}
		r->chains[r->n_chains - 1].bottom = f->middle;
		r->chains[r->n_chains - 1].atomic &= f->atomic;
		f->chain = r->n_chains - 1;
	}
	return ERR_OK;
}

/* ---- the rows ---- */

static int compare_chains(const void *a, const void *b)
{
	const struct chain *left = *(const struct chain *const *)a;
	const struct chain *right = *(const struct chain *const *)b;

	if (left->top != right->top)
		return left->top < right->top ? -1 : 1;
	return (left->first > right->first) - (left->first < right->first);
}

static void give_row(struct rows *r, const struct chain *chain, size_t row)
{
	for (size_t i = chain->first; i < r->n && r->at[i].chain == (size_t)(chain - r->chains);
	     i++)
		r->at[i].row = row;
}

/* The column whose cells are single numbers and most in number: each is a row of its own. */
static size_t anchors_of(const struct rows *r, struct chain *const *group, size_t n,
                         const struct chain **anchors)
{
	size_t best = 0;

	for (size_t c = 0; c < r->grid->n_columns; c++) {
		size_t k = 0;
		bool numbers = true;

		for (size_t i = 0; i < n; i++) {
			if (group[i]->column != c)
				continue;
			numbers = numbers && group[i]->atomic;
			k++;
		}
		if (!numbers || k < 2 || k <= best)
			continue;
		best = 0;
		for (size_t i = 0; i < n; i++) {
			if (group[i]->column == c)
				anchors[best++] = group[i];
		}
	}
	return best;
}

/* The row of what stands at a height: that of the number that is nearest. */
static size_t nearest(const struct chain *const *anchors, size_t n, double middle)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++) {
		if (fabs(anchors[i]->top - middle) < fabs(anchors[best]->top - middle))
			best = i;
	}
	return best;
}

/* A cell beside several numbers: with a line at each of them it is several cells that stand
 * close; otherwise it is one over all these rows, and belongs to the first. */
static void divide(struct rows *r, const struct chain *chain,
                   const struct chain *const *anchors, size_t n, size_t row)
{
	size_t met = 0, i;

	for (i = chain->first; i < r->n && r->at[i].chain == (size_t)(chain - r->chains); i++)
		met += met < n && fabs(r->at[i].middle - anchors[met]->top) < 2;
	if (met < n) {
		give_row(r, chain, row + nearest(anchors, n, chain->top));
		return;
	}
	met = 0;
	for (i = chain->first; i < r->n && r->at[i].chain == (size_t)(chain - r->chains); i++) {
		if (met + 1 < n && r->at[i].middle > anchors[met + 1]->top - 2)
			met++;
		r->at[i].row = row + met;
	}
}

/* Chains that stand beside each other: one row, or as many as there are numbers in a column.
 * The count of rows. */
static size_t give_rows(struct rows *r, struct chain *const *group, size_t n, size_t row,
                        const struct chain **anchors)
{
	size_t k = anchors_of(r, group, n, anchors);

	for (size_t i = 0; i < n; i++) {
		const struct chain *chain = group[i];

		if (k == 0)
			give_row(r, chain, row);
		else if (chain->bottom - chain->top < 1)
			give_row(r, chain, row + nearest(anchors, k, chain->top));
		else
			divide(r, chain, anchors, k, row);
	}
	return k ? k : 1;
}

static enum err make_rows(struct rows *r)
{
	struct chain **sorted;
	const struct chain **anchors;
	size_t rows = 0;

	TRY(arena_array(r->p->arena, &sorted, r->n_chains + 1));
	TRY(arena_array(r->p->arena, &anchors, r->n_chains + 1));
	for (size_t i = 0; i < r->n_chains; i++)
		sorted[i] = &r->chains[i];
	qsort(sorted, r->n_chains, sizeof(struct chain *), compare_chains);
	for (size_t i = 0; i < r->n_chains;) {
		double bottom = sorted[i]->bottom;
		size_t end = i + 1;

		for (; end < r->n_chains && sorted[end]->top <= bottom + 0.2 * r->p->height;
		     end++)
			bottom = sorted[end]->bottom > bottom ? sorted[end]->bottom : bottom;
		rows += give_rows(r, sorted + i, end - i, rows, anchors);
		i = end;
	}
	r->grid->n_rows = rows;
	return ERR_OK;
}

/* `filled` becomes the row of each line. */
static void lines_as_rows(struct rows *r)
{
	size_t rows = 0;

	for (size_t i = 0; i < r->grid->end - r->grid->first; i++) {
		bool any = r->filled[i] > 0;

		r->filled[i] = rows;
		rows += any;
	}
	for (size_t i = 0; i < r->n; i++)
		r->at[i].row = r->filled[r->at[i].line - r->grid->first];
	r->grid->n_rows = rows;
}

static int compare_cells(const void *a, const void *b)
{
	const struct fragment *left = a, *right = b;

	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	return compare_fragments(a, b);
}

static enum err make_cells(struct rows *r)
{
	struct pdf_grid *grid = r->grid;
	size_t n = grid->n_rows * grid->n_columns;

	TRY(arena_array(r->p->arena, &grid->cells, n + 1));
	for (size_t i = 0; i < n; i++)
		grid->cells[i] = "";
	if (r->n > 0)
		qsort(r->at, r->n, sizeof(*r->at), compare_cells);
	for (size_t i = 0, end; i < r->n; i = end) {
		const struct fragment *f = &r->at[i];
		struct str text;

		str_init(&text, r->p->arena, TEXT_MOST_BYTES);
		for (end = i;
		     end < r->n && r->at[end].row == f->row && r->at[end].column == f->column;
		     end++) {
			str_put(&text,
			        end > i ? pdf_between(r->at[end - 1].text, r->at[end].text)
			                : "");
			str_put(&text, r->at[end].text);
		}
		if (text.too_long)
			return err_set(ERR_TOO_LARGE, "a cell");
		TRY(str_finish(&text, &grid->cells[f->row * grid->n_columns + f->column]));
	}
	return ERR_OK;
}

/* Whether a column has its title only. */
static bool is_title(const struct pdf_grid *grid, size_t column)
{
	for (size_t row = 1; row < grid->n_rows; row++) {
		if (grid->cells[row * grid->n_columns + column][0] != '\0')
			return false;
	}
	return grid->cells[column][0] != '\0';
}

/* Whether a column has words, but no title. */
static bool is_untitled(const struct pdf_grid *grid, size_t column)
{
	bool words = false;

	for (size_t row = 1; row < grid->n_rows; row++) {
		const char *cell = grid->cells[row * grid->n_columns + column];

		words = words || (cell[0] != '\0' && !is_atomic(cell));
	}
	return words && grid->cells[column][0] == '\0';
}

static void drop_column(struct pdf_grid *grid, size_t column)
{
	size_t to = 0, n = grid->n_columns;

	for (size_t i = 0; i < grid->n_rows * n; i++) {
		if (i % n != column)
			grid->cells[to++] = grid->cells[i];
	}
	grid->n_columns--;
}

/* A title in the middle of a column whose words are short stands above none of them: what looks
 * like two columns, words without a title beside a title without words, is one.  The last
 * column is left alone: nobody may have written a note. */
static void join_titles(struct pdf_grid *grid)
{
	for (size_t c = 0; c + 2 < grid->n_columns; c++) {
		if (!is_untitled(grid, c) || !is_title(grid, c + 1))
			continue;
		grid->cells[c] = grid->cells[c + 1];
		drop_column(grid, c + 1);
		memmove(grid->strips[c], grid->strips[c + 1],
		        (PDF_MOST_COLUMNS_FOUND - 1 - c) * sizeof(grid->strips[0]));
	}
}

ERR_RESULT pdf_grid_rows(struct pdf_grid *grid, const struct pdf_layout *p, bool as_lines)
{
	struct rows r = { .p = p, .grid = grid };

	TRY(arena_array(p->arena, &r.filled, grid->end - grid->first));
	for (size_t i = grid->first; i < grid->end; i++) {
		if (!p->lines[i].left_out)
			TRY(cut_line(&r, i));
	}
	if (r.n > 0)
		qsort(r.at, r.n, sizeof(*r.at), compare_fragments);
	if (as_lines) {
		lines_as_rows(&r);
	} else {
		find_pitch(&r);
		TRY(make_chains(&r));
		TRY(make_rows(&r));
	}
	TRY(make_cells(&r));
	join_titles(grid);
	return ERR_OK;
}
