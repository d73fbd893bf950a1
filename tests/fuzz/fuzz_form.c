/* Files of a form set, one after another divided by a line "%": a set is loaded and evaluated,
 * or refused with at least one problem. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/form/form_eval.h"
#include "app/form/form_load.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void evaluate(struct arena *a, const struct form_set *set)
{
	struct form_input in = { .set = set, .tier = FORM_PROVINCE };
	struct form_stated *stated;
	const char **choices;
	const struct form_cell *cells;
	struct problems problems;

	if (!period_parse(&in.period, "2024-Q1") ||
	    arena_array(a, &stated, set->n_rows + 1) != ERR_OK ||
	    arena_array(a, &choices, set->n_settings + 1) != ERR_OK)
		return;
	for (size_t i = 0; i < set->n_rows; i++) {
		stated[i] = FORM_NOTHING_STATED;
		stated[i].value = i % 3 ? dec_from_int((int64_t)i) : DEC_NONE;
	}
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = set->settings[i].choices[set->settings[i].usual].word;
	in.stated = stated;
	in.choices = choices;
	problems_init(&problems, a);
	if (form_evaluate(&cells, a, &in) == ERR_OK)
		(void)!form_run_examples(&problems, a, set);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const names[] = { "set.form", "1.form", "2.form" };
	ARENA_CLEANUP struct arena a;
	struct form_text files[3];
	struct problems problems;
	const struct form_set *set;
	size_t n_files = 0;
	char *text = malloc(n + 1), *rest = text;

	if (!text)
		return 0;
	arena_init(&a, 64 << 20);
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	while (rest && n_files < 3) {
		char *end = strstr(rest, "\n%\n");

		files[n_files] = (struct form_text){ names[n_files], rest };
		n_files++;
		if (end)
			end[1] = '\0';
		rest = end ? end + 3 : NULL;
	}
	problems_init(&problems, &a);
	if (form_set_load(&set, &problems, &a, files, n_files) == ERR_OK) {
		if ((set == NULL) != (problems.n > 0))
			abort();
		if (set)
			evaluate(&a, set);
	}
	free(text);
	return 0;
}
