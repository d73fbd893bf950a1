/* narrative_store.h - the outlines of offices (đề cương) and the texts of reports.
 *
 * An outline is versioned: a text under its SHA-256, from a change on.  The nearest office
 * above a unit that has one for the form set wins, else everybody's, which came with the
 * program. The text of a report begins as its outline; from the first saving on it is the
 * office's own, each section versioned as cells are.
 */
#ifndef APP_NARRATIVE_NARRATIVE_STORE_H
#define APP_NARRATIVE_NARRATIVE_STORE_H

#include "app/narrative/narrative.h"
#include "db/write.h"

/* Which text: of a report, as known at a change. */
struct narrative_text_of {
	row_id scope;     /* ROW_NONE: all */
	row_id report_id; /* ERR_NOT_FOUND when it is outside the scope */
	row_id change_id; /* as it was known then; ROW_NONE: now */
};
struct narrative_text {
	const char *source; /* in the language, with references to cells */
	const char
	        *template_sha256; /* of the outline it was begun from; "" when there is none */
	int64_t revision;         /* 0: nothing was saved, it is the outline as it stands */
};
/* What freezing keeps of it is narrative_freeze() of what narrative_text_render() gives. */
ERR_RESULT narrative_text_open(struct narrative_text *out, struct db *db, struct arena *a,
                               const struct narrative_text_of *of);

#endif
