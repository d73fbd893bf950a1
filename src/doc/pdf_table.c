#include <math.h>
#include <string.h>

#include "doc/pdf_page.h"

static const double BORDER = 0.5, PAD_X = 3, PAD_Y = 2; /* points */

static double column_x(const struct pdf *pdf, size_t column)
{
	const struct pdf_table *t = pdf->table;
	double all = 0, before = 0;

	for (size_t i = 0; i < t->n_columns; i++) {
		all += t->columns[i].width;
		if (i < column)
			before += t->columns[i].width;
	}
	return pdf->left + (pdf->right - pdf->left) * before / all;
}

static void box(struct pdf *pdf, double x, double y, double width, double height)
{
	cairo_set_line_width(pdf->cairo, BORDER);
	cairo_rectangle(pdf->cairo, x, y, width, height);
	cairo_stroke(pdf->cairo);
}

static double layout_height(PangoLayout *layout)
{
	int height;

	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

static double head_right(const struct pdf *pdf, const struct pdf_head *head)
{
	return column_x(pdf, (size_t)head->column + (size_t)head->columns);
}

static PangoLayout *head_layout(struct pdf *pdf, const struct pdf_head *head)
{
	const struct pdf_style style = { .size = pdf->table->size,
		                         .align = PDF_CENTRE,
		                         .weight = PDF_BOLD };
	const struct pdf_run run = { head->text, 0 };
	double width = head_right(pdf, head) - column_x(pdf, (size_t)head->column) - 2 * PAD_X;

	return pdf_layout(pdf, &style, &run, 1, width);
}

/* Each head row is as high as its highest cell of one row; a cell over several rows makes the
 * last of them higher when it needs more. */
static void head_heights(struct pdf *pdf, double heights[PDF_MOST_HEAD_ROWS])
{
	const struct pdf_table *t = pdf->table;

	for (int rows = 1; rows <= t->head_rows; rows++) {
		for (size_t i = 0; i < t->n_heads; i++) {
			const struct pdf_head *head = &t->heads[i];
			PangoLayout *layout;
			double missing;

			if (head->rows != rows)
				continue;
			layout = head_layout(pdf, head);
			missing = layout_height(layout) + 2 * PAD_Y;
			g_object_unref(layout);
			for (int r = 0; r < rows; r++)
				missing -= heights[head->row + r];
			if (missing > 0)
				heights[head->row + rows - 1] += missing;
		}
	}
}

static void draw_head(struct pdf *pdf, const struct pdf_head *head, const double *heights)
{
	double x = column_x(pdf, (size_t)head->column), y = pdf->y, height = 0;
	double width = head_right(pdf, head) - x;
	PangoLayout *layout = head_layout(pdf, head);

	for (int r = 0; r < head->row; r++)
		y += heights[r];
	for (int r = 0; r < head->rows; r++)
		height += heights[head->row + r];
	box(pdf, x, y, width, height);
	cairo_move_to(pdf->cairo, x + PAD_X, y + (height - layout_height(layout)) / 2);
	pango_cairo_show_layout(pdf->cairo, layout);
	g_object_unref(layout);
}

void pdf_table_head(struct pdf *pdf)
{
	const struct pdf_table *t = pdf->table;
	double heights[PDF_MOST_HEAD_ROWS] = { 0 };

	head_heights(pdf, heights);
	for (size_t i = 0; i < t->n_heads; i++)
		draw_head(pdf, &t->heads[i], heights);
	for (int r = 0; r < t->head_rows; r++)
		pdf->y += heights[r];
}

void pdf_table_start(struct pdf *pdf, const struct pdf_table *table)
{
	enum { ONE_ROW = 12 }; /* a head alone at a page's end helps nobody, mm */

	pdf_area(pdf, 0, 0);
	pdf_need(pdf, ONE_ROW * (table->head_rows + 1));
	pdf->table = table;
	pdf_table_head(pdf);
}

void pdf_table_end(struct pdf *pdf)
{
	pdf->table = NULL;
}

/* A row in work: its cells and how many lines of each were drawn. */
struct row {
	PangoLayout *cells[PDF_MOST_COLUMNS];
	int drawn[PDF_MOST_COLUMNS];
	size_t n;
};

static void lay_out(struct pdf *pdf, struct row *row, const char *const *cells)
{
	const struct pdf_table *t = pdf->table;

	row->n = t->n_columns;
	for (size_t i = 0; i < row->n; i++) {
		const struct pdf_style style = { .size = t->size,
			                         .align = t->columns[i].align };
		const struct pdf_run run = { cells[i] ? cells[i] : "", 0 };
		double width = column_x(pdf, i + 1) - column_x(pdf, i) - 2 * PAD_X;

		row->cells[i] = pdf_layout(pdf, &style, &run, 1, width);
		row->drawn[i] = 0;
	}
}

static double line_height(PangoLayout *layout, int line)
{
	PangoRectangle logical;

	pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, line), NULL,
	                              &logical);
	return (double)logical.height / PANGO_SCALE;
}

