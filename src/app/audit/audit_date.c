/* Days that the calendar does not have, years that nobody meant, spans that end before they
 * begin. */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"

enum {
	OLDEST_YEAR = 1850, /* birthdays and anniversaries that reports do name */
	YEARS_AHEAD = 30    /* plans look that far: tầm nhìn đến năm 2050 */
};

static enum err quoted(const char **out, struct audit *x, const struct passage *p, size_t start,
                       size_t end)
{
	return arena_strndup(x->arena, out, p->text->text + start, end - start);
}

static int days_of(int month, int year)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Days before 1900 are real too. */
static bool in_calendar(const struct written_day *day)
{
	return day->month >= 1 && day->month <= 12 && day->day >= 1 &&
	       day->day <= days_of(day->month, day->year > 0 ? day->year : 2024);
}

static enum err say_impossible(struct audit *x, const struct passage *p,
                               const struct written_day *day)
{
	const char *stated, *computed;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DATE, AUDIT_FAIL);
	audit_at(&d, p->text, day->start, day->end, true);
	TRY(quoted(&stated, x, p, day->start, day->end));
	if (day->month < 1 || day->month > 12)
		TRY(msg_format(&computed, x->arena, MSG_AUDIT_NO_MONTH));
	else {
		const char *month, *last;

		TRY(arena_printf(x->arena, &month, "%d/%d", day->month, day->year));
		TRY(arena_printf(x->arena, &last, "%d", days_of(day->month, day->year)));
		TRY(msg_format(&computed, x->arena, MSG_AUDIT_MONTH_DAYS, month, last));
	}
	audit_say(&d, msg_text(MSG_AUDIT_R_CALENDAR), stated, computed);
	return audit_end(&d, MSG_AUDIT_IMPOSSIBLE_DAY, stated, computed);
}

/* The year that a slip of two digits or one made of it: 2204 and 2042 of 2024. */
static bool is_slip_of(int year, int meant)
{
	int a[10] = { 0 }, same = 0, digits = 0;

	for (int y = year, m = meant; y > 0 || m > 0; y /= 10, m /= 10) {
		same += y % 10 == m % 10;
		a[y % 10]++;
		a[m % 10]--;
		digits++;
	}
	if (digits == 4 && same == 3)
		return true;
	for (int i = 0; i < 10; i++)
		if (a[i] != 0)
			return false;
	return true;
}

static enum err say_year(struct audit *x, const struct passage *p, size_t start, size_t end,
                         int year)
{
	int own = x->document->head.year;
	const char *stated, *computed = "";
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DATE, AUDIT_FAIL);
	audit_at(&d, p->text, start, end, true);
	TRY(quoted(&stated, x, p, start, end));
	for (int meant = own; meant > own - 8 && own > 0; meant--)
		if (is_slip_of(year, meant)) {
			TRY(arena_printf(x->arena, &computed, "%d?", meant));
			break;
		}
	audit_say(&d, msg_text(MSG_AUDIT_R_CALENDAR), stated, computed);
	return audit_end(&d, MSG_AUDIT_STRANGE_YEAR, stated);
}

static bool strange_year(struct audit *x, int year)
{
	int own = x->document->head.year;

	return year > 0 && (year < OLDEST_YEAR || (own > 0 && year > own + YEARS_AHEAD));
}

static enum err check_days(struct audit *x, const struct passage *p)
{
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < r->n_days; i++) {
		const struct written_day *day = &r->days[i];

		if (strange_year(x, day->year))
			TRY(say_year(x, p, day->start, day->end, day->year));
		else if (day->impossible && !in_calendar(day))
			TRY(say_impossible(x, p, day));
		else if (!date_is_none(day->on))
			audit_count(x);
	}
	return ERR_OK;
}

static enum err say_backwards(struct audit *x, const struct passage *p,
                              const struct written_period *period, const char *from,
                              const char *to)
{
	const char *stated;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DATE, AUDIT_FAIL);
	audit_at(&d, p->text, period->start, period->end, true);
	TRY(quoted(&stated, x, p, period->start, period->end));
	TRY(arena_printf(x->arena, &to, "%s < %s", to, from));
	audit_say(&d, msg_text(MSG_AUDIT_R_SPAN), stated, to);
	return audit_end(&d, MSG_AUDIT_BACKWARDS, stated);
}

