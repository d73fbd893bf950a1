/* report_text_back_docx.h - the lines of a Word file that was edited. */
#ifndef APP_REPORT_REPORT_TEXT_BACK_DOCX_H
#define APP_REPORT_REPORT_TEXT_BACK_DOCX_H

#include "app/narrative/narrative_align.h"
#include "base/problems.h"

/* Paragraphs without blank ones and without tables.  A file that is no Word file or cannot be
 * read says so in `problems` (field "file"): no lines then, and ERR_OK. */
ERR_RESULT report_text_docx_lines(struct narrative_lines *out, struct arena *a,
                                  const void *bytes, size_t n, struct problems *problems);

#endif
