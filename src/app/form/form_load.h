/* form_load.h - reads the files of a form set into a struct form_set. */
#ifndef APP_FORM_FORM_LOAD_H
#define APP_FORM_FORM_LOAD_H

#include "app/form/form.h"

/* One file of a set: "set.form", "8.form". */
struct form_text {
	const char *name, *text;
};

/* Reads a whole set.  What is wrong becomes problems (field: the file, line, message with the
 * column and the remedy) and *out is NULL then; ERR_OK all the same. */
ERR_RESULT form_set_load(const struct form_set **out, struct problems *problems,
                         struct arena *a, const struct form_text *sources, size_t n);

/* What formulas may count (form_records.def), without the names of a set. */
const struct calc_schema *form_schema(void);

#endif
