/* mktmpl.c - turns a template, x.html, into the C function tmpl_x().
 *
 *   {{view TYPE "header"}}            first; `v` is a const TYPE *, the header declares
 *                                     void tmpl_x(struct html_out *o, const TYPE *v);
 *   {{use "header"}}                  one more header, before {{view}}
 *   {{expr}}                          a C expression, escaped by its type; in href, src, action
 *                                     and formaction a struct url (after a literal # any value)
 *   {{if expr}} {{else if expr}} {{else}} {{end}}
 *   {{each NAME in ARRAY n COUNT}} {{end}}   NAME points to the element, i_NAME is its index
 *   {{each NAME along LIST}} {{end}}         elements linked by `next`
 *   {{tokens}}                        what every form with method="post" must carry
 *   {{attr NAME if expr}}             NAME, or NAME="literal", when expr is true
 *   {{include tmpl_y(&v->part)}}      another template
 *   {{# comment}}
 *
 * A field that does not exist, or of a type that html_put() does not know, is a compile error
 * at the line of the .html file.  Refused here, because escaping does not make them safe or our
 * content security policy blocks them: expressions in unquoted attributes, in tags and in
 * comments; script with content, <style>, style= and on...= attributes; a POST form without
 * {{tokens}}; tags that are not closed in the order in which they were opened, or not within
 * the
 * {{if}} or {{each}} that opened them.  White space beside block elements is dropped.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mktmpl/template.h"

static void put_line_mark(struct template *t)
{
	fprintf(t->out, "#line %d \"%s\"\n", t->line, t->file);
}

static struct block *top_block(struct template *t, const char *word)
{
	if (t->n_blocks == 0)
		refuse(t, t->line, "{{%s}} without {{if}} or {{each}}", word);
	return &t->blocks[t->n_blocks - 1];
}

static void open_block(struct template *t, enum block_kind kind)
{
	if (t->n_blocks == MOST_BLOCKS)
		refuse(t, t->line, "{{if}} and {{each}} are nested too deep");
	t->blocks[t->n_blocks++] = (struct block){ kind,     t->line,        t->depth, t->place,
		                                   t->value, t->after_block, true };
	if (kind == BLOCK_EACH) /* the element before may have ended in text */
		t->after_block = false;
}

/* What a branch opened it must close. */
static void check_branch(struct template *t, const struct block *b)
{
	if (t->depth > b->depth)
		refuse(t, t->open[t->depth - 1].line, "<%s> is not closed before line %d",
		       t->open[t->depth - 1].name, t->line);
	if (t->place != b->place ||
	    (t->place == IN_VALUE && strcmp(t->value.attr, b->value.attr) != 0))
		refuse(t, t->line, "{{if}} of line %d began elsewhere in the tag", b->line);
}

/* {{each NAME along LIST}}: elements that lead to each other by `next`. */
static bool directive_along(struct template *t, char *d)
{
	char *along = strstr(d, " along ");

	if (along == NULL)
		return false;
	*along = '\0';
	const char *list = along + 7;
	fprintf(t->out,
	        "\tfor (const __typeof__(*(%s)) *%s = (%s); %s != NULL; %s = %s->next) {\n",
	        list, d, list, d, d, d);
	open_block(t, BLOCK_EACH);
	return true;
}

static void directive_each(struct template *t, char *d)
{
	char *in = strstr(d, " in "), *n = NULL;

	if (directive_along(t, d))
		return;
	for (char *s = in; s != NULL && (s = strstr(s, " n ")) != NULL; s++)
		n = s;
	if (in == NULL || n == NULL)
		refuse(t, t->line, "write {{each NAME in ARRAY n COUNT}}");
	*in = *n = '\0';
	const char *array = in + 4, *count = n + 3;
	fprintf(t->out,
	        "\tfor (size_t i_%s = 0; i_%s < (size_t)(%s); i_%s++) {\n"
	        "\tconst __typeof__(*(%s)) *%s = &(%s)[i_%s];\n",
	        d, d, count, d, array, d, array, d);
	fprintf(t->out, "\t(void)%s;\n", d);
	open_block(t, BLOCK_EACH);
}

