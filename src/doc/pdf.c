#include "doc/pdf.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include "doc/pdf_page.h"

static const char FAMILY[] = "Liberation Serif";
static const double A4_SHORT = 210, A4_LONG = 297;
static const double RULE = 0.75; /* line width, points */

static cairo_status_t write_bytes(void *to, const unsigned char *bytes, unsigned n)
{
	union {
		const unsigned char *in;
		const char *out;
	} u = { .in = bytes };

	str_put_n(to, u.out, n);
	return ((struct str *)to)->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void set_metadata(struct pdf *pdf)
{
	const struct pdf_setup *s = &pdf->setup;
	char day[DATE_TEXT], created[40];
	int64_t seconds = s->created.us / 1000000;

	if (s->title)
		cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE,
		                               s->title);
	if (s->author)
		cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_AUTHOR,
		                               s->author);
	if (s->subject)
		cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_SUBJECT,
		                               s->subject);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "cchc");
	date_iso(instant_day(s->created), day);
	snprintf(created, sizeof(created), "%sT%02d:%02d:%02d+07:00", day,
	         instant_minute(s->created) / 60, instant_minute(s->created) % 60,
	         (int)(seconds % 60));
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
	cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_MOD_DATE, created);
}

/* Without these two settings glyphs snap to whole pixels and words look letter-spaced. */
static void set_context(struct pdf *pdf)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	/* The font map belongs to the thread and keeps its fonts between documents. */
	pdf->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	pango_cairo_context_set_font_options(pdf->context, options);
	pango_cairo_context_set_resolution(pdf->context, 72);
	pango_context_set_round_glyph_positions(pdf->context, FALSE);
	cairo_font_options_destroy(options);
}

static bool font_is_there(struct pdf *pdf)
{
	PangoFontDescription *wanted = pango_font_description_from_string(FAMILY);
	PangoFont *font = pango_context_load_font(pdf->context, wanted);
	PangoFontDescription *got = font ? pango_font_describe(font) : NULL;
	bool there = got && strcmp(pango_font_description_get_family(got), FAMILY) == 0;

	if (got)
		pango_font_description_free(got);
	if (font)
		g_object_unref(font);
	pango_font_description_free(wanted);
	return there;
}

static void set_page(struct pdf *pdf)
{
	const struct pdf_setup *s = &pdf->setup;

	pdf->width = pdf_points(s->landscape ? A4_LONG : A4_SHORT);
	pdf->height = pdf_points(s->landscape ? A4_SHORT : A4_LONG);
	pdf->left = pdf_points(s->left);
	pdf->right = pdf->width - pdf_points(s->right);
	pdf->top = pdf_points(s->top);
	pdf->bottom = pdf->height - pdf_points(s->bottom);
	pdf->x = pdf->left;
	pdf->area_width = pdf->right - pdf->left;
	pdf->y = pdf->top;
	pdf->page = 1;
}

ERR_RESULT pdf_new(struct pdf **out, struct str *to, const struct pdf_setup *setup)
{
	struct pdf *pdf = calloc(1, sizeof(*pdf));

	if (!pdf)
		return err_set(ERR_NO_MEMORY, "pdf");
	pdf->to = to;
	pdf->setup = *setup;
	set_page(pdf);
	pdf->surface =
	        cairo_pdf_surface_create_for_stream(write_bytes, to, pdf->width, pdf->height);
	pdf->cairo = cairo_create(pdf->surface);
	set_metadata(pdf);
	set_context(pdf);
	if (!font_is_there(pdf)) {
		pdf_free(pdf);
		return err_set(ERR_IO, "font %s is missing: apt-get install fonts-liberation2",
		               FAMILY);
	}
	*out = pdf;
	return ERR_OK;
}

void pdf_free(struct pdf *pdf)
{
	g_object_unref(pdf->context);
	cairo_destroy(pdf->cairo);
	cairo_surface_destroy(pdf->surface);
	free(pdf);
}

ERR_RESULT pdf_finish(struct pdf *pdf)
{
	cairo_status_t drawn = cairo_status(pdf->cairo), written;

	cairo_surface_finish(pdf->surface);
	written = cairo_surface_status(pdf->surface);
	TRY(str_check(pdf->to));
	if (drawn == CAIRO_STATUS_NO_MEMORY || written == CAIRO_STATUS_NO_MEMORY)
		return err_set(ERR_NO_MEMORY, "pdf");
	if (drawn != CAIRO_STATUS_SUCCESS)
		return err_set(ERR_INTERNAL, "pdf: %s", cairo_status_to_string(drawn));
	if (written != CAIRO_STATUS_SUCCESS)
		return err_set(ERR_INTERNAL, "pdf: %s", cairo_status_to_string(written));
	return ERR_OK;
}

/* Places. */

