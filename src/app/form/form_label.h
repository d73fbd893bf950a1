/* form_label.h - the label of a row (tên chỉ tiêu) as a set of words, to find it again under
 * other numbers, abbreviations and small changes of wording.
 */
#ifndef APP_FORM_FORM_LABEL_H
#define APP_FORM_FORM_LABEL_H

#include <stdint.h>

#include "base/arena.h"

enum {
	FORM_LABEL_WORDS = 64,
	FORM_LABELS_ALIKE = 70 /* percent of words in common: the same label */
};

struct form_label {
	uint64_t words[FORM_LABEL_WORDS]; /* sorted, each once */
	size_t n;
	uint64_t deciding; /* of the words that make another indicator of a label */
};

/* Abbreviations are written out; what stands in brackets explains and is left out, since
 * offices shorten it. */
ERR_RESULT form_label_of(struct form_label *out, struct arena *a, const char *text);

/* Words in common, in percent of those of both; 0 where a deciding word differs. */
int form_label_likeness(const struct form_label *a, const struct form_label *b);

#endif
