/* Reads the worked examples of a form file. */
#include <string.h>

#include "app/form/form_loader.h"

enum { MOST_EXAMPLES = 50, MOST_FACTS = 400 /* each given or expected, of one example */ };

struct example_reader {
	struct form_example *example;
	const struct form *form;
	struct form_given *given;
	struct form_expected *expected;
};

static enum err read_level(struct loader *l, void *subject, const struct form_line *line)
{
	static const char *const words[] = { "province", "district", "commune" };
	struct example_reader *r = subject;
	int tier;

	TRY(loader_word(&tier, l, line, words, ARRAY_LEN(words)));
	if (tier >= 0)
		r->example->tier = (enum form_tier)tier;
	return ERR_OK;
}

static enum err read_period(struct loader *l, void *subject, const struct form_line *line)
{
	struct example_reader *r = subject;

	if (period_parse(&r->example->period, line->value))
		return ERR_OK;
	return loader_say(l, line->number, line->column, MSG_FORM_BAD_PERIOD, line->value);
}

/* The row that the line names first; -1 and a problem when there is none. */
static enum err find_row(int *out, struct loader *l, const struct example_reader *r,
                         const struct form_line *line, const char *code)
{
	*out = loader_find(l, r->form, code);
	if (*out >= 0)
		return ERR_OK;
	return loader_say(l, line->number, line->column, MSG_FORM_NO_ROW, code);
}

/* given 3.3.1 = 96 */
static enum err read_given(struct loader *l, void *subject, const struct form_line *line)
{
	struct example_reader *r = subject;
	struct form_example *e = r->example;
	struct form_given *given = &r->given[e->n_given];
	const char *code;

	if (e->n_given == MOST_FACTS || !loader_split(&code, &given->text, l, line->value, "="))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_GIVEN);
	TRY(find_row(&given->row, l, r, line, code));
	e->n_given += given->row >= 0;
	return ERR_OK;
}

static enum err keep_expected(struct loader *l, struct example_reader *r,
                              const struct form_line *line, struct form_expected fact)
{
	struct form_example *e = r->example;

	if (e->n_expected == MOST_FACTS)
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_EXPECT);
	r->expected[e->n_expected] = fact;
	e->n_expected += fact.row >= 0;
	return ERR_OK;
}

/* The figure as printed, read as the row reads it. */
static enum err read_value(struct form_expected *fact, struct loader *l,
                           const struct form_line *line, const char *text)
{
	const struct form_row *row = &l->rows[fact->row];
	struct number_read number;
	const char *question;

	TRY(number_read(&number, &question, l->arena, text, row->kind, row->unit));
	if (question)
		return loader_say(l, line->number, line->column, MSG_FORM_FORMULA, question);
	fact->value = number.value;
	return ERR_OK;
}

/* expect 3.3 = 100, expect 3.1 blank */
static enum err read_expect(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_expected fact = { .value = DEC_NONE };
	const char *code, *text = NULL;

	if (str_ends(line->value, " blank"))
		fact.blank = loader_split(&code, &text, l, line->value, " blank");
	else if (!loader_split(&code, &text, l, line->value, "="))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_EXPECT);
	if (!text)
		return err_set(ERR_NO_MEMORY, "no room for an example");
	TRY(find_row(&fact.row, l, subject, line, code));
	if (fact.row >= 0 && !fact.blank)
		TRY(read_value(&fact, l, line, text));
	return keep_expected(l, subject, line, fact);
}

/* problem 6.3.1 cross-form */
static enum err read_problem(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_expected fact = { .value = DEC_NONE };
	const char *code;

	if (!loader_split(&code, &fact.problem, l, line->value, " "))
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_EXPECT);
	TRY(find_row(&fact.row, l, subject, line, code));
	return keep_expected(l, subject, line, fact);
}

static const struct attribute example_attributes[] = {
	{ "level", read_level, false, true },     { "period", read_period, false, true },
	{ "given", read_given, true, false },     { "expect", read_expect, true, false },
	{ "problem", read_problem, true, false },
};

static enum err load_example(struct loader *l, const struct form *form,
                             struct form_example *example, const struct form_lines *lines,
                             size_t *at)
{
	struct example_reader r = { .example = example, .form = form };
	size_t facts = 1;

	while (*at + facts < lines->n && lines->items[*at + facts].indented &&
	       facts <= MOST_FACTS)
		facts++;
	example->line = lines->items[*at].number;
	TRY(form_line_text(&example->name, l->arena, &lines->items[*at]));
	TRY(arena_array(l->arena, &r.given, facts));
	TRY(arena_array(l->arena, &r.expected, facts));
	example->given = r.given;
	example->expected = r.expected;
	return loader_read_block(l, lines, at, example_attributes,
	                         ARRAY_LEN(example_attributes), &r);
}

enum err load_examples(struct loader *l, const struct loader_file *file, struct form *form)
{
	const struct form_lines *lines = &file->lines;
	struct form_example *examples;
	size_t n = 0;

	for (size_t at = 0; at < lines->n; at++)
		n += !lines->items[at].indented && str_eq(lines->items[at].key, "example");
	if (n > MOST_EXAMPLES)
		return loader_say(l, 1, 0, MSG_FORM_TOO_MANY_EXAMPLES);
	TRY(arena_array(l->arena, &examples, n + 1));
	form->examples = examples;
	for (size_t at = 0; at < lines->n; at++)
		if (!lines->items[at].indented && str_eq(lines->items[at].key, "example"))
			TRY(load_example(l, form, &examples[form->n_examples++], lines, &at));
	return ERR_OK;
}
