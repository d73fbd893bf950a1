/* pdf_text.h - the text of a PDF as lines, by way of poppler's pdftotext.
 *
 * The program runs in a process of its own with limits on memory, time and output; what it
 * writes, words with their boxes, becomes paragraphs, tables and footnotes again.  Page
 * numbers and running heads are left out.  `place` of a line is -1.
 */
#ifndef DOC_PDF_TEXT_H
#define DOC_PDF_TEXT_H

#include "base/problems.h"
#include "text/text_lines.h"

enum {
	PDF_MOST_MEMORY = 1024 * 1024 * 1024, /* bytes that pdftotext may have */
	PDF_MOST_OUTPUT = 128 * 1024 * 1024,  /* bytes that it may write */
	PDF_MOST_SECONDS = 20                 /* of processor time */
};

/* A file that cannot be taken says so in `problems` (field "file") and gives ERR_OK with no
 * lines.  Lines live in `a`. */
ERR_RESULT pdf_text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                         struct problems *problems);

/* The same from what pdftotext -bbox writes.  ERR_INPUT: it is not that; ERR_TOO_LARGE.  No
 * lines: there are no words. */
ERR_RESULT pdf_text_from_words(struct text_file *out, struct arena *a, const char *xhtml,
                               size_t n);

#endif
