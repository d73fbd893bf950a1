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
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

__attribute__((format(printf, 3, 4), noreturn)) static void refuse(const struct template *t,
                                                                   int line, const char *fmt,
                                                                   ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", t->file, line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* Whether `name` is one of the words, which are separated and enclosed by blanks. */
static bool among(const char *name, const char *words)
{
	char padded[NAME + 2];
	int n = snprintf(padded, sizeof(padded), " %s ", name);

	return n > 2 && n < (int)sizeof(padded) && strstr(words, padded) != NULL;
}

static bool is_void(const char *name)
{
	return among(name, " area base br col embed hr img input link meta source track wbr ");
}

/* White space beside these does not show. */
static bool is_block(const char *name)
{
	return among(name,
	             " address article aside blockquote body br caption col colgroup dd "
	             "details dialog div dl dt fieldset figcaption figure footer form h1 h2 "
	             "h3 h4 h5 h6 head header hgroup hr html legend li link main meta nav ol "
	             "optgroup option p pre script section select summary table tbody td "
	             "tfoot th thead title tr ul svg path circle rect line polyline g ");
}

/* These end an open <p> in a browser. */
static bool ends_paragraph(const char *name)
{
	return among(name, " address article aside blockquote details div dl fieldset figure "
	                   "footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section "
	                   "table ul ");
}

static bool takes_url(const char *attr)
{
	return among(attr, " href src action formaction xlink:href poster cite ");
}

static bool is_forbidden_attr(const char *attr)
{
	return strncmp(attr, "on", 2) == 0 || among(attr, " style srcdoc srcset formmethod ");
}

/* ---- writing C ---- */

static void put_c_char(FILE *out, char c)
{
	switch (c) {
	case '\n':
		fputs("\\n", out);
		break;
	case '\t':
		fputs("\\t", out);
		break;
	case '"':
	case '\\':
	case '?': /* no trigraphs */
		fputc('\\', out);
		fputc(c, out);
		break;
	default:
		fputc(c, out);
	}
}

static void put_line_mark(struct template *t)
{
	fprintf(t->out, "#line %d \"%s\"\n", t->line, t->file);
}

static void flush_literal(struct template *t)
{
	if (t->n_literal == 0)
		return;
	fputs("\thtml_lit(o, \"", t->out);
	for (size_t i = 0; i < t->n_literal; i++)
		put_c_char(t->out, t->literal[i]);
	fprintf(t->out, "\", %zu);\n", t->n_literal);
	t->n_literal = 0;
}

static void put(struct template *t, char c)
{
	/* Never cut a letter of UTF-8 in two: readable C, and no warning. */
	if (t->n_literal >= LITERAL - 8 && ((unsigned char)c & 0xC0) != 0x80)
		flush_literal(t);
	t->literal[t->n_literal++] = c;
}

static void put_white(struct template *t)
{
	if (t->white != 0)
		put(t, t->white);
	t->white = 0;
}

/* ---- reading ---- */

static char next(struct template *t)
{
	if (*t->at == '\n')
		t->line++;
	return *t->at++;
}

static void read_name(struct template *t, char out[NAME])
{
	size_t n = 0;

	while (isalnum((unsigned char)*t->at) || *t->at == '-' || *t->at == '_' ||
	       *t->at == ':') {
		if (n == NAME - 1)
			refuse(t, t->line, "this name is too long");
		out[n++] = (char)tolower((unsigned char)next(t));
	}
	out[n] = '\0';
}

static void put_name(struct template *t, const char *name)
{
	for (; *name != '\0'; name++)
		put(t, *name);
}

static bool keeps_white(const struct template *t)
{
	for (int i = 0; i < t->depth; i++) {
		if (among(t->open[i].name, " pre textarea "))
			return true;
	}
	return false;
}

static bool is_open(const struct template *t, const char *name)
{
	for (int i = 0; i < t->depth; i++) {
		if (strcmp(t->open[i].name, name) == 0)
			return true;
	}
	return false;
}

/* ---- elements ---- */

static void check_form_end(struct template *t)
{
	if (t->form_is_post && !t->form_has_tokens)
		refuse(t, t->line, "a form with method=\"post\" needs {{tokens}}");
	t->form_is_post = t->form_has_tokens = false;
}

static void open_element(struct template *t)
{
	const char *name = t->tag.name;
	const char *top = t->depth > 0 ? t->open[t->depth - 1].name : "";

	if (strcmp(name, "style") == 0)
		refuse(t, t->line, "<style> is refused; put it into static/cchc.css");
	if (strcmp(top, "p") == 0 && ends_paragraph(name))
		refuse(t, t->line, "<%s> cannot stand in <p>", name);
	if (among(name, " form a button ") && is_open(t, name))
		refuse(t, t->line, "<%s> cannot stand in <%s>", name, name);
	if (strcmp(name, "form") == 0)
		t->form_is_post = t->post;
	if (is_void(name))
		return;
	if (t->depth == MOST_OPEN)
		refuse(t, t->line, "tags are nested too deep");
	t->open[t->depth++] = t->tag;
}

static void close_element(struct template *t)
{
	int floor = t->n_blocks > 0 ? t->blocks[t->n_blocks - 1].depth : 0;

	if (t->depth == 0)
		refuse(t, t->line, "</%s> closes nothing", t->tag.name);
	const struct element *top = &t->open[t->depth - 1];
	if (strcmp(top->name, t->tag.name) != 0)
		refuse(t, t->line, "</%s> where <%s> of line %d is open", t->tag.name,
		       top->name, top->line);
	if (t->depth <= floor)
		refuse(t, t->line, "</%s> was opened outside this {{if}} or {{each}}",
		       top->name);
	if (strcmp(top->name, "form") == 0)
		check_form_end(t);
	t->depth--;
}

static void skip_script(struct template *t)
{
	while (isspace((unsigned char)*t->at))
		next(t);
	if (strncmp(t->at, "</script", 8) != 0)
		refuse(t, t->line, "script in a page is refused; put it into static/cchc.js");
}

static void end_tag(struct template *t, bool self_closing)
{
	if (t->closing)
		close_element(t);
	else
		open_element(t);
	if (self_closing && !t->closing && !is_void(t->tag.name)) {
		if (!is_open(t, "svg"))
			refuse(t, t->line, "<%s/> is no HTML", t->tag.name);
		t->depth--;
		put(t, '/');
	}
	put(t, '>');
	t->place = IN_TEXT;
	t->white = 0;
	t->after_block = is_block(t->tag.name);
	if (!t->closing && strcmp(t->tag.name, "script") == 0)
		skip_script(t);
}

/* ---- one step in each place ---- */

static void skip_comment(struct template *t)
{
	const char *end = strstr(t->at, "-->");

	if (end == NULL)
		refuse(t, t->line, "<!-- without -->");
	while (t->at < end + 3) {
		if (strncmp(t->at, "{{", 2) == 0)
			refuse(t, t->line, "{{ in an HTML comment; write {{# comment}}");
		next(t);
	}
}

static void start_tag(struct template *t)
{
	next(t);
	t->closing = *t->at == '/';
	if (t->closing)
		next(t);
	if (!isalpha((unsigned char)*t->at))
		refuse(t, t->line, "a bare <; write &lt;");
	t->tag.line = t->line;
	read_name(t, t->tag.name);
	if (!t->after_block && !is_block(t->tag.name))
		put_white(t);
	t->white = 0;
	put(t, '<');
	if (t->closing)
		put(t, '/');
	put_name(t, t->tag.name);
	t->place = IN_TAG;
	t->post = false;
}

static void step_text(struct template *t)
{
	if (strncmp(t->at, "<!--", 4) == 0) {
		skip_comment(t);
	} else if (strncasecmp(t->at, "<!doctype", 9) == 0) {
		while (*t->at != '\0' && *t->at != '>')
			put(t, next(t));
		put(t, '>');
		next(t);
		t->after_block = true;
	} else if (*t->at == '<') {
		start_tag(t);
	} else if (isspace((unsigned char)*t->at) && !keeps_white(t)) {
		if (*t->at == '\n' || t->white == 0)
			t->white = *t->at == '\n' ? '\n' : ' ';
		next(t);
	} else {
		if (!t->after_block)
			put_white(t);
		t->white = 0;
		t->after_block = false;
		put(t, next(t));
	}
}

static void check_attr(struct template *t, const char *attr)
{
	if (attr[0] == '\0')
		refuse(t, t->line, "unexpected '%c' in <%s>", *t->at, t->tag.name);
	if (t->closing)
		refuse(t, t->line, "an attribute in </%s>", t->tag.name);
	if (is_forbidden_attr(attr))
		refuse(t, t->line, "%s= is refused: scripts and styles stand in static/", attr);
}

static void start_attr(struct template *t)
{
	struct value v = { 0 };

	read_name(t, v.attr);
	check_attr(t, v.attr);
	put(t, ' ');
	t->white = 0;
	put_name(t, v.attr);
	if (*t->at != '=')
		return;
	next(t);
	if (*t->at != '"' && *t->at != '\'')
		refuse(t, t->line, "the value of %s= needs quotes", v.attr);
	t->quote = next(t);
	put(t, '=');
	put(t, '"');
	t->value = v;
	t->place = IN_VALUE;
}

static void step_tag(struct template *t)
{
	if (isspace((unsigned char)*t->at)) {
		t->white = ' ';
		next(t);
	} else if (*t->at == '>') {
		next(t);
		end_tag(t, false);
	} else if (strncmp(t->at, "/>", 2) == 0) {
		t->at += 2;
		end_tag(t, true);
	} else {
		start_attr(t);
	}
}

static void end_value(struct template *t)
{
	struct value *v = &t->value;

	put(t, '"');
	t->place = IN_TAG;
	t->white = 0;
	if (strcmp(v->attr, "method") == 0 && v->has_expr)
		refuse(t, t->line, "an expression in method= is refused");
	if (strcmp(v->attr, "method") == 0 && strcasecmp(v->literal, "post") == 0)
		t->post = true;
	if (takes_url(v->attr) && strncasecmp(v->literal, "javascript:", 11) == 0)
		refuse(t, t->line, "javascript: is refused");
}

static void step_value(struct template *t)
{
	struct value *v = &t->value;
	char c = next(t);

	if (c == t->quote) {
		end_value(t);
		return;
	}
	if (v->n < sizeof(v->literal) - 1)
		v->literal[v->n] = c;
	v->n++;
	v->has_hash = v->has_hash || c == '#';
	if (c == '"')
		put_name(t, "&quot;");
	else
		put(t, isspace((unsigned char)c) ? ' ' : c);
}

/* ---- directives ---- */

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
	for (char *s = text; *s != '\0'; s++)
		*s = *s == '\n' || *s == '\t' ? ' ' : *s;
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
		else if (t->place == IN_TEXT)
			step_text(t);
		else if (t->place == IN_TAG)
			step_tag(t);
		else
			step_value(t);
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
