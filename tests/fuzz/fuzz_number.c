/* A figure is read or refused with a question; what is read is written so that it reads the
 * same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/form/number_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void try(const char *text, enum form_kind kind)
{
	ARENA_CLEANUP struct arena a;
	struct number_read first, again;
	const char *question, *written;

	arena_init(&a, 1 << 20);
	if (number_read(&first, &question, &a, text, kind, "Hồ sơ") != ERR_OK || question)
		return;
	if (kind != FORM_RATIO && !dec_is_none(first.value) && first.value.micro < 0)
		abort();
	if (number_text(&written, &a, &first, kind) != ERR_OK ||
	    strlen(written) > NUMBER_LONGEST)
		return;
	if (number_read(&again, &question, &a, written, kind, "Hồ sơ") != ERR_OK || question)
		abort();
	if (again.value.micro != first.value.micro ||
	    again.numerator.micro != first.numerator.micro)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1);

	if (!text)
		return 0;
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	for (enum form_kind kind = FORM_GROUP; kind <= FORM_MONEY; kind++)
		try(text, kind);
	free(text);
	return 0;
}
