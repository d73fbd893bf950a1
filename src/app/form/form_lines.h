/* form_lines.h - cuts a form file into its lines "key value"; private to the form loader.
 *
 * A line starts at the left edge ("row 2.1") or is indented ("  unit  Văn bản").  "#" begins a
 * comment line.  A line that begins with "|" continues the one before.
 */
#ifndef APP_FORM_FORM_LINES_H
#define APP_FORM_FORM_LINES_H

#include "base/problems.h"

enum { FORM_MOST_LINES = 20000, FORM_LONGEST_LINE = 4000 };

struct form_line {
	int number; /* in the file, from 1 */
	bool indented;
	const char *key;
	const char *value; /* continuation lines joined by \n, columns as in the file */
	int column;        /* of the value on its first line, in characters from 1 */
};
struct form_lines {
	const struct form_line *items;
	size_t n;
};

/* Lines that cannot be read become problems of the field `file`. */
ERR_RESULT form_lines_cut(struct form_lines *out, struct problems *problems, const char *file,
                          const char *text);

/* The value as plain text: line breaks and runs of blanks become one blank. */
ERR_RESULT form_line_text(const char **out, struct arena *a, const struct form_line *line);

#endif
