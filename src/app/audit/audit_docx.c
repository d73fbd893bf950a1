#include "app/audit/audit_docx.h"

#include "doc/text_read.h"

enum err audit_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                    const char *name, struct problems *problems)
{
	return text_read(out, a, bytes, n, name, problems);
}
