/* lex.h - cuts a formula into tokens; private to src/calc. */
#ifndef CALC_LEX_H
#define CALC_LEX_H

#include "calc/calc.h"

enum token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_WORD,
	TOKEN_REF, /* the text between the brackets */
	TOKEN_SIGN /* + - * / ( ) , = != < <= > >= */
};

struct token {
	enum token_kind kind;
	char text[64];
	int line, column;
};

struct lexer {
	const char *at;
	int line, column;
};

/* False when what comes is no token: `out->text` is the character that is in the way, and
 * `*too_long` says whether it was the length. */
bool lex_next(struct token *out, struct lexer *lexer, bool *too_long);

#endif
