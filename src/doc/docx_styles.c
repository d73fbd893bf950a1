#include "doc/docx_styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { MOST_ANCESTORS = 20, LARGEST = 1000000 };

struct reading {
	struct docx_styles *to;
	struct office_package *package;
	struct docx_style *style; /* in work; NULL: none */
	struct docx_level *level;
	struct docx_list *list;
	struct docx_abstract *abstract;
	int override;       /* the level that a list overrides, or DOCX_UNSET */
	const char *normal; /* id of the style of paragraphs that name none */
};

bool docx_is_on(const char *value)
{
	return !value ||
	       !(str_eq(value, "0") || str_eq(value, "false") || str_eq(value, "off"));
}

static int whole(const char *text)
{
	long long n;

	return text && str_to_int(text, &n) && n >= 0 && n <= LARGEST ? (int)n : DOCX_UNSET;
}

int docx_value(const char **attributes)
{
	return whole(office_attribute(attributes, "val"));
}

/* ---- styles ---- */

static enum err start_style(struct reading *r, const char **attributes)
{
	struct docx_styles *s = r->to;
	const char *type = office_attribute(attributes, "type");
	const char *id = office_attribute(attributes, "styleId");
	const char *normal = office_attribute(attributes, "default");

	if (!id || !type || s->n_styles == DOCX_MOST_STYLES)
		return ERR_OK;
	TRY(vec_room(r->package->arena, s->styles, s->n_styles));
	r->style = &s->styles[s->n_styles++];
	*r->style = (struct docx_style){ .list = DOCX_UNSET,
		                         .level = DOCX_UNSET,
		                         .outline = DOCX_UNSET,
		                         .capitals = DOCX_UNSET,
		                         .hidden = DOCX_UNSET };
	TRY(arena_strdup(r->package->arena, &r->style->id, id));
	if (strcmp(type, "paragraph") == 0 && normal && docx_is_on(normal))
		r->normal = r->style->id;
	return ERR_OK;
}

/* "heading 1", "toc 2": built-in names, the same in every language of Word. */
static void style_name(struct docx_style *style, const char *name)
{
	int level = DOCX_UNSET;

	if (strncasecmp(name, "heading ", 8) == 0)
		level = whole(name + 8);
	if (level >= 1 && level <= DOCX_LEVELS && style->outline == DOCX_UNSET)
		style->outline = level - 1;
	style->contents = strncasecmp(name, "toc ", 4) == 0 && whole(name + 4) > 0;
}

static enum err on_style(void *arg, const char *element, const char **attributes)
{
	struct reading *r = arg;
	struct docx_style *style = r->style;
	const char *value = office_attribute(attributes, "val");

	if (strcmp(element, "style") == 0)
		return start_style(r, attributes);
	if (!style)
		return ERR_OK;
	if (strcmp(element, "name") == 0 && value)
		style_name(style, value);
	else if (strcmp(element, "basedOn") == 0 && value)
		return arena_strdup(r->package->arena, &style->based_on, value);
	else if (strcmp(element, "numId") == 0)
		style->list = whole(value);
	else if (strcmp(element, "ilvl") == 0)
		style->level = whole(value);
	else if (strcmp(element, "outlineLvl") == 0)
		style->outline = whole(value);
	else if (strcmp(element, "caps") == 0)
		style->capitals = docx_is_on(value);
	else if (strcmp(element, "vanish") == 0)
		style->hidden = docx_is_on(value);
	return ERR_OK;
}

static enum err on_style_end(void *arg, const char *element)
{
	struct reading *r = arg;

	if (strcmp(element, "style") == 0)
		r->style = NULL;
	return ERR_OK;
}

static int compare_styles(const void *a, const void *b)
{
	const struct docx_style *left = a, *right = b;

	return strcmp(left->id, right->id);
}

const struct docx_style *docx_style_find(const struct docx_styles *s, const char *id)
{
	const struct docx_style key = { .id = id };

	return s->n_styles > 0
	               ? bsearch(&key, s->styles, s->n_styles, sizeof(key), compare_styles)
	               : NULL;
}

