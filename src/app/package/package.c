/* package.c - the canonical text of a content.  One function for each struct both writes and
 * reads it, so that the two cannot differ. */
#include "app/package/package.h"

#include <stdalign.h>
#include <string.h>

#include "base/secret.h"
#include "base/vec.h"
#include "base/vntext.h"
#include "json/json.h"
#include "json/json_read.h"

struct codec {
	bool writing;
	struct arena *arena;
	struct json j;
	struct json_reader r;
	enum err status; /* of writing */
	long long format;
};

/* ---- values ---- */

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static void write_text(struct codec *c, const char *key, const char *text)
{
	if (!text || !*text || c->status != ERR_OK)
		return;
	if (!is_ascii(text))
		c->status = text_nfc(c->arena, &text, text);
	json_key(&c->j, key);
	json_text(&c->j, text);
}

static const char *code_text(struct codec *c, const char *key, const char *text)
{
	if (c->writing)
		write_text(c, key, text);
	else
		text = json_read_key(&c->r, key) ? json_read_text(&c->r) : NULL;
	return text;
}

/* A text that is never NULL. */
static const char *code_word(struct codec *c, const char *key, const char *text)
{
	text = code_text(c, key, text);
	return text ? text : "";
}

static dec_t code_dec(struct codec *c, const char *key, dec_t d)
{
	if (!c->writing)
		return json_read_key(&c->r, key) ? json_read_dec(&c->r) : DEC_NONE;
	if (!dec_is_none(d)) {
		json_key(&c->j, key);
		json_dec(&c->j, d);
	}
	return d;
}

static long long code_int(struct codec *c, const char *key, long long n)
{
	if (!c->writing)
		return json_read_key(&c->r, key) ? json_read_int(&c->r) : 0;
	if (n != 0) {
		json_key(&c->j, key);
		json_int(&c->j, n);
	}
	return n;
}

static bool code_flag(struct codec *c, const char *key, bool b)
{
	if (!c->writing)
		return json_read_key(&c->r, key) && json_read_bool(&c->r);
	if (b) {
		json_key(&c->j, key);
		json_bool(&c->j, true);
	}
	return b;
}

static date_t code_date(struct codec *c, const char *key, date_t d)
{
	if (!c->writing)
		return json_read_key(&c->r, key) ? json_read_date(&c->r) : DATE_NONE;
	json_key(&c->j, key);
	json_date(&c->j, d);
	return d;
}

/* ---- lists ---- */

typedef void code_item(struct codec *c, void *item);

/* Items pass through here one by one; no struct in a list is larger. */
union item {
	struct package_cell cell;
	struct package_code code;
	struct package_share share;
	struct package_unit unit;
	struct package_child child;
	struct package_definition definition;
	struct package_setting setting;
	struct package_amendment amendment;
};

struct list {
	const void *at;
	size_t n, each;
};

static void write_list(struct codec *c, struct list list, code_item *code)
{
	union item item;

	json_begin_array(&c->j);
	for (size_t i = 0; i < list.n; i++) {
		memcpy(&item, (const char *)list.at + i * list.each, list.each);
		json_begin_object(&c->j);
		code(c, &item);
		json_end(&c->j);
	}
	json_end(&c->j);
}

static struct list read_list(struct codec *c, size_t each, code_item *code)
{
	struct list list = { NULL, 0, each };
	char *at = NULL;

	json_read_open(&c->r, '[');
	while (json_read_more(&c->r)) {
		union item item;

		memset(&item, 0, sizeof(item));
		json_read_open(&c->r, '{');
		code(c, &item);
		json_read_close(&c->r, '}');
		at = vec_grow(c->arena, at, list.n, each);
		if (!at) {
			c->r.status = arena_no_memory(c->arena);
			return (struct list){ 0 };
		}
		memcpy(at + list.n++ * each, &item, each);
	}
	list.at = at;
	return list;
}

