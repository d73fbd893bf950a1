/* Words, sums of cells and lists inside a marker. */
#include <stdio.h>
#include <string.h>

#include "app/narrative/narrative_parser.h"
#include "base/vec.h"

#define CHOOSE(name, word) word,
static const char *const words[] = {
#include "app/narrative/narrative_words.def"
};

const char *narrative_word(enum narrative_word word)
{
	return words[word];
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.' || c == '/';
}

void narrative_skip(struct narrative_cursor *c)
{
	while (c->at < c->end && is_blank(*c->at))
		c->at++;
}

bool narrative_at_end(struct narrative_cursor *c)
{
	narrative_skip(c);
	return c->at == c->end;
}

bool narrative_take(struct narrative_cursor *c, const char *word)
{
	const char *at;
	bool letters = is_name(word[0]) || (unsigned char)word[0] >= 0x80;

	narrative_skip(c);
	at = c->at;
	for (; *word; word++) {
		if (at == c->end || (*word == ' ' ? !is_blank(*at) : *at != *word))
			return false;
		at++;
		while (*word == ' ' && at < c->end && is_blank(*at))
			at++;
	}
	if (letters && at < c->end && (is_name(*at) || (unsigned char)*at >= 0x80))
		return false;
	c->at = at;
	return true;
}

bool narrative_take_word(struct narrative_cursor *c, enum narrative_word word)
{
	return narrative_take(c, words[word]);
}

enum err narrative_refuse_args(struct narrative_cursor *c, enum msg id, const char *const *args)
{
	if (c->bad)
		return ERR_OK;
	c->bad = true;
	return problems_fill(c->p->problems, "text", c->p->line, id, args);
}

enum err narrative_rest(const char **out, struct narrative_cursor *c)
{
	enum { MOST_SHOWN = 40 };
	size_t n;

	narrative_skip(c);
	n = (size_t)(c->end - c->at);
	if (n == 0)
		return arena_strdup(c->p->arena, out, msg_text(MSG_NARRATIVE_END));
	if (n > MOST_SHOWN)
		for (n = MOST_SHOWN; n > 0 && ((unsigned char)c->at[n] & 0xc0) == 0x80;)
			n--;
	return arena_strndup(c->p->arena, out, c->at, n);
}

/* ---- a cell ---- */

static const struct form_row *row_of_id(const struct form_set *set, const char *id)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, id))
			return &set->rows[i];
	return NULL;
}

static enum err find_row(const struct form_row **out, struct narrative_cursor *c,
                         const char *name)
{
	const struct form_set *set = c->p->set;
	const char *slash = strchr(name, '/');
	const char *code;
	const struct form *form;

	if (!slash) {
		*out = row_of_id(set, name);
		return ERR_OK;
	}
	TRY(arena_strndup(c->p->arena, &code, name, (size_t)(slash - name)));
	form = form_find(set, code);
	*out = form ? form_find_row(set, form, slash + 1) : NULL;
	return ERR_OK;
}

static enum err keep_reference(struct narrative_cursor *c, const struct form_row *row,
                               const char *at, size_t n)
{
	struct narrative_parser *p = c->p;

	TRY(vec_room(p->arena, p->references, p->n_references));
	p->references[p->n_references++] =
	        (struct narrative_reference){ row->at, p->line, (size_t)(at - p->source), n };
	return ERR_OK;
}

static enum err read_cell(int *row, const char **id, struct narrative_cursor *c)
{
	const struct form_row *found;
	const char *start, *name;

	narrative_skip(c);
	start = c->at;
	while (c->at < c->end && is_name(*c->at))
		c->at++;
	if (c->at == start) {
		TRY(narrative_rest(&name, c));
		return narrative_refuse(c, MSG_NARRATIVE_NO_CELL, name);
	}
	TRY(arena_strndup(c->p->arena, &name, start, (size_t)(c->at - start)));
	if (!c->p->set)
		return narrative_refuse(c, MSG_NARRATIVE_NO_SET, name);
	TRY(find_row(&found, c, name));
	if (!found)
		return narrative_refuse(c, MSG_NARRATIVE_UNKNOWN_ROW, name, c->p->set->code);
	if (found->kind == FORM_GROUP)
		return narrative_refuse(c, MSG_NARRATIVE_GROUP_ROW, name, found->label);
	*row = found->at;
	*id = found->id;
	return keep_reference(c, found, start, (size_t)(c->at - start));
}

/* ---- a sum ---- */

static bool starts_number(const char *at, const char *end)
{
	const char *p = at;

	while (p < end && is_name(*p) && *p != '/')
		p++;
	return at < end && *at >= '0' && *at <= '9' && (p == end || *p != '/');
}

