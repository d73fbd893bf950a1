/* document_sentence.c - where sentences end, and which figures stand in each. */
#include <string.h>

#include "text/document_parts.h"

/* What is known while a block is cut. */
struct cutter {
	const char *text;
	size_t closers; /* ')' from here to the end */
	size_t depth;   /* of brackets that will be closed */
};

/* "TP.", "Q.": short words in front of a dot that ends nothing. */
static bool is_abbreviation(const char *text, size_t dot)
{
	static const char *const words[] = { "TP",  "Tp", "Q",  "P",  "TX", "TT", "TS", "ThS",
		                             "PGS", "GS", "BS", "KS", "CN", "KT", "TM", "TL",
		                             "TUQ", "Tr", "H",  "X",  "St", "No", "vd", "VD" };
	size_t start = dot, n;

	while (start > 0 && dot - start < 4 && is_letter((unsigned char)text[start - 1]) &&
	       (unsigned char)text[start - 1] < 0x80)
		start--;
	n = dot - start;
	if (start > 0 && !strchr(" (-,", text[start - 1]))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (n == strlen(words[i]) && strncmp(text + start, words[i], n) == 0)
			return true;
	return false;
}

/* The place after the quotes and brackets that close behind a stop. */
static size_t after_closers(const char *text, size_t at)
{
	for (;;) {
		if (text[at] == ')' || text[at] == '"' || text[at] == '.')
			at++;
		else if (strncmp(text + at, "”", 3) == 0)
			at += 3;
		else if (strncmp(text + at, "/.", 2) == 0) /* "./." ends a document */
			at += 2;
		else
			return at;
	}
}

static bool ends_here(const struct cutter *c, size_t at)
{
	const char *text = c->text;
	size_t next;

	if (c->depth > 0)
		return false;
	if (text[at] == ';' || text[at] == '?' || text[at] == '!')
		return true;
	if (text[at] != '.')
		return false;
	next = after_closers(text, at + 1);
	if (text[next] == '\0')
		return true;
	if (text[next] != ' ')
		return false;
	return !starts_lower(text + next) && !is_abbreviation(text, at);
}

static void follow_brackets(struct cutter *c, char sign)
{
	if (sign == '(' && c->depth < c->closers)
		c->depth++;
	else if (sign == ')') {
		c->closers--;
		c->depth -= c->depth > 0;
	}
}

static enum err add_sentence(struct build *b, struct sentence **all, size_t *n, size_t start,
                             size_t end)
{
	if (start >= end)
		return ERR_OK;
	TRY(vec_room(b->arena, *all, *n));
	(*all)[(*n)++] = (struct sentence){ .start = start, .end = end };
	return ERR_OK;
}

/* [from, to) of the things whose start lies in the sentence; both in order. */
#define SPAN_OF(span, things, n_things, sentence)                                              \
	do {                                                                                   \
		size_t at_ = (span)[0];                                                        \
		while (at_ < (n_things) && (things)[at_].start < (sentence)->start)            \
			at_++;                                                                 \
		(span)[0] = at_;                                                               \
		while (at_ < (n_things) && (things)[at_].start < (sentence)->end)              \
			at_++;                                                                 \
		(span)[1] = at_;                                                               \
	} while (0)

static void fill_spans(const struct reading *r, struct sentence *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sentence *s = &all[i];

		s->figures[0] = i ? all[i - 1].figures[1] : 0;
		s->days[0] = i ? all[i - 1].days[1] : 0;
		s->periods[0] = i ? all[i - 1].periods[1] : 0;
		s->citations[0] = i ? all[i - 1].citations[1] : 0;
		SPAN_OF(s->figures, r->figures, r->n_figures, s);
		SPAN_OF(s->days, r->days, r->n_days, s);
		SPAN_OF(s->periods, r->periods, r->n_periods, s);
		SPAN_OF(s->citations, r->citations, r->n_citations, s);
	}
}

static enum err cut_block(struct build *b, struct block *block)
{
	struct cutter c = { .text = block->text.text };
	struct sentence *all = NULL;
	size_t n = 0, start = block->text_start, at = start;

	for (const char *p = c.text; *p; p++)
		c.closers += *p == ')';
	while (c.text[at]) {
		follow_brackets(&c, c.text[at]);
		if (!ends_here(&c, at)) {
			at++;
			continue;
		}
		for (size_t end = after_closers(c.text, at + 1); at < end; at++)
			if (c.text[at] == ')')
				follow_brackets(&c, ')');
		TRY(add_sentence(b, &all, &n, start, at));
		at += strspn(c.text + at, " ");
		start = at;
	}
	TRY(add_sentence(b, &all, &n, start, at));
	vec_fit(b->arena, all, n);
	fill_spans(&block->text.reading, all, n);
	block->sentences = all;
	block->n_sentences = n;
	return ERR_OK;
}

enum err build_sentences(struct build *b)
{
	for (size_t i = 0; i < b->n_blocks; i++) {
		struct block *block = &b->blocks[i].block;

		if (block->kind == BLOCK_TABLE)
			continue;
		TRY(reading_of(&block->text.reading, b->arena, block->text.text));
		TRY(cut_block(b, block));
	}
	return ERR_OK;
}
