/* What one marker {{...}} says. */
#include <string.h>

#include "app/narrative/narrative_parser.h"

#define VARIABLE(name, word, about) { word, about },
static const struct {
	const char *word, *about;
} variables[] = {
#include "app/narrative/narrative_words.def"
};

const char *narrative_variable_word(enum narrative_variable v)
{
	return variables[v].word;
}

const char *narrative_variable_about(enum narrative_variable v)
{
	return variables[v].about;
}

/* ---- behind "|" ---- */

#define STYLE(name, word) STYLE_##name,
enum style {
#include "app/narrative/narrative_words.def"
	STYLES_
};
#define STYLE(name, word) word,
static const char *const style_words[] = {
#include "app/narrative/narrative_words.def"
};

static void apply_style(struct narrative_style *s, enum style style)
{
	switch (style) {
	case STYLE_AGAINST_LAST_PERIOD:
	case STYLE_AGAINST_LAST_YEAR:
		s->change = true;
		s->when = style == STYLE_AGAINST_LAST_PERIOD ? NARRATIVE_LAST_PERIOD
		                                             : NARRATIVE_LAST_YEAR;
		break;
	case STYLE_LAST_PERIOD:
	case STYLE_LAST_YEAR:
		s->when = style == STYLE_LAST_PERIOD ? NARRATIVE_LAST_PERIOD
		                                     : NARRATIVE_LAST_YEAR;
		break;
	case STYLE_NUMERATOR:
		s->part = 'n';
		break;
	case STYLE_DENOMINATOR:
		s->part = 'd';
		break;
	case STYLE_FRACTION:
		s->part = 'f';
		break;
	case STYLE_NOTE:
		s->note = true;
		break;
	case STYLE_UNPADDED:
		s->unpadded = true;
		break;
	case STYLE_WITH_UNIT:
		s->with_unit = true;
		break;
	case STYLE_CAPITALS:
		s->capitals = true;
		break;
	case STYLES_:
		break;
	}
}

/* "2 chữ số". */
static bool take_places(struct narrative_style *s, struct narrative_cursor *c)
{
	const char *start;

	narrative_skip(c);
	start = c->at;
	if (c->at == c->end || *c->at < '0' || *c->at > '6')
		return false;
	s->places = *c->at++ - '0';
	if (narrative_take_word(c, WORD_PLACES))
		return true;
	c->at = start;
	return false;
}

static enum err list_styles(const char **out, struct arena *a)
{
	struct str s;

	str_init(&s, a, 2000);
	for (size_t i = 0; i < STYLES_; i++)
		str_printf(&s, "%s%s", i > 0 ? ", " : "", style_words[i]);
	return str_finish(&s, out);
}

static enum err read_one_style(struct narrative_style *s, struct narrative_cursor *c)
{
	const char *rest, *known, *noun;

	for (enum style style = 0; style < STYLES_; style++)
		if (narrative_take(c, style_words[style])) {
			apply_style(s, style);
			return ERR_OK;
		}
	if (take_places(s, c))
		return ERR_OK;
	TRY(narrative_read_quoted(&noun, c));
	if (noun || c->bad) {
		s->noun = noun;
		s->with_unit = true;
		return ERR_OK;
	}
	TRY(narrative_rest(&rest, c));
	TRY(list_styles(&known, c->p->arena));
	return narrative_refuse(c, MSG_NARRATIVE_UNKNOWN_STYLE, rest, known);
}

enum err narrative_read_style(struct narrative_style *out, struct narrative_cursor *c)
{
	struct narrative_style style = { .places = -1 };

	while (!c->bad && (narrative_take(c, "|") || narrative_take(c, ",")))
		TRY(read_one_style(&style, c));
	*out = style;
	return ERR_OK;
}

/* ---- kinds of markers ---- */

static bool take_variable(struct narrative_node *node, struct narrative_cursor *c)
{
	const char *start = c->at;

	for (enum narrative_variable v = 0; v < NARRATIVE_VARIABLES_; v++) {
		c->at = start;
		if (!narrative_take(c, variables[v].word))
			continue;
		if (!narrative_at_end(c) && *c->at != '|')
			continue;
		node->kind = NARRATIVE_VARIABLE;
		node->variable = v;
		return true;
	}
	c->at = start;
	return false;
}

/* Digits and what belongs to them, up to "thay" or the end. */
static enum err read_own(struct narrative_node *node, struct narrative_cursor *c)
{
	const char *start, *end;