static enum err read_number(dec_t *out, const char **written, struct narrative_cursor *c)
{
	char text[24];
	size_t n = 0;

	while (c->at < c->end && (is_name(*c->at) || *c->at == ',') && n < sizeof(text) - 1)
		text[n++] = *c->at++;
	text[n] = '\0';
	TRY(arena_strdup(c->p->arena, written, text));
	if (strchr(text, '.'))
		return narrative_refuse(c, MSG_NARRATIVE_BAD_NUMBER, *written);
	for (size_t i = 0; i < n; i++)
		if (text[i] == ',')
			text[i] = '.';
	return dec_parse(out, text) ? ERR_OK
	                            : narrative_refuse(c, MSG_NARRATIVE_BAD_NUMBER, *written);
}

static enum err read_term(struct narrative_sum *sum, struct str *reference, bool minus,
                          struct narrative_cursor *c)
{
	struct narrative_term term = { .row = -1, .number = DEC_NONE, .minus = minus };
	const char *written = "";

	if (sum->n == NARRATIVE_MOST_TERMS)
		return narrative_refuse(c, MSG_NARRATIVE_LONG_SUM);
	narrative_skip(c);
	if (starts_number(c->at, c->end))
		TRY(read_number(&term.number, &written, c));
	else
		TRY(read_cell(&term.row, &written, c));
	if (sum->n > 0)
		str_put(reference, minus ? " - " : " + ");
	str_put(reference, written);
	sum->terms[sum->n++] = term;
	return ERR_OK;
}

enum err narrative_read_sum(struct narrative_sum *out, struct narrative_cursor *c)
{
	struct narrative_sum sum = { .n = 0 };
	struct str reference;
	bool minus = false, more = true;

	str_init(&reference, c->p->arena, 4000);
	while (more && !c->bad) {
		TRY(read_term(&sum, &reference, minus, c));
		minus = narrative_take(c, "-");
		more = minus || narrative_take(c, "+");
	}
	TRY(str_finish(&reference, &sum.reference));
	*out = sum;
	return ERR_OK;
}

/* ---- a list ---- */

static enum err read_form(const struct form **out, struct narrative_cursor *c)
{
	const char *start, *code;

	narrative_skip(c);
	start = c->at;
	while (c->at < c->end && is_name(*c->at))
		c->at++;
	TRY(arena_strndup(c->p->arena, &code, start, (size_t)(c->at - start)));
	*out = c->p->set ? form_find(c->p->set, code) : NULL;
	return *out ? ERR_OK : narrative_refuse(c, MSG_NARRATIVE_UNKNOWN_FORM, code);
}

enum err narrative_read_source(struct narrative_source *out, bool *taken,
                               struct narrative_cursor *c)
{
	static const struct {
		enum narrative_word word;
		enum narrative_listing what;
	} lists[] = { { WORD_UNITS_MISSING, NARRATIVE_UNITS_MISSING },
		      { WORD_UNITS_SENT, NARRATIVE_UNITS_SENT },
		      { WORD_FIELDS, NARRATIVE_FIELDS },
		      { WORD_PROCEDURES, NARRATIVE_PROCEDURES },
		      { WORD_NOTES, NARRATIVE_NOTES } };
	struct narrative_source source = { .row = -1 };
	const char *id;
	size_t i = 0;

	while (i < ARRAY_LEN(lists) && !narrative_take_word(c, lists[i].word))
		i++;
	*taken = i < ARRAY_LEN(lists);
	if (!*taken)
		return ERR_OK;
	source.what = lists[i].what;
	if (source.what == NARRATIVE_FIELDS || source.what == NARRATIVE_PROCEDURES)
		TRY(read_cell(&source.row, &id, c));
	if (source.what == NARRATIVE_NOTES)
		TRY(read_form(&source.form, c));
	*out = source;
	return ERR_OK;
}

enum err narrative_read_quoted(const char **out, struct narrative_cursor *c)
{
	struct str s;

	*out = NULL;
	narrative_skip(c);
	if (c->at == c->end || *c->at != '"')
		return ERR_OK;
	str_init(&s, c->p->arena, NARRATIVE_LONGEST);
	for (c->at++; c->at < c->end && *c->at != '"'; c->at++) {
		if (*c->at == '\\' && c->at + 1 < c->end)
			c->at++;
		str_put_char(&s, *c->at);
	}
	if (c->at == c->end)
		return narrative_refuse(c, MSG_NARRATIVE_OPEN_QUOTE);
	c->at++;
	return str_finish(&s, out);
}
