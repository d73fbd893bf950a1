#include <cairo-pdf.h>
#include <stdio.h>

#include "base/vec.h"
#include "doc/paper_pdf_press.h"

/* ---- footnotes at the foot of a page ---- */

static const double NOTES_GAP = 10, NOTES_RULE = 142; /* 5 cm */

static double notes_height(const struct press *p)
{
	double height = p->n_on_page > 0 ? NOTES_GAP : 0;

	for (size_t i = 0; i < p->n_on_page; i++)
		height += p->on_page[i].text.pitch;
	return height;
}

double press_room(const struct press *p)
{
	return p->bottom - notes_height(p);
}

double press_note_height(const struct press *p, const struct laid_note *n)
{
	return laid_height(&n->text) + (p->n_on_page == 0 ? NOTES_GAP : 0);
}

/* A line goes where it has room; what has none waits, and everything behind it. */
static enum err add_note_line(struct press *p, struct note_line line, double y)
{
	double gap = p->n_on_page == 0 ? NOTES_GAP : 0;

	if (p->n_waiting == 0 && y + gap + line.text.pitch <= press_room(p) + 0.01) {
		TRY(vec_room(p->arena, p->on_page, p->n_on_page));
		p->on_page[p->n_on_page++] = line;
		return ERR_OK;
	}
	TRY(vec_room(p->arena, p->waiting, p->n_waiting));
	p->waiting[p->n_waiting++] = line;
	return ERR_OK;
}

ERR_RESULT press_add_note(struct press *p, const struct laid_note *n)
{
	for (int i = 0; i < n->text.n; i++)
		TRY(add_note_line(p, (struct note_line){ n->text, i }, p->y));
	return ERR_OK;
}

static void draw_notes(struct press *p)
{
	double y = press_room(p);

	if (p->n_on_page == 0)
		return;
	press_rule(p, p->left, y + NOTES_GAP / 2, NOTES_RULE);
	y += NOTES_GAP;
	for (size_t i = 0; i < p->n_on_page; i++) {
		const struct note_line *l = &p->on_page[i];

		press_draw(p, &l->text, l->line, l->line + 1, p->left, y);
		y += l->text.pitch;
	}
	p->n_on_page = 0;
}

/* What waited goes on the new page, and leaves room for some lines of text. */
static enum err take_waiting(struct press *p)
{
	enum { TEXT_LINES = 4 };
	double keep = p->top + TEXT_LINES * PAPER_SIZE_TEXT * 1.3;
	struct note_line *waiting = p->waiting;
	size_t n = p->n_waiting;

	p->waiting = NULL;
	p->n_waiting = 0;
	for (size_t i = 0; i < n; i++)
		TRY(add_note_line(p, waiting[i], keep));
	return ERR_OK;
}

/* ---- pages ---- */

static void draw_page_number(struct press *p)
{
	static const struct press_style style = { PAPER_SIZE_PAGE_NUMBER, PDF_CENTRE, 0, 0, 0 };
	struct laid_text t;
	char text[16];

	if (p->number < 2)
		return;
	snprintf(text, sizeof(text), "%d", p->number);
	t = press_lay_text(p, &style, text, p->width);
	press_draw(p, &t, 0, 1, p->left, press_points(PAPER_PAGE_NUMBER_AT));
}

/* Box 13, below a rule, in the lower margin of page 1. */
static void draw_contact(struct press *p)
{
	static const struct press_style style = { PAPER_SIZE_SENT, PDF_CENTRE, 0, 0, 0 };
	const char *contact = p->plan->paper->contact;
	struct laid_text t;
	double y;

	if (str_blank(contact))
		return;
	t = press_lay_text(p, &style, contact, p->width);
	y = press_points(PAPER_LONG - PAPER_PAGE_NUMBER_AT) - laid_height(&t);
	press_rule(p, p->left, y - 2, p->width);
	press_draw(p, &t, 0, t.n, p->left, y);
}

static void start_page(struct press *p)
{
	p->page++;
	p->number++;
	p->y = p->top;
	p->fresh = true;
	draw_page_number(p);
}

ERR_RESULT press_new_page(struct press *p)
{
	draw_notes(p);
	cairo_show_page(p->pdf->cairo);
	start_page(p);
	return take_waiting(p);
}

void press_start_part(struct press *p, const struct paper_part *part)
{
	int across = part->landscape ? PAPER_LONG : PAPER_SHORT;
	int down = part->landscape ? PAPER_SHORT : PAPER_LONG;

	if (p->page > 0)
		cairo_show_page(p->pdf->cairo);
	cairo_pdf_surface_set_size(p->pdf->surface, press_points(across), press_points(down));
	p->left = press_points(PAPER_MARGIN_LEFT);
	p->width = press_points(paper_width(part->landscape));
	p->top = press_points(PAPER_MARGIN);
	p->bottom = press_points(down - PAPER_MARGIN);
	if (part->restarts)
		p->number = 0;
	start_page(p);
	if (part->first)
		draw_contact(p);
}

