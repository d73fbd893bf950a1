/* compile.c - from the description of a calendar to one row for each day. */
#include <string.h>

#include "app/calendar/calendar_compiled.h"
#include "app/calendar/lunar.h"
#include "app/calendar/statute.h"

enum { MOST_KINDS_OF_DAY = 60000, NOTE_PLAIN = 0, PATTERN_OFF = 0, MONDAY = 0 };

const struct work_week calendar_default_week = {
	.from = { INT32_MIN },
	.to = { INT32_MIN },
	.days = { { { { 420, 690 }, { 810, 1020 } }, 2 },
	          { { { 420, 690 }, { 810, 1020 } }, 2 },
	          { { { 420, 690 }, { 810, 1020 } }, 2 },
	          { { { 420, 690 }, { 810, 1020 } }, 2 },
	          { { { 420, 690 }, { 810, 1020 } }, 2 } },
};

static ERR_RESULT check_sessions(const struct day_sessions *s)
{
	if (!day_sessions_valid(s))
		return err_set(ERR_INPUT, "the sessions of a day overlap or leave the day");
	return ERR_OK;
}

static ERR_RESULT check(const struct calendar_rules *rules, int first_year, int last_year)
{
	if (first_year < LUNAR_FIRST_YEAR || last_year > LUNAR_LAST_YEAR ||
	    first_year > last_year)
		return err_set(ERR_RANGE, "no calendar of %d-%d can be computed", first_year,
		               last_year);
	for (size_t i = 0; i < rules->n_weeks; i++)
		for (int day = 0; day < 7; day++)
			TRY(check_sessions(&rules->weeks[i].days[day]));
	for (size_t i = 0; i < rules->n_exceptions; i++)
		TRY(check_sessions(&rules->exceptions[i].sessions));
	for (size_t i = 0; i < rules->n_decisions; i++)
		if (rules->decisions[i].tet_days_before < 0 ||
		    rules->decisions[i].tet_days_before > 4)
			return err_set(ERR_INPUT, "Tết %d: %d days before its first",
			               rules->decisions[i].year,
			               rules->decisions[i].tet_days_before);
	return ERR_OK;
}

static ERR_RESULT allocate(struct calendar *cal, struct arena *a,
                           const struct calendar_rules *rules)
{
	size_t n = (size_t)cal->n, years = (size_t)cal->last_year - (size_t)cal->first_year + 1;
	size_t notes = 1 + 7 + years * 2 * STATUTE_MOST_HOLIDAYS + rules->n_exceptions;
	size_t patterns = 2 + 7 * (rules->n_weeks + 1) + rules->n_exceptions;

	if (notes > MOST_KINDS_OF_DAY || patterns > MOST_KINDS_OF_DAY)
		return err_set(ERR_TOO_LARGE, "a calendar of %zu kinds of days", notes);
	cal->most_notes = (int)notes;
	cal->most_patterns = (int)patterns;
	TRY(arena_array(a, &cal->decided, years));
	TRY(arena_array(a, &cal->worked, n + 1));
	TRY(arena_array(a, &cal->days, n));
	TRY(arena_array(a, &cal->working, n));
	TRY(arena_array(a, &cal->note, n));
	TRY(arena_array(a, &cal->pattern, n));
	TRY(arena_array(a, &cal->notes, notes));
	return arena_array(a, &cal->patterns, patterns);
}

static uint16_t pattern_of(struct calendar *cal, const struct day_sessions *s)
{
	int i = 0;

	while (i < cal->n_patterns && !day_sessions_equal(&cal->patterns[i], s))
		i++;
	if (i == cal->n_patterns)
		cal->patterns[cal->n_patterns++] = *s;
	return (uint16_t)i;
}

static uint16_t note_of(struct calendar *cal, struct day_note note)
{
	cal->notes[cal->n_notes] = note;
	return (uint16_t)cal->n_notes++;
}

/* The last week that holds on the day. */
static const struct work_week *week_on(const struct calendar_rules *rules, date_t day)
{
	for (size_t i = rules->n_weeks; i-- > 0;) {
		const struct work_week *w = &rules->weeks[i];

		if ((date_is_none(w->from) || date_cmp(w->from, day) <= 0) &&
		    (date_is_none(w->to) || date_cmp(day, w->to) <= 0))
			return w;
	}
	return &calendar_default_week;
}

/* The notes of days without sessions, one for each weekday, after the plain one. */
static ERR_RESULT add_weekday_notes(struct calendar *cal, struct arena *a)
{
	note_of(cal, (struct day_note){ DAY_WORKING, "", "", true });
	for (int i = 0; i < 7; i++) {
		struct day_note note = { DAY_WEEKLY_REST, NULL, msg_text(MSG_CALENDAR_LAW_REST),
			                 true };
		const char *name = msg_text((enum msg)(MSG_CALENDAR_MONDAY + i));

		note.name = name;
		if (i < 5) {
			note.source = msg_text(MSG_CALENDAR_LAW_SESSIONS);
			TRY(msg_format(&note.name, a, MSG_CALENDAR_NO_SESSION, name));
		}
		note_of(cal, note);
	}
	return ERR_OK;
}

