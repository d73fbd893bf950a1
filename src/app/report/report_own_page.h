/* report_own_page.h - what the board, the report's page and the desk say alike of one report:
 * its next step, what its sheet lacks. */
#ifndef APP_REPORT_REPORT_OWN_PAGE_H
#define APP_REPORT_REPORT_OWN_PAGE_H

#include "app/form/form_tally.h"
#include "app/report/report_view.h"
#include "app/rollup/rollup_store.h"
#include "http/http.h"

/* The figures behind the report, as the reader may see them. */
ERR_RESULT report_sheet_of(struct rollup_sheet *out, const struct req *req,
                           const struct report *r);
/* Of a form of them. */
struct form_tally report_tally(const struct rollup_sheet *sheet, const struct form *form);
/* Whether somebody of the office has to enter this figure yet. */
bool report_is_missing(const struct rollup_sheet *sheet, const struct form_row *row);
/* A link of the form pages, with the unit and the days of the report. */
struct url report_form_url(const struct req *req, const struct report *r, struct url u);
void report_next_fill(struct report_next_view *v, const struct req *req,
                      const struct report *r);
ERR_RESULT report_own_fill(struct report_own_view *v, const struct req *req,
                           const struct report *r);
/* What of the sheet the reader has to supply and has not, while it can be entered. */
ERR_RESULT report_mine_fill(struct report_mine_view *v, const struct req *req,
                            const struct report *r, const struct rollup_sheet *sheet);
/* The same for the reader's desk: of the most pressing report; nothing when nothing was given
 * to them. */
ERR_RESULT report_mine_of_desk(struct report_mine_view *v, const struct req *req);
/* "15/BC-UBND"; "" without a number. */
ERR_RESULT report_document(const char **out, struct arena *a, int64_t number,
                           const char *notation);
/* "1.234,5"; "để trống" without a value. */
ERR_RESULT report_figure_text(const char **out, struct arena *a, dec_t value);
/* NULL: the set has no such row. */
const struct form_row *report_row_of(const struct form_set *set, const char *form,
                                     const char *indicator);
/* It stands as it was signed, so that it goes out as a package: one that was reopened does not.
 */
bool report_has_package(const struct report *r);

#endif