/* Spans: a window of days, a stage of years. */
static enum err check_periods(struct audit *x, const struct passage *p)
{
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < r->n_periods; i++) {
		const struct written_period *period = &r->periods[i];
		char from[DATE_TEXT], to[DATE_TEXT];

		if (period->kind == PERIOD_WINDOW && !date_is_none(period->from) &&
		    !date_is_none(period->to)) {
			if (date_cmp(period->to, period->from) < 0)
				TRY(say_backwards(x, p, period, date_vn(period->from, from),
				                  date_vn(period->to, to)));
			else
				audit_count(x);
		} else if (period->kind == PERIOD_YEARS && period->last_year > 0) {
			const char *first, *last;

			TRY(arena_printf(x->arena, &first, "%d", period->year));
			TRY(arena_printf(x->arena, &last, "%d", period->last_year));
			if (period->last_year < period->year)
				TRY(say_backwards(x, p, period, first, last));
			else
				audit_count(x);
		} else if (period->kind == PERIOD_YEAR && strange_year(x, period->year)) {
			TRY(say_year(x, p, period->start, period->end, period->year));
		}
	}
	return ERR_OK;
}

enum err audit_calendar(struct audit *x)
{
	struct passages all;

	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		TRY(check_days(x, &all.at[i]));
		TRY(check_periods(x, &all.at[i]));
	}
	return ERR_OK;
}

/* ---- deadlines of a plan ---- */

static date_t later_of(date_t a, date_t b)
{
	return date_is_none(a) || (!date_is_none(b) && date_cmp(b, a) > 0) ? b : a;
}

/* The last day that a cell of deadlines names; none for stages of years and beginnings. */
static date_t deadline_of(const struct passage *p)
{
	static const char *const other[] = { "từ", "đã", "sau", NULL };
	const struct reading *r = &p->text->reading;
	date_t last = DATE_NONE;

	if (words_any(p->lower, (struct span){ 0, strlen(p->lower) }, other))
		return DATE_NONE;
	for (size_t i = 0; i < r->n_periods; i++) {
		if (r->periods[i].kind == PERIOD_YEARS)
			return DATE_NONE;
		last = later_of(last, r->periods[i].to);
	}
	for (size_t i = 0; i < r->n_days; i++)
		last = later_of(last, r->days[i].on);
	return last;
}

static enum err say_deadline(struct audit *x, const struct passage *p, date_t limit)
{
	const struct table *t = &x->document->tables[p->table];
	const char *stated, *computed;
	char day[DATE_TEXT];
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DATE, AUDIT_FAIL);
	audit_at_row(&d, t, p->row, true);
	TRY(quoted(&stated, x, p, 0, strlen(p->lower)));
	TRY(arena_printf(x->arena, &computed, "%s < %s", stated, date_vn(limit, day)));
	audit_say(&d, msg_text(MSG_AUDIT_R_DEADLINE), stated, computed);
	return audit_end(&d, MSG_AUDIT_DEADLINE_PAST, stated, day);
}

/* A plan gives no deadline in a year before its own that had passed when it was signed; one
 * signed late may name work of its first weeks. */
enum err audit_deadlines(struct audit *x)
{
	const struct doc_head *h = &x->document->head;
	date_t day = audit_paper_day(x), first;
	struct passages all;

	if (!h->is_plan || h->year == 0)
		return ERR_OK;
	first = date_make(h->year, 1, 1);
	if (date_is_none(day))
		first = date_make(h->year - 1, 11, 1);
	else if (date_cmp(day, first) < 0)
		first = day;
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		date_t last;

		if (p->table < 0 ||
		    x->document->tables[p->table].columns[p->column].role != COLUMN_TIME ||
		    x->document->tables[p->table].rows[p->row].kind != ROW_BODY)
			continue;
		last = deadline_of(p);
		if (date_is_none(last))
			continue;
		if (date_cmp(last, first) < 0)
			TRY(say_deadline(x, p, first));
		else
			audit_count(x);
	}
	return ERR_OK;
}
