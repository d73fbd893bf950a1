#include <string.h>

#include "doc/docx_styles.h"

enum { MOST_LINKS = 4, MOST_ROMAN = 4999 };

static const struct docx_list *list_find(const struct docx_styles *s, int id)
{
	size_t low = 0, high = s->n_lists;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->lists[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n_lists && s->lists[low].id == id ? &s->lists[low] : NULL;
}

static struct docx_abstract *abstract_find(struct docx_styles *s, int id)
{
	size_t low = 0, high = s->n_abstracts;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->abstracts[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->n_abstracts && s->abstracts[low].id == id ? &s->abstracts[low] : NULL;
}

/* The abstract list that holds the levels: some only name a style whose list has them. */
static struct docx_abstract *abstract_of(struct docx_styles *s, const struct docx_list *list)
{
	struct docx_abstract *found = NULL;

	for (int n = 0; list && n < MOST_LINKS; n++) {
		const struct docx_style *style;

		found = abstract_find(s, list->abstract);
		if (!found || !found->link)
			return found;
		style = docx_style_find(s, found->link);
		list = style ? list_find(s, style->list) : NULL;
	}
	return found;
}

static const struct docx_level *level_of(const struct docx_list *list,
                                         const struct docx_abstract *abstract, int i)
{
	if (list->levels && list->levels[i].overridden)
		return &list->levels[i];
	return &abstract->levels[i];
}

/* The level that a style's paragraphs have in its list. */
static int style_level(const struct docx_list *list, const struct docx_abstract *abstract,
                       const struct docx_style *style)
{
	for (int i = 0; i < DOCX_LEVELS; i++) {
		const char *id = level_of(list, abstract, i)->style;

		if (id && strcmp(id, style->id) == 0)
			return i;
	}
	return style->level == DOCX_UNSET ? 0 : style->level;
}

static void put_roman(struct str *to, int n, bool upper)
{
	static const struct {
		int value;
		const char *upper, *lower;
	} signs[] = { { 1000, "M", "m" },  { 900, "CM", "cm" }, { 500, "D", "d" },
		      { 400, "CD", "cd" }, { 100, "C", "c" },   { 90, "XC", "xc" },
		      { 50, "L", "l" },    { 40, "XL", "xl" },  { 10, "X", "x" },
		      { 9, "IX", "ix" },   { 5, "V", "v" },     { 4, "IV", "iv" },
		      { 1, "I", "i" } };

	if (n > MOST_ROMAN) {
		str_put_int(to, n);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		for (; n >= signs[i].value; n -= signs[i].value)
			str_put(to, upper ? signs[i].upper : signs[i].lower);
	}
}

/* a ... z, aa, bb ... as Word counts. */
static void put_letters(struct str *to, int n, char first)
{
	if (n < 1 || n > 26 * 26) {
		str_put_int(to, n);
		return;
	}
	for (int i = 0; i <= (n - 1) / 26; i++)
		str_put_char(to, (char)(first + (n - 1) % 26));
}

static void put_count(struct str *to, enum docx_number_form form, int n)
{
	switch (form) {
	case DOCX_UPPER_ROMAN:
	case DOCX_LOWER_ROMAN:
		put_roman(to, n, form == DOCX_UPPER_ROMAN);
		break;
	case DOCX_UPPER_LETTER:
	case DOCX_LOWER_LETTER:
		put_letters(to, n, form == DOCX_UPPER_LETTER ? 'A' : 'a');
		break;
	case DOCX_DECIMAL_ZERO:
		str_printf(to, "%02d", n);
		break;
	case DOCX_BULLET:
	case DOCX_NO_NUMBER:
		break;
	case DOCX_DECIMAL:
	default:
		str_put_int(to, n);
	}
}

static int start_of(const struct docx_list *list, const struct docx_abstract *abstract, int i)
{
	return list->starts[i] != DOCX_UNSET ? list->starts[i]
	                                     : level_of(list, abstract, i)->start;
}

/* The next number of a level; deeper ones begin again. */
static void count_on(struct docx_list *list, struct docx_abstract *abstract, int level)
{
	for (int i = 0; !list->begun && i < DOCX_LEVELS; i++) {
		if (list->starts[i] != DOCX_UNSET)
			abstract->counts[i] = DOCX_UNSET;
	}
	list->begun = true;
	if (abstract->counts[level] == DOCX_UNSET)
		abstract->counts[level] = start_of(list, abstract, level);
	else
		abstract->counts[level]++;
	for (int i = level + 1; i < DOCX_LEVELS; i++) {
		int restart = level_of(list, abstract, i)->restart;

		if (restart == DOCX_UNSET || level < restart)
			abstract->counts[i] = DOCX_UNSET;
	}
}

static void put_bullet(struct str *to, const char *text)
{
	/* Their own sign only where people type it too; the rest are ornaments. */
	str_put(to, str_eq(text, "+") || str_eq(text, "*") ? text : "-");
}

static void put_level(struct str *to, const struct docx_list *list,
                      const struct docx_abstract *abstract, const struct docx_level *level)
{
	for (const char *c = level->text; *c; c++) {
		int i = c[1] - '1';
		const struct docx_level *other;

		if (*c != '%' || i < 0 || i >= DOCX_LEVELS) {
			str_put_char(to, *c);
			continue;
		}
		c++;
		other = level_of(list, abstract, i);
		put_count(to, level->legal ? DOCX_DECIMAL : other->form,
		          abstract->counts[i] == DOCX_UNSET ? start_of(list, abstract, i)
		                                            : abstract->counts[i]);
	}
}

void docx_number_put(struct docx_styles *s, struct str *to, const struct docx_style *style,
                     int list_id, int level_id)
{
	const struct docx_list *found;
	struct docx_list *list;
	struct docx_abstract *abstract;
	const struct docx_level *level;
	bool own = list_id != DOCX_UNSET;
	size_t before = to->len;

	if (!own && style)
		list_id = style->list;
	found = list_id > 0 ? list_find(s, list_id) : NULL; /* 0: numbering taken off */
	abstract = found ? abstract_of(s, found) : NULL;
	if (!abstract)
		return;
	list = &s->lists[found - s->lists];
	if (level_id == DOCX_UNSET)
		level_id = own || !style ? 0 : style_level(list, abstract, style);
	if (level_id >= DOCX_LEVELS)
		return;
	level = level_of(list, abstract, level_id);
	count_on(list, abstract, level_id);
	if (level->form == DOCX_BULLET)
		put_bullet(to, level->text);
	else
		put_level(to, list, abstract, level);
	if (to->len > before && !level->no_blank)
		str_put_char(to, ' ');
}
