/* document_clean.c - takes markup, footnote marks and odd blanks out of a line. */
#include <string.h>

#include "text/document_parts.h"

struct cleaner {
	const char *in;
	size_t at;
	char *out;
	size_t used;
	bool bold;       /* inside bold text */
	bool plain_seen; /* a sign that is not bold */
	bool cut;        /* markup stood right before this place */
	struct cleaned result;
};

/* The sign before the place of writing, 0 at the start. */
static int32_t written_before(const struct cleaner *c)
{
	return point_before(c->out, c->used);
}

/* Markup between "8" and "Biểu mẫu" or before "(" parted two texts: a blank keeps them apart.
 */
static bool markup_parted(const struct cleaner *c, int32_t next)
{
	int32_t before = written_before(c);

	if (!c->cut || before == 0 || before == ' ' || before == '\t')
		return false;
	if (next == '(')
		return is_letter(before);
	return is_upper_letter(next) &&
	       ((before >= '0' && before <= '9') || is_lower_letter(before));
}

static void put_blank(struct cleaner *c)
{
	int32_t before = written_before(c);

	if (before != 0 && before != ' ' && before != '\t')
		c->out[c->used++] = ' ';
}

static void put_sign(struct cleaner *c, int32_t sign, size_t n)
{
	if (sign == '\t') {
		while (c->used > 0 && c->out[c->used - 1] == ' ')
			c->used--;
		c->out[c->used++] = '\t';
		c->at += n;
		c->cut = false;
		return;
	}
	if (markup_parted(c, sign))
		c->out[c->used++] = ' ';
	memmove(c->out + c->used, c->in + c->at, n);
	c->used += n;
	c->at += n;
	c->cut = false;
	c->plain_seen = c->plain_seen || !c->bold;
}

/* "<b>", "</i>", "<br/>", "<ul class=...>": its length; 0 when it is none. */
static size_t tag_length(const char *text, bool *blank, int *bold)
{
	enum { PLAIN, BLANK, BOLD };
	static const struct {
		const char *name;
		int kind;
	} tags[] = {
		{ "b", BOLD },    { "strong", BOLD },  { "br", BLANK },   { "p", BLANK },
		{ "li", BLANK },  { "ul", BLANK },     { "ol", BLANK },   { "div", BLANK },
		{ "i", PLAIN },   { "u", PLAIN },      { "em", PLAIN },   { "sup", PLAIN },
		{ "sub", PLAIN }, { "span", PLAIN },   { "font", PLAIN }, { "small", PLAIN },
		{ "s", PLAIN },   { "center", PLAIN },
	};
	bool closing = text[1] == '/';
	const char *name = text + 1 + closing;
	size_t n = 0, end;

	while (is_letter((unsigned char)name[n]) && (unsigned char)name[n] < 0x80)
		n++;
	end = n + strcspn(name + n, "<>\t");
	if (name[end] != '>' || !strchr(" />", name[n]))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		if (n != strlen(tags[i].name) || strncasecmp(name, tags[i].name, n) != 0)
			continue;
		*bold = tags[i].kind != BOLD ? 0 : closing ? -1 : 1;
		*blank = tags[i].kind == BLANK;
		return (size_t)(name - text) + end + 1;
	}
	return 0;
}

static bool take_tag(struct cleaner *c)
{
	bool blank;
	int bold;
	size_t n = tag_length(c->in + c->at, &blank, &bold);

	if (n == 0)
		return false;
	c->at += n;
	c->cut = true;
	if (bold != 0)
		c->bold = bold > 0;
	if (blank)
		put_blank(c);
	return true;
}

