/* template.h - one template while it is compiled: where in the markup the reader stands, which
 * tags and which {{if}} are open, and what was read but not written yet.
 */
#ifndef MKTMPL_TEMPLATE_H
#define MKTMPL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { MOST_OPEN = 64, MOST_BLOCKS = 32, NAME = 40, LITERAL = 3000, SOURCE = 1 << 20 };

enum place { IN_TEXT, IN_TAG, IN_VALUE };
enum block_kind { BLOCK_IF, BLOCK_ELSE, BLOCK_EACH };

struct element {
	char name[NAME];
	int line;
};

/* The attribute value being read. */
struct value {
	char attr[NAME], literal[NAME];
	size_t n;      /* literal bytes so far */
	bool has_expr; /* an expression came before */
	bool has_hash; /* a literal # came before */
};

struct block {
	enum block_kind kind;
	int line, depth;
	enum place place;
	struct value value;
	bool began_after_block; /* template.after_block at {{if}} */
	bool ended_after_block; /* and at the end of every branch so far */
};

struct template
{
	const char *file;
	int line;
	const char *at;
	FILE *out;
	enum place place;
	char quote;
	struct element tag; /* being read, or read last */
	bool closing, post;
	struct value value;
	struct element open[MOST_OPEN];
	int depth;
	struct block blocks[MOST_BLOCKS];
	int n_blocks;
	bool form_is_post, form_has_tokens;
	char literal[LITERAL];
	size_t n_literal;
	char white;       /* pending white space: ' ', '\n' or 0 */
	bool after_block; /* the last thing was a tag of a block element */
	bool has_view;
};

/* Says file, line and what is wrong, and ends the program. */
__attribute__((format(printf, 3, 4), noreturn)) void refuse(const struct template *t, int line,
                                                            const char *fmt, ...);

/* markup.c: follows the HTML. */
void step_markup(struct template *t);   /* reads one character or tag */
char next(struct template *t);          /* takes a character and counts lines */
void flush_literal(struct template *t); /* writes what is pending as html_lit() */
void put_white(struct template *t);     /* pending white space becomes literal */
void put_c_char(FILE *out, char c);     /* inside a C string */
bool takes_url(const char *attr);
bool is_forbidden_attr(const char *attr);

#endif
