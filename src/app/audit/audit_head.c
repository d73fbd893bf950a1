/* The head of a document and what its annexes and its closing line repeat of it. */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

/* An annex's line that names this document. */
struct own {
	const struct passage *p;
	const struct citation *c;
};
struct owns {
	struct own *at;
	size_t n;
};

static enum err own_citations(struct owns *out, struct audit *x)
{
	struct passages all;

	*out = (struct owns){ 0 };
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct reading *r = &all.at[i].text->reading;

		for (size_t j = 0; j < r->n_citations; j++) {
			if (!citation_is_own(x, &all.at[i], &r->citations[j]))
				continue;
			TRY(vec_room(x->arena, out->at, out->n));
			out->at[out->n++] = (struct own){ &all.at[i], &r->citations[j] };
		}
	}
	return ERR_OK;
}

static bool has_day(const struct citation *c)
{
	return c->day.end > c->day.start;
}

static void at_own(struct audit_draft *d, const struct own *o)
{
	size_t end = o->c->end;

	if (has_day(o->c) && o->c->day.end > end)
		end = o->c->day.end;
	audit_at(d, o->p->text, o->c->start, end, true);
}

/* ---- number and day left blank ---- */

static bool number_blank(const struct doc_head *h)
{
	return h->number_line.line > 0 && h->number.n == 0;
}

static bool day_blank(const struct doc_head *h)
{
	return h->day_line.line > 0 && h->day.blank && date_is_none(h->day.on);
}

static enum err number_and_day(const char **out, struct arena *a, const char *number, date_t on)
{
	char day[DATE_TEXT];

	if (date_is_none(on))
		return arena_strdup(a, out, number);
	if (number[0] == '\0')
		return arena_printf(a, out, "ngày %s", date_vn(on, day));
	return arena_printf(a, out, "%s ngày %s", number, date_vn(on, day));
}

static enum err say_blank_head(struct audit *x, const struct own *known)
{
	const struct doc_head *h = &x->document->head;
	bool number = number_blank(h), day = day_blank(h);
	const char *what = msg_text(number && day ? MSG_AUDIT_NUMBER_AND_DAY
	                            : number      ? MSG_AUDIT_NUMBER
	                                          : MSG_AUDIT_DAY);
	const char *text = "", *filled = "";
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_MISSING_VALUE, AUDIT_FAIL);
	if (number) {
		TRY(arena_printf(x->arena, &text, "%s: /%s", msg_text(MSG_AUDIT_NUMBER),
		                 h->number.code));
		audit_at_line(&d, h->number_line, text);
	}
	if (day)
		audit_at_line(&d, h->day_line, msg_text(MSG_AUDIT_BLANK_DAY));
	if (known) {
		at_own(&d, known);
		if (number)
			TRY(citation_text(x->arena, &filled, known->c));
		TRY(number_and_day(&filled, x->arena, filled,
		                   day ? known->c->day.on : DATE_NONE));
		audit_correct(&d, filled);
	}
	audit_say(&d, msg_text(MSG_AUDIT_R_HEAD), msg_text(MSG_AUDIT_LEFT_BLANK),
	          known ? filled : what);
	if (known)
		return audit_end(&d, MSG_AUDIT_HEAD_BLANK_KNOWN, what, filled);
	return audit_end(&d, MSG_AUDIT_HEAD_BLANK, what);
}

static enum err check_blank_head(struct audit *x, const struct owns *owns)
{
	const struct doc_head *h = &x->document->head;
	const struct own *known = NULL;

	if (h->number_line.line == 0 && h->day_line.line == 0)
		return ERR_OK;
	if (!number_blank(h) && !day_blank(h)) {
		audit_count(x);
		return ERR_OK;
	}
	if (x->options->draft)
		return ERR_OK;
	for (size_t i = 0; i < owns->n && !known; i++)
		if (owns->at[i].c->n > 0 && !date_is_none(owns->at[i].c->day.on))
			known = &owns->at[i];
	return say_blank_head(x, known);
}

