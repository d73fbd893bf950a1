#include "app/form/form_load.h"

#include <stdio.h>
#include <string.h>

#include "app/form/form_loader.h"

#define DAY    CALC_DAY
#define WORD   CALC_WORD
#define AMOUNT CALC_AMOUNT
#define FLAG   CALC_FLAG
#define KEY    CALC_KEY
/* clang-format off */
#define RECORDS(set, by, about) static const struct calc_field set##_fields[] = {
#define RECORD_FIELD(set, name, kind, words, about) { #name, kind, words },
#define RECORDS_END(set) };
#include "app/form/form_records.def"
#undef RECORDS
#undef RECORD_FIELD
#undef RECORDS_END
#define RECORDS(set, by, about) { #set, set##_fields, ARRAY_LEN(set##_fields), by },
#define RECORD_FIELD(set, name, kind, words, about)
#define RECORDS_END(set)
static const struct calc_set record_sets[] = {
#include "app/form/form_records.def"
};
/* clang-format on */

const struct calc_schema *form_schema(void)
{
	static const struct calc_schema schema = { .sets = record_sets,
		                                   .n_sets = ARRAY_LEN(record_sets),
		                                   .tiers = "province|district|commune" };
	return &schema;
}

enum err loader_say_args(struct loader *l, int line, int column, enum msg id,
                         const char *const *args)
{
	const char *text;
	char where[16];

	TRY(l->status);
	TRY(msg_fill(&text, l->arena, id, args));
	if (column > 0) {
		snprintf(where, sizeof(where), "%d", column);
		TRY(msg_format(&text, l->arena, MSG_FORM_AT_COLUMN, where, text));
	}
	return problems_add(l->problems, l->file, line, text);
}

enum err loader_say_formula(struct loader *l, const struct form_line *line,
                            const struct calc_error *error)
{
	int column = error->line == 1 ? line->column + error->column - 1 : error->column;

	return loader_say(l, line->number + error->line - 1, column, MSG_FORM_FORMULA,
	                  error->message);
}

static enum err list_keys(const char **out, struct loader *l,
                          const struct attribute *attributes, size_t n)
{
	struct str s;

	str_init(&s, l->arena, 2000);
	for (size_t i = 0; i < n; i++)
		str_printf(&s, "%s%s", i ? ", " : "", attributes[i].key);
	return str_finish(&s, out);
}

static enum err read_attribute(struct loader *l, const struct form_line *line,
                               const struct attribute *attributes, size_t n, void *subject,
                               unsigned *seen)
{
	const char *known;

	for (size_t i = 0; i < n; i++) {
		if (!str_eq(attributes[i].key, line->key))
			continue;
		if ((*seen >> i & 1) && !attributes[i].many)
			return loader_say(l, line->number, 0, MSG_FORM_TWICE, line->key);
		*seen |= 1u << i;
		return attributes[i].read(l, subject, line);
	}
	TRY(list_keys(&known, l, attributes, n));
	return loader_say(l, line->number, 0, MSG_FORM_UNKNOWN_KEY, line->key, known);
}

enum err loader_read_block(struct loader *l, const struct form_lines *lines, size_t *at,
                           const struct attribute *attributes, size_t n, void *subject)
{
	int head = lines->items[*at].number;
	unsigned seen = 0;

	while (*at + 1 < lines->n && lines->items[*at + 1].indented) {
		++*at;
		TRY(read_attribute(l, &lines->items[*at], attributes, n, subject, &seen));
	}
	for (size_t i = 0; i < n; i++)
		if (attributes[i].required && !(seen >> i & 1))
			TRY(loader_say(l, head, 0, MSG_FORM_MISSING_KEY, attributes[i].key));
	return ERR_OK;
}

enum err loader_word(int *out, struct loader *l, const struct form_line *line,
                     const char *const *words, size_t n)
{
	struct str s;
	const char *known;

	*out = -1;
	for (size_t i = 0; i < n; i++)
		if (str_eq(words[i], line->value))
			*out = (int)i;
	if (*out >= 0)
		return ERR_OK;
	str_init(&s, l->arena, 1000);
	for (size_t i = 0; i < n; i++)
		str_printf(&s, "%s%s", i ? ", " : "", words[i]);
	TRY(str_finish(&s, &known));
	return loader_say(l, line->number, line->column, MSG_FORM_UNKNOWN_WORD, line->value,
	                  known);
}

enum err loader_formula(const struct calc **out, struct loader *l, const struct form_line *line,
                        const char *text, bool check, int row)
{
	struct calc_error error;
	enum err e;

	*out = NULL;
	e = check ? calc_parse_check(out, &error, l->arena, text, &l->schema)
	          : calc_parse_number(out, &error, l->arena, text, &l->schema);
	if (e == ERR_INPUT && error.message)
		return loader_say_formula(l, line, &error);
	TRY(e);
	if (l->n_formulas == l->most_formulas)
		return err_set(ERR_INTERNAL, "more formulas than lines");
	l->formulas[l->n_formulas++] =
	        (struct loader_formula){ *out, line, l->file, row, false };
	return ERR_OK;
}

