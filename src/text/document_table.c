/* document_table.c - tables out of their rows. */
#include "text/document_table.h"

#include <string.h>

enum { MOST_CELLS_READ = 500000, MOST_HALVES = 16 };

static enum err fill_row(struct table_making *t, const struct piece *p)
{
	struct table_row *row = &t->rows[t->n_rows];
	struct table_cell *cells;
	struct joint *joint;

	TRY(arena_array(t->arena, &cells, t->n_columns));
	TRY(arena_new(t->arena, &joint));
	joint->line = p->line;
	for (size_t c = 0; c < t->n_columns; c++) {
		cells[c].text.text = "";
		if (c < p->n_cells)
			cells[c].text.text = p->cells[c];
		else if (c == 0 && !p->row)
			cells[c].text.text = p->text;
		cells[c].text.joints = joint;
		cells[c].text.n_joints = 1;
	}
	t->cells[t->n_rows++] = cells;
	*row = (struct table_row){ .line = p->line,
		                   .last_line = p->line,
		                   .cells = cells,
		                   .printed_cells = p->row ? p->n_cells : 1 };
	return ERR_OK;
}

/* ---- rows cut by a page break ---- */

/* What each of the two halves of a row says. */
static const char *half(const struct table_making *t, const struct piece *p, size_t column,
                        bool first)
{
	if (first)
		return t->cells[t->n_rows - 1][column].text.text;
	return column < p->n_cells ? p->cells[column] : column == 0 && !p->row ? p->text : "";
}

static bool cell_goes_on(const char *above, const char *here)
{
	return *above && *here && !is_value_cell(here) && starts_lower(here) &&
	       text_goes_on(above, here);
}

/* Every cell of the row is the rest of the one above it. */
static bool all_go_on(const struct table_making *t, const struct piece *p)
{
	size_t on = 0;

	for (size_t c = 0; c < t->n_columns; c++) {
		const char *above = half(t, p, c, true), *here = half(t, p, c, false);

		if (*here == '\0')
			continue;
		if (!text_goes_on(above, here) || is_value_cell(here) || *above == '\0')
			return false;
		on++;
	}
	return on > 0;
}

static bool is_second_half(const struct table_making *t, const struct piece *p)
{
	const char *number, *number_above;
	size_t label = t->label >= 0 ? (size_t)t->label : 0;

	if (t->n_rows == 0 || t->rows[t->n_rows - 1].kind == ROW_HEADER)
		return false;
	if (t->cells[t->n_rows - 1][label].text.n_joints >= MOST_HALVES)
		return false;
	number = t->number >= 0 ? half(t, p, (size_t)t->number, false) : "";
	number_above = t->number >= 0 ? half(t, p, (size_t)t->number, true) : "";
	if (*number && *number_above)
		return false;
	if (*number == '\0' && all_go_on(t, p))
		return true;
	return (p->gap > 0 || p->page) &&
	       cell_goes_on(half(t, p, label, true), half(t, p, label, false));
}

static enum err join_cell(struct table_making *t, struct joined *text, const char *more,
                          const struct doc_line *line)
{
	struct joint *joints;
	size_t n = strlen(text->text);
	bool hyphen = n > 1 && text->text[n - 1] == '-' && text->text[n - 2] != ' ';

	if (*more == '\0')
		return ERR_OK;
	TRY(arena_array(t->arena, &joints, text->n_joints + 1));
	for (size_t i = 0; i < text->n_joints; i++)
		joints[i] = text->joints[i];
	if (n > 0)
		TRY(arena_printf(t->arena, &text->text, "%s%s%s", text->text, hyphen ? "" : " ",
		                 more));
	else
		text->text = more;
	joints[text->n_joints] = (struct joint){ .at = n + (n > 0 && !hyphen), .line = *line };
	text->joints = n > 0 ? joints : joints + text->n_joints;
	text->n_joints = n > 0 ? text->n_joints + 1 : 1;
	return ERR_OK;
}

static enum err join_row(struct table_making *t, const struct piece *p)
{
	struct table_cell *cells = t->cells[t->n_rows - 1];

	for (size_t c = 0; c < t->n_columns; c++)
		TRY(join_cell(t, &cells[c].text, half(t, p, c, false), &p->line));
	t->rows[t->n_rows - 1].last_line = p->line;
	return ERR_OK;
}

