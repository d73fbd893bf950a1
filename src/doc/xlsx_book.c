#include "doc/xlsx_book.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "doc/office_relations.h"
#include "doc/sheet.h"
#include "doc/xlsx_read.h"
#include "doc/xlsx_value.h"

/* The workbook part: the list of sheets. */
struct workbook {
	struct arena *arena;
	struct xlsx_book *book;
	const char *wanted;
	size_t seen;
};

static enum err on_workbook(void *arg, const char *element, const char **attributes)
{
	struct workbook *w = arg;
	struct xlsx_book *book = w->book;
	const char *name = office_attribute(attributes, "name");
	const char *id = office_attribute(attributes, "id");
	const char *state = office_attribute(attributes, "state");
	const char *date1904 = office_attribute(attributes, "date1904");
	struct xlsx_sheet_part part = { 0 };
	bool take;

	if (strcmp(element, "workbookPr") == 0 && date1904)
		book->from_1904 = strcmp(date1904, "1") == 0 || strcmp(date1904, "true") == 0;
	if (strcmp(element, "sheet") != 0 || !name || !id || ++w->seen > XLSX_MOST_SHEETS)
		return ERR_OK;
	TRY(sheet_clean(&part.name, w->arena, name, strlen(name)));
	take = w->wanted ? strcmp(part.name, w->wanted) == 0
	                 : !state || str_eq(state, "visible");
	if (!take)
		return ERR_OK;
	TRY(arena_strdup(w->arena, &part.relation, id));
	TRY(vec_room(w->arena, book->sheets, book->n_sheets));
	book->sheets[book->n_sheets++] = part;
	return ERR_OK;
}

/* Charts on a sheet of their own have no cells: they are left out. */
static enum err find_sheets(struct xlsx_book *book, struct office_package *p,
                            const char *workbook, const struct office_relations *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < book->n_sheets; i++) {
		struct xlsx_sheet_part *part = &book->sheets[i];
		const struct office_relation *found =
		        office_relation_find(r, part->relation, "/worksheet");

		if (!found)
			continue;
		TRY(office_part_path(&part->path, p->arena, workbook, found->target));
		book->sheets[kept++] = *part;
	}
	book->n_sheets = kept;
	return kept > 0 ? ERR_OK : office_refuse(p, MSG_XLSX_NOT_WORKBOOK);
}

static enum err optional_part(const char **out, struct arena *a, const char *workbook,
                              const struct office_relations *r, const char *type)
{
	const struct office_relation *found = office_relation_find(r, NULL, type);

	*out = NULL;
	return found ? office_part_path(out, a, workbook, found->target) : ERR_OK;
}

static enum err find_parts(struct xlsx_book *book, struct office_package *p, const char *name)
{
	static const struct office_handler handler = { .start = on_workbook };
	struct office_relations r = { 0 };
	struct workbook reading = { .arena = p->arena, .book = book, .wanted = name };
	const char *workbook;
	enum err e = office_main_part(&workbook, p);

	if (e == ERR_OK)
		e = office_package_parse(p, workbook, &handler, &reading);
	if (e == ERR_NOT_FOUND)
		return office_refuse(p, MSG_XLSX_NOT_WORKBOOK);
	TRY(e);
	if (book->n_sheets == 0)
		return office_refuse(p, name ? MSG_XLSX_NO_SUCH_SHEET : MSG_XLSX_NOT_WORKBOOK);
	e = office_relations_read(&r, p, workbook);
	if (e != ERR_NOT_FOUND)
		TRY(e);
	TRY(find_sheets(book, p, workbook, &r));
	TRY(optional_part(&book->strings_path, p->arena, workbook, &r, "/sharedStrings"));
	return optional_part(&book->styles_path, p->arena, workbook, &r, "/styles");
}

/* Styles: number formats by id, then the cell styles that use them. */
struct format_code {
	long id;
	const char *code;
};
struct styles {
	struct office_package *package;
	struct xlsx_book *book;
	struct format_code *codes; /* by id once the cell styles begin */
	size_t n_codes;
	bool in_cell_styles;
};

static enum err on_number_format(struct styles *s, const char **attributes)
{
	const char *id = office_attribute(attributes, "numFmtId");
	const char *code = office_attribute(attributes, "formatCode");
	struct format_code *added;

	if (!id || !code || s->in_cell_styles)
		return ERR_OK;
	if (s->n_codes == XLSX_MOST_STYLES)
		return office_refuse(s->package, MSG_XLSX_UNPACKED_TOO_LARGE);
	TRY(vec_room(s->package->arena, s->codes, s->n_codes));
	added = &s->codes[s->n_codes++];
	added->id = strtol(id, NULL, 10);
	return arena_strdup(s->package->arena, &added->code, code);
}