static void inherit(struct docx_style *to, const struct docx_style *from)
{
	if (to->list == DOCX_UNSET)
		to->list = from->list;
	if (to->level == DOCX_UNSET)
		to->level = from->level;
	if (to->outline == DOCX_UNSET)
		to->outline = from->outline;
	if (to->capitals == DOCX_UNSET)
		to->capitals = from->capitals;
	if (to->hidden == DOCX_UNSET)
		to->hidden = from->hidden;
}

/* What a style does not say, those that it is based on do.  A style that was filled before
 * gives the same answers as its ancestors, so the order does not matter. */
static void fill_styles(struct docx_styles *s)
{
	for (size_t i = 0; i < s->n_styles; i++) {
		const struct docx_style *from = &s->styles[i];

		for (int n = 0; n < MOST_ANCESTORS && from && from->based_on; n++) {
			from = docx_style_find(s, from->based_on);
			if (from)
				inherit(&s->styles[i], from);
		}
	}
}

/* ---- numbering ---- */

static enum docx_number_form form_of(const char *name)
{
	static const struct {
		const char *name;
		enum docx_number_form form;
	} forms[] = { { "decimalZero", DOCX_DECIMAL_ZERO },
		      { "upperRoman", DOCX_UPPER_ROMAN },
		      { "lowerRoman", DOCX_LOWER_ROMAN },
		      { "upperLetter", DOCX_UPPER_LETTER },
		      { "lowerLetter", DOCX_LOWER_LETTER },
		      { "bullet", DOCX_BULLET },
		      { "none", DOCX_NO_NUMBER } };

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if (strcmp(forms[i].name, name) == 0)
			return forms[i].form;
	}
	return DOCX_DECIMAL;
}

static enum err start_abstract(struct reading *r, const char **attributes)
{
	struct docx_styles *s = r->to;
	int id = whole(office_attribute(attributes, "abstractNumId"));

	if (id == DOCX_UNSET || s->n_abstracts == DOCX_MOST_LISTS)
		return ERR_OK;
	TRY(vec_room(r->package->arena, s->abstracts, s->n_abstracts));
	r->abstract = &s->abstracts[s->n_abstracts++];
	*r->abstract = (struct docx_abstract){ .id = id };
	for (int i = 0; i < DOCX_LEVELS; i++) {
		r->abstract->levels[i] =
		        (struct docx_level){ .text = "", .start = 1, .restart = DOCX_UNSET };
		r->abstract->counts[i] = DOCX_UNSET;
	}
	return ERR_OK;
}

static enum err start_list(struct reading *r, const char **attributes)
{
	struct docx_styles *s = r->to;
	int id = whole(office_attribute(attributes, "numId"));

	if (id == DOCX_UNSET || s->n_lists == DOCX_MOST_LISTS)
		return ERR_OK;
	TRY(vec_room(r->package->arena, s->lists, s->n_lists));
	r->list = &s->lists[s->n_lists++];
	*r->list = (struct docx_list){ .id = id, .abstract = DOCX_UNSET };
	for (int i = 0; i < DOCX_LEVELS; i++)
		r->list->starts[i] = DOCX_UNSET;
	return ERR_OK;
}

static enum err start_level(struct reading *r, const char **attributes)
{
	int i = whole(office_attribute(attributes, "ilvl"));

	r->level = NULL;
	if (i < 0 || i >= DOCX_LEVELS)
		return ERR_OK;
	if (r->abstract) {
		r->level = &r->abstract->levels[i];
		return ERR_OK;
	}
	if (!r->list)
		return ERR_OK;
	if (!r->list->levels)
		TRY(arena_array(r->package->arena, &r->list->levels, DOCX_LEVELS));
	r->level = &r->list->levels[i];
	*r->level = (struct docx_level){
		.text = "", .start = 1, .restart = DOCX_UNSET, .overridden = true
	};
	return ERR_OK;
}

