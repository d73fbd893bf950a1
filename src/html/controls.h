/* controls.h - form fields with label, hint and problem, the list of problems at the top of a
 * form, and the links under a list.  Each is a template that another one includes:
 *
 *	{{include tmpl_input(&(struct control){ .name = "full_name", .label = "Họ và tên",
 *		.value = v->full_name, .problems = v->problems, .required = true })}}
 *
 * A field's id is "f-" and its name; the summary links there.  Problems are found by name.
 */
#ifndef HTML_CONTROLS_H
#define HTML_CONTROLS_H

#include "base/problems.h"
#include "html/html.h"

struct choice {
	const char *value, *label;
};

struct control {
	const char *name, *label;
	const char *hint;  /* NULL: none */
	const char *value; /* as it was typed, or plain_date(d).text ...; may be NULL */
	const struct problems *problems; /* NULL: none */
	const char *type;                /* of an input: NULL is "text"; see control_type() */
	const char *size;                /* "short", "medium"; NULL: the whole width */
	const char *autocomplete; /* "name", "tel", "current-password" ...; NULL: "off" */
	const char *inputmode;    /* "numeric", "decimal", "tel"; NULL: none */
	const char *list;         /* id of a datalist; NULL: none */
	int most;                 /* characters; 0: no limit here */
	bool required, focus, read_only;
	bool wide;                    /* in a grid of fields: a row of its own */
	const struct choice *choices; /* of select and radios */
	size_t n_choices;
	const char *empty; /* select: label of the choice "", which comes first; NULL: none */
};

void tmpl_input(struct html_out *o, const struct control *v);
void tmpl_textarea(struct html_out *o, const struct control *v);
void tmpl_select(struct html_out *o, const struct control *v);
void tmpl_radios(struct html_out *o, const struct control *v);
void tmpl_tick(struct html_out *o,
               const struct control *v); /* sends "1"; ticked if value is "1" */
void tmpl_control_head(struct html_out *o, const struct control *v); /* used by the others */

/* "Có n chỗ cần sửa", each with a link to its field; nothing when there is none. */
void tmpl_problems(struct html_out *o, const struct problems *v);

/* Under a list that is paged by key.  A zeroed url: no such page. */
struct pager {
	struct url previous, next;
	const char *count; /* "hơn 10.000 hồ sơ"; NULL: nothing */
};
void tmpl_pager(struct html_out *o, const struct pager *v);

/* The first problem of this field, or NULL. */
const char *control_problem(const struct control *c);
/* What stands in type="": "date" and "time" become text, because browsers show their own fields
 * in the language of the computer, often with the month first.  A day is shown as 07/02/2024
 * and read by date_parse_vn() or params_date(); a time is 15:20. */
const char *control_type(const struct control *c);
bool control_is_day(const struct control *c);
bool control_has_day(const struct control *c); /* its value is an ISO day */
date_t control_day(const struct control *c);   /* DATE_NONE: it is not */
/* Whether `value` is what the field holds. */
bool control_holds(const struct control *c, const char *value);
static inline bool url_is_none(struct url u)
{
	return u.text[0] == '\0';
}

#endif
