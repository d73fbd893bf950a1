/* Reads set.form: who issued the set, its settings and named conditions. */
#include <stdio.h>
#include <string.h>

#include "app/form/form_loader.h"

static struct form_set *set_of(void *subject)
{
	return subject;
}

static bool is_word(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return n > 0 && n < 40 && !text[n];
}

static enum err read_title(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&set_of(subject)->title, l->arena, line);
}

static enum err read_issuer(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&set_of(subject)->issuer, l->arena, line);
}

static enum err read_document(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&set_of(subject)->document, l->arena, line);
}

static enum err read_printed(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&set_of(subject)->printed, l->arena, line);
}

/* valid 2022-02-21, or 2022-02-21..2025-06-30 */
static enum err read_valid(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_set *set = subject;
	const char *from = line->value, *to = NULL;

	set->valid_to = DATE_NONE;
	if (strstr(line->value, ".."))
		(void)loader_split(&from, &to, l, line->value, "..");
	if (date_parse_iso(&set->valid_from, from) &&
	    (!to || date_parse_iso(&set->valid_to, to)))
		return ERR_OK;
	return loader_say(l, line->number, line->column, MSG_FORM_BAD_VALID, line->value);
}

/* forms 1, 2, 3: each in the file of its name */
static enum err read_forms(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_set *set = subject;
	struct slice rest = slice_of(line->value), one;

	TRY(arena_array(l->arena, &l->forms, FORM_MOST_FORMS));
	set->forms = l->forms;
	while (slice_cut(&rest, ',', &one)) {
		struct form *form = &l->forms[set->n_forms];

		one = slice_trim(one);
		if (set->n_forms == FORM_MOST_FORMS)
			return loader_say(l, line->number, 0, MSG_FORM_TOO_MANY_FORMS);
		TRY(arena_strndup(l->arena, &form->code, one.at, one.len));
		if (!is_word(form->code) || form_find(set, form->code))
			return loader_say(l, line->number, line->column, MSG_FORM_BAD_FORM_CODE,
			                  form->code);
		TRY(arena_printf(l->arena, &form->file, "%s.form", form->code));
		set->n_forms++;
	}
	return ERR_OK;
}

static enum form_tier tier_of_word(const char *word)
{
	enum form_tier tier = FORM_PROVINCE;

	while (tier < FORM_TIERS && !str_eq(form_tier_word(tier), word))
		tier++;
	return tier;
}

/* closed district after 2025-06-30 because ... */
static enum err read_closed(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_set *set = subject;
	const char *rule, *because, *tier, *day;
	date_t last;

	if (!loader_split(&rule, &because, l, line->value, " because ") ||
	    !loader_split(&tier, &day, l, rule, " after ") || !date_parse_iso(&last, day) ||
	    tier_of_word(tier) == FORM_TIERS)
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_CLOSED);
	set->closed_on[tier_of_word(tier)] = last;
	set->closed_because[tier_of_word(tier)] = because;
	return ERR_OK;
}

static const struct attribute set_attributes[] = {
	{ "title", read_title, false, true },       { "issuer", read_issuer, false, true },
	{ "document", read_document, false, true }, { "valid", read_valid, false, true },
	{ "printed", read_printed, false, true },   { "forms", read_forms, false, true },
	{ "closed", read_closed, true, false },
};

/* ---- settings ---- */

enum { MOST_CHOICES = 8 };

struct setting_reader {
	struct form_setting *setting;
	struct form_choice *choices;
	const char *usual;
};

static enum err read_setting_title(struct loader *l, void *subject,
                                   const struct form_line *line)
{
	struct setting_reader *r = subject;

	return form_line_text(&r->setting->title, l->arena, line);
}

/* choice finished: the sentence that is printed */
static enum err read_choice(struct loader *l, void *subject, const struct form_line *line)
{
	struct setting_reader *r = subject;
	struct form_setting *s = r->setting;
	const char *text;
	struct form_choice *choice = &r->choices[s->n_choices];