/* How many of a cell's lines that are left go into `room`, and how high they are. */
static int lines_that_fit(const struct row *row, size_t cell, double room, double *height)
{
	int n = pango_layout_get_line_count(row->cells[cell]), line = row->drawn[cell];

	*height = 0;
	while (line < n) {
		double next = line_height(row->cells[cell], line);

		if (*height + next > room)
			break;
		*height += next;
		line++;
	}
	return line - row->drawn[cell];
}

static double row_height(const struct row *row, double room)
{
	double most = 0;

	for (size_t i = 0; i < row->n; i++) {
		double height;

		lines_that_fit(row, i, room, &height);
		most = height > most ? height : most;
	}
	return most + 2 * PAD_Y;
}

static bool row_is_done(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		if (row->drawn[i] < pango_layout_get_line_count(row->cells[i]))
			return false;
	}
	return true;
}

/* Where a line begins, by the column's alignment. */
static double line_x(const struct pdf *pdf, const struct row *row, size_t cell, int line)
{
	double x = column_x(pdf, cell) + PAD_X;
	double free_width = column_x(pdf, cell + 1) - PAD_X - x;
	PangoRectangle logical;

	pango_layout_line_get_extents(pango_layout_get_line_readonly(row->cells[cell], line),
	                              NULL, &logical);
	free_width -= (double)logical.width / PANGO_SCALE;
	if (pdf->table->columns[cell].align == PDF_CENTRE)
		return x + free_width / 2;
	return pdf->table->columns[cell].align == PDF_RIGHT ? x + free_width : x;
}

/* Draws what fits; true when any line did. */
static bool draw_cell(struct pdf *pdf, struct row *row, size_t cell, double room)
{
	double height, y = pdf->y + PAD_Y;
	int n = lines_that_fit(row, cell, room, &height);

	for (int i = 0; i < n; i++) {
		int line = row->drawn[cell]++;
		PangoLayoutLine *l = pango_layout_get_line_readonly(row->cells[cell], line);
		PangoRectangle logical;

		pango_layout_line_get_extents(l, NULL, &logical);
		cairo_move_to(pdf->cairo, line_x(pdf, row, cell, line),
		              y - (double)logical.y / PANGO_SCALE);
		pango_cairo_show_layout_line(pdf->cairo, l);
		y += (double)logical.height / PANGO_SCALE;
	}
	return n > 0;
}

static bool draw_row(struct pdf *pdf, struct row *row)
{
	double room = pdf->bottom - pdf->y - 2 * PAD_Y;
	double height = row_height(row, room);
	bool any = false;

	for (size_t i = 0; i < row->n; i++) {
		double x = column_x(pdf, i);

		box(pdf, x, pdf->y, column_x(pdf, i + 1) - x, height);
		any = draw_cell(pdf, row, i, room) || any;
	}
	pdf->y += height;
	return any;
}

void pdf_table_row(struct pdf *pdf, const char *const *cells)
{
	struct row row;
	bool any;

	lay_out(pdf, &row, cells);
	if (pdf->y + row_height(&row, INFINITY) > pdf->bottom)
		pdf_new_page(pdf);
	any = draw_row(pdf, &row);
	while (any && !row_is_done(&row)) {
		pdf_new_page(pdf);
		any = draw_row(pdf, &row);
	}
	for (size_t i = 0; i < row.n; i++)
		g_object_unref(row.cells[i]);
}