void pdf_area(struct pdf *pdf, double x, double width)
{
	pdf->x = pdf->left + pdf_points(x);
	pdf->area_width = width > 0 ? pdf_points(width) : pdf->right - pdf->x;
}

static double to_mm(double points)
{
	return points * 25.4 / 72.0;
}

double pdf_width(const struct pdf *pdf)
{
	return to_mm(pdf->right - pdf->left);
}

double pdf_left(const struct pdf *pdf)
{
	return to_mm(pdf->left);
}

double pdf_y(const struct pdf *pdf)
{
	return to_mm(pdf->y);
}

void pdf_move(struct pdf *pdf, double y)
{
	pdf->y = pdf_points(y);
}

void pdf_skip(struct pdf *pdf, double height)
{
	pdf->y += pdf_points(height);
}

static void draw_page_number(struct pdf *pdf)
{
	const struct pdf_style style = { .size = 13, .align = PDF_CENTRE };
	char number[16];
	struct pdf_run run = { number, 0 };
	PangoLayout *layout;

	snprintf(number, sizeof(number), "%d", pdf->page);
	layout = pdf_layout(pdf, &style, &run, 1, pdf->width);
	cairo_move_to(pdf->cairo, 0, pdf->top / 2 - 4);
	pango_cairo_show_layout(pdf->cairo, layout);
	g_object_unref(layout);
}

void pdf_new_page(struct pdf *pdf)
{
	cairo_show_page(pdf->cairo);
	pdf->page++;
	pdf->y = pdf->top;
	if (pdf->setup.page_numbers && pdf->page > 1)
		draw_page_number(pdf);
	if (pdf->table)
		pdf_table_head(pdf);
}

void pdf_restart_numbers(struct pdf *pdf)
{
	pdf->page = 0;
}

void pdf_need(struct pdf *pdf, double height)
{
	if (pdf->y + pdf_points(height) > pdf->bottom && pdf->y > pdf->top)
		pdf_new_page(pdf);
}

/* Text. */

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from,
                          size_t to)
{
	attribute->start_index = (guint)from;
	attribute->end_index = (guint)to;
	pango_attr_list_insert(list, attribute);
}

static void raise_mark(PangoAttrList *list, size_t from, size_t to)
{
	add_attribute(list, pango_attr_font_scale_new(PANGO_FONT_SCALE_SUPERSCRIPT), from, to);
	add_attribute(list, pango_attr_baseline_shift_new(PANGO_BASELINE_SHIFT_SUPERSCRIPT),
	              from, to);
}

static PangoFontDescription *describe_font(const struct pdf_style *style)
{
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font, FAMILY);
	pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
	if (style->weight & PDF_BOLD)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	if (style->weight & PDF_ITALIC)
		pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
	return font;
}

static void set_text(PangoLayout *layout, const struct pdf_run *runs, size_t n)
{
	PangoAttrList *list = pango_attr_list_new();
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < n && runs[i].text; i++) {
		size_t from = text->len;

		g_string_append(text, runs[i].text);
		if (runs[i].weight & PDF_BOLD)
			add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from,
			              text->len);
		if (runs[i].weight & PDF_ITALIC)
			add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from,
			              text->len);
		if (runs[i].weight & PDF_RAISED)
			raise_mark(list, from, text->len);
	}
	/* A sign the font lacks prints as a box with its code instead of loading any font. */
	add_attribute(list, pango_attr_fallback_new(FALSE), 0, PANGO_ATTR_INDEX_TO_TEXT_END);
	pango_layout_set_text(layout, text->str, (int)text->len);
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
	g_string_free(text, TRUE);
}

static void set_alignment(PangoLayout *layout, enum pdf_align align)
{
	if (align == PDF_CENTRE)
		pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
	else if (align == PDF_RIGHT)
		pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
	pango_layout_set_justify(layout, align == PDF_JUSTIFY);
}

static double layout_width(PangoLayout *layout)
{
	int width;

	pango_layout_get_size(layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

/* The width that the last line takes. */
static double last_line_end(PangoLayout *layout)
{
	int n = pango_layout_get_line_count(layout);
	PangoRectangle logical;

	pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, n - 1), NULL,
	                              &logical);
	return (double)logical.width / PANGO_SCALE;
}

static PangoLayout *plain_layout(struct pdf *pdf, const struct pdf_style *style,
                                 const struct pdf_run *runs, size_t n, double width)
{
	PangoLayout *layout = pango_layout_new(pdf->context);
	PangoFontDescription *font = describe_font(style);

	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	set_text(layout, runs, n);
	set_alignment(layout, style->align);
	if (width > 0)
		pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_indent(layout, (int)(pdf_points(style->indent) * PANGO_SCALE));
	if (style->spacing > 0)
		pango_layout_set_line_spacing(layout, (float)style->spacing);
	return layout;
}

