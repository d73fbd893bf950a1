#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/vec.h"
#include "doc/docx_reader.h"

struct docx_paragraph *docx_current(struct docx_reader *d)
{
	return d->n_open > 0 && d->n_open <= DOCX_MOST_NESTED ? &d->open[d->n_open - 1] : NULL;
}

static bool begins_small(const char *text)
{
	utf8proc_int32_t c;

	text += strspn(text, " ");
	return utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c) > 0 &&
	       utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

static enum err put_line(struct docx_reader *d, const struct docx_paragraph *p,
                         const char *text, size_t n)
{
	const char *clean;
	int outline = p->outline;

	if (outline == DOCX_UNSET && p->style)
		outline = p->style->outline;
	TRY(line_clean(&clean, d->lines.arena, text, n));
	if (clean[0] == '\0')
		return lines_blank(&d->lines);
	return lines_put(&d->lines,
	                 outline >= 0 && outline < DOCX_BODY_LEVEL ? TEXT_HEADING : TEXT_PLAIN,
	                 clean, p->place);
}

/* The lines of a paragraph: one, unless breaks inside it begin others. */
static enum err put_lines(struct docx_reader *d, struct docx_paragraph *p, const char *text)
{
	const char *start = text, *c;

	for (c = text; *c; c++) {
		bool page = *c == DOCX_PAGE_BREAK;

		if (!page && (*c != DOCX_LINE_BREAK || begins_small(c + 1)))
			continue;
		if (c > start)
			TRY(put_line(d, p, start, (size_t)(c - start)));
		d->lines.page_break = d->lines.page_break || page;
		start = c + 1;
	}
	if (c > start || start == text)
		return put_line(d, p, start, (size_t)(c - start));
	return ERR_OK;
}

static const struct docx_note *note_find(const struct docx_reader *d, int id, bool at_end)
{
	size_t low = 0, high = d->n_notes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct docx_note *note = &d->notes[middle];

		if (note->at_end < at_end || (note->at_end == at_end && note->id < id))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == d->n_notes || d->notes[low].id != id || d->notes[low].at_end != at_end)
		return NULL;
	return &d->notes[low];
}

static enum err put_notes(struct docx_reader *d)
{
	for (size_t i = 0; i < d->n_references; i++) {
		const struct docx_reference *r = &d->references[i];
		const struct docx_note *note = note_find(d, r->id, r->at_end);

		if (note && note->text[0])
			TRY(lines_put(&d->lines, TEXT_NOTE, note->text, r->place));
	}
	d->n_references = 0;
	return ERR_OK;
}

/* Paragraphs of a cell or of a note are one text. */
static enum err join(struct str *to, const char *text)
{
	if (to->len > 0)
		str_put_char(to, ' ');
	str_put(to, text);
	if (to->too_long)
		return err_set(ERR_TOO_LARGE, "a cell or a note");
	return str_check(to);
}

/* Its number and its text. */
static enum err paragraph_text(struct docx_reader *d, struct docx_paragraph *p,
                               struct str *whole)
{
	const char *text = p->text.len > 0 ? p->text.data : "";

	if (p->text.too_long)
		return err_set(ERR_TOO_LARGE, "a paragraph");
	TRY(str_check(&p->text));
	docx_number_put(&d->styles, whole, p->style, p->list, p->level);
	/* Word numbers an empty paragraph too; outside a table that is a slip of the hand. */
	if (str_blank(text) && d->table == 0)
		str_clear(whole);
	str_put(whole, text);
	if (whole->too_long)
		return err_set(ERR_TOO_LARGE, "a paragraph");
	return str_check(whole);
}

static enum err place_paragraph(struct docx_reader *d, struct docx_paragraph *p)
{
	const char *text;

	str_clear(&d->whole);
	TRY(paragraph_text(d, p, &d->whole));
	text = d->whole.len > 0 ? d->whole.data : "";
	if (d->in_note)
		return join(&d->note, text);
	if (d->table > 0)
		return join(&d->row.cell, text);
	TRY(put_lines(d, p, text));
	d->lines.page_break = d->lines.page_break || p->section || d->page_break_after;
	d->page_break_after = false;
	return put_notes(d);
}

ERR_RESULT docx_end_paragraph(struct docx_reader *d)
{
	struct docx_paragraph *p = docx_current(d);

	d->commands = 0;
	if (p && !p->mark_deleted && !(p->style && p->style->contents))
		TRY(place_paragraph(d, p));
	if (d->n_open > 0)
		d->n_open--;
	return ERR_OK;
}

