/* Whatever another installation answers: it is refused, or says words that hold together. */
#include <stdint.h>
#include <stdlib.h>

#include "app/exchange/exchange_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check(const struct exchange_said *s)
{
	if (!exchange_is_sha256(s->sha256) || s->number <= 0 || !s->reason)
		abort();
	for (size_t i = 0; i < s->n_remarks; i++)
		if (!s->remarks[i].form || !s->remarks[i].indicator || !s->remarks[i].text)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct slice text = { (const char *)bytes, n };
	struct exchange_words words = { NULL, 0 };
	struct exchange_said receipt = { .number = 0 };
	struct arena a;

	arena_init(&a, 64 << 20);
	if (exchange_receipt_read(&receipt, &a, text) == ERR_OK)
		check(&receipt);
	if (exchange_words_read(&words, &a, text) == ERR_OK) {
		for (size_t i = 0; i < words.n; i++) {
			check(&words.at[i]);
			if (i > 0 && words.at[i].number <= words.at[i - 1].number)
				abort();
		}
	}
	arena_release(&a);
	return 0;
}
