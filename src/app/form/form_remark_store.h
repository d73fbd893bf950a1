/* form_remark_store.h - comments on the cells of a sheet (ý kiến), as the periodic report
 * behind it holds them, for the pages of the forms.  They are written and settled at the report
 * (app/report); a sheet that no report was opened for has none.
 */
#ifndef APP_FORM_FORM_REMARK_STORE_H
#define APP_FORM_FORM_REMARK_STORE_H

#include "app/form/form_store.h"

struct form_remark {
	row_id id;
	const struct form_row *row;
	const char *text, *account_name, *unit_name;
	instant_t at;
	bool settled;
};
struct form_remarks {
	row_id report_id; /* the current one of the sheet; ROW_NONE: there is none */
	struct form_remark *at;
	size_t n;
};
/* Those on rows of the set, oldest first, also on documents that the current one replaces. */
ERR_RESULT form_remarks(struct form_remarks *out, struct db *db, struct arena *a,
                        const struct form_sheet *sheet);
/* Whether units owe the sheet's unit a report for its period; its own report then has the
 * figures that they sent (app/rollup), not those of the sheet. */
ERR_RESULT form_reported_below(bool *out, struct db *db, struct arena *a,
                               const struct form_sheet *sheet);

#endif