/* ---- all rows ---- */

/* The header again after a page break: so many rows. */
static size_t repeated_rows(const struct table_making *t, size_t at)
{
	size_t n = 0;

	if (t->n_header == 0 || !t->pieces[at].row ||
	    !is_same_header(&t->pieces[0], &t->pieces[at]))
		return 0;
	for (n = 1; n < t->n_header && at + n < t->n_pieces; n++)
		if (!t->pieces[at + n].row ||
		    !is_same_header(&t->pieces[n], &t->pieces[at + n]))
			break;
	return n;
}

/* A reader that found the rows of a table found them whole. */
static bool is_whole(const struct piece *p, const struct piece *before)
{
	return p->table > 0 && p->table == before->table;
}

/* A line end inside a cell breaks a row in two lines, which together have the header's cells:
 * how many lines make the row at `at`; 1 when it is whole. */
static size_t broken_lines(const struct table_making *t, size_t at)
{
	enum { MOST_LINES = 6 };
	size_t wide = t->pieces[0].n_cells, cells = t->pieces[at].n_cells;

	if (t->n_header == 0 || cells < 2 || cells >= wide)
		return 1;
	for (size_t n = 1; n < MOST_LINES && at + n < t->n_pieces; n++) {
		const struct piece *p = &t->pieces[at + n];
		size_t here = p->row ? p->n_cells : 1;
		const char *first = p->row ? p->cells[0] : p->text;

		if (p->gap > 0 || here >= wide || *first == '\0' ||
		    marker_of_cell(first).class != MARK_NONE || is_whole(p, &t->pieces[at]))
			return 1;
		cells += here - 1;
		if (cells >= wide)
			return cells == wide ? n + 1 : 1;
	}
	return 1;
}

/* Puts the lines of a broken row side by side. */
static enum err fill_broken(struct table_making *t, size_t at, size_t lines)
{
	struct table_cell *cells;
	struct table_row *row;
	size_t c;

	TRY(fill_row(t, &t->pieces[at]));
	row = &t->rows[t->n_rows - 1];
	cells = t->cells[t->n_rows - 1];
	c = t->pieces[at].n_cells - 1;
	for (size_t i = 1; i < lines; i++) {
		const struct piece *p = &t->pieces[at + i];
		struct joint *joint;

		TRY(join_cell(t, &cells[c].text, p->row ? p->cells[0] : p->text, &p->line));
		TRY(arena_new(t->arena, &joint));
		joint->line = p->line;
		for (size_t k = 1; k < p->n_cells && c + 1 < t->n_columns; k++) {
			cells[++c].text.text = p->cells[k];
			cells[c].text.joints = joint;
		}
		row->last_line = p->line;
	}
	row->printed_cells = c + 1;
	return ERR_OK;
}

/* Header rows as many as `n`, the first at `*at`. */
static enum err fill_header(struct table_making *t, size_t *at, size_t n, bool repeated)
{
	for (; n > 0 && *at < t->n_pieces; n--) {
		TRY(fill_row(t, &t->pieces[(*at)++]));
		t->rows[t->n_rows - 1].kind = ROW_HEADER;
		t->rows[t->n_rows - 1].repeated_header = repeated;
	}
	return ERR_OK;
}

static enum err fill_rows(struct table_making *t)
{
	size_t at = 0;

	TRY(fill_header(t, &at, t->n_header, false));
	while (at < t->n_pieces) {
		size_t again = repeated_rows(t, at), lines;

		if (again > 0) {
			TRY(fill_header(t, &at, again, true));
			continue;
		}
		lines = broken_lines(t, at);
		if (lines > 1)
			TRY(fill_broken(t, at, lines));
		else if (is_second_half(t, &t->pieces[at]))
			TRY(join_row(t, &t->pieces[at]));
		else
			TRY(fill_row(t, &t->pieces[at]));
		at += lines;
	}
	return ERR_OK;
}

/* Figures stand in every column but that of the numbers. */
/* "95" in a column of rates is no money, whatever its row is counted in. */
static const char *unit_of(const struct table_making *t, size_t column, const char *unit)
{
	return t->columns[column].role == COLUMN_RATE && words_in(unit, "đồng") ? "" : unit;
}

