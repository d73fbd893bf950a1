/* form_tsv.h - the lines of a file of figures: code, value as printed, note, divided by tabs.
 *
 * A line with the column titles may come first; "#" begins a comment.  A row number may carry
 * the dot of the printed form ("2.1.").
 */
#ifndef APP_FORM_FORM_TSV_H
#define APP_FORM_FORM_TSV_H

#include "app/form/form_eval.h"
#include "base/problems.h"

enum { FORM_LONGEST_TSV = 1 << 20, FORM_MOST_TSV_LINES = 5000, FORM_LONGEST_NOTE = 2000 };

struct form_figure {
	int line;
	const struct form_row *row;
	struct form_stated stated;
};
struct form_figures {
	struct form_figure *at;
	size_t n, n_refused;
};

/* Reads the figures of one form.  A line that cannot be taken becomes a problem (line, message
 * with the question) and is not among the figures. */
ERR_RESULT form_tsv_read(struct form_figures *out, struct problems *problems, struct arena *a,
                         const struct form_set *set, const struct form *form, const char *text);

/* One figure as typed: the same reading for files and pages.  *question NULL when it is taken.
 * A blank value of a row with a formula states that the row is blank. */
ERR_RESULT form_figure_read(struct form_stated *out, const char **question, struct arena *a,
                            const struct form_row *row, const char *value, const char *note);

#endif
