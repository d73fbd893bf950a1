#include "calc/parse.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum err parser_refuse_args(struct parser *p, enum msg id, const char *const *args)
{
	struct calc_error *error = p->error;

	error->line = p->token.line;
	error->column = p->token.column;
	TRY(msg_fill(&error->message, p->arena, id, args));
	(void)!err_set(ERR_INPUT, "formula refused at %d:%d", error->line, error->column);
	return ERR_INPUT;
}

static const char *shown(const struct parser *p)
{
	return p->token.kind == TOKEN_END ? msg_text(MSG_CALC_END) : p->token.text;
}

enum err parser_advance(struct parser *p)
{
	bool too_long;

	if (lex_next(&p->token, &p->lexer, &too_long))
		return ERR_OK;
	if (too_long)
		return parser_refuse(p, MSG_CALC_LONG_WORD);
	return parser_refuse(p, MSG_CALC_BAD_CHARACTER, p->token.text);
}

enum err parser_start(struct parser *p, struct calc_error *error, struct arena *a,
                      const char *text, const struct calc_schema *schema)
{
	*p = (struct parser){ .lexer = { text, 1, 1 },
		              .token = { .line = 1, .column = 1 },
		              .arena = a,
		              .schema = schema,
		              .error = error };
	*error = (struct calc_error){ 0 };
	TRY(arena_new(a, &p->calc));
	if (strlen(text) > CALC_LONGEST) {
		char longest[16];

		snprintf(longest, sizeof(longest), "%d", CALC_LONGEST);
		return parser_refuse(p, MSG_CALC_TOO_LONG, longest);
	}
	TRY(arena_strdup(a, &p->calc->text, text));
	return parser_advance(p);
}

bool parser_sees(const struct parser *p, const char *text)
{
	return (p->token.kind == TOKEN_SIGN || p->token.kind == TOKEN_WORD) &&
	       str_eq(p->token.text, text);
}

enum err parser_take(struct parser *p, const char *text, bool *taken)
{
	*taken = parser_sees(p, text);
	return *taken ? parser_advance(p) : ERR_OK;
}

enum err parser_expect(struct parser *p, const char *text)
{
	if (!parser_sees(p, text))
		return parser_refuse(p, MSG_CALC_EXPECTED, text, shown(p));
	return parser_advance(p);
}

enum err parser_word(struct parser *p, const char **out)
{
	if (p->token.kind != TOKEN_WORD)
		return parser_refuse(p, MSG_CALC_EXPECTED_WORD, shown(p));
	TRY(arena_strdup(p->arena, out, p->token.text));
	return parser_advance(p);
}

enum err parser_end(struct parser *p)
{
	if (p->token.kind != TOKEN_END)
		return parser_refuse(p, MSG_CALC_AFTER_END, p->token.text);
	return ERR_OK;
}

bool parser_sees_compare(const struct parser *p, enum calc_compare *out)
{
	static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=", "==" };

	if (p->token.kind != TOKEN_SIGN)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		if (!str_eq(p->token.text, signs[i]))
			continue;
		*out = i == 6 ? CALC_EQ : (enum calc_compare)i;
		return true;
	}
	return false;
}

/* ---- expressions ---- */

static enum err parse_any(struct calc_node **out, struct parser *p);

static enum err new_node(struct calc_node **out, struct parser *p, enum calc_op op, bool truth)
{
	if (p->n_nodes++ >= CALC_MOST_NODES)
		return parser_refuse(p, MSG_CALC_TOO_MANY);
	*out = arena_alloc(p->arena, sizeof(**out));
	if (!*out) {
		(void)!arena_no_memory(p->arena);
		return ERR_NO_MEMORY;
	}
	(*out)->op = op;
	(*out)->truth = truth;
	(*out)->number = DEC_NONE;
	return ERR_OK;
}

/* `at` is where the operand began. */
static enum err want(struct parser *p, const struct calc_node *node, bool truth,
                     struct token at)
{
	assert(node); /* every parse_ function that succeeds makes one */
	if (node->truth == truth)
		return ERR_OK;
	p->token = at;
	return truth ? parser_refuse(p, MSG_CALC_NOT_TRUTH)
	             : parser_refuse(p, MSG_CALC_NOT_NUMBER);
}

static bool code_is_valid(const char *code)
{
	size_t digits = 0;

	for (; *code; code++) {
		if (*code == '.' && digits == 0)
			return false;
		digits = *code == '.' ? 0 : digits + 1;
		if (*code != '.' && (*code < '0' || *code > '9'))
			return false;
	}
	return digits > 0;
}

static enum err parse_ref(struct calc_ref **out, struct parser *p)
{
	struct calc_ref *ref;
	char *slash = strchr(p->token.text, '/');
	const char *code = slash ? slash + 1 : p->token.text;