ERR_RESULT docx_page_break(struct docx_reader *d)
{
	const struct docx_paragraph *p = docx_current(d);

	if (d->in_note)
		return ERR_OK;
	if ((p && p->text.len > 0) || (d->table > 0 && (d->row.n > 0 || d->row.cell.len > 0)))
		d->page_break_after = true;
	else
		d->lines.page_break = true;
	return ERR_OK;
}

/* ---- tables ---- */

void docx_start_table(struct docx_reader *d)
{
	d->depth++;
	if (d->depth <= DOCX_MOST_NESTED)
		d->grid[d->depth - 1] = 0;
}

ERR_RESULT docx_end_table(struct docx_reader *d)
{
	bool ends = d->table > 0 && d->table == d->depth;

	if (d->depth > 0)
		d->depth--;
	if (!ends)
		return ERR_OK;
	d->table = 0;
	TRY(lines_blank(&d->lines));
	return put_notes(d);
}

/* A table of one column is a frame around text, not a table. */
static bool is_frame(const struct docx_reader *d)
{
	return d->depth >= 1 && d->depth <= DOCX_MOST_NESTED && d->grid[d->depth - 1] == 1;
}

ERR_RESULT docx_start_row(struct docx_reader *d)
{
	if (d->table == 0 && !d->in_note && d->depth > 0 && !is_frame(d)) {
		d->table = d->depth;
		d->lines.tables++;
		TRY(lines_blank(&d->lines));
	}
	if (d->table > 0 && d->table == d->depth) {
		d->row.n = 0;
		d->row.place = -1;
		d->row.deleted = false;
		str_clear(&d->row.cell);
	}
	return ERR_OK;
}

ERR_RESULT docx_end_row(struct docx_reader *d)
{
	struct docx_row *row = &d->row;

	if (d->table == 0 || d->table != d->depth)
		return ERR_OK;
	if (row->n > 0 && !row->deleted)
		TRY(lines_row(&d->lines, row->cells, row->n, row->place));
	d->lines.page_break = d->lines.page_break || d->page_break_after;
	d->page_break_after = false;
	return ERR_OK;
}

void docx_start_cell(struct docx_reader *d)
{
	if (d->table == 0 || d->table != d->depth)
		return;
	str_clear(&d->row.cell);
	d->row.span = 1;
	d->row.continued = false;
}

ERR_RESULT docx_skip_cells(struct docx_reader *d, int n)
{
	struct docx_row *row = &d->row;

	for (int i = 0; i < n; i++) {
		if (row->n == TEXT_MOST_CELLS)
			return err_set(ERR_TOO_LARGE, "a row of too many cells");
		row->cells[row->n++] = "";
	}
	return ERR_OK;
}

ERR_RESULT docx_end_cell(struct docx_reader *d)
{
	struct docx_row *row = &d->row;
	const char *clean = "";

	if (d->table == 0 || d->table != d->depth)
		return ERR_OK;
	if (!row->continued && row->cell.len > 0)
		TRY(line_clean(&clean, d->lines.arena, row->cell.data, row->cell.len));
	str_clear(&row->cell);
	TRY(docx_skip_cells(d, row->span));
	row->cells[row->n - (size_t)row->span] = clean;
	return ERR_OK;
}

/* ---- notes ---- */

ERR_RESULT docx_end_note(struct docx_reader *d, bool at_end)
{
	struct docx_note note = { .id = d->note_id, .at_end = at_end };

	d->in_note = false;
	TRY(line_clean(&note.text, d->lines.arena, d->note.len > 0 ? d->note.data : "",
	               d->note.len));
	str_clear(&d->note);
	if (d->note_id == DOCX_UNSET)
		return ERR_OK;
	TRY(vec_room(d->lines.arena, d->notes, d->n_notes));
	d->notes[d->n_notes++] = note;
	return ERR_OK;
}

static int compare_notes(const void *a, const void *b)
{
	const struct docx_note *left = a, *right = b;

	if (left->at_end != right->at_end)
		return left->at_end - right->at_end;
	return (left->id > right->id) - (left->id < right->id);
}

void docx_sort_notes(struct docx_reader *d)
{
	if (d->n_notes > 0)
		qsort(d->notes, d->n_notes, sizeof(*d->notes), compare_notes);
}

ERR_RESULT docx_refer(struct docx_reader *d, int id, bool at_end)
{
	const struct docx_paragraph *p = docx_current(d);

	if (!p || d->in_note || id == DOCX_UNSET)
		return ERR_OK;
	TRY(vec_room(d->lines.arena, d->references, d->n_references));
	d->references[d->n_references++] = (struct docx_reference){ id, p->place, at_end };
	return ERR_OK;
}
