#include "app/calendar/statute.h"

#include <string.h>

#include "app/calendar/lunar.h"

bool statute_is_weekly_rest(date_t day)
{
	return date_weekday(day) >= 5;
}

static const char *law_of(int year)
{
	if (year >= 2021)
		return msg_text(MSG_CALENDAR_LAW_2019);
	return msg_text(year >= 2014 ? MSG_CALENDAR_LAW_2012 : MSG_CALENDAR_LAW_1994);
}

/* Keeps the list ascending; a day that is a holiday already stays that one. */
static int add(struct holiday *out, int n, struct holiday h)
{
	int at = n;

	for (int i = 0; i < n; i++)
		if (date_cmp(out[i].on, h.on) == 0)
			return n;
	while (at > 0 && date_cmp(out[at - 1].on, h.on) > 0)
		at--;
	memmove(out + at + 1, out + at, (size_t)(n - at) * sizeof(*out));
	out[at] = h;
	return n + 1;
}

static int add_tet(struct holiday *out, int n, int year, const struct year_decision *decision)
{
	date_t first = lunar_to_solar(year, 1, 1);
	int days = year >= 2014 ? 5 : 4;
	int before = decision ? decision->tet_days_before : 1;

	for (int i = 0; i < days; i++)
		n = add(out, n,
		        (struct holiday){ date_add(first, i - before), MSG_CALENDAR_TET,
		                          decision ? decision->source : law_of(year),
		                          decision ? decision->verified : true });
	return n;
}

static bool national_day_before(date_t national, const struct year_decision *decision)
{
	if (decision)
		return decision->national_day_before;
	bool rest_before = statute_is_weekly_rest(date_add(national, -1));
	bool rest_after = statute_is_weekly_rest(date_add(national, 1));
	if (rest_before || rest_after)
		return !rest_before;
	/* Thursday: the Friday after it joins the weekend. */
	return !statute_is_weekly_rest(date_add(national, 2));
}

static int add_national(struct holiday *out, int n, int year,
                        const struct year_decision *decision)
{
	date_t national = date_make(year, 9, 2);
	struct holiday h = { national, MSG_CALENDAR_NATIONAL_DAY, law_of(year), true };

	n = add(out, n, h);
	if (year < 2021)
		return n;
	h.on = date_add(national, national_day_before(national, decision) ? -1 : 1);
	if (decision) {
		h.source = decision->source;
		h.verified = decision->verified;
	}
	return add(out, n, h);
}

int statute_holidays(struct holiday out[STATUTE_MOST_HOLIDAYS], int year,
                     const struct year_decision *decision)
{
	const char *law = law_of(year);
	int n = add(
	        out, 0,
	        (struct holiday){ date_make(year, 1, 1), MSG_CALENDAR_NEW_YEAR, law, true });

	n = add_tet(out, n, year, decision);
	n = add(out, n,
	        (struct holiday){ date_make(year, 4, 30), MSG_CALENDAR_REUNIFICATION, law,
	                          true });
	n = add(out, n,
	        (struct holiday){ date_make(year, 5, 1), MSG_CALENDAR_LABOUR, law, true });
	if (year >= 2007)
		n = add(out, n,
		        (struct holiday){ lunar_to_solar(year, 3, 10), MSG_CALENDAR_HUNG_KINGS,
		                          law, true });
	return add_national(out, n, year, decision);
}

static const struct {
	int year, tet_days_before;
	bool national_day_before;
} decided[] = {
	{ 2021, 2, false }, { 2022, 1, true }, { 2023, 2, true },
	{ 2024, 2, false }, { 2025, 2, true }, { 2026, 1, true },
};

/* A working day off and the Saturday worked for it. */
static const struct {
	int off[3], worked[3];
} swapped[] = {
	{ { 2024, 4, 29 }, { 2024, 5, 4 } },
	{ { 2025, 5, 2 }, { 2025, 4, 26 } },
	{ { 2026, 1, 2 }, { 2026, 1, 10 } },
	{ { 2026, 8, 31 }, { 2026, 8, 22 } },
};

static ERR_RESULT shipped_source(const char **out, struct arena *a, int year)
{
	const char *digits;

	TRY(arena_printf(a, &digits, "%d", year));
	return msg_format(out, a, MSG_CALENDAR_SHIPPED, digits);
}

static ERR_RESULT shipped_exception(struct calendar_exception *out, struct arena *a, date_t on,
                                    enum exception_kind kind, date_t other)
{
	char day[DATE_TEXT];

	*out = (struct calendar_exception){ .on = on, .kind = kind };
	TRY(msg_format(&out->name, a,
	               kind == EXCEPTION_OFF ? MSG_CALENDAR_SWAPPED : MSG_CALENDAR_MADE_UP,
	               date_vn(other, day)));
	return shipped_source(&out->source, a, date_year(on));
}

enum err statute_shipped(struct calendar_rules *out, struct arena *a)
{
	struct year_decision *decisions;
	struct calendar_exception *exceptions;

	TRY(arena_array(a, &decisions, ARRAY_LEN(decided)));
	TRY(arena_array(a, &exceptions, 2 * ARRAY_LEN(swapped)));
	for (size_t i = 0; i < ARRAY_LEN(decided); i++) {
		decisions[i] = (struct year_decision){
			.year = decided[i].year,
			.tet_days_before = decided[i].tet_days_before,
			.national_day_before = decided[i].national_day_before,
		};
		TRY(shipped_source(&decisions[i].source, a, decided[i].year));
	}
	for (size_t i = 0; i < ARRAY_LEN(swapped); i++) {
		const int *f = swapped[i].off, *w = swapped[i].worked;
		date_t off = date_make(f[0], f[1], f[2]), worked = date_make(w[0], w[1], w[2]);

		TRY(shipped_exception(&exceptions[2 * i], a, off, EXCEPTION_OFF, worked));
		TRY(shipped_exception(&exceptions[2 * i + 1], a, worked, EXCEPTION_WORKED,
		                      off));
	}
	*out = (struct calendar_rules){ .version = CALENDAR_SHIPPED_VERSION,
		                        .decisions = decisions,
		                        .n_decisions = ARRAY_LEN(decided),
		                        .exceptions = exceptions,
		                        .n_exceptions = 2 * ARRAY_LEN(swapped) };
	return ERR_OK;
}
