#include <stdlib.h>
#include <string.h>

#include "base/vntext.h"
#include "doc/docx_reader.h"

/* ---- paragraphs ---- */

static enum err start_paragraph(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p;
	int place = d->n_open > 0 ? d->open[0].place : d->n_paragraphs - 1;

	(void)attributes;
	d->n_open++;
	p = docx_current(d);
	if (!p)
		return ERR_OK;
	if (!p->mark_deleted)
		str_clear(&p->text);
	p->mark_deleted = p->section = false;
	p->style = d->styles.normal;
	p->place = place;
	p->list = p->level = p->outline = DOCX_UNSET;
	if (d->row.place < 0)
		d->row.place = place;
	return ERR_OK;
}

static enum err end_paragraph(struct docx_reader *d)
{
	return docx_end_paragraph(d);
}

static enum err start_properties(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	d->in_properties = true;
	return ERR_OK;
}

static enum err end_properties(struct docx_reader *d)
{
	d->in_properties = false;
	return ERR_OK;
}

static enum err on_style_name(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);
	const char *id = office_attribute(attributes, "val");
	const struct docx_style *style = id ? docx_style_find(&d->styles, id) : NULL;

	if (p && style)
		p->style = style;
	return ERR_OK;
}

static enum err on_list(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);

	if (p && d->in_properties)
		p->list = docx_value(attributes);
	return ERR_OK;
}

static enum err on_level(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);

	if (p && d->in_properties)
		p->level = docx_value(attributes);
	return ERR_OK;
}

static enum err on_outline(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);

	if (p && d->in_properties)
		p->outline = docx_value(attributes);
	return ERR_OK;
}

static enum err on_page_before(struct docx_reader *d, const char **attributes)
{
	return docx_is_on(office_attribute(attributes, "val")) ? docx_page_break(d) : ERR_OK;
}

static enum err start_section(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);

	(void)attributes;
	if (p)
		p->section = d->in_properties;
	return ERR_OK;
}

static enum err on_section_type(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);
	const char *type = office_attribute(attributes, "val");

	if (p && type && strcmp(type, "continuous") == 0)
		p->section = false;
	return ERR_OK;
}

/* ---- runs ---- */

static enum err start_run(struct docx_reader *d, const char **attributes)
{
	const struct docx_paragraph *p = docx_current(d);

	(void)attributes;
	d->hidden = p && p->style && p->style->hidden == 1;
	d->capitals = p && p->style && p->style->capitals == 1;
	d->own_mark = false;
	return ERR_OK;
}

static enum err start_run_properties(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	d->in_run_properties = true;
	return ERR_OK;
}

static enum err end_run_properties(struct docx_reader *d)
{
	d->in_run_properties = false;
	return ERR_OK;
}

static enum err on_hidden(struct docx_reader *d, const char **attributes)
{
	if (!d->in_properties)
		d->hidden = docx_is_on(office_attribute(attributes, "val"));
	return ERR_OK;
}

static enum err on_capitals(struct docx_reader *d, const char **attributes)
{
	if (!d->in_properties)
		d->capitals = docx_is_on(office_attribute(attributes, "val"));
	return ERR_OK;
}

/* Of a revision: the mark of a paragraph, a row, or a part of the text was deleted. */
static enum err on_deleted(struct docx_reader *d, const char **attributes)
{
	struct docx_paragraph *p = docx_current(d);

	(void)attributes;
	if (d->in_row_properties)
		d->row.deleted = d->row.deleted || d->table == d->depth;
	else if (d->in_properties && p)
		p->mark_deleted = d->in_run_properties;
	else
		d->skip = 1;
	return ERR_OK;
}

static enum err skip_element(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	d->skip = 1;
	return ERR_OK;
}

/* Whether text that comes now is part of the document. */
static struct docx_paragraph *taking(struct docx_reader *d)
{
	return d->hidden || d->own_mark || d->commands || d->in_properties ? NULL
	                                                                   : docx_current(d);
}

static enum err put_char(struct docx_reader *d, char c)
{
	struct docx_paragraph *p = taking(d);

	if (p)
		str_put_char(&p->text, c);
	return ERR_OK;
}

static enum err start_text(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	d->in_text = true;
	return ERR_OK;
}

static enum err end_text(struct docx_reader *d)
{
	d->in_text = false;
	return ERR_OK;
}

static enum err on_tab(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	return put_char(d, ' ');
}

static enum err on_hyphen(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	return put_char(d, '-');
}

