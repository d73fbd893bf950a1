/* Whatever is read as a term is written in one spelling, and that spelling reads the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/deadline/term.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1), written[TERM_TEXT];
	struct term t = { TERM_SAME_DAY, -1 }, again;

	if (text == NULL)
		return 0;
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	enum term_fault fault = term_parse(&t, text);
	if (fault != TERM_OK && t.centi != -1)
		abort();
	if (fault == TERM_OK) {
		if (term_parse(&again, term_text(t, written)) != TERM_OK)
			abort();
		if (again.unit != t.unit || again.centi != t.centi)
			abort();
	}
	free(text);
	return 0;
}