/* All annexes that leave them blank are one mistake: somebody forgot to fill the form. */
static enum err check_blank_annexes(struct audit *x, const struct owns *owns)
{
	const struct doc_head *h = &x->document->head;
	const char *filled = "", *count, *number = "";
	struct audit_draft d;
	size_t n = 0;

	if (x->options->draft)
		return ERR_OK;
	audit_begin(&d, x, AUDIT_MISSING_VALUE, AUDIT_FAIL);
	for (size_t i = 0; i < owns->n; i++) {
		const struct citation *c = owns->at[i].c;

		if (c->n > 0 && !(has_day(c) && c->day.blank)) {
			audit_count(x);
			continue;
		}
		at_own(&d, &owns->at[i]);
		n++;
	}
	if (n == 0)
		return ERR_OK;
	if (h->number.n > 0)
		TRY(citation_text(x->arena, &number, &h->number));
	TRY(number_and_day(&filled, x->arena, number, h->day.on));
	if (filled[0] != '\0')
		audit_correct(&d, filled);
	audit_say(&d, msg_text(MSG_AUDIT_R_ANNEX), msg_text(MSG_AUDIT_LEFT_BLANK), filled);
	TRY(arena_printf(x->arena, &count, "%zu", n));
	if (filled[0] == '\0')
		return audit_end(&d, MSG_AUDIT_ANNEX_BLANK_BOTH, count);
	return audit_end(&d, MSG_AUDIT_ANNEX_BLANK, count, filled);
}

/* ---- number and day other than the head's ---- */

static bool other_day(const struct written_day *head, const struct written_day *day)
{
	return (day->day > 0 && head->day > 0 && day->day != head->day) ||
	       (day->month > 0 && head->month > 0 && day->month != head->month) ||
	       (day->year > 0 && head->year > 0 && day->year != head->year);
}

/* Whether an annex names another number or day than the head. */
static bool differs(const struct doc_head *h, const struct citation *c)
{
	return (c->n > 0 && h->number.n > 0 && c->n != h->number.n) ||
	       (has_day(c) && other_day(&h->day, &c->day));
}

static enum err say_other_number(struct audit *x, const struct own *first,
                                 struct audit_draft *d)
{
	const struct doc_head *h = &x->document->head;
	const char *stated, *wanted, *number = "";

	TRY(arena_strndup(x->arena, &stated, first->p->text->text + first->c->number_start,
	                  (has_day(first->c) ? first->c->day.end : first->c->number_end) -
	                          first->c->number_start));
	if (h->number.n > 0)
		TRY(citation_text(x->arena, &number, &h->number));
	TRY(number_and_day(&wanted, x->arena, number, h->day.on));
	if (h->number_line.line > 0)
		audit_at_line(d, h->number_line, number);
	if (h->day_line.line > 0 && !date_is_none(h->day.on))
		audit_at_line(d, h->day_line, wanted);
	audit_say(d, msg_text(MSG_AUDIT_R_ANNEX), stated, wanted);
	audit_correct(d, wanted);
	return audit_end(d, MSG_AUDIT_ANNEX_OTHER, stated, wanted);
}

static enum err check_other_number(struct audit *x, const struct owns *owns)
{
	const struct doc_head *h = &x->document->head;
	const struct own *first = NULL;
	struct audit_draft d;

	if (h->number.n == 0 && date_is_none(h->day.on))
		return ERR_OK;
	audit_begin(&d, x, AUDIT_HEADER, AUDIT_FAIL);
	for (size_t i = 0; i < owns->n; i++) {
		if (!differs(h, owns->at[i].c)) {
			audit_count(x);
			continue;
		}
		at_own(&d, &owns->at[i]);
		if (!first)
			first = &owns->at[i];
	}
	return first ? say_other_number(x, first, &d) : ERR_OK;
}

enum err audit_head_numbers(struct audit *x)
{
	struct owns owns;

