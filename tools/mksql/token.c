/* token.c - words, parameters and the rest of an SQL text; comments are passed over. */
#include "mksql/sql.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void die(const char *path, int line, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", path, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void *allocate(size_t n)
{
	void *p = calloc(1, n);

	if (!p) {
		fprintf(stderr, "mksql: out of memory\n");
		exit(1);
	}
	return p;
}

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void skip_blanks(struct scan *s)
{
	for (;;) {
		if (*s->at == '\n')
			s->line++;
		if (isspace((unsigned char)*s->at))
			s->at++;
		else if (s->at[0] == '-' && s->at[1] == '-')
			s->at += strcspn(s->at, "\n");
		else
			return;
	}
}

static size_t quoted_length(const char *at)
{
	size_t n = 1;

	while (at[n] && !(at[n] == *at && at[n + 1] != *at))
		n += at[n] == *at ? 2 : 1;
	return at[n] ? n + 1 : n;
}

struct token next_token(struct scan *s)
{
	skip_blanks(s);
	struct token t = { OTHER, s->at, 1, s->depth, s->line };
	char c = *s->at;

	if (!c) {
		t.kind = END;
		t.len = 0;
	} else if (c == '\'' || c == '"') {
		t.len = quoted_length(s->at);
	} else if (c == ':' && s->at[1] == ':') {
		t.len = 2; /* PostgreSQL's cast */
	} else if (word_char(c) || (c == ':' && word_char(s->at[1]))) {
		t.kind = c == ':' ? PARAMETER : WORD;
		while (word_char(s->at[t.len]))
			t.len++;
	} else if (c == '(') {
		s->depth++;
	} else if (c == ')') {
		t.depth = --s->depth;
	}
	s->at += t.len;
	return t;
}

bool token_is(struct token t, const char *word)
{
	return t.len == strlen(word) && strncasecmp(t.at, word, t.len) == 0;
}

bool token_among(struct token t, const char *const *words)
{
	for (; *words; words++)
		if (token_is(t, *words))
			return true;
	return false;
}

struct field *find_field(struct fields *in, const char *name, size_t len)
{
	for (size_t i = 0; i < in->n; i++)
		if (strlen(in->at[i].name) == len && memcmp(in->at[i].name, name, len) == 0)
			return &in->at[i];
	return NULL;
}