static enum err on_level(struct reading *r, const char *element, const char **attributes)
{
	const char *value = office_attribute(attributes, "val");

	if (strcmp(element, "isLgl") == 0)
		r->level->legal = docx_is_on(value);
	if (!value)
		return ERR_OK;
	if (strcmp(element, "numFmt") == 0)
		r->level->form = form_of(value);
	else if (strcmp(element, "start") == 0 && whole(value) != DOCX_UNSET)
		r->level->start = whole(value);
	else if (strcmp(element, "lvlRestart") == 0)
		r->level->restart = whole(value);
	else if (strcmp(element, "suff") == 0)
		r->level->no_blank = strcmp(value, "nothing") == 0;
	else if (strcmp(element, "lvlText") == 0)
		return arena_strdup(r->package->arena, &r->level->text, value);
	else if (strcmp(element, "pStyle") == 0)
		return arena_strdup(r->package->arena, &r->level->style, value);
	return ERR_OK;
}

static enum err on_numbering(void *arg, const char *element, const char **attributes)
{
	struct reading *r = arg;
	const char *value = office_attribute(attributes, "val");

	if (strcmp(element, "abstractNum") == 0)
		return start_abstract(r, attributes);
	if (strcmp(element, "num") == 0)
		return start_list(r, attributes);
	if (strcmp(element, "lvl") == 0)
		return start_level(r, attributes);
	if (r->level)
		return on_level(r, element, attributes);
	if (r->abstract && strcmp(element, "numStyleLink") == 0 && value)
		return arena_strdup(r->package->arena, &r->abstract->link, value);
	if (!r->list)
		return ERR_OK;
	if (strcmp(element, "abstractNumId") == 0)
		r->list->abstract = whole(value);
	else if (strcmp(element, "lvlOverride") == 0)
		r->override = whole(office_attribute(attributes, "ilvl"));
	else if (strcmp(element, "startOverride") == 0 && r->override >= 0 &&
	         r->override < DOCX_LEVELS)
		r->list->starts[r->override] = whole(value);
	return ERR_OK;
}

static enum err on_numbering_end(void *arg, const char *element)
{
	struct reading *r = arg;

	if (strcmp(element, "abstractNum") == 0)
		r->abstract = NULL;
	else if (strcmp(element, "num") == 0)
		r->list = NULL;
	else if (strcmp(element, "lvl") == 0)
		r->level = NULL;
	else if (strcmp(element, "lvlOverride") == 0)
		r->override = DOCX_UNSET;
	return ERR_OK;
}

static int compare_lists(const void *a, const void *b)
{
	const struct docx_list *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

static int compare_abstracts(const void *a, const void *b)
{
	const struct docx_abstract *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

static enum err read_part(struct reading *r, const char *path,
                          const struct office_handler *handler)
{
	enum err e = path ? office_package_parse(r->package, path, handler, r) : ERR_OK;

	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

ERR_RESULT docx_styles_read(struct docx_styles *out, struct office_package *p,
                            const char *styles_path, const char *numbering_path)
{
	static const struct office_handler styles = { .start = on_style, .end = on_style_end };
	static const struct office_handler numbering = { .start = on_numbering,
		                                         .end = on_numbering_end };
	struct reading r = { .to = out, .package = p, .override = DOCX_UNSET };

	*out = (struct docx_styles){ 0 };
	TRY(read_part(&r, styles_path, &styles));
	if (out->n_styles > 0)
		qsort(out->styles, out->n_styles, sizeof(*out->styles), compare_styles);
	fill_styles(out);
	if (r.normal)
		out->normal = docx_style_find(out, r.normal);
	TRY(read_part(&r, numbering_path, &numbering));
	if (out->n_lists > 0)
		qsort(out->lists, out->n_lists, sizeof(*out->lists), compare_lists);
	if (out->n_abstracts > 0)
		qsort(out->abstracts, out->n_abstracts, sizeof(*out->abstracts),
		      compare_abstracts);
	return ERR_OK;
}
