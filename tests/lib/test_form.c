#include "lib/test_form.h"

#include "base/embedded.h"

static void say_problems(const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		print_error("%s:%d: %s\n", p->field, p->line, p->message);
}

const struct form_set *test_form_set(struct arena *a, const char *code)
{
	struct form_text sources[FORM_MOST_FORMS + 1];
	struct problems problems;
	const struct form_set *set;
	size_t n = 0;
	char folder[64];

	snprintf(folder, sizeof(folder), "forms/%s/", code);
	for (size_t i = 0; i < embedded_count; i++)
		if (str_starts(embedded_files[i].path, folder))
			sources[n++] =
			        (struct form_text){ embedded_files[i].path + strlen(folder),
				                    (const char *)embedded_files[i].bytes };
	problems_init(&problems, a);
	assert_int_equal(form_set_load(&set, &problems, a, sources, n), ERR_OK);
	say_problems(&problems);
	assert_int_equal(problems.n, 0);
	assert_non_null(set);
	return set;
}

struct form_input test_form_input(struct arena *a, const struct form_set *set,
                                  const char *period)
{
	struct form_input in = { .set = set, .tier = FORM_COMMUNE };
	struct form_stated *stated;
	const char **choices;

	assert_true(period_parse(&in.period, period));
	assert_int_equal(arena_array(a, &stated, set->n_rows), ERR_OK);
	assert_int_equal(arena_array(a, &choices, set->n_settings), ERR_OK);
	for (size_t i = 0; i < set->n_rows; i++)
		stated[i] = FORM_NOTHING_STATED;
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = set->settings[i].choices[set->settings[i].usual].word;
	in.stated = stated;
	in.choices = choices;
	return in;
}

const struct form_row *test_form_row(const struct form_set *set, const char *row)
{
	char form[16] = "";
	const char *slash = strchr(row, '/');

	assert_non_null(slash);
	memcpy(form, row, (size_t)(slash - row));
	assert_non_null(form_find(set, form));
	const struct form_row *found = form_find_row(set, form_find(set, form), slash + 1);
	if (!found)
		print_error("no row %s\n", row);
	assert_non_null(found);
	return found;
}

const char *test_form_state(struct arena *a, struct form_input *input, const char *name,
                            const char *figure)
{
	const struct form_row *row = test_form_row(input->set, name);
	struct form_stated stated = FORM_NOTHING_STATED;
	struct number_read number;
	const char *question;

	assert_int_equal(number_read(&number, &question, a, figure, row->kind, row->unit),
	                 ERR_OK);
	if (question)
		return question;
	stated.value = number.value;
	stated.numerator = number.numerator;
	stated.denominator = number.denominator;
	stated.blank = dec_is_none(number.value);
	memcpy((struct form_stated *)(uintptr_t)&input->stated[row->at], &stated,
	       sizeof(stated));
	return NULL;
}

const struct form_cell *test_form_cells(struct arena *a, const struct form_input *input)
{
	const struct form_cell *cells;

	assert_int_equal(form_evaluate(&cells, a, input), ERR_OK);
	return cells;
}

const char *test_form_problems(struct arena *a, const struct form_set *set,
                               const struct form_cell *cells)
{
	struct str s;
	const char *text;

	str_init(&s, a, 100000);
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];

		for (const struct form_problem *p = cells[i].problems; p; p = p->next) {
			char stated[DEC_TEXT], computed[DEC_TEXT];

			str_printf(&s, "%s/%s %s %s [", row->form->code, row->code,
			           form_severity_word(p->severity), p->kind);
			for (size_t c = 0; c < p->n_codes; c++)
				str_printf(&s, "%s%s", c ? " " : "", p->codes[c]);
			str_printf(&s, "] %s : %s\n", dec_text(p->stated, stated),
			           dec_text(p->computed, computed));
		}
	}
	assert_int_equal(str_finish(&s, &text), ERR_OK);
	return text;
}
