/* pdf_words.h - the words of a PDF with their boxes, as `pdftotext -bbox` (poppler) writes
 * them. Private to src/doc.  Lengths are points, from the page's top left. */
#ifndef DOC_PDF_WORDS_H
#define DOC_PDF_WORDS_H

#include "base/arena.h"

enum {
	PDF_MOST_WORDS = 2 * 1000 * 1000,
	PDF_MOST_PAGES = 5000,
};

struct pdf_word {
	double x0, y0, x1, y1;
	const char *text; /* clean: see line_builder.h; never "" */
};
struct pdf_leaf {
	double width, height;
	size_t first, end; /* of its words, in the order of the file */
};
struct pdf_words {
	struct pdf_leaf *pages;
	size_t n_pages;
	struct pdf_word *words;
	size_t n_words;
};

/* Reads the XHTML as it comes. */
struct pdf_bbox;
ERR_RESULT pdf_bbox_new(struct pdf_bbox **out, struct arena *a, struct pdf_words *to);
void pdf_bbox_free(struct pdf_bbox *b);
/* ERR_INPUT: it is not what it should be; ERR_TOO_LARGE. */
ERR_RESULT pdf_bbox_feed(struct pdf_bbox *b, const char *bytes, size_t n);
ERR_RESULT pdf_bbox_end(struct pdf_bbox *b);

#endif
