/* narrative_section.h - a text in sections, as an office edits and keeps it; figures that were
 * typed over a reference.  Pure.
 */
#ifndef APP_NARRATIVE_NARRATIVE_SECTION_H
#define APP_NARRATIVE_NARRATIVE_SECTION_H

#include "app/narrative/narrative_language.h"

enum { NARRATIVE_MOST_SECTIONS = 400 };

/* A section begins with a heading of level 1 or 2 ("# ", "## ") or a part ("@nơi nhận"); what
 * stands before the first one is a section as well.  Each ends with a line feed. */
struct narrative_sections {
	const char *const *at;
	size_t n;
};
/* The last section holds the rest when there are more than NARRATIVE_MOST_SECTIONS. */
ERR_RESULT narrative_sections_cut(struct narrative_sections *out, struct arena *a,
                                  const char *source);
ERR_RESULT narrative_sections_join(const char **out, struct arena *a,
                                   const struct narrative_sections *sections);
/* "1. Xây dựng kế hoạch", "Nơi nhận"; "" when it has none. */
ERR_RESULT narrative_section_title(const char **out, struct arena *a, const char *body);

/* A number that stands where a reference stood before (số gõ đè lên ô số liệu). */
struct narrative_typed_one {
	int row;            /* of the set: the cell that is no longer named */
	const char *number; /* as typed: "1.025" */
	int line;           /* of `after` */
	size_t at, n;       /* its bytes in `after` */
};
struct narrative_typed {
	const struct narrative_typed_one *at;
	size_t n;
};
/* In each line that was changed (narrative_align.h): references that it lost, each with a
 * number that it got, in order.  Digits of document numbers and days count like any other: what
 * is new is asked about.  A reference that was only left out is no matter. */
ERR_RESULT narrative_typed_find(struct narrative_typed *out, struct arena *a,
                                const struct form_set *set, const char *before,
                                const char *after);
/* Those numbers as statements of their own: {{tự nêu 1.025 thay dossier.received}}. */
ERR_RESULT narrative_typed_mark(const char **out, struct arena *a, const struct form_set *set,
                                const char *after, const struct narrative_typed *typed);

#endif