static enum err on_break(struct docx_reader *d, const char **attributes)
{
	const char *type = office_attribute(attributes, "type");

	if (type && strcmp(type, "column") == 0)
		return put_char(d, ' ');
	return put_char(d,
	                type && strcmp(type, "page") == 0 ? DOCX_PAGE_BREAK : DOCX_LINE_BREAK);
}

static enum err on_rendered_break(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	return docx_page_break(d);
}

/* A field: its command, then what it shows. */
static enum err on_field(struct docx_reader *d, const char **attributes)
{
	const char *type = office_attribute(attributes, "fldCharType");

	if (!type)
		return ERR_OK;
	if (strcmp(type, "begin") == 0)
		d->fields++;
	if (d->fields < 1 || d->fields > 64)
		return ERR_OK;
	if (strcmp(type, "begin") == 0)
		d->commands |= 1ULL << (d->fields - 1);
	else
		d->commands &= ~(1ULL << (d->fields - 1));
	if (strcmp(type, "end") == 0)
		d->fields--;
	return ERR_OK;
}

static enum err refer(struct docx_reader *d, const char **attributes, bool at_end)
{
	const char *own = office_attribute(attributes, "customMarkFollows");
	const char *id = office_attribute(attributes, "id");
	long long n;

	if (!taking(d) || !id || !str_to_int(id, &n) || n < 0 || n > 1000000)
		return ERR_OK;
	d->own_mark = own && docx_is_on(own);
	return docx_refer(d, (int)n, at_end);
}

static enum err on_footnote_reference(struct docx_reader *d, const char **attributes)
{
	return refer(d, attributes, false);
}

static enum err on_endnote_reference(struct docx_reader *d, const char **attributes)
{
	return refer(d, attributes, true);
}

/* ---- branches: a new drawing and the same one for old programs ---- */

enum { MOST_ALTERNATES = 64 };

static enum err start_alternate(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	if (d->alternates++ < MOST_ALTERNATES)
		d->taken[d->alternates - 1] = false;
	return ERR_OK;
}

static enum err end_alternate(struct docx_reader *d)
{
	if (d->alternates > 0)
		d->alternates--;
	return ERR_OK;
}

static enum err start_branch(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	if (d->alternates < 1 || d->alternates > MOST_ALTERNATES)
		return ERR_OK;
	if (d->taken[d->alternates - 1])
		d->skip = 1;
	d->taken[d->alternates - 1] = true;
	return ERR_OK;
}

/* ---- tables ---- */

static enum err start_table(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	docx_start_table(d);
	return ERR_OK;
}

static enum err on_grid_column(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	if (d->depth >= 1 && d->depth <= DOCX_MOST_NESTED)
		d->grid[d->depth - 1]++;
	return ERR_OK;
}

static enum err start_row(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	return docx_start_row(d);
}

static enum err start_row_properties(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	d->in_row_properties = true;
	return ERR_OK;
}

static enum err end_row_properties(struct docx_reader *d)
{
	d->in_row_properties = false;
	return ERR_OK;
}

static enum err on_cells_before(struct docx_reader *d, const char **attributes)
{
	int n = docx_value(attributes);

	return d->table > 0 && d->table == d->depth && n > 0 ? docx_skip_cells(d, n) : ERR_OK;
}

static enum err start_cell(struct docx_reader *d, const char **attributes)
{
	(void)attributes;
	docx_start_cell(d);
	return ERR_OK;
}

static enum err on_span(struct docx_reader *d, const char **attributes)
{
	int n = docx_value(attributes);

	if (d->table == d->depth && n > 0)
		d->row.span = n;
	return ERR_OK;
}

static enum err on_merge(struct docx_reader *d, const char **attributes)
{
	const char *value = office_attribute(attributes, "val");

	if (d->table == d->depth)
		d->row.continued = !value || strcmp(value, "continue") == 0;
	return ERR_OK;
}

/* ---- notes ---- */

static enum err start_note(struct docx_reader *d, const char **attributes)
{
	const char *id = office_attribute(attributes, "id");
	long long n;

	d->in_note = true;
	d->note_id = DOCX_UNSET;
	/* The lines that separate notes from the text have a type. */
	if (id && !office_attribute(attributes, "type") && str_to_int(id, &n) && n >= 0 &&
	    n <= 1000000)
		d->note_id = (int)n;
	str_clear(&d->note);
	return ERR_OK;
}

static enum err end_footnote(struct docx_reader *d)
{
	return docx_end_note(d, false);
}

