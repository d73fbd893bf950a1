#include "app/dossier/choice.h"

#include "base/str.h"

#define CHOICE(list, name, word, text) { word, text },
static const struct choice_row rows[] = {
#include "app/dossier/choices.def"
};
#undef CHOICE

#define CHOICE(list, name, word, text) LIST_##list,
static const enum dossier_choice_list lists[] = {
#include "app/dossier/choices.def"
};
#undef CHOICE

const char *choice_word(enum dossier_choice c)
{
	return rows[c].word;
}

const char *choice_text(enum dossier_choice c)
{
	return rows[c].text;
}

bool choice_parse(enum dossier_choice *out, enum dossier_choice_list list, const char *word)
{
	for (size_t i = 0; i < CHOICE_COUNT_; i++) {
		if (lists[i] == list && str_eq(rows[i].word, word)) {
			*out = (enum dossier_choice)i;
			return true;
		}
	}
	return false;
}

/* The rows of a list stand together in choices.def; a test checks it. */
const struct choice_row *choice_rows(enum dossier_choice_list list, size_t *n)
{
	size_t first = 0;

	while (first < CHOICE_COUNT_ && lists[first] != list)
		first++;
	*n = 0;
	while (first + *n < CHOICE_COUNT_ && lists[first + *n] == list)
		(*n)++;
	return rows + first;
}
