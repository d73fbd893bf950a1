/* Whatever bytes come as a signature: they are refused, or name who signed. */
#include <stdint.h>
#include <stdlib.h>

#include "doc/cms.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char content[] = "{\"unit\":\"H25.01\",\"value\":\"12\"}";
	struct slice signature = { (const char *)bytes, n };
	struct cms_signatures s = { .n = 0 };
	struct problems problems;
	struct arena a;

	arena_init(&a, 4 << 20);
	problems_init(&problems, &a);
	enum err e = cms_verify(&s, signature, slice_of(content), NULL, &problems);
	if (e == ERR_OK && (s.n == 0 || !s.at[0].signer || !s.at[0].serial))
		abort();
	if (e == ERR_INPUT && problems.n != 1)
		abort();
	arena_release(&a);
	return 0;
}
