/* Marks of thousands and of decimals against the document's habit.  In Vietnam dots group
 * thousands and the comma is the decimal mark. */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { MOST_SHOWN = 6 };

struct mark {
	const struct passage *p;
	const struct figure *f;
};
struct marks {
	struct mark *at;
	size_t n;
};
struct habit {
	struct marks groups, money; /* 1.302.826; the same in đồng */
	struct marks commas;        /* 36,8 */
	struct marks points;        /* 76.1 */
	struct marks three;         /* 3,887 */
	struct marks comma_groups;  /* 1,302,826 */
	struct marks twice;         /* 15.000 nghìn */
};

static enum err put(struct marks *m, struct audit *x, struct mark mark)
{
	TRY(vec_room(x->arena, m->at, m->n));
	m->at[m->n++] = mark;
	return ERR_OK;
}

/* The unit cell of a figure's row. */
static const char *unit_cell(struct audit *x, const struct passage *p)
{
	const struct table *t;
	int column;

	if (p->table < 0)
		return "";
	t = &x->document->tables[p->table];
	column = table_column_of(t, COLUMN_UNIT);
	return column < 0 ? "" : t->rows[p->row].cells[column].text.text;
}

static bool is_money(struct audit *x, const struct mark *m)
{
	static const char *const words[] = { "đồng", "triệu", "tỷ", NULL };
	const char *lower;

	if (m->f->unit == FIGURE_DONG)
		return true;
	if (audit_lower(x->arena, &lower, unit_cell(x, m->p)) != ERR_OK)
		return false;
	return words_any(lower, (struct span){ 0, strlen(lower) }, words);
}

/* "0,125", "12,345 điểm", "75,125%": three decimals and nothing else. */
static bool is_decimal_three(struct audit *x, const struct mark *m)
{
	static const char *const words[] = { "điểm", "%",  "tỷ lệ", "chỉ số", "hệ số", "ha",
		                             "km",   "m2", "kg",    "tấn",    NULL };
	const char *text = m->p->text->text + m->f->start, *unit;
	struct span around = { words_back(m->p->lower, 0, m->f->start, 4), m->f->end };

	for (int i = 0; i < 2 && m->p->lower[around.end] != '\0'; i++)
		around.end += strcspn(m->p->lower + around.end + 1, " ") + 1;
	if (str_starts(text, "0,") || m->f->unit == FIGURE_PERCENT)
		return true;
	if (audit_lower(x->arena, &unit, unit_cell(x, m->p)) != ERR_OK)
		return true;
	return words_any(m->p->lower, around, words) || strchr(unit, '%') ||
	       words_any(unit, (struct span){ 0, strlen(unit) }, words);
}

static enum err sort_in(struct habit *h, struct audit *x, struct mark m)
{
	unsigned marks = m.f->marks;

	if (marks & FIGURE_DOT_GROUPS) {
		TRY(put(&h->groups, x, m));
		if (is_money(x, &m))
			TRY(put(&h->money, x, m));
	}
	if (marks & FIGURE_COMMA_DECIMAL)
		TRY(put(&h->commas, x, m));
	if (marks & FIGURE_POINT_DECIMAL)
		TRY(put(&h->points, x, m));
	if (marks & FIGURE_COMMA_GROUPS)
		TRY(put(&h->comma_groups, x, m));
	if ((marks & FIGURE_COMMA_THREE) && !is_decimal_three(x, &m))
		TRY(put(&h->three, x, m));
	if (marks & FIGURE_MAGNITUDE_TWICE)
		TRY(put(&h->twice, x, m));
	return ERR_OK;
}

static enum err read_habit(struct habit *h, struct audit *x)
{
	struct passages all;

	*h = (struct habit){ 0 };
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		const struct reading *r = &p->text->reading;

		if (p->table >= 0 &&
		    x->document->tables[p->table].columns[p->column].role == COLUMN_NUMBER)
			continue;
		for (size_t j = 0; j < r->n_figures; j++)
			TRY(sort_in(h, x, (struct mark){ p, &r->figures[j] }));
	}
	return ERR_OK;
}

static void at_mark(struct audit_draft *d, const struct mark *m, bool operand)
{
	audit_at(d, m->p->text, m->f->start, m->f->end, operand);
}

static enum err digits(const char **out, struct audit *x, const struct mark *m)
{
	return arena_strndup(x->arena, out, m->p->text->text + m->f->start,
	                     m->f->digits_end - m->f->start);
}

/* The same digits with the comma and the dot exchanged. */
static enum err exchanged(const char **out, struct audit *x, const char *text)
{
	struct str copy;

	str_init(&copy, x->arena, TEXT_MOST_BYTES);
	for (const char *at = text; *at; at++)
		if (*at == ',' || *at == '.')
			str_put(&copy, *at == ',' ? "." : ",");
		else
			str_put_char(&copy, *at);
	return str_finish(&copy, out);
}

/* ---- 3,887 ---- */