	TRY(own_citations(&owns, x));
	TRY(check_blank_head(x, &owns));
	TRY(check_blank_annexes(x, &owns));
	return check_other_number(x, &owns);
}

/* ---- the period of the title ---- */

static bool in_citation(const struct reading *r, size_t at)
{
	for (size_t i = 0; i < r->n_citations; i++)
		if (at >= r->citations[i].start && at < r->citations[i].end)
			return true;
	return false;
}

/* What the title says of a period's kind: nothing, the same, or something else. */
enum agreement { SAYS_NOTHING, SAYS_SAME, SAYS_OTHER };
static enum agreement title_says(const struct reading *title, const struct written_period *p)
{
	enum agreement said = SAYS_NOTHING;

	for (size_t i = 0; i < title->n_periods; i++) {
		const struct written_period *t = &title->periods[i];
		bool year = t->year == 0 || p->year == 0 || t->year == p->year;

		if (t->same_period_before || t->kind == PERIOD_YEARS)
			continue;
		if (t->kind == p->kind && t->number == p->number && year)
			return SAYS_SAME;
		if (t->kind == p->kind || (t->year > 0 && !year))
			said = SAYS_OTHER;
	}
	return said;
}

/* "Trên đây là báo cáo ... quý I ..." and "... báo cáo ... quý I ... như sau:" speak of the
 * document itself. */
static bool about_itself(const struct passage *p, struct span *words)
{
	static const char *const close[] = { "trên đây là", NULL };
	size_t n = strlen(p->lower), as_follows, verb;
	struct span all = { 0, n };

	if (p->table >= 0 || p->annex >= 0)
		return false;
	if (words_any(p->lower, (struct span){ 0, n < 32 ? n : 32 }, close)) {
		*words = all;
		return true;
	}
	as_follows = words_find(p->lower, all, "như sau");
	if (as_follows == SIZE_MAX)
		return false;
	verb = words_last(p->lower, (struct span){ 0, as_follows }, "báo cáo");
	if (verb == SIZE_MAX || as_follows - verb > 260)
		return false;
	*words = (struct span){ verb, as_follows };
	return true;
}

static enum err say_other_period(struct audit *x, const struct passage *p,
                                 const struct written_period *period)
{
	const struct doc_head *h = &x->document->head;
	const char *stated;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_HEADER, AUDIT_FAIL);
	audit_at_line(&d, h->title_line, h->title);
	audit_at(&d, p->text, period->start, period->end, true);
	TRY(arena_strndup(x->arena, &stated, p->text->text + period->start,
	                  period->end - period->start));
	audit_say(&d, msg_text(MSG_AUDIT_R_TITLE), stated, h->title);
	return audit_end(&d, MSG_AUDIT_TITLE_PERIOD, stated, h->title);
}

static enum err check_own_sentence(struct audit *x, const struct reading *title,
                                   const struct passage *p, struct span words)
{
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < r->n_periods; i++) {
		const struct written_period *period = &r->periods[i];

		if (period->start < words.start || period->end > words.end ||
		    period->same_period_before || period->kind == PERIOD_YEARS ||
		    period->kind >= PERIOD_WINDOW || in_citation(r, period->start))
			continue;
		switch (title_says(title, period)) {
		case SAYS_OTHER:
			return say_other_period(x, p, period);
		case SAYS_SAME:
			audit_count(x);
			break;
		case SAYS_NOTHING:
		default:
			break;
		}
	}
	return ERR_OK;
}

/* A report of a period is not signed before it begins, nor long after it ended. */
static enum err check_title_day(struct audit *x)
{
	const struct doc_head *h = &x->document->head;
	const struct written_period *p = &h->period;
	bool early, late;
	const char *stated, *title;
	char day[DATE_TEXT];
	struct audit_draft d;

