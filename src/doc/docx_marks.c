#include "doc/docx_marks.h"

#include <ctype.h>
#include <string.h>

#include "base/vec.h"
#include "doc/docx_text.h"
#include "doc/line_builder.h"

static const char MAIN[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
static const char STRICT[] = "http://purl.oclc.org/ooxml/wordprocessingml/main";

struct scan {
	struct office_package *package;
	struct docx_marks *to;
	struct str text;      /* of the paragraph in work, in malloc memory */
	struct str run;       /* of the run in work, in malloc memory */
	int n_paragraphs;     /* seen so far */
	int paragraphs, runs; /* open */
	int tables, rows;     /* open tables; rows of the outermost so far */
	int skip;             /* depth inside what takes no comment */
	bool in_text, in_row;
};

bool docx_has_prefix(const char **attributes, bool *strict)
{
	for (; attributes[0]; attributes += 2) {
		if (strcmp(attributes[1], STRICT) == 0)
			*strict = true;
		if (strcmp(attributes[0], "xmlns:w") == 0)
			return strcmp(attributes[1], MAIN) == 0 ||
			       strcmp(attributes[1], STRICT) == 0;
	}
	return false;
}

static struct docx_block *current(const struct scan *s)
{
	return &s->to->blocks[s->to->n_blocks - 1];
}

static enum err start_paragraph(struct scan *s)
{
	struct docx_marks *m = s->to;

	s->n_paragraphs++;
	if (s->paragraphs++ > 0)
		return ERR_OK;
	TRY(vec_room(s->package->arena, m->blocks, m->n_blocks));
	m->blocks[m->n_blocks++] = (struct docx_block){ .place = s->n_paragraphs - 1,
		                                        .row = s->in_row ? s->rows : 0,
		                                        .text = "",
		                                        .first = m->n_runs,
		                                        .end = m->n_runs };
	str_clear(&s->text);
	return ERR_OK;
}

static enum err end_paragraph(struct scan *s)
{
	struct docx_block *block;

	if (s->paragraphs == 0 || --s->paragraphs > 0)
		return ERR_OK;
	block = current(s);
	block->end = s->to->n_runs;
	if (s->text.too_long)
		return office_refuse(s->package, MSG_TEXT_TOO_LONG);
	TRY(str_check(&s->text));
	if (s->text.len == 0)
		return ERR_OK;
	return arena_strndup(s->package->arena, &block->text, s->text.data, s->text.len);
}

static bool in_main_run(const struct scan *s)
{
	return s->paragraphs == 1 && s->runs == 1 && s->skip == 0;
}

static enum err start_run(struct scan *s)
{
	struct docx_marks *m = s->to;

	s->runs++;
	if (!in_main_run(s))
		return ERR_OK;
	str_clear(&s->run);
	TRY(vec_room(s->package->arena, m->runs, m->n_runs));
	m->runs[m->n_runs++] = (struct docx_run){ .start = s->package->at };
	return ERR_OK;
}

/* Joins the run's text to that of the paragraph as a line has it. */
static enum err join(struct scan *s)
{
	const char *raw = s->run.data, *clean;
	size_t n = s->run.len, before = s->text.len;

	if (s->run.too_long)
		return office_refuse(s->package, MSG_TEXT_TOO_LONG);
	TRY(str_check(&s->run));
	if (n == 0 || !raw)
		return ERR_OK;
	TRY(line_clean(&clean, s->package->arena, raw, n));
	if (before > 0 && s->text.data[before - 1] != ' ' &&
	    (raw[0] == ' ' || str_starts(raw, "\xc2\xa0")))
		str_put_char(&s->text, ' ');
	str_put(&s->text, clean);
	if (clean[0] != '\0' && (raw[n - 1] == ' ' || str_ends(raw, "\xc2\xa0")))
		str_put_char(&s->text, ' ');
	return ERR_OK;
}

static enum err end_run(struct scan *s)
{
	struct docx_run *run;

	if (in_main_run(s)) {
		TRY(join(s));
		run = &s->to->runs[s->to->n_runs - 1];
		run->end = s->package->at_end;
		run->text_end = s->text.len;
	}
	if (s->runs > 0)
		s->runs--;
	return ERR_OK;
}

/* Deleted text is none of the document's; formulas take no comments inside. */
static bool takes_none(const char *element)
{
	static const char *const names[] = { "del", "moveFrom", "oMath", "oMathPara", "pPr" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(names[i], element) == 0)
			return true;
	}
	return false;
}

static enum err on_start(void *arg, const char *element, const char **attributes)
{
	struct scan *s = arg;