static void directive_else(struct template *t, const char *rest)
{
	struct block *b = top_block(t, "else");

	if (b->kind != BLOCK_IF)
		refuse(t, t->line, "{{else}} belongs to an {{if}} and stands once");
	check_branch(t, b);
	b->ended_after_block = b->ended_after_block && t->after_block;
	t->value = b->value;
	t->after_block = b->began_after_block;
	if (strncmp(rest, "if ", 3) == 0) {
		fprintf(t->out, "\t} else if (%s) {\n", rest + 3);
	} else if (*rest == '\0') {
		fputs("\t} else {\n", t->out);
		b->kind = BLOCK_ELSE;
	} else {
		refuse(t, t->line, "write {{else}} or {{else if expr}}");
	}
}

static void directive_end(struct template *t)
{
	struct block *b = top_block(t, "end");

	check_branch(t, b);
	if (b->kind != BLOCK_ELSE)
		b->ended_after_block = b->ended_after_block && b->began_after_block;
	t->after_block = t->after_block && b->ended_after_block;
	fputs("\t}\n", t->out);
	t->n_blocks--;
}

static void directive_view(struct template *t, const char *d)
{
	char type[80], header[160];
	const char *slash = strrchr(t->file, '/');

	if (t->has_view)
		refuse(t, t->line, "a second {{view}}");
	if (sscanf(d, "%79[^\"]\"%159[^\"]\"", type, header) != 2)
		refuse(t, t->line, "write {{view TYPE \"header\"}}");
	t->has_view = true;
	fprintf(t->out, "#include \"%s\"\n\nvoid tmpl_", header);
	for (const char *s = slash ? slash + 1 : t->file; *s != '\0' && *s != '.'; s++)
		fputc(isalnum((unsigned char)*s) ? *s : '_', t->out);
	fprintf(t->out, "(struct html_out *o, const %s *v)\n{\n\t(void)v;\n", type);
	t->after_block = true;
}

static void directive_tokens(struct template *t)
{
	if (t->place != IN_TEXT || !t->form_is_post)
		refuse(t, t->line, "{{tokens}} belongs into a form with method=\"post\"");
	t->form_has_tokens = true;
	fputs("\thtml_put_tokens(o);\n", t->out);
}

static void directive_attr(struct template *t, char *d)
{
	char *cond = strstr(d, " if "), name[NAME];

	if (t->place != IN_TAG || t->closing || cond == NULL)
		refuse(t, t->line, "write {{attr NAME if expr}} between attributes");
	*cond = '\0';
	size_t n = strcspn(d, "=");
	if (n == 0 || n >= sizeof(name) || strpbrk(d, " <>'"))
		refuse(t, t->line, "{{attr %s}} is no attribute", d);
	memcpy(name, d, n);
	name[n] = '\0';
	if (is_forbidden_attr(name) || takes_url(name))
		refuse(t, t->line, "%s is refused in {{attr}}", name);
	fprintf(t->out, "\tif (%s)\n\t\thtml_lit(o, \" ", cond + 4);
	for (const char *s = d; *s != '\0'; s++)
		put_c_char(t->out, *s);
	fprintf(t->out, "\", %zu);\n", strlen(d) + 1);
}

static void directive_include(struct template *t, const char *d)
{
	size_t n = strcspn(d, "(");

	if (t->place != IN_TEXT || strncmp(d, "tmpl_", 5) != 0 || d[n] != '(')
		refuse(t, t->line, "write {{include tmpl_x(&view)}} outside of tags");
	fprintf(t->out, "\t%.*s(o, %s;\n", (int)n, d, d + n + 1);
}

static void directive_expr(struct template *t, const char *d)
{
	struct value *v = &t->value;
	bool url = t->place == IN_VALUE && takes_url(v->attr) && !v->has_hash;

	if (t->place == IN_TAG)
		refuse(t, t->line,
		       "an expression is allowed only in text and in quoted values");
	if (url && (v->n > 0 || v->has_expr))
		refuse(t, t->line, "%s= takes one struct url and nothing before it", v->attr);
	fprintf(t->out, "\t%s(o, %s);\n", url ? "html_put_url" : "html_put", d);
	v->has_expr = true;
}

/* Control words do not show; what shows keeps the white space before it. */
static bool directive_control(struct template *t, char *d)
{
	if (strncmp(d, "if ", 3) == 0) {
		fprintf(t->out, "\tif (%s) {\n", d + 3);
		open_block(t, BLOCK_IF);
	} else if (strncmp(d, "each ", 5) == 0) {
		directive_each(t, d + 5);
	} else if (strcmp(d, "else") == 0 || strncmp(d, "else ", 5) == 0) {
		directive_else(t, d[4] ? d + 5 : "");
	} else if (strcmp(d, "end") == 0) {
		directive_end(t);
	} else if (strncmp(d, "attr ", 5) == 0) {
		directive_attr(t, d + 5);
	} else {
		return false;
	}
	return true;
}

