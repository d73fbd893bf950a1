#include "doc/xlsx_book.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "doc/sheet.h"
#include "doc/xlsx_read.h"
#include "doc/xlsx_value.h"

struct relation {
	const char *id, *type, *target;
};
struct relations {
	struct arena *arena;
	struct relation items[XLSX_MOST_SHEETS * 2];
	size_t n;
};

static enum err on_relation(void *arg, const char *element, const char **attributes)
{
	struct relations *r = arg;
	const char *id = xlsx_attribute(attributes, "Id");
	const char *type = xlsx_attribute(attributes, "Type");
	const char *target = xlsx_attribute(attributes, "Target");
	struct relation *item;

	if (strcmp(element, "Relationship") != 0 || !id || !type || !target ||
	    r->n == ARRAY_LEN(r->items))
		return ERR_OK;
	item = &r->items[r->n++];
	TRY(arena_strdup(r->arena, &item->id, id));
	TRY(arena_strdup(r->arena, &item->type, type));
	return arena_strdup(r->arena, &item->target, target);
}

static enum err read_relations(struct relations *r, struct xlsx_package *p, const char *path)
{
	static const struct xlsx_handler handler = { .start = on_relation };
	enum err e;

	r->arena = p->arena;
	e = xlsx_package_parse(p, path, &handler, r);
	return e == ERR_NOT_FOUND ? xlsx_refuse(p, MSG_XLSX_NOT_WORKBOOK) : e;
}

static const struct relation *relation_find(const struct relations *r, const char *id,
                                            const char *type)
{
	for (size_t i = 0; i < r->n; i++) {
		if ((!id || strcmp(r->items[i].id, id) == 0) &&
		    (!type || str_ends(r->items[i].type, type)))
			return &r->items[i];
	}
	return NULL;
}

/* A target is relative to the folder of the part that names it, or absolute. */
static enum err part_path(const char **out, struct arena *a, const char *of, const char *target)
{
	const char *slash = strrchr(of, '/');

	if (target[0] == '/')
		return arena_strdup(a, out, target + 1);
	return arena_printf(a, out, "%.*s%s", slash ? (int)(slash - of) + 1 : 0, of, target);
}

/* The workbook part: the list of sheets. */
struct sheets {
	struct arena *arena;
	const char *wanted;
	const char *name, *relation; /* of the sheet that was chosen */
	size_t seen;
	bool from_1904;
};

static enum err on_workbook(void *arg, const char *element, const char **attributes)
{
	struct sheets *s = arg;
	const char *name = xlsx_attribute(attributes, "name");
	const char *id = xlsx_attribute(attributes, "id");
	const char *state = xlsx_attribute(attributes, "state");
	const char *date1904 = xlsx_attribute(attributes, "date1904");
	const char *clean;
	bool take;

	if (strcmp(element, "workbookPr") == 0 && date1904)
		s->from_1904 = strcmp(date1904, "1") == 0 || strcmp(date1904, "true") == 0;
	if (strcmp(element, "sheet") != 0 || !name || !id || s->relation)
		return ERR_OK;
	if (++s->seen > XLSX_MOST_SHEETS)
		return ERR_OK;
	TRY(sheet_clean(&clean, s->arena, name, strlen(name)));
	take = s->wanted ? strcmp(clean, s->wanted) == 0 : !state || str_eq(state, "visible");
	if (!take)
		return ERR_OK;
	s->name = clean;
	return arena_strdup(s->arena, &s->relation, id);
}

/* The folder's relations file of a part: xl/workbook.xml -> xl/_rels/workbook.xml.rels. */
static enum err relations_path(const char **out, struct arena *a, const char *part)
{
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash - part) + 1 : 0;

	return arena_printf(a, out, "%.*s_rels/%s.rels", folder, part, part + folder);
}

static enum err optional_part(const char **out, struct arena *a, const char *workbook,
                              const struct relations *r, const char *type)
{
	const struct relation *found = relation_find(r, NULL, type);

	*out = NULL;
	return found ? part_path(out, a, workbook, found->target) : ERR_OK;
}

static enum err find_parts(struct xlsx_book *book, struct xlsx_package *p, const char *name)
{
	static const struct xlsx_handler handler = { .start = on_workbook };
	struct relations *r;
	struct sheets sheets = { .arena = p->arena, .wanted = name };
	const struct relation *found;
	const char *workbook, *path;
	enum err e;

