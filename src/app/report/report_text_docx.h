/* report_text_docx.h - the text of a report as blocks of a document; for report_docx.c. */
#ifndef APP_REPORT_REPORT_TEXT_DOCX_H
#define APP_REPORT_REPORT_TEXT_DOCX_H

#include "app/narrative/narrative.h"
#include "doc/paper.h"

struct report_text {
	struct paper_block *body;
	const char **subject, **addressees, **recipients;
	size_t n_body, n_subject, n_addressees, n_recipients;
};
ERR_RESULT report_text_blocks(struct report_text *out, struct arena *a,
                              const struct narrative *text);

#endif