	if (p->token.kind != TOKEN_REF || !code_is_valid(code) || slash == p->token.text)
		return parser_refuse(p, MSG_CALC_BAD_REF, p->token.text);
	if (p->calc->n_refs == CALC_MOST_REFS)
		return parser_refuse(p, MSG_CALC_TOO_MANY);
	TRY(arena_new(p->arena, &ref));
	TRY(arena_strdup(p->arena, &ref->code, code));
	if (slash)
		TRY(arena_strndup(p->arena, &ref->form, p->token.text,
		                  (size_t)(slash - p->token.text)));
	ref->row = -1;
	ref->line = p->token.line;
	ref->column = p->token.column;
	p->calc->refs[p->calc->n_refs++] = ref;
	*out = ref;
	return parser_advance(p);
}

static enum err parse_constant(struct calc_node **out, struct parser *p)
{
	dec_t number;

	if (!dec_parse(&number, p->token.text))
		return parser_refuse(p, MSG_CALC_BAD_NUMBER, p->token.text);
	TRY(new_node(out, p, CALC_CONST, false));
	(*out)->number = number;
	return parser_advance(p);
}

/* entered([2.1]), blank([2.1]) */
static enum err parse_question(struct calc_node **out, struct parser *p, enum calc_op op)
{
	TRY(new_node(out, p, op, true));
	TRY(parser_advance(p));
	TRY(parser_expect(p, "("));
	TRY(parse_ref(&(*out)->ref, p));
	return parser_expect(p, ")");
}

/* setting resolved = finished */
static enum err parse_setting(struct calc_node **out, struct parser *p)
{
	const struct calc_schema *s = p->schema;
	struct token at;

	TRY(new_node(out, p, CALC_CHOSEN, true));
	TRY(parser_advance(p));
	at = p->token;
	TRY(parser_word(p, &(*out)->name));
	const char *choices = s->choices ? s->choices(s->self, (*out)->name) : NULL;
	if (!choices) {
		p->token = at;
		return parser_refuse(p, MSG_CALC_NO_SETTING, (*out)->name);
	}
	TRY(parser_expect(p, "="));
	at = p->token;
	TRY(parser_word(p, &(*out)->word));
	if (calc_word_among(choices, (*out)->word))
		return ERR_OK;
	p->token = at;
	return parser_refuse(p, MSG_CALC_NO_CHOICE, (*out)->word, choices);
}

/* unit is province */
static enum err parse_unit_is(struct calc_node **out, struct parser *p)
{
	TRY(new_node(out, p, CALC_UNIT_IS, true));
	TRY(parser_advance(p));
	TRY(parser_expect(p, "is"));
	struct token at = p->token;
	TRY(parser_word(p, &(*out)->word));
	if (calc_word_among(p->schema->tiers, (*out)->word))
		return ERR_OK;
	p->token = at;
	return parser_refuse(p, MSG_CALC_NO_CHOICE, (*out)->word, p->schema->tiers);
}

static enum err parse_total_node(struct calc_node **out, struct parser *p,
                                 enum calc_total_kind kind)
{
	struct calc *c = p->calc;

	TRY(new_node(out, p, CALC_TOTAL, false));
	if (c->n_totals == CALC_MOST_REFS)
		return parser_refuse(p, MSG_CALC_TOO_MANY);
	TRY(parser_advance(p));
	TRY(parse_total(&(*out)->total, p, kind));
	c->totals[c->n_totals++] = (*out)->total;
	return ERR_OK;
}

static enum err parse_words(struct calc_node **out, struct parser *p)
{
	if (parser_sees(p, "count"))
		return parse_total_node(out, p, CALC_COUNT);
	if (parser_sees(p, "sum"))
		return parse_total_node(out, p, CALC_SUM);
	if (parser_sees(p, "setting"))
		return parse_setting(out, p);
	if (parser_sees(p, "unit"))
		return parse_unit_is(out, p);
	if (parser_sees(p, "entered"))
		return parse_question(out, p, CALC_ENTERED);
	if (parser_sees(p, "blank"))
		return parse_question(out, p, CALC_IS_BLANK);
	if (parser_sees(p, "denominator")) {
		TRY(new_node(out, p, CALC_DENOMINATOR, false));
		return parser_advance(p);
	}
	return parser_refuse(p, MSG_CALC_EXPECTED_VALUE, shown(p));
}

static enum err parse_primary(struct calc_node **out, struct parser *p)
{
	if (p->token.kind == TOKEN_NUMBER)
		return parse_constant(out, p);
	if (p->token.kind == TOKEN_REF) {
		TRY(new_node(out, p, CALC_REF, false));
		return parse_ref(&(*out)->ref, p);
	}
	if (parser_sees(p, "(")) {
		TRY(parser_advance(p));
		TRY(parse_any(out, p));
		return parser_expect(p, ")");
	}
	if (p->token.kind == TOKEN_WORD)
		return parse_words(out, p);
	return parser_refuse(p, MSG_CALC_EXPECTED_VALUE, shown(p));
}

static enum err parse_unary(struct calc_node **out, struct parser *p)
{
	struct token at;
	bool minus;
	struct calc_node *inner = NULL;

	TRY(parser_take(p, "-", &minus));
	at = p->token;
	TRY(parse_primary(&inner, p));
	if (!minus) {
		*out = inner;
		return ERR_OK;
	}
	TRY(want(p, inner, false, at));
	TRY(new_node(out, p, CALC_NEGATE, false));
	(*out)->a = inner;
	return ERR_OK;
}

