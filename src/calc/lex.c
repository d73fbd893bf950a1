#include "calc/lex.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The bytes of the UTF-8 character at `s`; malformed bytes count one by one. */
static size_t character_bytes(const char *s)
{
	size_t n = 1;

	if ((unsigned char)*s < 0xc0)
		return 1;
	while ((s[n] & 0xc0) == 0x80 && n < 4)
		n++;
	return n;
}

static void skip_space(struct lexer *l)
{
	for (; *l->at == ' ' || *l->at == '\t' || *l->at == '\n'; l->at++) {
		l->column++;
		if (*l->at == '\n') {
			l->line++;
			l->column = 1;
		}
	}
}

/* Takes `n` ASCII bytes as the token's text, of which `skip` at each end are not kept. */
static bool take(struct token *out, struct lexer *l, size_t n, size_t skip, bool *too_long)
{
	size_t keep = n - 2 * skip;

	if (keep >= sizeof(out->text)) {
		*too_long = true;
		return false;
	}
	memcpy(out->text, l->at + skip, keep);
	out->text[keep] = '\0';
	l->at += n;
	l->column += (int)n;
	return true;
}

static size_t sign_length(const char *at)
{
	static const char *const signs[] = { "<=", ">=", "!=", "==" };

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (strncmp(at, signs[i], 2) == 0)
			return 2;
	return strchr("+-*/(),=<>", *at) ? 1 : 0;
}

static size_t number_length(const char *at)
{
	size_t n = 0;

	while (is_digit(at[n]))
		n++;
	if (at[n] == '.' && is_digit(at[n + 1]))
		for (n++; is_digit(at[n]);)
			n++;
	return n;
}

/* "[...]" on one line, the brackets included; 0 when it does not close. */
static size_t ref_length(const char *at)
{
	size_t n = 1;

	while (is_letter(at[n]) || is_digit(at[n]) || at[n] == '.' || at[n] == '/')
		n++;
	return at[n] == ']' ? n + 1 : 0;
}

static bool refuse(struct token *out, const struct lexer *l)
{
	size_t n = character_bytes(l->at);

	memcpy(out->text, l->at, n);
	out->text[n] = '\0';
	return false;
}

bool lex_next(struct token *out, struct lexer *l, bool *too_long)
{
	size_t n = 0;

	*too_long = false;
	skip_space(l);
	*out = (struct token){ .kind = TOKEN_END, .line = l->line, .column = l->column };
	if (!*l->at)
		return true;
	if (is_digit(*l->at)) {
		out->kind = TOKEN_NUMBER;
		return take(out, l, number_length(l->at), 0, too_long);
	}
	if (is_letter(*l->at)) {
		out->kind = TOKEN_WORD;
		while (is_letter(l->at[n]) || is_digit(l->at[n]))
			n++;
		return take(out, l, n, 0, too_long);
	}
	if (*l->at == '[' && (n = ref_length(l->at)) > 0) {
		out->kind = TOKEN_REF;
		return take(out, l, n, 1, too_long);
	}
	n = sign_length(l->at);
	if (n == 0)
		return refuse(out, l);
	out->kind = TOKEN_SIGN;
	return take(out, l, n, 0, too_long);
}