double pdf_text_width(struct pdf *pdf, const struct pdf_style *style, const char *text)
{
	const struct pdf_run run = { text, 0 };
	PangoLayout *layout = plain_layout(pdf, style, &run, 1, 0);
	double width = layout_width(layout);

	g_object_unref(layout);
	return to_mm(width);
}

/* The paragraph with dots from the end of its text to the end of the line. */
static void fill_with_dots(struct pdf *pdf, PangoLayout *layout, const struct pdf_style *style,
                           double width)
{
	enum { SAMPLE = 32 };
	static const char sample[SAMPLE + 1] = "................................";
	double dot = pdf_points(pdf_text_width(pdf, style, sample)) / SAMPLE;
	double room = width - last_line_end(layout) - pdf_points(style->indent);
	GString *text = g_string_new(pango_layout_get_text(layout));

	for (int i = 0; i < (int)floor(room / dot) - 1; i++)
		g_string_append_c(text, '.');
	pango_layout_set_text(layout, text->str, (int)text->len);
	g_string_free(text, TRUE);
}

PangoLayout *pdf_layout(struct pdf *pdf, const struct pdf_style *style,
                        const struct pdf_run *runs, size_t n, double width)
{
	PangoLayout *layout = plain_layout(pdf, style, runs, n, width);

	if (n > 0 && !runs[n - 1].text && width > 0)
		fill_with_dots(pdf, layout, style, width);
	return layout;
}

/* Narrows the layout as far as it takes no more lines than now; returns how much it lost. */
static double balance(PangoLayout *layout)
{
	int lines = pango_layout_get_line_count(layout);
	int whole = pango_layout_get_width(layout), high = whole, low = whole / 2;

	while (lines > 1 && high - low > PANGO_SCALE) {
		int middle = low + (high - low) / 2;

		pango_layout_set_width(layout, middle);
		if (pango_layout_get_line_count(layout) > lines)
			low = middle;
		else
			high = middle;
	}
	pango_layout_set_width(layout, high);
	return (double)(whole - high) / PANGO_SCALE;
}

/* Line by line, so that a paragraph may run over a page's end. */
static void show_lines(struct pdf *pdf, PangoLayout *layout)
{
	PangoLayoutIter *at = pango_layout_get_iter(layout);
	double start = pdf->y, last;

	do {
		PangoRectangle logical;
		double top, bottom, baseline;

		pango_layout_iter_get_line_extents(at, NULL, &logical);
		top = start + (double)logical.y / PANGO_SCALE;
		bottom = top + (double)logical.height / PANGO_SCALE;
		baseline = start + (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE;
		if (bottom > pdf->bottom && top > pdf->top) {
			double shift;

			pdf_new_page(pdf);
			shift = pdf->y - top;
			start += shift;
			baseline += shift;
			bottom += shift;
		}
		cairo_move_to(pdf->cairo, pdf->x + (double)logical.x / PANGO_SCALE, baseline);
		pango_cairo_show_layout_line(pdf->cairo,
		                             pango_layout_iter_get_line_readonly(at));
		last = bottom;
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
	pdf->y = last;
}

void pdf_paragraph(struct pdf *pdf, const struct pdf_style *style, const struct pdf_run *runs,
                   size_t n)
{
	PangoLayout *layout = pdf_layout(pdf, style, runs, n, pdf->area_width);
	double lost = style->balanced ? balance(layout) : 0, x = pdf->x;
	int height;

	if (style->align == PDF_CENTRE)
		pdf->x += lost / 2;
	pdf->y += style->before;
	pango_layout_get_size(layout, NULL, &height);
	if (style->keep_together)
		pdf_need(pdf, to_mm((double)height / PANGO_SCALE));
	show_lines(pdf, layout);
	pdf->y += style->after;
	pdf->x = x;
	g_object_unref(layout);
}

void pdf_text(struct pdf *pdf, const struct pdf_style *style, const char *text)
{
	const struct pdf_run run = { text, 0 };

	pdf_paragraph(pdf, style, &run, 1);
}

/* Lines and areas. */

void pdf_rule(struct pdf *pdf, double width)
{
	double length = pdf_points(width), from = pdf->x + (pdf->area_width - length) / 2;

	cairo_set_line_width(pdf->cairo, RULE);
	cairo_move_to(pdf->cairo, from, pdf->y + 2);
	cairo_line_to(pdf->cairo, from + length, pdf->y + 2);
	cairo_stroke(pdf->cairo);
	pdf->y += 4;
}

void pdf_rectangle(struct pdf *pdf, struct pdf_rectangle r)
{
	cairo_rectangle(pdf->cairo, pdf_points(r.x), pdf_points(r.y), pdf_points(r.width),
	                pdf_points(r.height));
}

void pdf_fill(struct pdf *pdf)
{
	cairo_fill(pdf->cairo);
}