/* Joins `*left` and what follows by `op`, both of type `truth`. */
static enum err join(struct calc_node **left, struct parser *p, enum calc_op op, bool truth,
                     enum err (*operand)(struct calc_node **, struct parser *))
{
	struct calc_node *node = NULL, *right = NULL;
	struct token at = p->token;

	TRY(want(p, *left, truth, at));
	TRY(new_node(&node, p, op, truth));
	TRY(parser_advance(p));
	at = p->token;
	TRY(operand(&right, p));
	TRY(want(p, right, truth, at));
	assert(node);
	node->a = *left;
	node->b = right;
	*left = node;
	return ERR_OK;
}

static enum err parse_product(struct calc_node **out, struct parser *p)
{
	TRY(parse_unary(out, p));
	while (parser_sees(p, "*") || parser_sees(p, "/"))
		TRY(join(out, p, parser_sees(p, "*") ? CALC_MULTIPLY : CALC_DIVIDE, false,
		         parse_unary));
	return ERR_OK;
}

static enum err parse_sum(struct calc_node **out, struct parser *p)
{
	TRY(parse_product(out, p));
	while (parser_sees(p, "+") || parser_sees(p, "-"))
		TRY(join(out, p, parser_sees(p, "+") ? CALC_ADD : CALC_SUBTRACT, false,
		         parse_product));
	return ERR_OK;
}

static enum err parse_comparison(struct calc_node **out, struct parser *p)
{
	enum calc_compare compare;

	TRY(parse_sum(out, p));
	if (!parser_sees_compare(p, &compare))
		return ERR_OK;
	TRY(join(out, p, CALC_COMPARE, false, parse_sum));
	(*out)->truth = true;
	(*out)->compare = compare;
	return ERR_OK;
}

static enum err parse_not(struct calc_node **out, struct parser *p)
{
	struct calc_node *inner;

	if (!parser_sees(p, "not"))
		return parse_comparison(out, p);
	TRY(parser_advance(p));
	struct token at = p->token;
	TRY(parse_comparison(&inner, p));
	TRY(want(p, inner, true, at));
	TRY(new_node(out, p, CALC_NOT, true));
	(*out)->a = inner;
	return ERR_OK;
}

static enum err parse_and(struct calc_node **out, struct parser *p)
{
	TRY(parse_not(out, p));
	while (parser_sees(p, "and"))
		TRY(join(out, p, CALC_AND, true, parse_not));
	return ERR_OK;
}

static enum err parse_or(struct calc_node **out, struct parser *p)
{
	TRY(parse_and(out, p));
	while (parser_sees(p, "or"))
		TRY(join(out, p, CALC_OR, true, parse_and));
	return ERR_OK;
}

/* if condition then value [else value] */
static enum err parse_if(struct calc_node **out, struct parser *p)
{
	struct calc_node *condition, *then, *otherwise;
	struct token at;
	bool has_else;

	TRY(new_node(out, p, CALC_IF, false));
	TRY(parser_advance(p));
	at = p->token;
	TRY(parse_or(&condition, p));
	TRY(want(p, condition, true, at));
	TRY(parser_expect(p, "then"));
	TRY(parse_any(&then, p));
	TRY(parser_take(p, "else", &has_else));
	(*out)->a = condition;
	(*out)->b = then;
	(*out)->truth = then->truth;
	if (!has_else)
		return ERR_OK;
	at = p->token;
	TRY(parse_any(&otherwise, p));
	(*out)->otherwise = otherwise;
	if (otherwise->truth == then->truth)
		return ERR_OK;
	p->token = at;
	return parser_refuse(p, MSG_CALC_MIXED_BRANCHES);
}

static enum err parse_any(struct calc_node **out, struct parser *p)
{
	if (++p->depth > CALC_DEEPEST)
		return parser_refuse(p, MSG_CALC_TOO_DEEP);
	TRY(parser_sees(p, "if") ? parse_if(out, p) : parse_or(out, p));
	p->depth--;
	return ERR_OK;
}

static enum err parse_whole(const struct calc **out, struct calc_error *error, struct arena *a,
                            const char *text, const struct calc_schema *schema, bool truth)
{
	struct parser p;
	struct calc_node *root;

	TRY(parser_start(&p, error, a, text, schema));
	struct token at = p.token;
	if (at.kind == TOKEN_END)
		return parser_refuse(&p, MSG_CALC_NOTHING);
	TRY(parse_any(&root, &p));
	TRY(parser_end(&p));
	TRY(want(&p, root, truth, at));
	p.calc->root = root;
	*out = p.calc;
	return ERR_OK;
}

enum err calc_parse_number(const struct calc **out, struct calc_error *error, struct arena *a,
                           const char *text, const struct calc_schema *schema)
{
	return parse_whole(out, error, a, text, schema, false);
}

enum err calc_parse_check(const struct calc **out, struct calc_error *error, struct arena *a,
                          const char *text, const struct calc_schema *schema)
{
	return parse_whole(out, error, a, text, schema, true);
}
