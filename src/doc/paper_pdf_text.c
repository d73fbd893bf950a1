#include "doc/paper_pdf_press.h"

struct laid_text press_lay(struct press *p, const struct press_style *style,
                           const struct pdf_run *runs, size_t n, double width)
{
	const struct pdf_style plain = { .size = style->size,
		                         .align = style->align,
		                         .weight = style->weight,
		                         .indent = style->indent * 25.4 / 1440 };
	int spacing = style->spacing ? style->spacing : 240;
	struct laid_text t = { .layout = pdf_layout(p->pdf, &plain, runs, n, width),
		               .size = style->size,
		               .pitch = style->size * PAPER_SINGLE / 1000.0 * spacing / 240 };

	g_ptr_array_add(p->layouts, t.layout);
	t.n = pango_layout_get_line_count(t.layout);
	return t;
}

struct laid_text press_lay_text(struct press *p, const struct press_style *style,
                                const char *text, double width)
{
	const struct pdf_run run = { text ? text : "", 0 };

	return press_lay(p, style, &run, 1, width);
}

void press_draw(struct press *p, const struct laid_text *t, int from, int to, double x,
                double y)
{
	static const double BELOW = 0.258; /* the baseline, of the size */
	PangoLayoutIter *at = pango_layout_get_iter(t->layout);
	int line = 0;

	do {
		PangoRectangle logical;

		if (line >= to)
			break;
		if (line++ < from)
			continue;
		pango_layout_iter_get_line_extents(at, NULL, &logical);
		y += t->pitch;
		cairo_move_to(p->pdf->cairo, x + (double)logical.x / PANGO_SCALE,
		              y - BELOW * t->size);
		pango_cairo_show_layout_line(p->pdf->cairo,
		                             pango_layout_iter_get_line_readonly(at));
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
}

void press_rule(struct press *p, double x, double y, double width)
{
	cairo_set_line_width(p->pdf->cairo, 0.75);
	cairo_move_to(p->pdf->cairo, x, y);
	cairo_line_to(p->pdf->cairo, x + width, y);
	cairo_stroke(p->pdf->cairo);
}

/* ---- blocks of text ---- */

static struct press_style style_of(const struct paper_block *b)
{
	struct press_style text = { .size = PAPER_SIZE_TEXT,
		                    .align = PDF_JUSTIFY,
		                    .weight = b->weight,
		                    .indent = PAPER_INDENT,
		                    .spacing = PAPER_SPACING };

	switch (b->kind) {
	case PAPER_HEADING:
		text.weight |= PDF_BOLD;
		text.align = PDF_LEFT;
		break;
	case PAPER_BASIS:
		text.weight |= PDF_ITALIC;
		break;
	case PAPER_LINE:
		text.indent = text.spacing = 0;
		text.align = PDF_CENTRE;
		break;
	case PAPER_NOTE:
		text.indent = text.spacing = 0;
		text.size = PAPER_SIZE_NOTE;
		break;
	case PAPER_PARAGRAPH:
	case PAPER_ITEM:
	case PAPER_TABLE:
		break;
	}
	return text;
}

static struct laid_text lay_note(struct press *p, const struct paper_text *note,
                                 const char *number, struct pdf_run *runs)
{
	static const struct press_style style = { .size = PAPER_SIZE_NOTE,
		                                  .align = PDF_JUSTIFY };
	size_t n = 0;

	runs[n++] = (struct pdf_run){ number, PDF_RAISED };
	runs[n++] = (struct pdf_run){ " ", 0 };
	for (size_t i = 0; i < note->n; i++) {
		if (!str_blank(note->runs[i].text))
			runs[n++] =
			        (struct pdf_run){ note->runs[i].text, note->runs[i].weight };
	}
	return press_lay(p, &style, runs, n, p->width);
}

/* Notes of a block: their texts are laid out, their lines found by where the marks stand. */
struct marking {
	struct press *p;
	struct laid_block *out;
	size_t *ends; /* of each mark, in bytes of the block's text */
	size_t length;
};

static enum err add_note(struct marking *m, const struct paper_text *note, struct pdf_run *mark)
{
	struct pdf_run *runs;

	TRY(arena_array(m->p->arena, &runs, note->n + 2));
	TRY(arena_printf(m->p->arena, &mark->text, "%d", ++m->p->notes));
	mark->weight = PDF_RAISED;
	m->length += slice_of(mark->text).len;
	m->ends[m->out->n_notes] = m->length;
	m->out->notes[m->out->n_notes++].text = lay_note(m->p, note, mark->text, runs);
	return ERR_OK;
}

static enum err make_runs(struct marking *m, const struct paper_text *t, struct pdf_run *runs,
                          size_t *n)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct paper_run *r = &t->runs[i];

		if (r->text && r->text[0]) {
			runs[(*n)++] = (struct pdf_run){ r->text, r->weight };
			m->length += slice_of(r->text).len;
		}
		if (r->note)
			TRY(add_note(m, r->note, &runs[(*n)++]));
	}
	return ERR_OK;
}

