/* form_shipped.h - the form sets that came with the program. */
#ifndef APP_FORM_FORM_SHIPPED_H
#define APP_FORM_FORM_SHIPPED_H

#include "app/form/form_load.h"

struct form_shipped_codes {
	const char **at;
	size_t n;
};
ERR_RESULT form_shipped_codes(struct form_shipped_codes *out, struct arena *a);

struct form_shipped {
	const struct form_set *set;
	struct form_text *files;
	size_t n;
};
/* ERR_INTERNAL when the set is faulty, which the tests would have found. */
ERR_RESULT form_shipped_load(struct form_shipped *out, struct arena *a, const char *code);

#endif
