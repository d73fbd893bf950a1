/* pdf_page.h - what pdf.c and pdf_table.c share; private to src/doc.  Lengths are points. */
#ifndef DOC_PDF_PAGE_H
#define DOC_PDF_PAGE_H

#include <pango/pangocairo.h>

#include "doc/pdf.h"

struct pdf {
	struct str *to;
	struct pdf_setup setup;
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoContext *context;
	double width, height;            /* of the page */
	double left, right, top, bottom; /* edges of the text area, from the page's top left */
	double x, area_width;            /* of the area in work */
	double y;
	int page;                      /* counted from 1, from the last restart */
	const struct pdf_table *table; /* its head is repeated on each page */
};

static inline double pdf_points(double mm)
{
	return mm * 72.0 / 25.4;
}

/* A layout of that width for the runs; the caller drops it with g_object_unref. */
PangoLayout *pdf_layout(struct pdf *pdf, const struct pdf_style *style,
                        const struct pdf_run *runs, size_t n, double width);

/* Draws the table's head at the cursor. */
void pdf_table_head(struct pdf *pdf);

#endif
