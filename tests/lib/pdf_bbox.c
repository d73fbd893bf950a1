#include "lib/pdf_bbox.h"

#include <assert.h>
#include <string.h>

#include "base/vntext.h"

void bbox_start(struct bbox_page *b, struct arena *a)
{
	*b = (struct bbox_page){ 0 };
	str_init(&b->xhtml, a, 16 << 20);
	str_put(&b->xhtml, "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
	                   "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\"><html "
	                   "xmlns=\"http://www.w3.org/1999/xhtml\"><head><title></title></"
	                   "head><body><doc>");
}

void bbox_page(struct bbox_page *b)
{
	str_put(&b->xhtml, b->pages++ ? "</page>" : "");
	str_put(&b->xhtml, "<page width=\"600.0\" height=\"800.0\">\n");
}

static int put_word(struct bbox_page *b, int x, double y, struct slice word)
{
	char text[256];
	int right;

	assert(word.len < sizeof(text));
	memcpy(text, word.at, word.len);
	text[word.len] = '\0';
	right = x + (int)text_length(text) * BBOX_LETTER;
	str_printf(&b->xhtml,
	           "<word xMin=\"%d\" yMin=\"%.3f\" xMax=\"%d\" yMax=\"%.3f\">%s</word>\n", x,
	           y, right, y + BBOX_HEIGHT, text);
	return right;
}

int bbox_put(struct bbox_page *b, int x, double y, const char *words)
{
	struct slice rest = slice_of(words), word;
	int right = x - BBOX_BLANK;

	while (slice_cut(&rest, ' ', &word))
		right = put_word(b, right + BBOX_BLANK, y, word);
	return right;
}

int bbox_paragraph(struct bbox_page *b, double *y, int indent, const char *words)
{
	struct slice rest = slice_of(words), word;
	int right = 60 + indent - BBOX_BLANK;

	while (slice_cut(&rest, ' ', &word)) {
		/* Bytes are at least as many as letters: a word may go down a little early. */
		if (right + BBOX_BLANK + (int)word.len * BBOX_LETTER > 540) {
			*y += BBOX_PITCH;
			right = 60 - BBOX_BLANK;
		}
		right = put_word(b, right + BBOX_BLANK, *y, word);
	}
	*y += BBOX_PITCH;
	return right;
}

const char *bbox_end(struct bbox_page *b)
{
	const char *text = "";

	str_put(&b->xhtml, b->pages ? "</page></doc></body></html>" : "</doc></body></html>");
	assert(str_finish(&b->xhtml, &text) == ERR_OK);
	return text;
}
