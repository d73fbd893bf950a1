/* narrative_figures_store.h - what a text is filled with: figures of this report and of other
 * periods, names, periods; private to the stores of this folder. */
#ifndef APP_NARRATIVE_NARRATIVE_FIGURES_STORE_H
#define APP_NARRATIVE_NARRATIVE_FIGURES_STORE_H

#include "app/narrative/narrative_render.h"
#include "app/narrative/narrative_store.h"

/* Of this report, as the sheet has them now. */
ERR_RESULT narrative_input_of_sheet(struct narrative_input *out, struct arena *a,
                                    const struct rollup_sheet *sheet);
/* As the content has them. */
ERR_RESULT narrative_input_of_content(struct narrative_input *out, struct arena *a,
                                      const struct form_set *set,
                                      const struct package_content *content);
/* Variables, and the figures that were signed for the period before and the same one of last
 * year, as known at a number of the journal's chain; 0: now. */
ERR_RESULT narrative_input_about(struct narrative_input *input, struct db *db, struct arena *a,
                                 const struct narrative_report *r, int64_t pinned);

#endif