static int line_of(const struct laid_text *t, size_t byte)
{
	int line, x;

	pango_layout_index_to_line_x(t->layout, (int)byte, FALSE, &line, &x);
	return line;
}

ERR_RESULT press_lay_block(struct press *p, struct laid_block *out, const struct paper_block *b)
{
	struct press_style style = style_of(b);
	struct marking m = { .p = p, .out = out };
	struct pdf_run *runs;
	size_t n = 0;

	*out = (struct laid_block){ .block = b };
	if (b->kind == PAPER_TABLE) {
		out->after = press_points(PAPER_AFTER);
		return press_lay_table(p, &out->table, b->table);
	}
	TRY(arena_array(p->arena, &runs, 2 * b->text.n + 1));
	TRY(arena_array(p->arena, &out->notes, b->text.n + 1));
	TRY(arena_array(p->arena, &m.ends, b->text.n + 1));
	TRY(make_runs(&m, &b->text, runs, &n));
	out->text = press_lay(p, &style, runs, n, p->width);
	for (size_t i = 0; i < out->n_notes; i++)
		out->notes[i].line = line_of(&out->text, m.ends[i] - 1);
	out->after = press_points(b->kind == PAPER_NOTE   ? 0
	                          : b->kind == PAPER_LINE ? PAPER_AFTER / 2
	                                                  : PAPER_AFTER);
	out->keep_next = paper_block_keeps(b);
	return ERR_OK;
}

/* ---- putting a text on pages ---- */

/* Of the lines from `from` on, how many fit together with their footnotes. */
static int lines_that_fit(const struct press *p, const struct laid_block *b, int from,
                          double *height)
{
	double room = press_room(p), used = 0;
	int line = from;

	for (*height = 0; line < b->text.n; line++) {
		used += b->text.pitch;
		for (size_t i = 0; i < b->n_notes; i++)
			if (b->notes[i].line == line)
				used += press_note_height(p, &b->notes[i]);
		if (p->y + used > room + 0.01)
			break;
		*height = used;
	}
	return line - from;
}

/* How many of the lines that are left go on this page, never parting the first or last two. */
static int lines_now(const struct press *p, const struct laid_block *b, int from, double tail)
{
	double height;
	int left = b->text.n - from, fit = lines_that_fit(p, b, from, &height), n = fit;

	if (fit == left && p->y + height + (tail > 0 ? b->after + tail : 0) <= press_room(p))
		return left;
	if (n == left)
		n = left - 2;
	if (left - n == 1)
		n--;
	if (from == 0 && n < 2)
		n = 0;
	if (n > 0 || !p->fresh)
		return n > 0 ? n : 0;
	return fit > 0 ? fit : 1;
}

static enum err put_lines(struct press *p, const struct laid_block *b, int from, int n)
{
	press_draw(p, &b->text, from, from + n, p->left, p->y);
	p->y += n * b->text.pitch;
	p->fresh = false;
	for (size_t i = 0; i < b->n_notes; i++)
		if (b->notes[i].line >= from && b->notes[i].line < from + n)
			TRY(press_add_note(p, &b->notes[i]));
	return ERR_OK;
}

ERR_RESULT press_put_text(struct press *p, const struct laid_block *b, double tail)
{
	for (int line = 0; line < b->text.n;) {
		int n = lines_now(p, b, line, tail);

		if (n > 0 && line == 0 && b->block && b->block->kind == PAPER_HEADING)
			press_outline(p, b->block->level, pango_layout_get_text(b->text.layout),
			              p->y);
		if (n > 0)
			TRY(put_lines(p, b, line, n));
		line += n;
		if (line < b->text.n)
			TRY(press_new_page(p));
	}
	p->y += b->after;
	return ERR_OK;
}