	TRY(form_line_text(&text, l->arena, line));
	if (s->n_choices == MOST_CHOICES ||
	    !loader_split(&choice->word, &choice->text, l, text, ":") || !is_word(choice->word))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_CHOICE);
	TRY(arena_printf(l->arena, &s->words, "%s%s%s", s->words, *s->words ? "|" : "",
	                 choice->word));
	s->n_choices++;
	return ERR_OK;
}

static enum err read_default(struct loader *l, void *subject, const struct form_line *line)
{
	struct setting_reader *r = subject;

	(void)l;
	r->usual = line->value;
	return ERR_OK;
}

static const struct attribute setting_attributes[] = {
	{ "title", read_setting_title, false, true },
	{ "choice", read_choice, true, true },
	{ "default", read_default, false, true },
};

static enum err load_setting(struct loader *l, const struct form_lines *lines, size_t *at)
{
	const struct form_line *line = &lines->items[*at];
	struct form_setting *s = &l->settings[l->set->n_settings];
	struct setting_reader r = { .setting = s };

	if (l->set->n_settings == FORM_MOST_SETTINGS || !is_word(line->value) ||
	    form_find_setting(l->set, line->value))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_SETTING,
		                  line->value);
	s->name = line->value;
	s->title = s->words = "";
	TRY(arena_array(l->arena, &r.choices, MOST_CHOICES + 1));
	s->choices = r.choices;
	TRY(loader_read_block(l, lines, at, setting_attributes, ARRAY_LEN(setting_attributes),
	                      &r));
	while (s->usual < s->n_choices && !str_eq(s->choices[s->usual].word, r.usual))
		s->usual++;
	l->set->n_settings++;
	if (s->usual == s->n_choices && r.usual)
		return loader_say(l, line->number, 0, MSG_FORM_BAD_DEFAULT, r.usual, s->words);
	return ERR_OK;
}

/* ---- named conditions ---- */

enum { MOST_CONDITIONS = 100, MOST_SETS = 8 };

struct condition_reader {
	const char *name;
	const char *sets[MOST_SETS];
	size_t n_sets;
	const struct form_setting *setting;
	unsigned seen; /* its choices */
	size_t first;  /* of these conditions; they count only when all are read */
	size_t n;
};

static enum err add_condition(struct loader *l, struct condition_reader *r,
                              const struct form_line *line, const char *choice,
                              const char *text)
{
	for (size_t i = 0; i < r->n_sets; i++) {
		struct form_condition *c = &l->conditions[r->first + r->n];
		struct calc_error error;
		enum err e;

		if (r->first + r->n == MOST_CONDITIONS)
			return loader_say(l, line->number, 0, MSG_FORM_TOO_MANY_CONDITIONS);
		e = calc_parse_conditions(&c->total, &error, l->arena, text, r->sets[i],
		                          &l->schema);
		if (e == ERR_INPUT && error.message)
			return loader_say_formula(l, line, &error);
		TRY(e);
		c->name = r->name;
		c->setting = r->setting ? r->setting->name : NULL;
		c->choice = choice;
		r->n++;
	}
	return ERR_OK;
}

/* The text from `at` on, what stands before it blanked, so that columns stay true. */
static enum err blank_before(const char **out, struct loader *l, const char *text,
                             const char *at)
{
	return arena_printf(l->arena, out, "%*s%s", (int)(at - text), "", at);
}

/* when SETTING = CHOICE conditions */
static enum err read_when(struct loader *l, void *subject, const struct form_line *line)
{
	struct condition_reader *r = subject;
	char name[48] = "", choice[48] = "";
	int used = 0;
	const char *rest = "", *word;

