/* Codes of units and procedures read back as they are written; fees and searches stay in
 * their bounds. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/procedure/procedure.h"
#include "app/unit/unit.h"
#include "base/vntext.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_unit_code(const char *text)
{
	char first[UNIT_CODE_TEXT], second[UNIT_CODE_TEXT];
	enum unit_code_style style = unit_code_parse(first, text);

	if (style == UNIT_CODE_BAD)
		return;
	if (unit_code_parse(second, first) != style || strcmp(first, second) != 0)
		abort();
}

static void check_procedure_code(const char *text)
{
	char first[PROCEDURE_CODE_TEXT], second[PROCEDURE_CODE_TEXT];

	if (!procedure_code_parse(first, text))
		return;
	if (!procedure_code_parse(second, first) || strcmp(first, second) != 0)
		abort();
}

static void check_search(const char *text, size_t n)
{
	struct procedure_words words;
	struct arena a;

	if (!text_is_valid(text, n))
		return;
	arena_init(&a, 1 << 20);
	if (procedure_words_split(&words, &a, text) == ERR_OK) {
		if (words.n > PROCEDURE_MOST_WORDS)
			abort();
		for (size_t i = 0; i < words.n; i++)
			if (!words.at[i][0] || strchr(words.at[i], ' '))
				abort();
	}
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1);
	money_t fee = { 0 };

	if (text == NULL)
		return 0;
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	check_unit_code(text);
	check_procedure_code(text);
	check_search(text, strlen(text));
	if (procedure_fee_parse(&fee, text) && fee.dong != MONEY_NONE.dong && fee.dong < 0)
		abort();
	free(text);
	return 0;
}
