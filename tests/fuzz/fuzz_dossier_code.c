/* Whatever is read is written back in one spelling, and that spelling reads the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/dossier/applicant.h"
#include "app/dossier/dossier_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1), first[DOSSIER_CODE_TEXT], second[DOSSIER_CODE_TEXT];
	char identity[IDENTITY_TEXT], phone[PHONE_TEXT];
	struct dossier_code code, again;

	if (text == NULL)
		return 0;
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	if (dossier_code_parse(&code, text) == DOSSIER_CODE_OK) {
		dossier_code_write(&code, first);
		if (dossier_code_parse(&again, first) != DOSSIER_CODE_OK)
			abort();
		if (strcmp(dossier_code_write(&again, second), first) != 0)
			abort();
	}
	if (identity_normalise(identity, text) && strlen(identity) >= sizeof(identity))
		abort();
	if (phone_normalise(phone, text) && phone[0] != '0')
		abort();
	free(text);
	return 0;
}
