/* Conditions: "dossier.received > 0 và không có petition.received". */
#include "app/narrative/narrative_parser.h"

static enum err read_or(struct narrative_test **out, struct narrative_cursor *c);

static enum err new_test(struct narrative_test **out, struct narrative_cursor *c,
                         enum narrative_test_op op)
{
	struct narrative_test *t;

	TRY(arena_new(c->p->arena, &t));
	t->op = op;
	*out = t;
	return ERR_OK;
}

/* "kỳ trước", "cùng kỳ" behind a sum: of which period it is. */
static enum err read_dated_sum(struct narrative_sum *out, struct narrative_cursor *c)
{
	TRY(narrative_read_sum(out, c));
	if (narrative_take(c, narrative_variable_word(NARRATIVE_THE_PERIOD_LAST)))
		out->when = NARRATIVE_LAST_PERIOD;
	else if (narrative_take(c, narrative_variable_word(NARRATIVE_THE_PERIOD_LAST_YEAR)))
		out->when = NARRATIVE_LAST_YEAR;
	return ERR_OK;
}

static enum err read_compare(struct narrative_test *t, struct narrative_cursor *c)
{
	static const struct {
		const char *sign;
		enum narrative_compare compare;
	} signs[] = { { "!=", NARRATIVE_NE }, { "<>", NARRATIVE_NE }, { "<=", NARRATIVE_LE },
		      { ">=", NARRATIVE_GE }, { "=", NARRATIVE_EQ },  { "<", NARRATIVE_LT },
		      { ">", NARRATIVE_GT } };
	const char *rest;
	size_t i = 0;

	TRY(read_dated_sum(&t->left, c));
	if (c->bad)
		return ERR_OK;
	while (i < ARRAY_LEN(signs) && !narrative_take(c, signs[i].sign))
		i++;
	if (i == ARRAY_LEN(signs)) {
		TRY(narrative_rest(&rest, c));
		return narrative_refuse(c, MSG_NARRATIVE_NO_SIGN, rest);
	}
	t->compare = signs[i].compare;
	return read_dated_sum(&t->right, c);
}

/* "có" was taken. */
static enum err read_has(struct narrative_test *t, struct narrative_cursor *c)
{
	bool listed;

	(void)!narrative_take_word(c, WORD_LIST);
	TRY(narrative_read_source(&t->source, &listed, c));
	t->op = listed ? NARRATIVE_NOT_EMPTY : NARRATIVE_KNOWN;
	return listed ? ERR_OK : read_dated_sum(&t->left, c);
}

static enum err read_period(struct narrative_test *t, struct narrative_cursor *c)
{
	const char *start;

	narrative_skip(c);
	start = c->at;
	while (c->at < c->end &&
	       ((*c->at >= 'A' && *c->at <= 'Z') || (*c->at >= '0' && *c->at <= '9')))
		c->at++;
	if (c->at == start)
		return narrative_refuse(c, MSG_NARRATIVE_NO_PERIOD);
	return arena_strndup(c->p->arena, &t->word, start, (size_t)(c->at - start));
}

static enum err read_parenthesis(struct narrative_test **out, struct narrative_cursor *c)
{
	const char *rest;

	if (++c->depth > NARRATIVE_DEEPEST)
		return narrative_refuse(c, MSG_NARRATIVE_TOO_DEEP);
	TRY(read_or(out, c));
	c->depth--;
	if (c->bad || narrative_take(c, ")"))
		return ERR_OK;
	TRY(narrative_rest(&rest, c));
	return narrative_refuse(c, MSG_NARRATIVE_NO_PARENTHESIS, rest);
}

static enum err read_atom(struct narrative_test **out, struct narrative_cursor *c)
{
	if (narrative_take(c, "("))
		return read_parenthesis(out, c);
	TRY(new_test(out, c, NARRATIVE_COMPARE));
	if (narrative_take_word(c, WORD_HAS))
		return read_has(*out, c);
	if (narrative_take_word(c, WORD_PERIOD_IS)) {
		(*out)->op = NARRATIVE_PERIOD_IS;
		return read_period(*out, c);
	}
	return read_compare(*out, c);
}

static enum err read_not(struct narrative_test **out, struct narrative_cursor *c)
{
	struct narrative_test *operand = NULL;

	if (!narrative_take_word(c, WORD_NOT))
		return read_atom(out, c);
	TRY(read_atom(&operand, c));
	TRY(new_test(out, c, NARRATIVE_NOT));
	(*out)->a = operand;
	return ERR_OK;
}

static enum err read_and(struct narrative_test **out, struct narrative_cursor *c)
{
	TRY(read_not(out, c));
	while (!c->bad && narrative_take_word(c, WORD_AND)) {
		struct narrative_test *left = *out, *right = NULL;

		TRY(read_not(&right, c));
		TRY(new_test(out, c, NARRATIVE_AND));
		(*out)->a = left;
		(*out)->b = right;
	}
	return ERR_OK;
}

static enum err read_or(struct narrative_test **out, struct narrative_cursor *c)
{
	TRY(read_and(out, c));
	while (!c->bad && narrative_take_word(c, WORD_OR)) {
		struct narrative_test *left = *out, *right = NULL;

		TRY(read_and(&right, c));
		TRY(new_test(out, c, NARRATIVE_OR));
		(*out)->a = left;
		(*out)->b = right;
	}
	return ERR_OK;
}

enum err narrative_read_test(const struct narrative_test **out, struct narrative_cursor *c)
{
	struct narrative_test *test = NULL;
	const char *rest;

	TRY(read_or(&test, c));
	*out = test;
	if (c->bad || narrative_at_end(c))
		return ERR_OK;
	TRY(narrative_rest(&rest, c));
	return narrative_refuse(c, MSG_NARRATIVE_TOO_MUCH, rest);
}