static const void *code_list(struct codec *c, const char *key, struct list list, size_t *n,
                             code_item *code)
{
	if (c->writing) {
		if (list.n > 0) {
			json_key(&c->j, key);
			write_list(c, list, code);
		}
		return list.at;
	}
	list = json_read_key(&c->r, key) ? read_list(c, list.each, code) : (struct list){ 0 };
	*n = list.n;
	return list.at;
}
#define CODE_LIST(c, x, name, code)                                                            \
	((x)->name = code_list((c), #name,                                                     \
	                       (struct list){ (x)->name, (x)->n_##name, sizeof(*(x)->name) },  \
	                       &(x)->n_##name, (code)))

/* ---- the structs, in the order of their members ---- */

static void code_unit(struct codec *c, void *item)
{
	struct package_unit *x = item;

	x->code = code_word(c, "code", x->code);
	x->name = code_word(c, "name", x->name);
	x->level = code_word(c, "level", x->level);
	x->parent = code_text(c, "parent", x->parent);
}

static void code_child(struct codec *c, void *item)
{
	struct package_child *x = item;

	x->code = code_word(c, "code", x->code);
	x->name = code_word(c, "name", x->name);
	x->sha256 = code_text(c, "sha256", x->sha256);
}

static void code_definition(struct codec *c, void *item)
{
	struct package_definition *x = item;

	x->form = code_word(c, "form", x->form);
	x->sha256 = code_word(c, "sha256", x->sha256);
}

static void code_setting(struct codec *c, void *item)
{
	struct package_setting *x = item;

	x->name = code_word(c, "name", x->name);
	x->word = code_word(c, "word", x->word);
	x->by = code_text(c, "by", x->by);
}

static void code_amendment(struct codec *c, void *item)
{
	struct package_amendment *x = item;

	x->form = code_word(c, "form", x->form);
	x->indicator = code_word(c, "indicator", x->indicator);
	x->before = code_dec(c, "before", x->before);
	x->after = code_dec(c, "after", x->after);
	x->reason = code_word(c, "reason", x->reason);
}

static void code_code(struct codec *c, void *item)
{
	struct package_code *x = item;

	x->procedure = code_word(c, "procedure", x->procedure);
	x->tier = code_word(c, "tier", x->tier);
	x->field = code_word(c, "field", x->field);
	x->amount = code_dec(c, "amount", x->amount);
}

/* PACKAGE_OWN is written as 0 and left out, children from 1. */
static void code_share(struct codec *c, void *item)
{
	struct package_share *x = item;
	long long child = code_int(c, "child", (long long)x->child + 1);

	x->child = child > 0 && child <= INT32_MAX ? (int)child - 1 : PACKAGE_OWN;
	x->giving = code_text(c, "giving", x->giving);
	x->value = code_dec(c, "value", x->value);
	x->numerator = code_dec(c, "numerator", x->numerator);
	x->denominator = code_dec(c, "denominator", x->denominator);
}

static void code_cell(struct codec *c, void *item)
{
	struct package_cell *x = item;

	x->form = code_word(c, "form", x->form);
	x->indicator = code_word(c, "indicator", x->indicator);
	x->source = code_word(c, "source", x->source);
	x->value = code_dec(c, "value", x->value);
	x->numerator = code_dec(c, "numerator", x->numerator);
	x->denominator = code_dec(c, "denominator", x->denominator);
	x->computed = code_dec(c, "computed", x->computed);
	x->note = code_text(c, "note", x->note);
	x->reason = code_text(c, "reason", x->reason);
	x->blank = code_text(c, "blank", x->blank);
	x->given = code_int(c, "given", x->given);
	x->owed = code_int(c, "owed", x->owed);
	x->listed = code_flag(c, "listed", x->listed);
	x->unlisted = code_flag(c, "unlisted", x->unlisted);
	x->incomplete = code_flag(c, "incomplete", x->incomplete);
	x->not_owed = code_flag(c, "not_owed", x->not_owed);
	x->adjusted = code_dec(c, "adjusted", x->adjusted);
	x->adjusted_numerator = code_dec(c, "adjusted_numerator", x->adjusted_numerator);
	x->adjusted_denominator = code_dec(c, "adjusted_denominator", x->adjusted_denominator);
	x->adjusted_reason = code_text(c, "adjusted_reason", x->adjusted_reason);
	CODE_LIST(c, x, codes, code_code);
	CODE_LIST(c, x, shares, code_share);
}

static void code_head(struct codec *c, struct package_content *x)
{
	x->unit.code = code_word(c, "unit", x->unit.code);
	x->unit.name = code_word(c, "unit_name", x->unit.name);
	x->unit.level = code_word(c, "unit_level", x->unit.level);
	x->unit.parent = code_text(c, "unit_parent", x->unit.parent);
	x->regime = code_word(c, "regime", x->regime);
	x->regime_title = code_word(c, "regime_title", x->regime_title);
	x->regime_document = code_word(c, "regime_document", x->regime_document);
	x->period = code_word(c, "period", x->period);
	x->period_name = code_word(c, "period_name", x->period_name);
	x->from_on = code_date(c, "from_on", x->from_on);
	x->to_on = code_date(c, "to_on", x->to_on);
	x->set = code_word(c, "set", x->set);
	x->set_title = code_word(c, "set_title", x->set_title);
	x->set_document = code_word(c, "set_document", x->set_document);
	x->tier = code_word(c, "tier", x->tier);
	x->receiver = code_text(c, "receiver", x->receiver);
}

static void code_content(struct codec *c, struct package_content *x)
{
	code_head(c, x);
	CODE_LIST(c, x, definitions, code_definition);
	CODE_LIST(c, x, settings, code_setting);
	CODE_LIST(c, x, tree, code_unit);
	CODE_LIST(c, x, children, code_child);
	CODE_LIST(c, x, cells, code_cell);
	x->text = code_word(c, "text", x->text);
	x->amends = code_text(c, "amends", x->amends);
	CODE_LIST(c, x, amendments, code_amendment);
}

/* ---- order ---- */

static int by_two(const char *a, const char *b, const char *a2, const char *b2)
{
	int order = strcmp(a, b);

	return order ? order : strcmp(a2, b2);
}

static int cell_order(const struct package_cell *a, const struct package_cell *b)
{
	return by_two(a->form, b->form, a->indicator, b->indicator);
}

/* Whether each is before the next: `order` compares items a and b. */
#define SORTED(at, n, order)                                                                   \
	for (size_t i = 1; i < (n); i++) {                                                     \
		__typeof__(&(at)[0]) a = &(at)[i - 1], b = &(at)[i];                           \
		if ((order) >= 0)                                                              \
			return false;                                                          \
	}

static bool cells_sorted(const struct package_content *x)
{
	SORTED(x->cells, x->n_cells, cell_order(a, b))
	for (size_t k = 0; k < x->n_cells; k++) {
		const struct package_cell *cell = &x->cells[k];

		SORTED(cell->codes, cell->n_codes,
		       by_two(a->procedure, b->procedure, a->tier, b->tier))
		SORTED(cell->shares, cell->n_shares, a->child - b->child)
		for (size_t i = 0; i < cell->n_shares; i++)
			if (cell->shares[i].child >= (int)x->n_children)
				return false;
	}
	return true;
}

static bool sorted(const struct package_content *x)
{
	SORTED(x->definitions, x->n_definitions, strcmp(a->form, b->form))
	SORTED(x->settings, x->n_settings, strcmp(a->name, b->name))
	SORTED(x->tree, x->n_tree, strcmp(a->code, b->code))
	SORTED(x->children, x->n_children, strcmp(a->code, b->code))
	SORTED(x->amendments, x->n_amendments,
	       by_two(a->form, b->form, a->indicator, b->indicator))
	return cells_sorted(x);
}

/* ---- the doors ---- */

enum err package_write(struct package_bytes *out, struct arena *a,
                       const struct package_content *content)
{
	struct package_content copy = *content;
	struct codec c = { .writing = true, .arena = a, .status = ERR_OK };
	struct str text;

	if (!sorted(content))
		return err_set(ERR_INTERNAL, "the lists of a report's content are not sorted");
	str_init(&text, a, PACKAGE_MOST_BYTES);
	json_init(&c.j, &text);
	json_begin_object(&c.j);
	code_int(&c, "format", PACKAGE_FORMAT);
	code_content(&c, &copy);
	json_end(&c.j);
	TRY(c.status);
	TRY(str_check(&text));
	out->at = text.data;
	out->n = text.len;
	secret_digest_hex(out->sha256, text.data, text.len);
	return ERR_OK;
}

static enum err refuse(struct problems *problems, enum msg id, long long first,
                       long long second)
{
	char one[24], two[24];

	snprintf(one, sizeof(one), "%lld", first);
	snprintf(two, sizeof(two), "%lld", second);
	TRY(problems_say(problems, "content", 0, id, one, two));
	return err_set(ERR_INPUT, "a content was refused at %lld", first);
}

enum err package_read(struct package_content *out, struct arena *a, const char *bytes, size_t n,
                      struct problems *problems)
{
	struct codec c = { .arena = a, .status = ERR_OK };
	struct package_content content = { 0 };
	struct package_bytes again;
	size_t where;

	if (n > PACKAGE_MOST_BYTES)
		return refuse(problems, MSG_PACKAGE_CONTENT_BROKEN, PACKAGE_MOST_BYTES, 0);
	json_read_init(&c.r, bytes, n, a);
	json_read_open(&c.r, '{');
	c.format = code_int(&c, "format", 0);
	if (c.r.status == ERR_OK && c.format > PACKAGE_FORMAT)
		return refuse(problems, MSG_PACKAGE_CONTENT_NEWER, c.format, PACKAGE_FORMAT);
	code_content(&c, &content);
	json_read_close(&c.r, '}');
	enum err e = json_read_end(&c.r, &where);
	if (e == ERR_INPUT)
		return refuse(problems, MSG_PACKAGE_CONTENT_BROKEN, (long long)where, 0);
	TRY(e);
	if (!sorted(&content))
		return refuse(problems, MSG_PACKAGE_CONTENT_OTHER, 0, 0);
	TRY(package_write(&again, a, &content));
	if (again.n != n || memcmp(again.at, bytes, n) != 0)
		return refuse(problems, MSG_PACKAGE_CONTENT_OTHER, 0, 0);
	*out = content;
	return ERR_OK;
}

const struct package_cell *package_cell_of(const struct package_content *content,
                                           const char *form, const char *indicator)
{
	struct package_cell wanted = { .form = form, .indicator = indicator };
	size_t low = 0, high = content->n_cells;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = cell_order(&content->cells[middle], &wanted);

		if (order == 0)
			return &content->cells[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