static int compare_codes(const void *a, const void *b)
{
	const struct format_code *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

static enum err on_cell_style(struct styles *s, const char **attributes)
{
	const char *text = office_attribute(attributes, "numFmtId");
	const struct format_code key = { .id = text ? strtol(text, NULL, 10) : 0 };
	const struct format_code *own =
	        s->n_codes > 0 ? bsearch(&key, s->codes, s->n_codes, sizeof(key), compare_codes)
	                       : NULL;
	const char *code = own ? own->code : xlsx_built_in_code(key.id);
	struct xlsx_book *book = s->book;

	if (book->n_styles == XLSX_MOST_STYLES)
		return office_refuse(s->package, MSG_XLSX_UNPACKED_TOO_LARGE);
	TRY(vec_room(s->package->arena, book->styles, book->n_styles));
	book->styles[book->n_styles++] =
	        (struct xlsx_cell_style){ xlsx_format_of(key.id, own ? own->code : NULL),
		                          code };
	return ERR_OK;
}

static void start_cell_styles(struct styles *s)
{
	s->in_cell_styles = true;
	if (s->n_codes > 0)
		qsort(s->codes, s->n_codes, sizeof(*s->codes), compare_codes);
}

static enum err on_style(void *arg, const char *element, const char **attributes)
{
	struct styles *s = arg;

	if (strcmp(element, "numFmt") == 0)
		return on_number_format(s, attributes);
	if (strcmp(element, "cellXfs") == 0)
		start_cell_styles(s);
	else if (s->in_cell_styles && strcmp(element, "xf") == 0)
		return on_cell_style(s, attributes);
	return ERR_OK;
}

static enum err on_style_end(void *arg, const char *element)
{
	struct styles *s = arg;

	if (strcmp(element, "cellXfs") == 0)
		s->in_cell_styles = false;
	return ERR_OK;
}

static enum err read_styles(struct xlsx_book *book, struct office_package *p)
{
	static const struct office_handler handler = { .start = on_style, .end = on_style_end };
	struct styles styles = { .package = p, .book = book };
	enum err e;

	if (!book->styles_path)
		return ERR_OK;
	e = office_package_parse(p, book->styles_path, &handler, &styles);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Shared strings: <si> holds <t>, or runs <r><t>; the reading aid <rPh> is left out. */
struct strings {
	struct office_package *package;
	struct xlsx_book *book;
	size_t cap, bytes;
	struct str raw, text;
	bool in_text, in_aid;
};

static enum err on_string(void *arg, const char *element, const char **attributes)
{
	struct strings *s = arg;

	(void)attributes;
	if (strcmp(element, "si") == 0)
		str_clear(&s->raw);
	else if (strcmp(element, "rPh") == 0)
		s->in_aid = true;
	s->in_text = strcmp(element, "t") == 0 && !s->in_aid;
	return ERR_OK;
}

static enum err on_string_text(void *arg, const char *text, size_t n)
{
	struct strings *s = arg;

	if (s->in_text)
		str_put_n(&s->raw, text, n);
	return ERR_OK;
}

static enum err keep_string(struct strings *s)
{
	struct xlsx_book *book = s->book;
	const char **grown;

	str_clear(&s->text);
	xlsx_put_text(&s->text, s->raw.len > 0 ? s->raw.data : "");
	s->bytes += s->text.len;
	if (s->raw.too_long || s->text.too_long)
		return office_refuse(s->package, MSG_XLSX_STRING_TOO_LARGE);
	TRY(str_check(&s->raw));
	TRY(str_check(&s->text));
	if (book->n_strings == XLSX_MOST_STRINGS || s->bytes > XLSX_MOST_STRING_BYTES)
		return office_refuse(s->package, MSG_XLSX_UNPACKED_TOO_LARGE);
	if (book->n_strings == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 256;
		TRY(arena_array(s->package->arena, &grown, s->cap));
		if (book->n_strings > 0)
			memcpy(grown, book->strings, book->n_strings * sizeof(*grown));
		book->strings = grown;
	}
	return sheet_clean(&book->strings[book->n_strings++], s->package->arena,
	                   s->text.len > 0 ? s->text.data : "", s->text.len);
}

static enum err on_string_end(void *arg, const char *element)
{
	struct strings *s = arg;

	s->in_text = false;
	if (strcmp(element, "rPh") == 0)
		s->in_aid = false;
	if (strcmp(element, "si") == 0)
		return keep_string(s);
	return ERR_OK;
}

static enum err read_strings(struct xlsx_book *book, struct office_package *p)
{
	static const struct office_handler handler = { .start = on_string,
		                                       .end = on_string_end,
		                                       .text = on_string_text };
	struct strings strings = { .package = p, .book = book };
	enum err e;

	if (!book->strings_path)
		return ERR_OK;
	str_init(&strings.raw, NULL, SHEET_MOST_CELL);
	str_init(&strings.text, NULL, SHEET_MOST_CELL);
	e = office_package_parse(p, book->strings_path, &handler, &strings);
	str_release(&strings.raw);
	str_release(&strings.text);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

ERR_RESULT xlsx_book_read(struct xlsx_book *book, struct office_package *p, const char *name)
{
	*book = (struct xlsx_book){ 0 };
	TRY(find_parts(book, p, name));
	TRY(read_styles(book, p));
	return read_strings(book, p);
}

static bool is_escape(const char *at)
{
	return at[0] == '_' && at[1] == 'x' && isxdigit((unsigned char)at[2]) &&
	       isxdigit((unsigned char)at[3]) && isxdigit((unsigned char)at[4]) &&
	       isxdigit((unsigned char)at[5]) && at[6] == '_';
}

void xlsx_put_text(struct str *to, const char *text)
{
	while (*text) {
		long code = is_escape(text) ? strtol(text + 2, NULL, 16) : -1;

		if (code >= 0 && (code < 0x20 || code == '_')) {
			str_put_char(to, code == '_' ? '_' : ' ');
			text += 7;
		} else {
			str_put_char(to, *text++);
		}
	}
}