	narrative_skip(c);
	start = end = c->at;
	while (c->at < c->end && !narrative_take_word(c, WORD_INSTEAD)) {
		while (c->at < c->end && *c->at != ' ')
			c->at++;
		end = c->at;
		narrative_skip(c);
	}
	node->kind = NARRATIVE_OWN;
	TRY(arena_strndup(c->p->arena, &node->text, start, (size_t)(end - start)));
	if (str_blank(node->text))
		return narrative_refuse(c, MSG_NARRATIVE_EMPTY_OWN);
	return c->at < c->end ? narrative_read_sum(&node->sum, c) : ERR_OK;
}

static enum err read_listed(struct narrative_node *node, struct narrative_cursor *c,
                            enum narrative_node_kind kind)
{
	bool taken;
	const char *rest;

	node->kind = kind;
	TRY(narrative_read_source(&node->source, &taken, c));
	if (taken || c->bad)
		return ERR_OK;
	TRY(narrative_rest(&rest, c));
	return narrative_refuse(c, MSG_NARRATIVE_UNKNOWN_LIST, rest);
}

/* {{= figure "05" 5 8 dossier.received "dossier.received"}} */
static enum err read_fixed_word(const char **out, struct narrative_cursor *c)
{
	const char *start;

	TRY(narrative_read_quoted(out, c));
	if (*out || c->bad)
		return ERR_OK;
	narrative_skip(c);
	for (start = c->at; c->at < c->end && *c->at != ' ';)
		c->at++;
	if (c->at == start || (c->at - start == 1 && *start == '-'))
		return ERR_OK;
	return arena_strndup(c->p->arena, out, start, (size_t)(c->at - start));
}

static enum err read_fixed(struct narrative_node *node, struct narrative_cursor *c)
{
	static const char *const kinds[] = { [NARRATIVE_FIGURE] = "figure",
		                             [NARRATIVE_CHANGE] = "change",
		                             [NARRATIVE_STATED] = "stated" };
	struct narrative_run *run = &node->fixed;
	const char *kind, *value;

	node->kind = NARRATIVE_FIXED;
	TRY(read_fixed_word(&kind, c));
	TRY(read_fixed_word(&run->text, c));
	TRY(read_fixed_word(&value, c));
	TRY(read_fixed_word(&run->form, c));
	TRY(read_fixed_word(&run->indicator, c));
	TRY(read_fixed_word(&run->reference, c));
	for (enum narrative_run_kind k = NARRATIVE_FIGURE; k <= NARRATIVE_STATED; k++)
		if (str_eq(kind, kinds[k]))
			run->kind = k;
	run->value = DEC_NONE;
	if (run->kind == NARRATIVE_WORDS || str_blank(run->text) ||
	    (value && !dec_parse(&run->value, value)))
		return narrative_refuse(c, MSG_NARRATIVE_BAD_FIXED);
	return ERR_OK;
}

static enum err read_cell(struct narrative_node *node, struct narrative_cursor *c)
{
	node->kind = NARRATIVE_CELL;
	TRY(narrative_read_sum(&node->sum, c));
	TRY(narrative_read_style(&node->style, c));
	node->sum.when = node->style.change ? NARRATIVE_NOW : node->style.when;
	if (!c->bad && (node->style.part || node->style.note) && node->sum.n > 1)
		return narrative_refuse(c, MSG_NARRATIVE_PART_OF_SUM);
	return ERR_OK;
}

static enum err read_leaf(struct narrative_node *node, struct narrative_cursor *c)
{
	if (narrative_take_word(c, WORD_OWN))
		return read_own(node, c);
	if (narrative_take_word(c, WORD_LIST))
		return read_listed(node, c, NARRATIVE_LISTED);
	if (!c->p->set && narrative_take(c, "="))
		return read_fixed(node, c);
	if (take_variable(node, c))
		return narrative_read_style(&node->style, c);
	return read_cell(node, c);
}

enum err narrative_marker_parse(enum narrative_marker_kind *kind, struct narrative_node *node,
                                struct narrative_parser *p, const char *end)
{
	struct narrative_cursor c = { .p = p, .at = p->at, .end = end };
	const char *rest;

	*kind = MARKER_LEAF;
	if (narrative_take_word(&c, WORD_IF)) {
		*kind = MARKER_OPENS;
		node->kind = NARRATIVE_IF;
		return narrative_read_test(&node->test, &c);
	}
	if (narrative_take_word(&c, WORD_EACH)) {
		*kind = MARKER_OPENS;
		TRY(read_listed(node, &c, NARRATIVE_EACH));
	} else if (narrative_take_word(&c, WORD_ELSE)) {
		*kind = MARKER_ELSE;
	} else if (narrative_take_word(&c, WORD_FI)) {
		*kind = MARKER_FI;
	} else {
		TRY(read_leaf(node, &c));
	}
	if (c.bad || narrative_at_end(&c))
		return ERR_OK;
	TRY(narrative_rest(&rest, &c));
	return narrative_refuse(&c, MSG_NARRATIVE_TOO_MUCH, rest);
}
