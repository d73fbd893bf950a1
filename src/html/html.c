#include "html/html.h"

#include <stdio.h>
#include <string.h>

#include "base/embedded.h"

/* What each byte becomes in text and in quoted attributes; NULL: itself. */
static const char *const escapes[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&#34;", ['\''] = "&#39;",
};

void html_lit(struct html_out *o, const char *s, size_t n)
{
	str_put_n(o->to, s, n);
}

void html_put_text(struct html_out *o, const char *s)
{
	if (s == NULL)
		return;
	for (;;) {
		const char *run = s;

		while (*s != '\0' && escapes[(unsigned char)*s] == NULL)
			s++;
		str_put_n(o->to, run, (size_t)(s - run));
		if (*s == '\0')
			return;
		str_put(o->to, escapes[(unsigned char)*s++]);
	}
}

/* INT_NONE and the other nones are blank, which is not 0. */
void html_put_int(struct html_out *o, long long n)
{
	char digits[32], grouped[48];
	size_t to = 0;

	if (n == INT64_MIN)
		return;
	int len = snprintf(digits, sizeof(digits), "%lld", n);
	for (int i = 0; i < len; i++) {
		if (i > 0 && digits[i - 1] != '-' && (len - i) % 3 == 0)
			grouped[to++] = '.';
		grouped[to++] = digits[i];
	}
	str_put_n(o->to, grouped, to);
}

void html_put_bool(struct html_out *o, bool b)
{
	str_put_char(o->to, b ? '1' : '0');
}

void html_put_date(struct html_out *o, date_t d)
{
	char text[DATE_TEXT];

	str_put(o->to, date_vn(d, text));
}

void html_put_instant(struct html_out *o, instant_t at)
{
	char text[INSTANT_TEXT];

	str_put(o->to, instant_vn(at, text));
}

void html_put_dec(struct html_out *o, dec_t d)
{
	char text[DEC_TEXT];

	str_put(o->to, dec_vn(d, -1, text));
}

void html_put_money(struct html_out *o, money_t m)
{
	char text[DEC_TEXT];

	str_put(o->to, money_vn(m, text));
}

void html_put_id(struct html_out *o, row_id id)
{
	if (!row_is_none(id))
		str_put_int(o->to, id.value);
}

void html_put_html(struct html_out *o, struct html h)
{
	if (h.markup != NULL)
		str_put(o->to, h.markup);
}

/* A link is percent-encoded; what is left to escape is & between parameters. */
void html_put_url(struct html_out *o, struct url u)
{
	html_put_text(o, u.text);
}

void html_put_tokens(struct html_out *o)
{
	if (o->tokens == NULL)
		return;
	str_put(o->to, "<input type=\"hidden\" name=\"csrf\" value=\"");
	html_put_text(o, o->tokens->csrf);
	str_put(o->to, "\"><input type=\"hidden\" name=\"request_id\" value=\"");
	html_put_text(o, o->tokens->request_id);
	str_printf(o->to, "-%d\">", ++o->n_forms);
}

struct html_plain plain_date(date_t d)
{
	struct html_plain p = { "" };
	char text[DATE_TEXT];

	snprintf(p.text, sizeof(p.text), "%s", date_iso(d, text));
	return p;
}

struct html_plain plain_int(long long n)
{
	struct html_plain p = { "" };

	if (n != INT64_MIN)
		snprintf(p.text, sizeof(p.text), "%lld", n);
	return p;
}

struct html_plain plain_dec(dec_t d)
{
	struct html_plain p = { "" };
	char text[DEC_TEXT];

	snprintf(p.text, sizeof(p.text), "%s", dec_text(d, text));
	char *point = strchr(p.text, '.');
	if (point != NULL)
		*point = ',';
	return p;
}

void html_put_plain(struct html_out *o, struct html_plain p)
{
	html_put_text(o, p.text);
}

struct url static_link(const char *name)
{
	char path[128] = "static/";
	struct url u = url_path("/static");

	snprintf(path, sizeof(path), "static/%s", name);
	const struct embedded_file *f = embedded_find(path);
	u = url_add_segment(u, name);
	return f == NULL ? u : url_with(u, "v", f->fingerprint);
}

struct html_icon icon(const char *name)
{
	return (struct html_icon){ name };
}

void html_put_icon(struct html_out *o, struct html_icon i)
{
	const struct embedded_file *f = embedded_find("static/icons.svg");

	/* static_link() in fewer steps: a page of a list has a hundred icons. */
	str_put(o->to, "<svg class=\"icon\" aria-hidden=\"true\">"
	               "<use href=\"/static/icons.svg?v=");
	str_put(o->to, f ? f->fingerprint : "");
	str_put_char(o->to, '#');
	html_put_text(o, i.name);
	str_put(o->to, "\"/></svg>");
}

static const struct {
	const char *class, *icon;
} tones[] = {
	[TONE_OFF] = { "off", "stop" },    [TONE_INFO] = { "info", "info" },
	[TONE_OK] = { "ok", "done" },      [TONE_SOON] = { "soon", "clock" },
	[TONE_LATE] = { "late", "alert" }, [TONE_WAIT] = { "wait", "pause" },
};

struct html_badge badge(enum tone tone, const char *text)
{
	return (struct html_badge){ tone, text };
}

const char *tone_class(enum tone tone)
{
	return tones[tone].class;
}

void html_put_badge(struct html_out *o, struct html_badge b)
{
	str_put(o->to, "<span class=\"badge ");
	str_put(o->to, tones[b.tone].class);
	str_put(o->to, "\">");
	html_put_icon(o, icon(tones[b.tone].icon));
	html_put_text(o, b.text);
	str_put(o->to, "</span>");
}
