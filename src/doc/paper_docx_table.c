#include "doc/paper_docx_parts.h"

static int span(int n)
{
	return n > 0 ? n : 1;
}

static void start_table(struct str *s, const int *edges, size_t n)
{
	str_printf(s,
	           "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"%d\" "
	           "w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
	           edges[n]);
	for (size_t i = 0; i < n; i++)
		str_printf(s, "<w:gridCol w:w=\"%d\"/>", edges[i + 1] - edges[i]);
	str_put(s, "</w:tblGrid>");
}

/* ---- the head ---- */

/* The cell that covers a place of the head. */
static const struct paper_head_cell *cell_at(const struct paper_table *t, int row, int column)
{
	for (size_t i = 0; i < t->n_head; i++) {
		const struct paper_head_cell *h = &t->head[i];

		if (row >= h->row && row < h->row + span(h->rows) && column >= h->column &&
		    column < h->column + span(h->columns))
			return h;
	}
	return NULL;
}

static void put_head_cell(struct str *s, const struct paper_table *t,
                          const struct paper_head_cell *h, const int *edges, int row)
{
	bool begins = row == h->row;

	str_printf(s, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>",
	           edges[h->column + span(h->columns)] - edges[h->column]);
	if (span(h->columns) > 1)
		str_printf(s, "<w:gridSpan w:val=\"%d\"/>", h->columns);
	if (span(h->rows) > 1)
		str_put(s, begins ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>");
	str_put(s, "<w:vAlign w:val=\"center\"/></w:tcPr>");
	docx_open(s, &(struct docx_paragraph){ .style = "TableHead", .keep_next = true });
	docx_run(s, begins ? h->text : NULL, 0,
	         paper_table_size(t) == 12 ? 0 : paper_table_size(t));
	docx_close(s);
	str_put(s, "</w:tc>");
}

static void put_head(struct str *s, const struct paper_table *t, const int *edges)
{
	for (int row = 0; row < t->head_rows; row++) {
		str_put(s, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
		for (int column = 0; column < (int)t->n_columns;) {
			const struct paper_head_cell *h = cell_at(t, row, column);

			if (!h)
				break;
			put_head_cell(s, t, h, edges, row);
			column += span(h->columns);
		}
		str_put(s, "</w:tr>");
	}
}

/* ---- the rows ---- */

static void put_cell(struct str *s, const struct paper_cell *c, int width,
                     const struct docx_paragraph *p, int size)
{
	str_printf(s,
	           "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>"
	           "<w:vAlign w:val=\"center\"/></w:tcPr>",
	           width);
	docx_open(s, p);
	docx_run(s, c->text, c->weight, size);
	docx_close(s);
	str_put(s, "</w:tc>");
}

void docx_table(struct docx *d, const struct paper_table *t, int width)
{
	static const char *const aligns[] = { NULL, "center", "right" };
	int edges[PAPER_MOST_COLUMNS + 1];
	int size = paper_table_size(t) == 12 ? 0 : paper_table_size(t);
	struct str *s = &d->body;

	paper_columns(edges, t, width);
	start_table(s, edges, t->n_columns);
	put_head(s, t, edges);
	for (size_t row = 0; row < t->n_rows; row++) {
		str_put(s, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
		for (size_t i = 0; i < t->n_columns; i++)
			put_cell(s, &t->cells[row * t->n_columns + i], edges[i + 1] - edges[i],
			         &(struct docx_paragraph){
			                 .style = "TableText",
			                 .keep_next = paper_row_keeps(t, row),
			                 .align = aligns[t->columns[i].align] },
			         size);
		str_put(s, "</w:tr>");
	}
	str_put(s, "</w:tbl>");
}
