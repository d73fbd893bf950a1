/* report_pdf.h - the same document as PDF. */
#ifndef APP_REPORT_REPORT_PDF_H
#define APP_REPORT_REPORT_PDF_H

#include "app/report/report_paper.h"
#include "base/str.h"

/* Appends the file's bytes. */
ERR_RESULT report_pdf(struct str *to, struct arena *a, const struct report_paper *p);

#endif
