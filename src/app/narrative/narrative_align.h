/* narrative_align.h - which line of one text became which line of another.  Pure. */
#ifndef APP_NARRATIVE_NARRATIVE_ALIGN_H
#define APP_NARRATIVE_NARRATIVE_ALIGN_H

#include "base/arena.h"

struct narrative_lines {
	const char *const *at;
	size_t n;
};
ERR_RESULT narrative_lines_of(struct narrative_lines *out, struct arena *a, const char *text);

enum {
	NARRATIVE_NO_LINE = -1,
	NARRATIVE_MOST_PAIRS = 1000000 /* beyond, only equal lines at both ends are paired */
};
/* For each line of `after` the line of `before` that it was, in order: equal ones, and lines
 * that share at least two words in five; else NARRATIVE_NO_LINE.  Empty lines are nobody's. */
ERR_RESULT narrative_align(int **out, struct arena *a, const struct narrative_lines *before,
                           const struct narrative_lines *after);

/* The words of a line, as they are compared. */
struct narrative_words {
	const char *const *at;
	size_t n;
};
ERR_RESULT narrative_words_of(struct narrative_words *out, struct arena *a, const char *line);

#endif
