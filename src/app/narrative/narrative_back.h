/* narrative_back.h - a printed text that was edited elsewhere (Word) taken back: its prose is
 * taken over, its figures never are.  Pure.
 */
#ifndef APP_NARRATIVE_NARRATIVE_BACK_H
#define APP_NARRATIVE_NARRATIVE_BACK_H

#include "app/narrative/narrative.h"
#include "app/narrative/narrative_align.h"

struct narrative_back_change {
	const struct narrative_run *run; /* the figure as the cell has it */
	const char *is;                  /* what stands there now; "": it was taken out */
	const char *line;                /* the paragraph as it was edited */
};
struct narrative_back {
	const char *source; /* with the prose as edited, and every reference that still has a
	                       place */
	const struct narrative_back_change *changes;
	size_t n_changes;
	/* Paragraphs that could not be taken over: changed where one line of the source makes
	 * several, or where it has a footnote. */
	const char *const *unknown;
	size_t n_unknown;
	size_t n_changed, n_added, n_removed; /* paragraphs taken over */
};
/* `text` is what `source` gives; `lines` are the paragraphs of the edited document.  What
 * stands there before the first and behind the last paragraph of the text (letterhead,
 * signature, appendices) is not looked at.  A changed paragraph loses its conditions: it is
 * what was written. */
ERR_RESULT narrative_take_back(struct narrative_back *out, struct arena *a, const char *source,
                               const struct narrative *text,
                               const struct narrative_lines *lines);

#endif