	if (sscanf(line->value, "%47[a-z0-9_] = %47[a-z0-9_]%n", name, choice, &used) != 2 ||
	    used == 0)
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_WHEN);
	const struct form_setting *s = form_find_setting(l->set, name);
	if (!s || (r->setting && r->setting != s))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_WHEN_SETTING,
		                  name);
	if (!calc_word_among(s->words, choice))
		return loader_say(l, line->number, line->column, MSG_FORM_UNKNOWN_WORD, choice,
		                  s->words);
	r->setting = s;
	for (size_t i = 0; i < s->n_choices; i++)
		if (str_eq(s->choices[i].word, choice))
			r->seen |= 1u << i;
	TRY(blank_before(&rest, l, line->value, line->value + used));
	TRY(arena_strdup(l->arena, &word, choice));
	return add_condition(l, r, line, word, rest);
}

static enum err read_always(struct loader *l, void *subject, const struct form_line *line)
{
	return add_condition(l, subject, line, NULL, line->value);
}

static const struct attribute condition_attributes[] = {
	{ "when", read_when, true, false },
	{ "always", read_always, false, false },
};

/* "in_time of dossier, procedure" */
static enum err read_condition_head(struct loader *l, struct condition_reader *r,
                                    const struct form_line *line)
{
	const char *sets;
	struct slice rest, one;

	if (!loader_split(&r->name, &sets, l, line->value, " of ") || !is_word(r->name))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_CONDITION);
	rest = slice_of(sets);
	while (slice_cut(&rest, ',', &one) && r->n_sets < MOST_SETS) {
		one = slice_trim(one);
		TRY(arena_strndup(l->arena, &r->sets[r->n_sets++], one.at, one.len));
	}
	return ERR_OK;
}

static enum err load_condition(struct loader *l, const struct form_lines *lines, size_t *at)
{
	const struct form_line *line = &lines->items[*at];
	struct condition_reader r = { .first = l->set->n_conditions };
	size_t before = l->problems->n;

	TRY(read_condition_head(l, &r, line));
	TRY(loader_read_block(l, lines, at, condition_attributes,
	                      ARRAY_LEN(condition_attributes), &r));
	if (l->problems->n > before)
		return ERR_OK;
	if (r.n == 0 || (r.setting && r.seen != (1u << r.setting->n_choices) - 1))
		return loader_say(l, line->number, 0, MSG_FORM_CONDITION_GAPS, r.name);
	l->set->n_conditions += r.n;
	return ERR_OK;
}

/* ---- the file ---- */

static enum err load_set_block(struct loader *l, const struct form_lines *lines, size_t *at)
{
	const struct form_line *line = &lines->items[*at];

	if (!is_word(line->value) || l->set->code)
		TRY(loader_say(l, line->number, line->column, MSG_FORM_BAD_SET_CODE,
		               line->value));
	l->set->code = line->value;
	return loader_read_block(l, lines, at, set_attributes, ARRAY_LEN(set_attributes),
	                         l->set);
}

enum err load_set_header(struct loader *l, const struct loader_file *file)
{
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++)
		l->set->closed_on[tier] = DATE_NONE;
	TRY(arena_array(l->arena, &l->settings, FORM_MOST_SETTINGS + 1));
	TRY(arena_array(l->arena, &l->conditions, MOST_CONDITIONS + 1));
	l->set->settings = l->settings;
	l->set->conditions = l->conditions;
	l->set->rows = l->rows;
	for (size_t at = 0; at < file->lines.n; at++) {
		const struct form_line *line = &file->lines.items[at];

		if (!line->indented && str_eq(line->key, "set"))
			TRY(load_set_block(l, &file->lines, &at));
		else if (!line->indented && str_eq(line->key, "setting"))
			TRY(load_setting(l, &file->lines, &at));
		else if (!line->indented && str_eq(line->key, "condition"))
			TRY(load_condition(l, &file->lines, &at));
		else
			TRY(loader_say(l, line->number, 0, MSG_FORM_UNKNOWN_KEY, line->key,
			               "set, setting, condition"));
	}
	if (!l->set->code)
		return loader_say(l, 1, 0, MSG_FORM_MISSING_KEY, "set");
	return ERR_OK;
}