	TRY(arena_new(p->arena, &r));
	TRY(read_relations(r, p, "_rels/.rels"));
	found = relation_find(r, NULL, "/officeDocument");
	if (!found)
		return xlsx_refuse(p, MSG_XLSX_NOT_WORKBOOK);
	TRY(part_path(&workbook, p->arena, "", found->target));
	e = xlsx_package_parse(p, workbook, &handler, &sheets);
	if (e == ERR_NOT_FOUND)
		return xlsx_refuse(p, MSG_XLSX_NOT_WORKBOOK);
	TRY(e);
	if (!sheets.relation)
		return xlsx_refuse(p, name ? MSG_XLSX_NO_SUCH_SHEET : MSG_XLSX_NOT_WORKBOOK);
	r->n = 0;
	TRY(relations_path(&path, p->arena, workbook));
	TRY(read_relations(r, p, path));
	found = relation_find(r, sheets.relation, "/worksheet");
	if (!found)
		return xlsx_refuse(p, MSG_XLSX_NOT_WORKBOOK);
	book->sheet_name = sheets.name;
	book->from_1904 = sheets.from_1904;
	TRY(part_path(&book->sheet_path, p->arena, workbook, found->target));
	TRY(optional_part(&book->strings_path, p->arena, workbook, r, "/sharedStrings"));
	return optional_part(&book->styles_path, p->arena, workbook, r, "/styles");
}

/* Styles: number formats by id, then the cell styles that use them. */
struct format_code {
	long id;
	enum xlsx_format format;
};
struct styles {
	struct xlsx_package *package;
	struct xlsx_book *book;
	struct format_code *codes;
	size_t n_codes;
	bool in_cell_styles;
};

static enum err on_number_format(struct styles *s, const char **attributes)
{
	const char *id = xlsx_attribute(attributes, "numFmtId");
	const char *code = xlsx_attribute(attributes, "formatCode");

	if (!id || !code)
		return ERR_OK;
	if (s->n_codes == XLSX_MOST_STYLES)
		return xlsx_refuse(s->package, MSG_XLSX_UNPACKED_TOO_LARGE);
	s->codes[s->n_codes++] =
	        (struct format_code){ strtol(id, NULL, 10), xlsx_format_of(0, code) };
	return ERR_OK;
}

static enum err on_cell_style(struct styles *s, const char **attributes)
{
	const char *text = xlsx_attribute(attributes, "numFmtId");
	long id = text ? strtol(text, NULL, 10) : 0;
	enum xlsx_format format = xlsx_format_of(id, NULL);

	if (s->book->n_formats == XLSX_MOST_STYLES)
		return xlsx_refuse(s->package, MSG_XLSX_UNPACKED_TOO_LARGE);
	for (size_t i = 0; i < s->n_codes; i++) {
		if (s->codes[i].id == id)
			format = s->codes[i].format;
	}
	s->book->formats[s->book->n_formats++] = (unsigned char)format;
	return ERR_OK;
}

static enum err on_style(void *arg, const char *element, const char **attributes)
{
	struct styles *s = arg;

	if (strcmp(element, "numFmt") == 0)
		return on_number_format(s, attributes);
	if (strcmp(element, "cellXfs") == 0)
		s->in_cell_styles = true;
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

static enum err read_styles(struct xlsx_book *book, struct xlsx_package *p)
{
	static const struct xlsx_handler handler = { .start = on_style, .end = on_style_end };
	struct styles styles = { .package = p, .book = book };
	enum err e;

	if (!book->styles_path)
		return ERR_OK;
	TRY(arena_array(p->arena, &styles.codes, XLSX_MOST_STYLES));
	TRY(arena_array(p->arena, &book->formats, XLSX_MOST_STYLES));
	e = xlsx_package_parse(p, book->styles_path, &handler, &styles);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Shared strings: <si> holds <t>, or runs <r><t>; the reading aid <rPh> is left out. */
struct strings {
	struct xlsx_package *package;
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
		return xlsx_refuse(s->package, MSG_XLSX_STRING_TOO_LARGE);
	TRY(str_check(&s->raw));
	TRY(str_check(&s->text));
	if (book->n_strings == XLSX_MOST_STRINGS || s->bytes > XLSX_MOST_STRING_BYTES)
		return xlsx_refuse(s->package, MSG_XLSX_UNPACKED_TOO_LARGE);
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

static enum err read_strings(struct xlsx_book *book, struct xlsx_package *p)
{
	static const struct xlsx_handler handler = { .start = on_string,
		                                     .end = on_string_end,
		                                     .text = on_string_text };
	struct strings strings = { .package = p, .book = book };
	enum err e;

	if (!book->strings_path)
		return ERR_OK;
	str_init(&strings.raw, NULL, SHEET_MOST_CELL);
	str_init(&strings.text, NULL, SHEET_MOST_CELL);
	e = xlsx_package_parse(p, book->strings_path, &handler, &strings);
	str_release(&strings.raw);
	str_release(&strings.text);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

ERR_RESULT xlsx_book_read(struct xlsx_book *book, struct xlsx_package *p, const char *name)
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
