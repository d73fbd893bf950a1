/* pdf_bbox.h - what `pdftotext -bbox` would write of pages that a test describes. */
#ifndef TESTS_PDF_BBOX_H
#define TESTS_PDF_BBOX_H

#include "base/str.h"

enum { BBOX_HEIGHT = 15, BBOX_PITCH = 14, BBOX_LETTER = 6, BBOX_BLANK = 3 };

struct bbox_page {
	struct str xhtml;
	int pages;
};
void bbox_start(struct bbox_page *b, struct arena *a);
void bbox_page(struct bbox_page *b); /* a new one, 600 x 800 */
/* Words from (x, y) on: BBOX_LETTER for each letter, BBOX_BLANK between words.  Where they end.
 */
int bbox_put(struct bbox_page *b, int x, double y, const char *words);
/* A paragraph between x 60 and 540, its first line at `indent`: moves `y` below it.  Where its
 * last line ends. */
int bbox_paragraph(struct bbox_page *b, double *y, int indent, const char *words);
const char *bbox_end(struct bbox_page *b);

#endif
