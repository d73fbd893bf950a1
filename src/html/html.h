/* html.h - the only way bytes reach a page.  html_put() escapes by type.
 *
 * Numbers are written as Vietnamese readers do (1.234), days as 07/02/2024, instants as
 * 15:20 07/02/2024, money with dots; ids as plain digits.  Raw markup is `struct html`,
 * which only src/html can make.  href, src and action take a struct url.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <stdbool.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/row_id.h"
#include "base/str.h"
#include "base/url.h"

struct html {
	const char *markup;
};

/* What every POST form carries; made for each page by web. */
struct form_tokens {
	const char *csrf;
	const char *request_id;
};

struct html_out {
	struct str *to;
	const struct form_tokens *tokens;
	int n_forms; /* tokens put so far: each form of a page has a request_id of its own */
};

void html_lit(struct html_out *o, const char *s, size_t n); /* template text */
void html_put_text(struct html_out *o, const char *s);      /* NULL prints nothing */
void html_put_int(struct html_out *o, long long n);         /* 1.234 */
void html_put_bool(struct html_out *o, bool b);             /* "1" or "0" */
void html_put_date(struct html_out *o, date_t d);
void html_put_instant(struct html_out *o, instant_t at);
void html_put_dec(struct html_out *o, dec_t d);
void html_put_money(struct html_out *o, money_t m);
void html_put_id(struct html_out *o, row_id id);
void html_put_html(struct html_out *o, struct html h);
void html_put_url(struct html_out *o, struct url u); /* the only thing in href, src, action */
void html_put_tokens(struct html_out *o); /* {{tokens}}: hidden csrf and request_id */

/* For value="..." of <input type=date|number>: ISO day, plain digits. */
struct html_plain {
	char text[48];
};
struct html_plain plain_date(date_t d);
struct html_plain plain_int(long long n);
struct html_plain plain_dec(dec_t d); /* with a decimal comma */
void html_put_plain(struct html_out *o, struct html_plain p);

/* A file of static/ under a name that changes with its content: {{static_link("cchc.css")}}. */
struct url static_link(const char *name);
/* A symbol of static/icons.svg, which says nothing to a screen reader: {{icon("clock")}}. */
struct html_icon {
	const char *name;
};
struct html_icon icon(const char *name);
void html_put_icon(struct html_out *o, struct html_icon i);

/* A state in colour, icon and words, never in colour alone: {{badge(TONE_LATE, "Quá hạn")}}. */
enum tone { TONE_OFF, TONE_INFO, TONE_OK, TONE_SOON, TONE_LATE, TONE_WAIT };
struct html_badge {
	enum tone tone;
	const char *text;
};
struct html_badge badge(enum tone tone, const char *text);
const char *tone_class(enum tone tone); /* "ok", for class="alert ..." and the like */
void html_put_badge(struct html_out *o, struct html_badge b);

#define html_put(o, v)                                                                         \
	_Generic((v), const char *: html_put_text, char *: html_put_text, bool: html_put_bool, \
	         int: html_put_int, long: html_put_int, long long: html_put_int,               \
	         unsigned: html_put_int, unsigned long: html_put_int, date_t: html_put_date,   \
	         instant_t: html_put_instant, dec_t: html_put_dec, money_t: html_put_money,    \
	         row_id: html_put_id, struct html_plain: html_put_plain,                       \
	         struct html_icon: html_put_icon, struct html_badge: html_put_badge,                                             \
	         struct html: html_put_html)((o), (v))
#endif
