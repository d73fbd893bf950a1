#include "doc/paper_pdf_press.h"

static const double BORDER = 0.5;

static double pad_x(void)
{
	return press_points(PAPER_CELL_PAD);
}

static double pad_y(void)
{
	return press_points(PAPER_CELL_SPACE);
}

static int span(int n)
{
	return n > 0 ? n : 1;
}

static double cell_width(const struct laid_table *t, int column, int columns)
{
	return t->edges[column + columns] - t->edges[column];
}

/* ---- laying out ---- */

/* Rows of the head are as high as their cells of one row; a cell over several makes the last of
 * them higher when it needs more. */
static void head_heights(struct laid_table *t)
{
	for (int rows = 1; rows <= t->table->head_rows; rows++) {
		for (size_t i = 0; i < t->table->n_head; i++) {
			const struct paper_head_cell *h = &t->table->head[i];
			double missing = laid_height(&t->head[i]) + 2 * pad_y();

			if (span(h->rows) != rows)
				continue;
			for (int r = 0; r < rows; r++)
				missing -= t->head_rows[h->row + r];
			if (missing > 0)
				t->head_rows[h->row + rows - 1] += missing;
		}
	}
	for (int r = 0; r < t->table->head_rows; r++)
		t->head_height += t->head_rows[r];
}

static void lay_head(struct press *p, struct laid_table *t)
{
	const struct press_style style = { .size = paper_table_size(t->table),
		                           .align = PDF_CENTRE,
		                           .weight = PDF_BOLD };

	for (size_t i = 0; i < t->table->n_head; i++) {
		const struct paper_head_cell *h = &t->table->head[i];

		t->head[i] = press_lay_text(p, &style, h->text,
		                            cell_width(t, h->column, span(h->columns)) -
		                                    2 * pad_x());
	}
	head_heights(t);
}

static void lay_row(struct press *p, const struct laid_table *t, size_t row)
{
	static const enum pdf_align aligns[] = { PDF_LEFT, PDF_CENTRE, PDF_RIGHT };
	struct laid_row *out = &t->rows[row];

	for (size_t i = 0; i < t->table->n_columns; i++) {
		const struct paper_cell *c = &t->table->cells[row * t->table->n_columns + i];
		const struct press_style style = {
			.size = paper_table_size(t->table),
			.align = aligns[t->table->columns[i].align],
			.weight = c->weight,
		};

		if (str_blank(c->text))
			continue;
		out->cells[i] = press_lay_text(p, &style, c->text,
		                               cell_width(t, (int)i, 1) - 2 * pad_x());
		if (laid_height(&out->cells[i]) > out->height)
			out->height = laid_height(&out->cells[i]);
	}
	if (out->height <= 0)
		out->height = paper_table_size(t->table) * PAPER_SINGLE / 1000.0;
	out->height += 2 * pad_y();
}

ERR_RESULT press_lay_table(struct press *p, struct laid_table **out,
                           const struct paper_table *t)
{
	int edges[PAPER_MOST_COLUMNS + 1];
	struct laid_table *laid;
	struct laid_text *cells;

	TRY(arena_new(p->arena, &laid));
	laid->table = t;
	paper_columns(edges, t, (int)(p->width * 20));
	for (size_t i = 0; i <= t->n_columns; i++)
		laid->edges[i] = p->left + press_points(edges[i]);
	TRY(arena_array(p->arena, &laid->head, t->n_head + 1));
	TRY(arena_array(p->arena, &laid->rows, t->n_rows + 1));
	TRY(arena_array(p->arena, &cells, t->n_rows * t->n_columns + 1));
	lay_head(p, laid);
	for (size_t i = 0; i < t->n_rows; i++) {
		laid->rows[i].cells = cells + i * t->n_columns;
		lay_row(p, laid, i);
	}
	*out = laid;
	return ERR_OK;
}

/* ---- drawing ---- */

static void box(struct press *p, double x, double y, double width, double height)
{
	cairo_rectangle(p->pdf->cairo, x, y, width, height);
}