	if (date_is_none(h->day.on) || p->start == p->end || p->kind == PERIOD_YEARS ||
	    date_is_none(p->from) || date_is_none(p->to))
		return ERR_OK;
	early = !h->is_plan && h->day.on.days < p->from.days - 31;
	late = h->day.on.days > p->to.days + (h->is_plan ? 0 : 200);
	if (!early && !late) {
		audit_count(x);
		return ERR_OK;
	}
	audit_begin(&d, x, AUDIT_HEADER, early ? AUDIT_FAIL : AUDIT_SUSPECT);
	audit_at_line(&d, h->day_line, date_vn(h->day.on, day));
	audit_at_line(&d, h->title_line, h->title);
	TRY(arena_printf(x->arena, &stated, "ngày %s", day));
	TRY(arena_strndup(x->arena, &title, h->title, strlen(h->title)));
	audit_say(&d, msg_text(MSG_AUDIT_R_DAY), stated, title);
	return audit_end(&d, early ? MSG_AUDIT_DAY_BEFORE_PERIOD : MSG_AUDIT_DAY_LONG_AFTER,
	                 day, title);
}

enum err audit_title_period(struct audit *x)
{
	const struct doc_head *h = &x->document->head;
	struct passages all;
	struct reading title;

	TRY(check_title_day(x));
	if (str_blank(h->title))
		return ERR_OK;
	TRY(reading_of(&title, x->arena, h->title));
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		struct span words;

		if (all.at[i].block->kind != BLOCK_TABLE && about_itself(&all.at[i], &words))
			TRY(check_own_sentence(x, &title, &all.at[i], words));
	}
	return ERR_OK;
}

/* ---- the numbers of the annexes ---- */

static int annex_number(const char *number)
{
	static const struct {
		char letter;
		int value;
	} roman[] = { { 'I', 1 }, { 'V', 5 }, { 'X', 10 }, { 'L', 50 } };
	long long n;
	int total = 0, last = 0;

	if (str_to_int(number, &n))
		return n > 0 && n < 200 ? (int)n : 0;
	for (size_t i = strlen(number); i-- > 0;) {
		int value = 0;

		for (size_t j = 0; j < sizeof(roman) / sizeof(*roman); j++)
			if (roman[j].letter == number[i])
				value = roman[j].value;
		if (value == 0)
			return 0;
		total += value < last ? -value : value;
		last = value;
	}
	return total;
}

static enum err say_annex(struct audit *x, size_t i, int wanted)
{
	const struct annex *a = &x->document->annexes[i];
	const char *stated, *computed;
	bool repeated = annex_number(a->number) < wanted;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_NUMBERING, repeated ? AUDIT_FAIL : AUDIT_SUSPECT);
	if (i > 0)
		audit_at_line(&d, a[-1].line, a[-1].number);
	TRY(arena_printf(x->arena, &stated, "Phụ lục %s", a->number));
	TRY(arena_printf(x->arena, &computed, "Phụ lục %d", wanted));
	audit_at_line(&d, a->line, stated);
	audit_say(&d, msg_text(MSG_AUDIT_R_ANNEXES), stated, computed);
	if (i == 0)
		return audit_end(&d, MSG_AUDIT_ANNEX_START, stated);
	return audit_end(&d, MSG_AUDIT_ANNEX_NUMBER, stated, computed);
}

/* "BIỂU MẪU 1" below "Phụ lục I" names the form that the annex holds, not another annex. */
static bool names_its_form(const struct document *d, size_t i)
{
	const struct annex *a = &d->annexes[i];

	return i > 0 && a[-1].n_blocks <= 1 &&
	       annex_number(a->number) == annex_number(a[-1].number);
}

enum err audit_annex_numbers(struct audit *x)
{
	const struct document *d = x->document;
	int before = 0;

	for (size_t i = 0; i < d->n_annexes; i++) {
		int n = annex_number(d->annexes[i].number);

		if (n == 0)
			return ERR_OK;
		if (names_its_form(d, i))
			continue;
		if (n != before + 1)
			TRY(say_annex(x, i, before + 1));
		else
			audit_count(x);
		before = n;
	}
	return ERR_OK;
}