/* Runs of '*': two or three turn bold on and off, one is italics; " * " stays. */
static bool take_stars(struct cleaner *c)
{
	const char *at = c->in + c->at;
	size_t n = strspn(at, "*");
	int32_t before = written_before(c);
	bool digit_before = before >= '0' && before <= '9';

	if (n == 1 && (at[1] == ' ' || at[1] == '\t') &&
	    (before == 0 || before == ' ' || before == '\t'))
		return false;
	if (n == 1 && digit_before && at[1] >= '0' && at[1] <= '9')
		return false;
	if (n >= 2)
		c->bold = !c->bold;
	c->at += n;
	c->cut = true;
	return true;
}

/* "\." and "\-" of Markdown; entities of HTML. */
static bool take_escape(struct cleaner *c)
{
	static const struct {
		const char *name;
		char sign;
	} entities[] = { { "&nbsp;", ' ' },
		         { "&amp;", '&' },
		         { "&lt;", '<' },
		         { "&gt;", '>' },
		         { "&quot;", '"' } };
	const char *at = c->in + c->at;

	if (*at == '\\' && at[1] && strchr("\\`*_{}[]()#+-.!|>~", at[1])) {
		c->at++;
		put_sign(c, at[1], 1);
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
		if (!str_starts(at, entities[i].name))
			continue;
		c->at += strlen(entities[i].name);
		if (entities[i].sign == ' ')
			put_blank(c);
		else
			c->out[c->used++] = entities[i].sign;
		return true;
	}
	return false;
}

static bool is_blank_point(int32_t p)
{
	return p == ' ' || p == 0xa0 || (p >= 0x2000 && p <= 0x200a) || p == 0x202f ||
	       p == 0x3000;
}

static bool is_nothing_point(int32_t p)
{
	return (p >= 0x200b && p <= 0x200f) || p == 0xfeff || p == 0xad || p == 0x2060;
}

static bool is_raised_digit(int32_t p)
{
	return p == 0xb9 || p == 0xb2 || p == 0xb3 || p == 0x2070 ||
	       (p >= 0x2074 && p <= 0x2079);
}

/* "m²" and "km³" keep theirs; elsewhere raised digits are marks of footnotes. */
static bool is_measure(const struct cleaner *c)
{
	size_t n = c->used;

	if (n == 0 || c->out[n - 1] != 'm')
		return false;
	return n == 1 || !is_letter(point_before(c->out, n - 1)) ||
	       (strchr("kcdm", c->out[n - 2]) &&
	        (n == 2 || !is_letter(point_before(c->out, n - 2))));
}

static void take_point(struct cleaner *c)
{
	size_t n;
	int32_t p = point_at(c->in + c->at, &n);

	if (is_blank_point(p)) {
		put_blank(c);
		c->cut = false;
		c->at += n;
	} else if (is_nothing_point(p)) {
		c->at += n;
	} else if (is_raised_digit(p) && !is_measure(c)) {
		c->result.note = c->result.note || c->used == 0;
		c->at += n;
	} else {
		put_sign(c, p, n);
	}
}

static void clean_all(struct cleaner *c)
{
	while (c->in[c->at]) {
		char sign = c->in[c->at];

		if (sign == '<' && take_tag(c))
			continue;
		if (sign == '*' && take_stars(c))
			continue;
		if ((sign == '\\' || sign == '&') && take_escape(c))
			continue;
		if (sign == '_' && c->in[c->at + 1] == '_') {
			c->at += strspn(c->in + c->at, "_");
			c->cut = true;
			continue;
		}
		take_point(c);
	}
	while (c->used > 0 && c->out[c->used - 1] == ' ')
		c->used--;
	c->out[c->used] = '\0';
}

struct cleaned clean_line(char *out, const char *line, bool *bold_open)
{
	struct cleaner c = { .in = line, .bold = *bold_open };
	size_t hashes = strspn(line, "#");

	c.out = out;
	if (hashes > 0 && hashes <= 6 && line[hashes] == ' ') {
		c.result.heading = true;
		c.at = hashes + 1;
	}
	clean_all(&c);
	*bold_open = c.bold;
	c.result.bold = c.used > 0 && !c.plain_seen;
	return c.result;
}