static void draw_boxes(struct press *p)
{
	cairo_set_line_width(p->pdf->cairo, BORDER);
	cairo_stroke(p->pdf->cairo);
}

static void draw_head(struct press *p, const struct laid_table *t)
{
	for (size_t i = 0; i < t->table->n_head; i++) {
		const struct paper_head_cell *h = &t->table->head[i];
		double y = p->y, height = 0;

		for (int r = 0; r < h->row; r++)
			y += t->head_rows[r];
		for (int r = 0; r < span(h->rows); r++)
			height += t->head_rows[h->row + r];
		box(p, t->edges[h->column], y, cell_width(t, h->column, span(h->columns)),
		    height);
		press_draw(p, &t->head[i], 0, t->head[i].n, t->edges[h->column] + pad_x(),
		           y + (height - laid_height(&t->head[i])) / 2);
	}
	draw_boxes(p);
	p->y += t->head_height;
	p->fresh = p->fresh && t->head_height <= 0;
}

/* Some lines of a row's cells, the whole row in the middle of its height. */
static void draw_row(struct press *p, const struct laid_table *t, const struct laid_row *row,
                     int from, double height)
{
	for (size_t i = 0; i < t->table->n_columns; i++) {
		const struct laid_text *c = &row->cells[i];
		int lines = c->layout ? (int)((height - 2 * pad_y() + 0.01) / c->pitch) : 0;
		int to = from + lines < c->n ? from + lines : c->n;
		double free = height - (to > from ? to - from : 0) * c->pitch;

		box(p, t->edges[i], p->y, cell_width(t, (int)i, 1), height);
		if (to > from)
			press_draw(p, c, from, to, t->edges[i] + pad_x(), p->y + free / 2);
	}
	draw_boxes(p);
	p->y += height;
	p->fresh = false;
}

static enum err next_page(struct press *p, const struct laid_table *t)
{
	TRY(press_new_page(p));
	draw_head(p, t);
	return ERR_OK;
}

/* A row that is higher than a page: as many lines as fit on each. */
static enum err put_long_row(struct press *p, const struct laid_table *t,
                             const struct laid_row *row)
{
	double pitch = paper_table_size(t->table) * PAPER_SINGLE / 1000.0;
	int n = 0, from = 0;

	for (size_t i = 0; i < t->table->n_columns; i++)
		n = row->cells[i].n > n ? row->cells[i].n : n;
	while (from < n) {
		int fit = (int)((press_room(p) - p->y - 2 * pad_y()) / pitch);
		int lines = fit < n - from ? fit : n - from;

		lines = lines > 0 ? lines : 1;
		draw_row(p, t, row, from, lines * pitch + 2 * pad_y());
		from += lines;
		if (from < n)
			TRY(next_page(p, t));
	}
	return ERR_OK;
}

/* The row with those that it stays with. */
static double together(const struct laid_table *t, size_t row)
{
	double height = t->rows[row].height;

	while (paper_row_keeps(t->table, row))
		height += t->rows[++row].height;
	return height;
}

double press_table_start(const struct laid_table *t)
{
	return t->head_height + (t->table->n_rows > 0 ? together(t, 0) : 0);
}

ERR_RESULT press_put_table(struct press *p, const struct laid_table *t)
{
	double page = p->bottom - p->top - t->head_height;

	if (p->y + press_table_start(t) > press_room(p) && !p->fresh)
		TRY(press_new_page(p));
	draw_head(p, t);
	for (size_t i = 0; i < t->table->n_rows; i++) {
		double height = t->rows[i].height, need = together(t, i);

		need = need < page ? need : height;
		if (height > page) {
			TRY(put_long_row(p, t, &t->rows[i]));
			continue;
		}
		if (p->y + need > press_room(p) + 0.01 && i > 0)
			TRY(next_page(p, t));
		draw_row(p, t, &t->rows[i], 0, height);
	}
	return ERR_OK;
}
