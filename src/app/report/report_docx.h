/* report_docx.h - a report as a document in the layout of Nghị định 30/2020/NĐ-CP, and as Word
 * file.
 *
 * Figures and blocks of the text carry bookmarks in the Word file, so that they are found again
 * in one that was edited: "so_1", "so_2" ... for the runs of kind FIGURE, CHANGE and STATED in
 * the order of narrative.blocks (those in tables and in the lists of offices are counted but
 * carry none), "doan_1", "doan_2" ... for blocks of prose, numbered as narrative.blocks is.
 */
#ifndef APP_REPORT_REPORT_DOCX_H
#define APP_REPORT_REPORT_DOCX_H

#include "app/report/report_paper.h"
#include "base/str.h"
#include "doc/paper.h"

/* Everything lives in `a` or in *p. */
ERR_RESULT report_layout(struct paper *out, struct arena *a, const struct report_paper *p);
/* Appends the file's bytes. */
ERR_RESULT report_docx(struct str *to, struct arena *a, const struct report_paper *p);

#endif
