/* choice.h - closed lists of a dossier's facts (channel, delivery, payment ...): the word that
 * the database and forms carry, and the Vietnamese that people read.  Rows in choices.def.
 * Pure.
 */
#ifndef APP_DOSSIER_CHOICE_H
#define APP_DOSSIER_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

enum dossier_choice_list {
	LIST_CHANNEL,
	LIST_DELIVERY,
	LIST_DELIVERY_STATE,
	LIST_PAYMENT_STATE,
	LIST_APPLICANT,
};

#define CHOICE(list, name, word, text) list##_##name,
enum dossier_choice {
#include "app/dossier/choices.def"
	CHOICE_COUNT_
};
#undef CHOICE

const char *choice_word(enum dossier_choice c);
const char *choice_text(enum dossier_choice c);
/* False when `word` is NULL or not of this list. */
bool choice_parse(enum dossier_choice *out, enum dossier_choice_list list, const char *word);

/* The choices of a list as rows of a <select>; they live for ever. */
struct choice_row {
	const char *word, *text;
};
const struct choice_row *choice_rows(enum dossier_choice_list list, size_t *n);

#endif
