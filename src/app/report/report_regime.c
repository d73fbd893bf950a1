#include "app/report/report_regime.h"

#include <stdio.h>
#include <string.h>

#include "base/messages.h"
#include "base/str.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2100, CODE_LONGEST = 8, YEARS_BACK = 2 };

/* ---- the days of a period ---- */

/* A 29/02 or 31/04 that a year does not have is the last day of that month. */
static date_t day_of(int year, int month, int day)
{
	date_t d = DATE_NONE;

	while (day > 0 && !date_valid(year, month, day))
		day--;
	if (day > 0)
		d = date_make(year, month, day);
	return d;
}

static struct report_span span_of(const struct regime_period *p, int year)
{
	struct report_span s = {
		.period = p,
		.year = year,
		.from_on = day_of(year - p->years_before, p->from_month, p->from_day),
		.to_on = day_of(year, p->to_month, p->to_day),
		.send_by_on = day_of(year, p->send_month, p->send_day),
	};

	s.opens_on = date_add(s.to_on, -p->opens_days);
	snprintf(s.code, sizeof(s.code), "%04d-%s", year, p->code);
	return s;
}

bool report_span_parse(struct report_span *out, const struct report_regime *r, const char *text)
{
	int year = 0;

	for (int i = 0; i < 4; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		year = year * 10 + (text[i] - '0');
	}
	if (text[4] != '-' || year < FIRST_YEAR || year > LAST_YEAR)
		return false;
	for (size_t i = 0; i < r->n_periods; i++)
		if (strcasecmp(r->periods[i].code, text + 5) == 0) {
			*out = span_of(&r->periods[i], year);
			return true;
		}
	return false;
}

ERR_RESULT report_span_name(const char **out, struct arena *a, const struct report_span *s)
{
	const char *name = s->period->name, *at = strstr(name, "{1}");

	if (!at)
		return arena_strdup(a, out, name);
	return arena_printf(a, out, "%.*s%d%s", (int)(at - name), name, s->year, at + 3);
}

size_t report_spans_due(struct report_span out[REGIME_MOST_PERIODS],
                        const struct report_regime *r, date_t day)
{
	int year = date_year(day);
	size_t n = 0;

	for (int y = year - 1; y <= year + 1; y++)
		for (size_t i = 0; i < r->n_periods && n < REGIME_MOST_PERIODS; i++) {
			struct report_span s = span_of(&r->periods[i], y);

			if (date_cmp(s.opens_on, day) <= 0 && date_cmp(day, s.send_by_on) <= 0)
				out[n++] = s;
		}
	return n;
}

size_t report_spans_around(struct report_span *out, size_t most, const struct report_regime *r,
                           date_t day)
{
	int year = date_year(day);
	size_t n = 0;

	for (int y = year + 1; y >= year - YEARS_BACK; y--)
		for (size_t i = r->n_periods; i > 0 && n < most; i--) {
			struct report_span s = span_of(&r->periods[i - 1], y);

			if (date_cmp(s.opens_on, day) <= 0)
				out[n++] = s;
		}
	return n;
}

const char *report_regime_set(const struct report_regime *r, const char *level)
{
	for (size_t i = 0; i < r->n_levels; i++)
		if (str_eq(r->levels[i].level, level))
			return r->levels[i].set_code;
	return NULL;
}

/* ---- checking a draft ---- */

static bool all_of(const char *text, const char *more, char first, char last, size_t longest)
{
	if (str_blank(text) || strlen(text) > longest)
		return false;
	for (const char *p = text; *p; p++)
		if (!(*p >= first && *p <= last) && !(*p >= '0' && *p <= '9') &&
		    !strchr(more, *p))
			return false;
	return true;
}

static ERR_RESULT check_days(const struct regime_period *p, int line, struct problems *problems)
{
	/* 2024 has every day that any year has. */
	bool real = date_valid(2024, p->from_month, p->from_day) &&
	            date_valid(2024, p->to_month, p->to_day) &&
	            date_valid(2024, p->send_month, p->send_day) &&
	            (p->years_before == 0 || p->years_before == 1);

	if (!real || date_cmp(span_of(p, 2024).to_on, span_of(p, 2024).from_on) < 0)
		return problems_say(problems, "periods", line, MSG_REGIME_PERIOD_DAYS, p->code);
	if (date_cmp(span_of(p, 2024).send_by_on, span_of(p, 2024).from_on) < 0)
		TRY(problems_say(problems, "periods", line, MSG_REGIME_PERIOD_SEND, p->code));
	if (p->opens_days < 0 || p->opens_days > 366)
		TRY(problems_say(problems, "periods", line, MSG_REGIME_PERIOD_OPENS, p->code));
	return ERR_OK;
}

static ERR_RESULT check_period(const struct report_regime *r, size_t i,
                               struct problems *problems)
{
	const struct regime_period *p = &r->periods[i];
	int line = (int)i + 1;
	bool twice = false;

	if (!all_of(p->code, "", 'A', 'Z', CODE_LONGEST))
		return problems_say(problems, "periods", line, MSG_REGIME_PERIOD_CODE,
		                    p->code ? p->code : "");
	for (size_t k = 0; k < i; k++)
		twice |= r->periods[k].code && str_eq(r->periods[k].code, p->code);
	if (twice)
		TRY(problems_say(problems, "periods", line, MSG_REGIME_PERIOD_CODE, p->code));
	if (!p->name || !strstr(p->name, "{1}"))
		TRY(problems_say(problems, "periods", line, MSG_REGIME_PERIOD_NAME, p->code,
		                 "{1}"));
	return check_days(p, line, problems);
}

static ERR_RESULT check_lists(const struct report_regime *r, struct problems *problems)
{
	if (r->n_periods == 0 || r->n_periods > REGIME_MOST_PERIODS)
		return problems_say(problems, "periods", 0, MSG_REGIME_NO_PERIOD);
	if (r->n_levels == 0 || r->n_levels > REGIME_MOST_LEVELS)
		return problems_say(problems, "levels", 0, MSG_REGIME_NO_LEVEL);
	for (size_t i = 0; i < r->n_periods; i++)
		TRY(check_period(r, i, problems));
	for (size_t i = 0; i < r->n_levels; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(r->levels[k].level, r->levels[i].level))
				TRY(problems_say(problems, "levels", (int)i + 1,
				                 MSG_REGIME_LEVEL, r->levels[i].level));
	return ERR_OK;
}

ERR_RESULT report_regime_check(const struct report_regime *r, struct problems *problems)
{
	if (!all_of(r->code, "-", 'a', 'z', REGIME_CODE_LONGEST))
		TRY(problems_say(problems, "code", 0, MSG_REGIME_CODE));
	if (str_blank(r->title))
		TRY(problems_say(problems, "title", 0, MSG_REGIME_TITLE));
	if (str_blank(r->document))
		TRY(problems_say(problems, "document", 0, MSG_REGIME_DOCUMENT));
	if (str_blank(r->issuer))
		TRY(problems_say(problems, "issuer", 0, MSG_REGIME_ISSUER));
	if (date_is_none(r->valid_from) ||
	    (!date_is_none(r->valid_to) && date_cmp(r->valid_to, r->valid_from) < 0))
		TRY(problems_say(problems, "valid_from", 0, MSG_REGIME_VALID));
	return check_lists(r, problems);
}