static void directive(struct template *t, char *d)
{
	if (*d == '#')
		return;
	if (strncmp(d, "use ", 4) == 0) {
		if (t->has_view)
			refuse(t, t->line, "{{use}} stands before {{view}}");
		fprintf(t->out, "#include %s\n", d + 4);
		return;
	}
	if (strncmp(d, "view ", 5) == 0) {
		directive_view(t, d + 5);
		t->white = 0;
		return;
	}
	if (!t->has_view)
		refuse(t, t->line, "{{view TYPE \"header\"}} must come first");
	if (t->place == IN_TEXT && !t->after_block)
		put_white(t);
	flush_literal(t);
	put_line_mark(t);
	bool control = directive_control(t, d);
	if (!control && strcmp(d, "tokens") == 0)
		directive_tokens(t);
	else if (!control && strncmp(d, "include ", 8) == 0)
		directive_include(t, d + 8);
	else if (!control)
		directive_expr(t, d);
	t->white = 0;
	t->after_block = control && t->after_block;
}

static void step_directive(struct template *t)
{
	char text[1024];
	const char *end = strstr(t->at, "}}");
	int line = t->line;

	if (end == NULL)
		refuse(t, line, "{{ without }}");
	const char *from = t->at + 2, *to = end;
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (to > from && isspace((unsigned char)to[-1]))
		to--;
	if (to == from || (size_t)(to - from) >= sizeof(text))
		refuse(t, line, "this {{...}} is empty or too long");
	memcpy(text, from, (size_t)(to - from));
	text[to - from] = '\0';
	for (char *s = text + strcspn(text, "\n\t"); *s != '\0'; s += strcspn(s, "\n\t"))
		*s = ' ';
	directive(t, text);
	while (t->at < end + 2)
		next(t);
}

static void compile(struct template *t)
{
	fprintf(t->out, "/* Generated by tools/mktmpl from %s. */\n", t->file);
	fputs("#include \"gen/links.h\"\n#include \"html/html.h\"\n", t->out);
	while (*t->at != '\0') {
		if (*t->at == '{' && t->at[1] == '{')
			step_directive(t);
		else if (!t->has_view && !isspace((unsigned char)*t->at))
			refuse(t, t->line, "{{view TYPE \"header\"}} must come first");
		else
			step_markup(t);
	}
	if (!t->has_view)
		refuse(t, t->line, "{{view TYPE \"header\"}} is missing");
	if (t->place != IN_TEXT)
		refuse(t, t->tag.line, "<%s> has no end", t->tag.name);
	if (t->n_blocks > 0)
		refuse(t, t->blocks[t->n_blocks - 1].line,
		       "{{if}} or {{each}} without {{end}}");
	if (t->depth > 0)
		refuse(t, t->open[t->depth - 1].line, "<%s> is not closed",
		       t->open[t->depth - 1].name);
	flush_literal(t);
	fputs("}\n", t->out);
}

static char *read_file(const char *path)
{
	char *text = malloc(SOURCE + 1);
	FILE *f = fopen(path, "rb");

	if (text == NULL || f == NULL) {
		perror(path);
		exit(2);
	}
	size_t n = fread(text, 1, SOURCE + 1, f);
	if (ferror(f) || n > SOURCE || memchr(text, '\0', n)) {
		fprintf(stderr, "%s: unreadable, longer than 1 MiB, or no text\n", path);
		exit(2);
	}
	text[n] = '\0';
	fclose(f);
	return text;
}

/* Nothing is written when a template is refused, so that make never uses half of one. */
int main(int argc, char **argv)
{
	struct template t = { .line = 1 };
	char *made = NULL;
	size_t n = 0;

	if (argc != 3) {
		fputs("usage: mktmpl in.html out.c\n", stderr);
		return 2;
	}
	char *text = read_file(t.file = argv[1]);
	t.at = text;
	t.out = open_memstream(&made, &n);
	if (t.out == NULL)
		return 2;
	compile(&t);
	if (fclose(t.out) != 0)
		return 2;
	FILE *f = fopen(argv[2], "wb");
	if (f == NULL || fwrite(made, 1, n, f) != n || fclose(f) != 0) {
		perror(argv[2]);
		return 2;
	}
	free(made);
	free(text);
	return 0;
}