	s->in_text = false;
	if (strcmp(element, "document") == 0)
		s->to->has_w = docx_has_prefix(attributes, &s->to->strict);
	if (s->skip > 0 || takes_none(element))
		s->skip++;
	if (strcmp(element, "p") == 0)
		return start_paragraph(s);
	if (strcmp(element, "r") == 0)
		return start_run(s);
	if (strcmp(element, "tbl") == 0)
		s->tables++;
	if (strcmp(element, "tr") == 0 && s->tables == 1) {
		s->in_row = true;
		s->rows++;
	}
	s->in_text = strcmp(element, "t") == 0;
	if (in_main_run(s) && (strcmp(element, "tab") == 0 || strcmp(element, "br") == 0))
		str_put_char(&s->run, ' ');
	if (in_main_run(s) && strcmp(element, "noBreakHyphen") == 0)
		str_put_char(&s->run, '-');
	return ERR_OK;
}

static enum err on_end(void *arg, const char *element)
{
	struct scan *s = arg;
	enum err e = ERR_OK;

	s->in_text = false;
	if (strcmp(element, "p") == 0)
		e = end_paragraph(s);
	else if (strcmp(element, "r") == 0)
		e = end_run(s);
	else if (strcmp(element, "tbl") == 0 && s->tables > 0)
		s->in_row = --s->tables > 0 && s->in_row;
	else if (strcmp(element, "tr") == 0 && s->tables == 1)
		s->in_row = false;
	if (s->skip > 0)
		s->skip--;
	return e;
}

static enum err on_text(void *arg, const char *text, size_t n)
{
	struct scan *s = arg;

	if (s->in_text && in_main_run(s))
		str_put_n(&s->run, text, n);
	return ERR_OK;
}

ERR_RESULT docx_marks_read(struct docx_marks *out, struct office_package *p, const char *path)
{
	static const struct office_handler handler = { on_start, on_end, on_text };
	struct scan s = { .package = p, .to = out };
	enum err e;

	*out = (struct docx_marks){ 0 };
	str_init(&s.text, NULL, TEXT_MOST_BYTES);
	str_init(&s.run, NULL, TEXT_MOST_BYTES);
	e = office_package_parse(p, path, &handler, &s);
	str_release(&s.text);
	str_release(&s.run);
	return e;
}

/* ---- finding a quote ---- */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* The quote as whole words, or anywhere; NULL when it is not there. */
static const char *find_words(const char *text, const char *quote)
{
	size_t n = strlen(quote);
	const char *anywhere = strstr(text, quote);

	for (const char *at = anywhere; at; at = strstr(at + 1, quote)) {
		bool before = at > text && is_word(at[-1]) && is_word(quote[0]);
		bool after = is_word(at[n]) && is_word(quote[n - 1]);

		if (!before && !after)
			return at;
	}
	return anywhere;
}

static bool find_runs(const struct docx_marks *m, const struct docx_block *block,
                      const char *quote, struct docx_span *span)
{
	const char *at = find_words(block->text, quote);
	size_t from, to, first, last;

	if (!at)
		return false;
	from = (size_t)(at - block->text);
	to = from + strlen(quote);
	for (first = block->first; m->runs[first].text_end <= from; first++)
		;
	for (last = first; m->runs[last].text_end < to; last++)
		;
	*span = (struct docx_span){ m->runs[first].start, m->runs[last].end };
	return true;
}

static const struct docx_block *block_at(const struct docx_marks *m, int place)
{
	size_t low = 0, high = m->n_blocks;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->blocks[middle].place < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->n_blocks && m->blocks[low].place == place ? &m->blocks[low] : NULL;
}

/* Whether a block may be marked for a place: its own paragraph, or one of the same row. */
static bool stands_with(const struct docx_block *first, const struct docx_block *block)
{
	return block == first || (first->row != 0 && block->row == first->row);
}

ERR_RESULT docx_marks_find(struct docx_span *out, struct arena *a,
                           const struct docx_marks *marks, int place, const char *quote)
{
	const struct docx_block *first = block_at(marks, place), *any = NULL;
	const struct docx_block *past = marks->blocks + marks->n_blocks;
	const char *clean = "";

	*out = (struct docx_span){ 0 };
	if (!first)
		return ERR_OK;
	if (quote)
		TRY(line_clean(&clean, a, quote, strlen(quote)));
	for (const struct docx_block *b = first; b < past && stands_with(first, b); b++) {
		if (!any && b->first < b->end)
			any = b;
		if (clean[0] && find_runs(marks, b, clean, out))
			return ERR_OK;
	}
	if (any)
		*out = (struct docx_span){ marks->runs[any->first].start,
			                   marks->runs[any->end - 1].end };
	return ERR_OK;
}