static enum err end_endnote(struct docx_reader *d)
{
	return docx_end_note(d, true);
}

/* ---- what each element means; by name ---- */

static const struct element {
	const char *name;
	enum err (*start)(struct docx_reader *d, const char **attributes);
	enum err (*end)(struct docx_reader *d);
} elements[] = {
	{ "AlternateContent", start_alternate, end_alternate },
	{ "Choice", start_branch, NULL },
	{ "Fallback", start_branch, NULL },
	{ "br", on_break, NULL },
	{ "caps", on_capitals, NULL },
	{ "cr", on_break, NULL },
	{ "del", on_deleted, NULL },
	{ "endnote", start_note, end_endnote },
	{ "endnoteReference", on_endnote_reference, NULL },
	{ "fldChar", on_field, NULL },
	{ "footnote", start_note, end_footnote },
	{ "footnoteReference", on_footnote_reference, NULL },
	{ "gridBefore", on_cells_before, NULL },
	{ "gridCol", on_grid_column, NULL },
	{ "gridSpan", on_span, NULL },
	{ "ilvl", on_level, NULL },
	{ "lastRenderedPageBreak", on_rendered_break, NULL },
	{ "moveFrom", skip_element, NULL },
	{ "noBreakHyphen", on_hyphen, NULL },
	{ "numId", on_list, NULL },
	{ "outlineLvl", on_outline, NULL },
	{ "p", start_paragraph, end_paragraph },
	{ "pPr", start_properties, end_properties },
	{ "pPrChange", skip_element, NULL },
	{ "pStyle", on_style_name, NULL },
	{ "pageBreakBefore", on_page_before, NULL },
	{ "ptab", on_tab, NULL },
	{ "r", start_run, NULL },
	{ "rPr", start_run_properties, end_run_properties },
	{ "rPrChange", skip_element, NULL },
	{ "rt", skip_element, NULL },
	{ "sectPr", start_section, NULL },
	{ "sectPrChange", skip_element, NULL },
	{ "t", start_text, end_text },
	{ "tab", on_tab, NULL },
	{ "tbl", start_table, docx_end_table },
	{ "tblGridChange", skip_element, NULL },
	{ "tblPrChange", skip_element, NULL },
	{ "tc", start_cell, docx_end_cell },
	{ "tcPrChange", skip_element, NULL },
	{ "tr", start_row, docx_end_row },
	{ "trPr", start_row_properties, end_row_properties },
	{ "trPrChange", skip_element, NULL },
	{ "type", on_section_type, NULL },
	{ "vMerge", on_merge, NULL },
	{ "vanish", on_hidden, NULL },
};

static int compare_elements(const void *a, const void *b)
{
	const struct element *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static const struct element *element_find(const char *name)
{
	const struct element key = { .name = name };

	return bsearch(&key, elements, ARRAY_LEN(elements), sizeof(key), compare_elements);
}

static enum err on_start(void *arg, const char *name, const char **attributes)
{
	struct docx_reader *d = arg;
	const struct element *element;

	d->in_text = false;
	if (strcmp(name, "p") == 0)
		d->n_paragraphs++;
	if (d->skip > 0) {
		d->skip++;
		return ERR_OK;
	}
	element = element_find(name);
	return element && element->start ? element->start(d, attributes) : ERR_OK;
}

static enum err on_end(void *arg, const char *name)
{
	struct docx_reader *d = arg;
	const struct element *element;

	d->in_text = false;
	if (d->skip > 0 && --d->skip > 0)
		return ERR_OK;
	element = element_find(name);
	return element && element->end ? element->end(d) : ERR_OK;
}

static enum err on_text(void *arg, const char *text, size_t n)
{
	struct docx_reader *d = arg;
	struct docx_paragraph *p = d->in_text && d->skip == 0 ? taking(d) : NULL;
	size_t before;
	const char *upper;

	if (!p)
		return ERR_OK;
	before = p->text.len;
	if (d->capitals) {
		TRY(arena_strndup(d->lines.arena, &upper, text, n));
		TRY(text_upper(d->lines.arena, &upper, upper));
		str_put(&p->text, upper);
	} else {
		str_put_n(&p->text, text, n);
	}
	for (size_t i = before; i < p->text.len; i++) {
		if (p->text.data[i] == '\n' || p->text.data[i] == '\t')
			p->text.data[i] = ' ';
	}
	return ERR_OK;
}

const struct office_handler docx_handler = { on_start, on_end, on_text };
