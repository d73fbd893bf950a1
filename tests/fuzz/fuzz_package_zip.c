/* Whatever bytes come as a package: read whole, or refused with a reason. */
#include <stdint.h>
#include <stdlib.h>

#include "app/package/package_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	enum package_fault fault = PACKAGE_SOUND;
	struct package_file f = { 0 };
	struct problems problems;
	struct arena a;

	arena_init(&a, 256 << 20);
	problems_init(&problems, &a);
	enum err e = package_zip_read(&f, &fault, (struct slice){ (const char *)bytes, n },
	                              &problems);
	if (e == ERR_OK && (fault == PACKAGE_SOUND) != (problems.n == 0))
		abort();
	if (e == ERR_OK && fault == PACKAGE_SOUND && (!f.content.unit.code || !f.bytes.at))
		abort();
	arena_release(&a);
	return 0;
}