static enum err read_cells(struct table_making *t)
{
	for (size_t r = 0; r < t->n_rows; r++) {
		struct table_cell *cells = t->cells[r];
		const char *unit = t->unit >= 0 ? cells[t->unit].text.text : "";

		for (size_t c = 0; c < t->n_columns; c++) {
			if (cells[c].text.text[0] == '\0')
				continue;
			TRY(reading_of(&cells[c].text.reading, t->arena, cells[c].text.text));
			cells[c].is_figure =
			        (int)c != t->number && t->rows[r].kind != ROW_HEADER &&
			        reading_of_cell(&cells[c].figure, cells[c].text.text,
			                        unit_of(t, c, unit));
		}
	}
	return ERR_OK;
}

/* Cells up to the last that is not empty: a row of a group often has a blank cell too many. */
static size_t filled_cells(const struct piece *p)
{
	size_t n = p->n_cells;

	while (n > 0 && str_blank(p->cells[n - 1]))
		n--;
	return n;
}

static enum err build_table(struct build *b, struct table *out, const struct making *m)
{
	struct table_making t = { .arena = b->arena,
		                  .pieces = b->pieces + m->from,
		                  .n_pieces = m->to - m->from,
		                  .n_columns = 1 };

	if (t.n_pieces > 0 && t.pieces[0].n_cells > 1)
		t.n_columns = t.pieces[0].n_cells;
	for (size_t i = 0; i < t.n_pieces; i++)
		if (filled_cells(&t.pieces[i]) > t.n_columns)
			t.n_columns = filled_cells(&t.pieces[i]);
	if (t.n_pieces * t.n_columns > MOST_CELLS_READ)
		return err_set(ERR_TOO_LARGE, "text: a table of %zu rows and %zu columns",
		               t.n_pieces, t.n_columns);
	t.n_header = header_rows(t.pieces, t.n_pieces);
	t.n_titles = t.n_header;
	if (t.n_titles > 1 && is_index_row(&t.pieces[t.n_titles - 1]))
		t.n_titles--;
	TRY(arena_array(b->arena, &t.rows, t.n_pieces));
	TRY(arena_array(b->arena, &t.cells, t.n_pieces));
	TRY(table_columns(&t));
	TRY(fill_rows(&t));
	TRY(table_numbers(&t));
	TRY(read_cells(&t));
	*out = (struct table){ .columns = t.columns,
		               .n_columns = t.n_columns,
		               .rows = t.rows,
		               .n_rows = t.n_rows };
	return ERR_OK;
}

/* ---- where a table stands ---- */

/* A short line above a table names it; sentences and numbered headings of the text do not. */
static bool is_caption(const struct making *m)
{
	enum { LONGEST_CAPTION = 400 };
	size_t n = strlen(m->block.text.text);

	if (m->block.kind == BLOCK_HEAD)
		return m->block.annex >= 0;
	return (m->block.kind == BLOCK_PARAGRAPH || m->block.kind == BLOCK_HEADING) &&
	       m->marker.class == MARK_NONE && n < LONGEST_CAPTION &&
	       !strchr(".;", m->block.text.text[n - 1]);
}

static void find_caption(const struct build *b, struct table *t)
{
	enum { MOST_CAPTION = 6 };
	size_t from = t->block;

	while (from > 0 && t->block - from < MOST_CAPTION &&
	       b->blocks[from - 1].block.annex == t->annex && is_caption(&b->blocks[from - 1]))
		from--;
	t->caption[0] = from;
	t->caption[1] = t->block;
}

enum err build_tables(struct build *b, struct document *out)
{
	struct table *tables = NULL;
	size_t n = 0;

	for (size_t i = 0; i < b->n_blocks; i++) {
		struct making *m = &b->blocks[i];

		m->block.table = -1;
		if (m->block.kind != BLOCK_TABLE)
			continue;
		TRY(vec_room(b->arena, tables, n));
		TRY(build_table(b, &tables[n], m));
		tables[n].block = i;
		tables[n].annex = m->block.annex;
		find_caption(b, &tables[n]);
		m->block.table = (int)n++;
	}
	out->tables = tables;
	out->n_tables = n;
	return ERR_OK;
}
