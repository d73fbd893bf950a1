#include "doc/docx_text.h"

#include "doc/docx_reader.h"
#include "doc/office_relations.h"

static enum err read_notes(struct docx_reader *d, const char *document,
                           const struct office_relations *r, const char *type)
{
	const struct office_relation *found = office_relation_find(r, NULL, type);
	const char *path;
	enum err e;

	if (!found)
		return ERR_OK;
	TRY(office_part_path(&path, d->package->arena, document, found->target));
	e = office_package_parse(d->package, path, &docx_handler, d);
	d->in_note = false;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err part_of(const char **out, struct arena *a, const char *document,
                        const struct office_relations *r, const char *type)
{
	const struct office_relation *found = office_relation_find(r, NULL, type);

	*out = NULL;
	return found ? office_part_path(out, a, document, found->target) : ERR_OK;
}

static enum err read_parts(struct docx_reader *d)
{
	struct office_package *p = d->package;
	struct office_relations r;
	const char *document, *styles, *numbering;
	enum err e = office_main_part(&document, p);

	if (e != ERR_OK)
		return e;
	e = office_relations_read(&r, p, document);
	if (e != ERR_NOT_FOUND)
		TRY(e);
	TRY(part_of(&styles, p->arena, document, &r, "/styles"));
	TRY(part_of(&numbering, p->arena, document, &r, "/numbering"));
	TRY(docx_styles_read(&d->styles, p, styles, numbering));
	TRY(read_notes(d, document, &r, "/footnotes"));
	TRY(read_notes(d, document, &r, "/endnotes"));
	docx_sort_notes(d);
	d->n_paragraphs = d->n_open = d->depth = d->table = 0;
	d->lines.page_break = d->page_break_after = false;
	d->row.place = -1;
	return office_package_parse(p, document, &docx_handler, d);
}

static enum err read_all(struct office_package *p, struct text_file *out)
{
	struct docx_reader *d;
	enum err e;

	TRY(arena_new(p->arena, &d));
	d->package = p;
	d->lines.arena = p->arena;
	for (size_t i = 0; i < ARRAY_LEN(d->open); i++)
		str_init(&d->open[i].text, NULL, TEXT_MOST_BYTES);
	str_init(&d->row.cell, NULL, TEXT_MOST_BYTES);
	str_init(&d->note, NULL, TEXT_MOST_BYTES);
	str_init(&d->whole, NULL, TEXT_MOST_BYTES);
	e = read_parts(d);
	for (size_t i = 0; i < ARRAY_LEN(d->open); i++)
		str_release(&d->open[i].text);
	str_release(&d->row.cell);
	str_release(&d->note);
	str_release(&d->whole);
	if (e == ERR_NOT_FOUND)
		return office_refuse(p, MSG_DOCX_NOT_WORD);
	if (e == ERR_TOO_LARGE)
		return office_refuse(p, MSG_TEXT_TOO_LONG);
	TRY(e);
	*out = lines_finish(&d->lines);
	return ERR_OK;
}

ERR_RESULT docx_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                          struct problems *problems)
{
	static const struct office_kind kind = { DOCX_MOST_UNPACKED, MSG_DOCX_BROKEN,
		                                 MSG_DOCX_ENCRYPTED, MSG_DOCX_UNPACKED };
	struct office_package p = { .kind = &kind, .arena = a, .problems = problems };
	size_t before = problems->n;
	enum err e;

	*out = (struct text_file){ .name = "" };
	e = office_package_open(&p, bytes, n);
	if (e == ERR_OK)
		e = read_all(&p, out);
	office_package_close(&p);
	return problems->n > before && e == ERR_INPUT ? ERR_OK : e;
}
