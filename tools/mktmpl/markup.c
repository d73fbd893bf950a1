/* markup.c - follows the HTML of a template: where an expression may stand, which elements are
 * open, and which white space shows.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mktmpl/template.h"

void refuse(const struct template *t, int line, const char *fmt, ...)
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

bool takes_url(const char *attr)
{
	return among(attr, " href src action formaction xlink:href poster cite ");
}

bool is_forbidden_attr(const char *attr)
{
	return strncmp(attr, "on", 2) == 0 || among(attr, " style srcdoc srcset formmethod ");
}

/* ---- writing C ---- */

void put_c_char(FILE *out, char c)
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

void flush_literal(struct template *t)
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

void put_white(struct template *t)
{
	if (t->white != 0)
		put(t, t->white);
	t->white = 0;
}

/* ---- reading ---- */

char next(struct template *t)
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

void step_markup(struct template *t)
{
	if (t->place == IN_TEXT)
		step_text(t);
	else if (t->place == IN_TAG)
		step_tag(t);
	else
		step_value(t);
}