bool loader_split(const char **left, const char **right, struct loader *l, const char *text,
                  const char *sign)
{
	const char *hit = strstr(text, sign);

	if (!hit)
		return false;
	struct slice a = slice_trim((struct slice){ text, (size_t)(hit - text) });
	struct slice b = slice_trim(slice_of(hit + strlen(sign)));

	enum err e = arena_strndup(l->arena, left, a.at, a.len);
	if (e == ERR_OK)
		e = arena_strndup(l->arena, right, b.at, b.len);
	if (e != ERR_OK)
		l->status = e;
	return e == ERR_OK;
}

/* ---- the whole set ---- */

static const char *choices_of(const void *self, const char *setting)
{
	const struct form_setting *s = form_find_setting(self, setting);

	return s ? s->words : NULL;
}

static bool has_condition(const void *self, const char *condition, const char *set)
{
	const struct form_set *s = self;

	for (size_t i = 0; i < s->n_conditions; i++)
		if (str_eq(s->conditions[i].name, condition) &&
		    str_eq(s->conditions[i].total->set, set))
			return true;
	return false;
}

static enum err cut_files(struct loader *l, const struct form_text *sources, size_t n)
{
	size_t lines = 0;

	TRY(arena_array(l->arena, &l->files, n + 1));
	for (size_t i = 0; i < n; i++) {
		l->file = sources[i].name;
		l->files[i].name = sources[i].name;
		if (strlen(sources[i].text) > FORM_LONGEST_FILE)
			TRY(loader_say(l, 1, 0, MSG_FORM_FILE_TOO_LONG));
		else
			TRY(form_lines_cut(&l->files[i].lines, l->problems, sources[i].name,
			                   sources[i].text));
		lines += l->files[i].lines.n;
	}
	l->n_files = n;
	l->most_formulas = lines + 1;
	return arena_array(l->arena, &l->formulas, l->most_formulas);
}

static const struct loader_file *find_file(const struct loader *l, const char *name)
{
	for (size_t i = 0; i < l->n_files; i++)
		if (str_eq(l->files[i].name, name))
			return &l->files[i];
	return NULL;
}

static enum err make_room(struct loader *l)
{
	size_t rows = 0;

	for (size_t i = 0; i < l->n_files; i++)
		for (size_t at = 0; at < l->files[i].lines.n; at++)
			rows += str_eq(l->files[i].lines.items[at].key, "row");
	if (rows > FORM_MOST_ROWS) {
		TRY(loader_say(l, 1, 0, MSG_FORM_TOO_MANY_ROWS));
		rows = 0;
	}
	return arena_array(l->arena, &l->rows, rows + 1);
}

/* The form files in the order of the set; a file nobody names is a problem too. */
static enum err load_forms(struct loader *l)
{
	for (size_t i = 0; i < l->set->n_forms; i++) {
		struct form *form = &l->forms[i];
		const struct loader_file *file = find_file(l, form->file);

		l->file = "set.form";
		if (!file) {
			TRY(loader_say(l, 1, 0, MSG_FORM_NO_FILE, form->code, form->file));
			continue;
		}
		l->file = file->name;
		TRY(load_form(l, file, form));
	}
	for (size_t i = 0; i < l->n_files; i++) {
		bool named = str_eq(l->files[i].name, "set.form");

		for (size_t f = 0; f < l->set->n_forms; f++)
			named = named || str_eq(l->forms[f].file, l->files[i].name);
		l->file = l->files[i].name;
		if (!named)
			TRY(loader_say(l, 1, 0, MSG_FORM_FILE_NOT_NAMED));
	}
	return ERR_OK;
}

static enum err load_all(struct loader *l)
{
	const struct loader_file *header = find_file(l, "set.form");

	l->file = "set.form";
	if (!header)
		return loader_say(l, 1, 0, MSG_FORM_NO_SET);
	TRY(make_room(l));
	TRY(load_set_header(l, header));
	if (l->problems->n > 0)
		return ERR_OK; /* every formula would be refused for the same reason */
	TRY(load_forms(l));
	TRY(load_resolve(l));
	for (size_t i = 0; i < l->set->n_forms && l->problems->n == 0; i++) {
		l->file = l->forms[i].file;
		TRY(load_examples(l, find_file(l, l->file), &l->forms[i]));
	}
	return ERR_OK;
}

enum err form_set_load(const struct form_set **out, struct problems *problems, struct arena *a,
                       const struct form_text *sources, size_t n)
{
	struct loader l = { .arena = a, .problems = problems, .schema = *form_schema() };
	size_t before = problems->n;

	*out = NULL;
	TRY(arena_new(a, &l.set));
	l.schema.self = l.set;
	l.schema.choices = choices_of;
	l.schema.named = has_condition;
	if (n > FORM_MOST_FORMS + 1) {
		l.file = "set.form";
		return loader_say(&l, 1, 0, MSG_FORM_TOO_MANY_FORMS);
	}
	TRY(cut_files(&l, sources, n));
	if (problems->n == before)
		TRY(load_all(&l));
	TRY(l.status);
	if (problems->n == before)
		*out = l.set;
	return ERR_OK;
}
