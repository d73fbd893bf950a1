#include "app/form/period.h"

#include <stdio.h>
#include <string.h>

#include "base/messages.h"
#include "base/str.h"

enum { LONGEST_DAYS = 731 };

/* The reports of a year: letters of the code, first and last day. */
static const struct regime {
	const char *code;
	int year_offset, from_month, to_month;
	enum msg name;
} regimes[] = {
	{ "Q1", -1, 12, 3, MSG_PERIOD_Q1 },
	{ "H1", -1, 12, 6, MSG_PERIOD_H1 },
	{ "Q3", 0, 6, 9, MSG_PERIOD_Q3 },
	{ "Y", -1, 12, 12, MSG_PERIOD_Y },
};

static date_t first_day(const struct regime *r, int year)
{
	return date_make(year + r->year_offset, r->from_month, 15);
}

static date_t last_day(const struct regime *r, int year)
{
	return date_make(year, r->to_month, 14);
}

/* The report year that holds the day: from 15/12 on it is the next one. */
static int report_year(date_t day)
{
	int year, month, of_month;

	date_split(day, &year, &month, &of_month);
	return month == 12 && of_month >= 15 ? year + 1 : year;
}

struct period period_of_days(date_t from, date_t to)
{
	struct period p = { .from = from, .to = to };
	date_t year_from = date_make(report_year(to) - 1, 12, 15);

	p.year_from = date_cmp(from, year_from) < 0 ? from : year_from;
	period_code(from, to, p.code);
	return p;
}

static const struct regime *find_regime(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(regimes); i++)
		if (strcasecmp(regimes[i].code, code) == 0)
			return &regimes[i];
	return NULL;
}

static bool parse_regular(struct period *out, const char *text)
{
	int year = 0;

	for (int i = 0; i < 4; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		year = year * 10 + (text[i] - '0');
	}
	const struct regime *r = text[4] == '-' ? find_regime(text + 5) : NULL;
	if (!r || year < PERIOD_FIRST_YEAR || year > PERIOD_LAST_YEAR)
		return false;
	*out = period_of_days(first_day(r, year), last_day(r, year));
	return true;
}

bool period_parse(struct period *out, const char *text)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	date_t first, last;

	if (strlen(text) != 22)
		return parse_regular(out, text);
	memcpy(from, text, 10);
	from[10] = '\0';
	memcpy(to, text + 12, 11);
	if (strncmp(text + 10, "..", 2) != 0 || !date_parse_iso(&first, from) ||
	    !date_parse_iso(&last, to))
		return false;
	if (date_cmp(first, last) > 0 || last.days - first.days > LONGEST_DAYS)
		return false;
	*out = period_of_days(first, last);
	return true;
}

/* The regular period with exactly these days. */
static const struct regime *regime_of(date_t from, date_t to)
{
	int year = report_year(to);

	for (size_t i = 0; i < ARRAY_LEN(regimes); i++)
		if (date_cmp(first_day(&regimes[i], year), from) == 0 &&
		    date_cmp(last_day(&regimes[i], year), to) == 0)
			return &regimes[i];
	return NULL;
}

const char *period_code(date_t from, date_t to, char out[PERIOD_TEXT])
{
	const struct regime *r = regime_of(from, to);
	char first[DATE_TEXT], last[DATE_TEXT];

	if (r)
		snprintf(out, PERIOD_TEXT, "%d-%s", report_year(to), r->code);
	else
		snprintf(out, PERIOD_TEXT, "%.10s..%.10s", date_iso(from, first),
		         date_iso(to, last));
	return out;
}

enum err period_name(const char **out, struct arena *a, const struct period *p)
{
	const struct regime *r = regime_of(p->from, p->to);
	char year[16], from[DATE_TEXT], to[DATE_TEXT];

	snprintf(year, sizeof(year), "%d", report_year(p->to));
	if (r)
		return msg_format(out, a, r->name, year);
	return msg_format(out, a, MSG_PERIOD_DAYS, date_vn(p->from, from), date_vn(p->to, to));
}

struct period period_current(date_t today)
{
	int year = report_year(today);

	for (size_t i = 0; i < ARRAY_LEN(regimes); i++)
		if (date_cmp(today, last_day(&regimes[i], year)) <= 0)
			return period_of_days(first_day(&regimes[i], year),
			                      last_day(&regimes[i], year));
	return period_of_days(first_day(&regimes[3], year), last_day(&regimes[3], year));
}

enum err period_known(const char **out, struct arena *a, date_t today)
{
	char year[16];

	snprintf(year, sizeof(year), "%d", report_year(today));
	return msg_format(out, a, MSG_PERIOD_KNOWN, year);
}
