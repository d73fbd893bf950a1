#include "doc/pdf_words.h"

#include <expat.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "doc/line_builder.h"

enum {
	MOST_WORD = 32768,
	MOST_TOKEN = 1024 * 1024, /* bytes without an event */
	LARGEST = 20000,
	CHUNK = 16384
};

struct pdf_bbox {
	struct arena *arena;
	struct pdf_words *to;
	XML_Parser parser;
	struct str text; /* of the word in work, in malloc memory */
	struct pdf_word word;
	bool in_word;
	enum err status;
	size_t fed, last_event;  /* bytes given to expat; of them when the last event came */
	unsigned char before[2]; /* the last bytes that were fed */
	char chunk[CHUNK];
};

static void stop(struct pdf_bbox *b, enum err why)
{
	if (b->status == ERR_OK)
		b->status = why;
	XML_StopParser(b->parser, XML_FALSE);
}

/* A length: finite, and no longer than any page. */
static double length(const char **attributes, const char *name)
{
	for (; attributes[0]; attributes += 2) {
		double value;
		char *end;

		if (strcmp(attributes[0], name) != 0)
			continue;
		value = strtod(attributes[1], &end);
		return *end == '\0' && isfinite(value) && fabs(value) <= LARGEST ? value : 0;
	}
	return 0;
}

static enum err start_page(struct pdf_bbox *b, const char **attributes)
{
	struct pdf_words *w = b->to;

	if (w->n_pages == PDF_MOST_PAGES)
		return err_set(ERR_TOO_LARGE, "too many pages");
	TRY(vec_room(b->arena, w->pages, w->n_pages));
	w->pages[w->n_pages++] = (struct pdf_leaf){ .width = length(attributes, "width"),
		                                    .height = length(attributes, "height"),
		                                    .first = w->n_words,
		                                    .end = w->n_words };
	return ERR_OK;
}

static enum err end_word(struct pdf_bbox *b)
{
	struct pdf_words *w = b->to;

	b->in_word = false;
	if (b->text.too_long)
		return err_set(ERR_TOO_LARGE, "a word");
	TRY(str_check(&b->text));
	TRY(line_clean(&b->word.text, b->arena, b->text.len > 0 ? b->text.data : "",
	               b->text.len));
	if (b->word.text[0] == '\0' || w->n_pages == 0 || !(b->word.x1 >= b->word.x0) ||
	    !(b->word.y1 > b->word.y0))
		return ERR_OK;
	if (w->n_words == PDF_MOST_WORDS)
		return err_set(ERR_TOO_LARGE, "too many words");
	TRY(vec_room(b->arena, w->words, w->n_words));
	w->words[w->n_words++] = b->word;
	w->pages[w->n_pages - 1].end = w->n_words;
	return ERR_OK;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct pdf_bbox *b = data;
	enum err e = ERR_OK;

	b->last_event = b->fed;
	if (b->status != ERR_OK)
		return;
	b->in_word = strcmp(name, "word") == 0;
	if (b->in_word) {
		b->word = (struct pdf_word){ .x0 = length(attributes, "xMin"),
			                     .y0 = length(attributes, "yMin"),
			                     .x1 = length(attributes, "xMax"),
			                     .y1 = length(attributes, "yMax") };
		str_clear(&b->text);
	} else if (strcmp(name, "page") == 0) {
		e = start_page(b, attributes);
	}
	if (e != ERR_OK)
		stop(b, e);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct pdf_bbox *b = data;
	enum err e = ERR_OK;

	if (b->status == ERR_OK && b->in_word && strcmp(name, "word") == 0)
		e = end_word(b);
	if (e != ERR_OK)
		stop(b, e);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
	struct pdf_bbox *b = data;

	if (b->in_word)
		str_put_n(&b->text, text, (size_t)n);
}

/* The program writes a document type that says nothing; one that does was not written by it. */
static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
	(void)name, (void)system, (void)public;
	if (has_subset)
		stop(data, err_set(ERR_INPUT, "a document type with declarations"));
}

ERR_RESULT pdf_bbox_new(struct pdf_bbox **out, struct arena *a, struct pdf_words *to)
{
	struct pdf_bbox *b;

	TRY(arena_new(a, &b));
	*to = (struct pdf_words){ 0 };
	b->arena = a;
	b->to = to;
	str_init(&b->text, NULL, MOST_WORD);
	b->parser = XML_ParserCreate("UTF-8");
	if (!b->parser)
		return err_set(ERR_NO_MEMORY, "expat");
	XML_SetUserData(b->parser, b);
	XML_SetElementHandler(b->parser, on_start, on_end);
	XML_SetCharacterDataHandler(b->parser, on_text);
	XML_SetStartDoctypeDeclHandler(b->parser, on_doctype);
	*out = b;
	return ERR_OK;
}

void pdf_bbox_free(struct pdf_bbox *b)
{
	XML_ParserFree(b->parser);
	str_release(&b->text);
}

static enum err parse(struct pdf_bbox *b, const char *bytes, int n, bool last)
{
	if (XML_Parse(b->parser, bytes, n, last) == XML_STATUS_OK || b->status != ERR_OK)
		return b->status;
	return XML_GetErrorCode(b->parser) == XML_ERROR_NO_MEMORY
	               ? err_set(ERR_NO_MEMORY, "expat")
	               : err_set(ERR_INPUT, "not the words of a PDF");
}

/* Words may hold what XML may not: control characters become blanks, U+FFFE and U+FFFF the sign
 * for an unknown character. */
static char allowed(struct pdf_bbox *b, char c)
{
	unsigned char byte = (unsigned char)c;

	if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t')
		byte = ' ';
	if (b->before[0] == 0xef && b->before[1] == 0xbf && byte >= 0xbe)
		byte = 0xbd;
	b->before[0] = b->before[1];
	b->before[1] = byte;
	return (char)byte;
}

ERR_RESULT pdf_bbox_feed(struct pdf_bbox *b, const char *bytes, size_t n)
{
	while (n > 0) {
		size_t part = n < CHUNK ? n : CHUNK;

		for (size_t i = 0; i < part; i++)
			b->chunk[i] = allowed(b, bytes[i]);
		TRY(parse(b, b->chunk, (int)part, false));
		b->fed += part;
		if (b->fed - b->last_event > MOST_TOKEN)
			return err_set(ERR_TOO_LARGE, "a word without an end");
		bytes += part;
		n -= part;
	}
	return ERR_OK;
}

ERR_RESULT pdf_bbox_end(struct pdf_bbox *b)
{
	return parse(b, "", 0, true);
}
