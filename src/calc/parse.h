/* parse.h - what the two halves of the parser (expressions, totals over records) share;
 * private to src/calc. */
#ifndef CALC_PARSE_H
#define CALC_PARSE_H

#include "base/messages.h"
#include "calc/lex.h"

struct parser {
	struct lexer lexer;
	struct token token; /* the one that comes */
	struct arena *arena;
	const struct calc_schema *schema;
	struct calc *calc;
	struct calc_error *error;
	int depth, among; /* how deep in expressions, in lists of other records */
	size_t n_nodes;
};

ERR_RESULT parser_start(struct parser *p, struct calc_error *error, struct arena *a,
                        const char *text, const struct calc_schema *schema);
ERR_RESULT parser_advance(struct parser *p);
bool parser_sees(const struct parser *p, const char *text); /* a sign or a keyword */
/* Takes it when it comes. */
ERR_RESULT parser_take(struct parser *p, const char *text, bool *taken);
ERR_RESULT parser_expect(struct parser *p, const char *text);
ERR_RESULT parser_word(struct parser *p, const char **out); /* any word, kept */
ERR_RESULT parser_end(struct parser *p);

/* Records the error at the token that comes; never ERR_OK. */
ERR_RESULT parser_refuse_args(struct parser *p, enum msg id, const char *const *args);
static inline enum err parser_refused(enum err e)
{
	return e == ERR_OK ? ERR_INPUT : e;
}
#define parser_refuse(p, ...) PARSER_REFUSE_(p, __VA_ARGS__, NULL)
#define PARSER_REFUSE_(p, id, ...)                                                             \
	parser_refused(parser_refuse_args((p), (id), (const char *const[]){ __VA_ARGS__ }))

/* "= != < <= > >="; false when no such sign comes. */
bool parser_sees_compare(const struct parser *p, enum calc_compare *out);

/* After the words "count" or "sum", at the parenthesis. */
ERR_RESULT parse_total(const struct calc_total **out, struct parser *p,
                       enum calc_total_kind kind);
ERR_RESULT parse_conditions(struct calc_total *total, struct parser *p,
                            const struct calc_set *set);
const struct calc_set *parse_find_set(const struct calc_schema *schema, const char *name);

#endif
