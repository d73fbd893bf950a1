/* Runs the worked examples that stand in the form files. */
#include "app/form/form_eval.h"

static const char *shown(dec_t value, char out[DEC_TEXT])
{
	return dec_is_none(value) ? msg_text(MSG_FORM_EXAMPLE_BLANK) : dec_vn(value, -1, out);
}

static enum err fill(struct form_stated *stated, struct problems *problems, struct arena *a,
                     const struct form_set *set, const struct form *form,
                     const struct form_example *example)
{
	for (size_t i = 0; i < set->n_rows; i++)
		stated[i] = FORM_NOTHING_STATED;
	for (size_t i = 0; i < example->n_given; i++) {
		const struct form_given *given = &example->given[i];
		const struct form_row *row = &set->rows[given->row];
		struct number_read number;
		const char *question;

		TRY(number_read(&number, &question, a, given->text, row->kind, row->unit));
		if (question) {
			TRY(problems_say(problems, form->file, example->line,
			                 MSG_FORM_EXAMPLE_GIVEN, example->name, row->code,
			                 question));
			continue;
		}
		stated[row->at] = (struct form_stated){ .value = number.value,
			                                .numerator = number.numerator,
			                                .denominator = number.denominator,
			                                .blank = dec_is_none(number.value) };
	}
	return ERR_OK;
}

static bool is_expected(const struct form_example *example, int row, const char *kind)
{
	for (size_t i = 0; i < example->n_expected; i++)
		if (example->expected[i].row == row &&
		    str_eq(example->expected[i].problem, kind))
			return true;
	return false;
}

static enum err compare_fact(struct problems *problems, const struct form *form,
                             const struct form_example *example,
                             const struct form_expected *fact, const struct form_row *row,
                             const struct form_cell *cell)
{
	char wanted[DEC_TEXT], got[DEC_TEXT];

	if (fact->problem) {
		for (const struct form_problem *p = cell->problems; p; p = p->next)
			if (str_eq(p->kind, fact->problem))
				return ERR_OK;
		return problems_say(problems, form->file, example->line,
		                    MSG_FORM_EXAMPLE_MISSING, example->name, row->code,
		                    fact->problem);
	}
	if (cell->value.micro == fact->value.micro)
		return ERR_OK;
	return problems_say(problems, form->file, example->line, MSG_FORM_EXAMPLE_VALUE,
	                    example->name, row->code, shown(fact->value, wanted),
	                    shown(cell->value, got));
}

/* Every problem of this form that the example does not announce. */
static enum err compare_problems(struct problems *problems, const struct form_set *set,
                                 const struct form *form, const struct form_example *example,
                                 const struct form_cell *cells)
{
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &set->rows[(size_t)form->first + i];

		for (const struct form_problem *p = cells[row->at].problems; p; p = p->next)
			if (!is_expected(example, row->at, p->kind))
				TRY(problems_say(problems, form->file, example->line,
				                 MSG_FORM_EXAMPLE_EXTRA, example->name,
				                 row->code, p->kind, p->message));
	}
	return ERR_OK;
}

static enum err run(struct problems *problems, struct arena *a, const struct form_set *set,
                    const struct form *form, const struct form_example *example)
{
	struct form_stated *stated;
	const char **choices;
	const struct form_cell *cells;

	TRY(arena_array(a, &stated, set->n_rows + 1));
	TRY(arena_array(a, &choices, set->n_settings + 1));
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = set->settings[i].choices[set->settings[i].usual].word;
	TRY(fill(stated, problems, a, set, form, example));
	struct form_input input = { .set = set,
		                    .tier = example->tier,
		                    .period = example->period,
		                    .stated = stated,
		                    .choices = choices };
	TRY(form_evaluate(&cells, a, &input));
	for (size_t i = 0; i < example->n_expected; i++) {
		const struct form_expected *fact = &example->expected[i];

		TRY(compare_fact(problems, form, example, fact, &set->rows[fact->row],
		                 &cells[fact->row]));
	}
	return compare_problems(problems, set, form, example, cells);
}

enum err form_run_examples(struct problems *problems, struct arena *a,
                           const struct form_set *set)
{
	for (size_t f = 0; f < set->n_forms; f++)
		for (size_t i = 0; i < set->forms[f].n_examples; i++)
			TRY(run(problems, a, set, &set->forms[f], &set->forms[f].examples[i]));
	return ERR_OK;
}
