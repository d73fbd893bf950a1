/* calendar_page.c - GET /calendar: the twelve months of a year. */
#include <stdio.h>

#include "app/account/actor.h"
#include "app/calendar/calendar_view.h"
#include "base/str.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

/* How a kind of day looks: class, letter, words, tone of the badge. */
static const struct {
	const char *class, *mark;
	enum msg kind;
	enum tone tone;
} looks[] = {
	[DAY_WORKING] = { "", NULL, MSG_CALENDAR_KIND_WORKING, TONE_OFF },
	[DAY_WEEKLY_REST] = { "rest", NULL, MSG_CALENDAR_KIND_REST, TONE_OFF },
	[DAY_HOLIDAY] = { "holiday", "L", MSG_CALENDAR_KIND_HOLIDAY, TONE_INFO },
	[DAY_COMPENSATORY] = { "compensatory", "B", MSG_CALENDAR_KIND_COMPENSATORY, TONE_SOON },
	[DAY_OFF] = { "off", "N", MSG_CALENDAR_KIND_OFF, TONE_WAIT },
	[DAY_MADE_UP] = { "made-up", "T", MSG_CALENDAR_KIND_MADE_UP, TONE_OK },
};

static struct calendar_cell cell_of(const struct calendar *cal, date_t on, date_t today)
{
	struct calendar_day day = calendar_day(cal, on);
	int y, m, d;

	date_split(on, &y, &m, &d);
	return (struct calendar_cell){ .day = d,
		                       .class = looks[day.kind].class,
		                       .title = day.name,
		                       .mark = looks[day.kind].mark,
		                       .today = date_cmp(on, today) == 0 };
}

static void fill_month(struct calendar_month *out, const struct calendar *cal, date_t first,
                       date_t today)
{
	int y, m, d, column = date_weekday(first);

	date_split(first, &y, &out->month, &d);
	for (date_t on = first; date_split(on, &y, &m, &d), m == out->month;
	     on = date_add(on, 1)) {
		struct calendar_week_cells *week = &out->weeks[out->n_weeks];

		week->n = 7;
		week->days[column] = cell_of(cal, on, today);
		out->working_days += calendar_is_working(cal, on);
		if (++column == 7) {
			column = 0;
			out->n_weeks++;
		}
	}
	out->n_weeks += column > 0;
	for (int i = 0; i < out->n_weeks; i++)
		for (int k = 0; k < 7; k++)
			if (out->weeks[i].days[k].day == 0)
				out->weeks[i].days[k].class = out->weeks[i].days[k].title = "";
}

static bool same_special(const struct calendar_special *s, const struct calendar_day *day,
                         date_t on)
{
	return date_cmp(date_add(s->to, 1), on) == 0 && str_eq(s->name, day->name) &&
	       str_eq(s->source, day->source);
}

/* Days that follow each other for the same reason are one line. */
static void fill_specials(struct calendar_year_view *v, const struct calendar *cal, date_t from,
                          date_t to)
{
	for (date_t on = from; date_cmp(on, to) < 0; on = date_add(on, 1)) {
		struct calendar_day day = calendar_day(cal, on);
		struct calendar_special *last = &v->specials[v->n_specials];

		if (day.kind == DAY_WORKING || day.kind == DAY_WEEKLY_REST)
			continue;
		if (v->n_specials > 0 && same_special(&last[-1], &day, on)) {
			last[-1].to = on;
			last[-1].n++;
			continue;
		}
		v->n_specials++;
		*last = (struct calendar_special){
			.from = on,
			.to = on,
			.n = 1,
			.weekday = msg_text((enum msg)(MSG_CALENDAR_MONDAY + date_weekday(on))),
			.kind = msg_text(looks[day.kind].kind),
			.name = day.name,
			.source = day.source,
			.tone = looks[day.kind].tone,
		};
	}
}

static enum err year_text(const char **out, struct arena *a, int year)
{
	*out = NULL;
	if (year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR)
		return ERR_OK;
	return arena_printf(a, out, "%d", year);
}

static enum err fill_year(struct calendar_year_view *v, struct arena *a,
                          const struct calendar *cal, int year, date_t today)
{
	date_t from = date_make(year, 1, 1), to = date_make(year + 1, 1, 1);

	TRY(arena_array(a, &v->months, 12));
	TRY(arena_array(a, &v->specials, (size_t)(to.days - from.days)));
	TRY(year_text(&v->year, a, year));
	TRY(year_text(&v->previous, a, year - 1));
	TRY(year_text(&v->next, a, year + 1));
	for (int month = 1; month <= 12; month++) {
		struct calendar_month *m = &v->months[v->n_months++];

		fill_month(m, cal, date_make(year, month, 1), today);
		v->working_days += m->working_days;
	}
	fill_specials(v, cal, from, to);
	v->version = calendar_version(cal);
	v->provisional = calendar_is_provisional(cal, from, from);
	return ERR_OK;
}

enum err calendar_show(struct req *req, struct resp *resp)
{
	struct calendar_year_view v = {
		.unit_name = req->actor->unit_name,
		.may_manage = actor_may(req->actor, PERMISSION_CALENDAR_MANAGE),
	};
	const uint64_t readers = MAY(CALENDAR_MANAGE) | MAY(AUDIT_READ);
	date_t today = clock_today(&req->clock);
	long long year = params_int(&req->query, "year", date_year(today));
	const struct calendar *cal;

	if (year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR)
		return err_set(ERR_NOT_FOUND, "no calendar of %lld", year);
	if (req->actor->permissions & readers)
		v.history = link_history_of_calendar(req->actor->unit_id);
	TRY(calendar_load(&cal, req->db, req->arena, app_calendars(req->app),
	                  req->actor->unit_id, today));
	TRY(fill_year(&v, req->arena, cal, (int)year, today));
	TRY(msg_format(&resp->title, req->arena, MSG_CALENDAR_TITLE, v.year));
	tmpl_calendar_year(&resp->out, &v);
	return ERR_OK;
}