static void lay_weeks(struct calendar *cal, const struct calendar_rules *rules)
{
	for (int i = 0; i < cal->n; i++) {
		date_t day = date_add(cal->first, i);
		int weekday = date_weekday(day);
		const struct day_sessions *s = &week_on(rules, day)->days[weekday];

		cal->pattern[i] = pattern_of(cal, s);
		cal->note[i] = (uint16_t)(s->n ? NOTE_PLAIN : 1 + weekday);
	}
}

static void close_day(struct calendar *cal, date_t day, struct day_note note)
{
	if (!calendar_covers(cal, day))
		return;
	int i = day.days - cal->first.days;
	cal->pattern[i] = PATTERN_OFF;
	cal->note[i] = note_of(cal, note);
}

static bool is_closed(const struct calendar *cal, date_t day)
{
	enum day_kind kind = cal->notes[cal->note[day.days - cal->first.days]].kind;

	return kind == DAY_HOLIDAY || kind == DAY_COMPENSATORY;
}

/* The next day that is neither weekly rest nor off already.  Exceptions are laid afterwards: a
 * decree that names the compensatory day itself must not push it further. */
static ERR_RESULT make_good(struct calendar *cal, struct arena *a, const struct holiday *h)
{
	date_t day = date_add(h->on, 1);
	struct day_note note = { DAY_COMPENSATORY, NULL, NULL, h->verified };

	while (calendar_covers(cal, day) &&
	       (statute_is_weekly_rest(day) || is_closed(cal, day)))
		day = date_add(day, 1);
	note.source = msg_text(date_year(h->on) >= 2021 ? MSG_CALENDAR_LAW_MADE_GOOD
	                                                : MSG_CALENDAR_LAW_MADE_GOOD_OLD);
	TRY(msg_format(&note.name, a, MSG_CALENDAR_COMPENSATORY, msg_text(h->name)));
	close_day(cal, day, note);
	return ERR_OK;
}

static ERR_RESULT lay_holidays(struct calendar *cal, struct arena *a,
                               const struct calendar_rules *rules, int year)
{
	const struct year_decision *decision = NULL;
	struct holiday holidays[STATUTE_MOST_HOLIDAYS];

	for (size_t i = 0; i < rules->n_decisions; i++)
		if (rules->decisions[i].year == year)
			decision = &rules->decisions[i];
	cal->decided[year - cal->first_year] = decision != NULL;
	int n = statute_holidays(holidays, year, decision);
	for (int i = 0; i < n; i++)
		close_day(cal, holidays[i].on,
		          (struct day_note){ DAY_HOLIDAY, msg_text(holidays[i].name),
		                             holidays[i].source, holidays[i].verified });
	for (int i = 0; i < n; i++)
		if (statute_is_weekly_rest(holidays[i].on))
			TRY(make_good(cal, a, &holidays[i]));
	return ERR_OK;
}

static void lay_exception(struct calendar *cal, const struct calendar_rules *rules,
                          const struct calendar_exception *e)
{
	struct day_note note = { e->kind == EXCEPTION_OFF ? DAY_OFF : DAY_MADE_UP,
		                 e->name ? e->name : "", e->source ? e->source : "",
		                 e->verified };
	const struct day_sessions *s = &e->sessions;

	if (!calendar_covers(cal, e->on))
		return;
	close_day(cal, e->on, note);
	if (e->kind == EXCEPTION_OFF)
		return;
	if (s->n == 0)
		s = &week_on(rules, e->on)->days[MONDAY];
	cal->pattern[e->on.days - cal->first.days] = pattern_of(cal, s);
}

static void sum_up(struct calendar *cal)
{
	for (int i = 0; i < cal->n; i++) {
		int minutes = day_sessions_minutes(&cal->patterns[cal->pattern[i]]);

		cal->worked[i + 1] = cal->worked[i] + (uint32_t)minutes;
		if (minutes > 0)
			cal->working[cal->n_working++] = (uint32_t)i;
		cal->days[i] = (uint32_t)cal->n_working;
	}
}

enum err calendar_compile(struct calendar **out, struct arena *a,
                          const struct calendar_rules *rules, int first_year, int last_year)
{
	struct calendar *cal;

	TRY(check(rules, first_year, last_year));
	TRY(arena_new(a, &cal));
	cal->version = rules->version;
	cal->first_year = first_year;
	cal->last_year = last_year;
	cal->first = date_make(first_year, 1, 1);
	cal->n = date_make(last_year + 1, 1, 1).days - cal->first.days;
	TRY(allocate(cal, a, rules));
	pattern_of(cal, &(struct day_sessions){ .n = 0 });
	TRY(add_weekday_notes(cal, a));
	lay_weeks(cal, rules);
	for (int year = first_year; year <= last_year; year++)
		TRY(lay_holidays(cal, a, rules, year));
	for (size_t i = 0; i < rules->n_exceptions; i++)
		lay_exception(cal, rules, &rules->exceptions[i]);
	sum_up(cal);
	*out = cal;
	return ERR_OK;
}