static enum err say_three(struct audit *x, const struct habit *h, size_t first, size_t end)
{
	const struct mark *m = &h->three.at[first];
	const struct marks *groups = h->money.n > 0 && is_money(x, m) ? &h->money : &h->groups;
	const struct marks *sign = groups->n > 0 ? groups : &h->commas;
	bool sure = groups->n > 0 && (h->commas.n > 0 || is_money(x, m));
	const char *stated, *thousands;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_FORMAT, sure ? AUDIT_FAIL : AUDIT_SUSPECT);
	if (sign->n > 0)
		at_mark(&d, &sign->at[0], false);
	for (size_t i = first; i < end && i < first + MOST_SHOWN; i++)
		at_mark(&d, &h->three.at[i], true);
	TRY(digits(&stated, x, m));
	TRY(exchanged(&thousands, x, stated));
	audit_say(&d, msg_text(MSG_AUDIT_R_MARKS), stated, thousands);
	audit_correct(&d, thousands);
	return audit_end(&d, MSG_AUDIT_COMMA_THREE, stated, thousands);
}

/* One finding for all of a table, one for each paragraph. */
static enum err check_three(struct audit *x, const struct habit *h)
{
	const struct marks *m = &h->three;

	for (size_t i = 0; i < m->n;) {
		size_t end = i + 1;

		while (end < m->n && m->at[end].p->block == m->at[i].p->block)
			end++;
		if (h->groups.n > 0 || h->commas.n > 0 || is_money(x, &m->at[i]))
			TRY(say_three(x, h, i, end));
		i = end;
	}
	return ERR_OK;
}

/* ---- one document, two habits ---- */

static enum err say_mixed(struct audit *x, const struct marks *wrong, const struct marks *right)
{
	const char *stated, *wanted;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_FORMAT, AUDIT_SUSPECT);
	for (size_t i = 0; i < wrong->n && i < MOST_SHOWN; i++)
		at_mark(&d, &wrong->at[i], true);
	at_mark(&d, &right->at[0], false);
	TRY(digits(&stated, x, &wrong->at[0]));
	TRY(exchanged(&wanted, x, stated));
	audit_say(&d, msg_text(MSG_AUDIT_R_MARKS), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_MIXED_MARKS, stated, wanted);
}

/* ---- 15.000 nghìn ---- */

static enum err say_twice(struct audit *x, const struct marks *m)
{
	const char *stated, *wanted;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_FORMAT, AUDIT_SUSPECT);
	for (size_t i = 0; i < m->n && i < MOST_SHOWN; i++)
		at_mark(&d, &m->at[i], true);
	TRY(arena_strndup(x->arena, &stated, m->at[0].p->text->text + m->at[0].f->start,
	                  m->at[0].f->end - m->at[0].f->start));
	TRY(digits(&wanted, x, &m->at[0]));
	audit_say(&d, msg_text(MSG_AUDIT_R_MAGNITUDE), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_MAGNITUDE_TWICE, stated, wanted);
}

/* ---- 5.16.189 ---- */

/* Groups of digits of which some behind the first have three and some have not, before a word:
 * neither a number of a heading nor a day.  `end` goes behind them. */
static bool broken_group(const char *text, size_t at, size_t *end)
{
	size_t n = strspn(text + at, "0123456789"), first = n, even = 0, odd = 0;

	for (at += n; text[at] == '.'; at += n + 1) {
		n = strspn(text + at + 1, "0123456789");
		if (n == 0)
			break;
		even += n == 3;
		odd += n != 3;
	}
	*end = at;
	return even > 0 && odd > 0 && first <= 3 && text[at] == ' ' &&
	       (text[at + 1] >= 'a' || (unsigned char)text[at + 1] >= 0x80);
}

static enum err say_broken(struct audit *x, const struct passage *p, size_t start, size_t end)
{
	const char *stated;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_FORMAT, AUDIT_SUSPECT);
	audit_at(&d, p->text, start, end, true);
	TRY(arena_strndup(x->arena, &stated, p->text->text + start, end - start));
	audit_say(&d, msg_text(MSG_AUDIT_R_MARKS), stated, msg_text(MSG_AUDIT_THREE_EACH));
	return audit_end(&d, MSG_AUDIT_BROKEN_GROUP, stated);
}

static enum err check_broken(struct audit *x)
{
	struct passages all;

	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const char *text = all.at[i].lower;
		size_t end;

		for (size_t at = all.at[i].table < 0 ? all.at[i].block->text_start : 0;
		     text[at]; at++) {
			if (text[at] < '0' || text[at] > '9')
				continue;
			if (broken_group(text, at, &end) && (at == 0 || text[at - 1] == ' '))
				TRY(say_broken(x, &all.at[i], at, end));
			at = end - 1;
		}
	}
	return ERR_OK;
}

enum err audit_marks(struct audit *x)
{
	struct habit h;

	TRY(read_habit(&h, x));
	TRY(check_three(x, &h));
	TRY(check_broken(x));
	if (h.points.n > 0 && h.commas.n > 0)
		TRY(say_mixed(x, &h.points, &h.commas));
	if (h.comma_groups.n > 0 && h.groups.n > 0)
		TRY(say_mixed(x, &h.comma_groups, &h.groups));
	if (h.twice.n > 0)
		TRY(say_twice(x, &h.twice));
	return ERR_OK;
}