ERR_RESULT press_end_part(struct press *p)
{
	while (p->n_waiting > 0)
		TRY(press_new_page(p));
	draw_notes(p);
	return ERR_OK;
}

/* An entry of the reader's table of contents. */
void press_outline(struct press *p, int level, const char *text, double y)
{
	int above = level > 1 ? p->outline[level - 2] : CAIRO_PDF_OUTLINE_ROOT, entry;
	char where[64];

	snprintf(where, sizeof(where), "page=%d pos=[%d %d]", p->page, (int)p->left, (int)y);
	entry = cairo_pdf_surface_add_outline(p->pdf->surface, above, text, where,
	                                      level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
	for (int i = level - 1; i < 3; i++)
		p->outline[i] = entry;
}

/* ---- parts ---- */

struct laid_part {
	const struct paper_part *part;
	struct laid_block *at;
	size_t n;
	struct end_columns *end;
	double end_height;
};

static enum err lay_part(struct press *p, struct laid_part *l)
{
	static const struct press_style plain = { PAPER_SIZE_TEXT, PDF_LEFT, 0, PAPER_INDENT,
		                                  PAPER_SPACING };
	const struct paper_part *part = l->part;

	TRY(arena_array(p->arena, &l->at, part->n + 1));
	for (; l->n < part->n; l->n++)
		TRY(press_lay_block(p, &l->at[l->n], &part->at[l->n]));
	if (!part->ends_body)
		return ERR_OK;
	if (p->plan->end)
		l->at[l->n++] = (struct laid_block){ .text = press_lay_text(
			                                     p, &plain, p->plan->end, p->width),
			                             .after = press_points(PAPER_AFTER) };
	return press_lay_end(p, &l->end, &l->end_height);
}

/* The height of the beginning of block i that is not to be parted. */
static double start_of(const struct press *p, const struct laid_part *l, size_t i)
{
	double height = 0;

	for (; i < l->n; i++) {
		const struct laid_block *b = &l->at[i];
		int lines = b->text.n <= 3 ? b->text.n : 2;

		if (b->table)
			return height + press_table_start(b->table);
		if (b->keep_next)
			lines = b->text.n;
		height += lines * b->text.pitch;
		for (size_t k = 0; k < b->n_notes; k++)
			if (b->notes[k].line < lines)
				height += press_note_height(p, &b->notes[k]);
		if (!b->keep_next && (lines < b->text.n || i + 1 < l->n))
			return height;
		height += b->after;
	}
	return height + l->end_height;
}

/* What must stand on the page of block i's last lines. */
static double tail_of(const struct press *p, const struct laid_part *l, size_t i)
{
	if (l->at[i].keep_next)
		return start_of(p, l, i + 1);
	return i + 1 == l->n ? l->end_height : 0;
}

static enum err put_part(struct press *p, const struct paper_part *part)
{
	struct laid_part l = { .part = part };

	press_start_part(p, part);
	if (part->first)
		TRY(press_put_head(p));
	if (part->appendix)
		TRY(press_put_appendix(p, part->appendix));
	TRY(lay_part(p, &l));
	for (size_t i = 0; i < l.n; i++) {
		if (l.at[i].table) {
			TRY(press_put_table(p, l.at[i].table));
			p->y += l.at[i].after;
		} else {
			TRY(press_put_text(p, &l.at[i], tail_of(p, &l, i)));
		}
	}
	if (l.end) {
		if (p->y + l.end_height > press_room(p) && !p->fresh)
			TRY(press_new_page(p));
		press_put_end(p, l.end);
	}
	return press_end_part(p);
}

static enum err put_parts(struct press *p)
{
	for (size_t i = 0; i < p->plan->n_parts; i++) {
		enum err e;

		p->layouts = g_ptr_array_new_with_free_func(g_object_unref);
		e = put_part(p, &p->plan->parts[i]);
		g_ptr_array_unref(p->layouts);
		TRY(e);
	}
	return ERR_OK;
}

ERR_RESULT paper_pdf(struct str *to, struct arena *a, const struct paper *paper)
{
	PDF_CLEANUP struct pdf *pdf = NULL;
	struct pdf_setup setup = { .title = paper->title,
		                   .author = paper->issuer_name,
		                   .created = paper->created };
	struct paper_plan plan;
	struct press press = { .arena = a, .plan = &plan };

	TRY(paper_plan(&plan, a, paper));
	TRY(pdf_new(&pdf, to, &setup));
	press.pdf = pdf;
	TRY(put_parts(&press));
	return pdf_finish(pdf);
}
