#include "app/calendar/calendar_draft.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static ERR_RESULT check_text(struct problems *p, const char *field, const char *text,
                             enum msg when_blank)
{
	if (str_blank(text))
		return problems_say(p, field, 0, when_blank);
	if (strlen(text) > CALENDAR_LONGEST_TEXT)
		return problems_say(p, field, 0, MSG_CALENDAR_TEXT_LONG);
	return ERR_OK;
}

static ERR_RESULT check_day(date_t *out, struct problems *p, const char *field,
                            const char *text)
{
	date_t day;

	if (!text || !date_parse_vn(&day, text))
		return problems_say(p, field, 0, MSG_CALENDAR_BAD_DAY, text ? text : "");
	int year = date_year(day);
	if (year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR)
		return problems_say(p, field, 0, MSG_CALENDAR_YEAR_RANGE);
	*out = day;
	return ERR_OK;
}

/* How many days from the first to `to`. */
static ERR_RESULT check_span(int *out, struct problems *p, date_t from, const char *to)
{
	date_t last = from;

	*out = 1;
	if (str_blank(to) || p->n > 0)
		return ERR_OK;
	TRY(check_day(&last, p, "to", to));
	if (p->n > 0)
		return ERR_OK;
	*out = last.days - from.days + 1;
	if (*out < 1 || *out > CALENDAR_MOST_DAYS_AT_ONCE)
		return problems_say(p, "to", 0, MSG_CALENDAR_BAD_SPAN);
	return ERR_OK;
}

enum err exception_draft_check(struct exceptions_checked *out, struct problems *problems,
                               const struct exception_draft *draft)
{
	struct exceptions_checked c = {
		.exception = { .name = draft->name, .source = draft->source, .verified = true }
	};
	bool worked = str_eq(draft->kind, "worked");
	size_t before = problems->n;

	TRY(check_day(&c.exception.on, problems, "on", draft->on));
	if (!worked && !str_eq(draft->kind, "off"))
		TRY(problems_say(problems, "kind", 0, MSG_CALENDAR_NO_KIND));
	c.exception.kind = worked ? EXCEPTION_WORKED : EXCEPTION_OFF;
	if (worked && draft->sessions &&
	    !day_sessions_parse(&c.exception.sessions, draft->sessions))
		TRY(problems_say(problems, "sessions", 0, MSG_CALENDAR_BAD_SESSIONS,
		                 draft->sessions));
	TRY(check_text(problems, "name", draft->name, MSG_CALENDAR_NO_NAME));
	TRY(check_text(problems, "source", draft->source, MSG_CALENDAR_NO_SOURCE));
	if (problems->n == before)
		TRY(check_span(&c.n_days, problems, c.exception.on, draft->to));
	if (problems->n == before)
		*out = c;
	return ERR_OK;
}

enum err week_draft_check(struct work_week *out, struct problems *problems,
                          const struct week_draft *draft)
{
	struct work_week w = { .to = DATE_NONE };
	size_t before = problems->n;
	int sessions = 0;

	TRY(check_day(&w.from, problems, "from", draft->from));
	for (int i = 0; i < 7; i++) {
		const char *text = draft->days[i] ? draft->days[i] : "";
		char field[] = "day0";

		field[3] = (char)('0' + i);
		if (!day_sessions_parse(&w.days[i], text)) {
			const char *kept;

			TRY(arena_strdup(problems->arena, &kept, field));
			TRY(problems_say(problems, kept, 0, MSG_CALENDAR_BAD_SESSIONS, text));
		}
		sessions += w.days[i].n;
	}
	if (problems->n == before && sessions == 0)
		TRY(problems_say(problems, "day0", 0, MSG_CALENDAR_NO_SESSIONS));
	TRY(check_text(problems, "source", draft->source, MSG_CALENDAR_NO_SOURCE));
	if (problems->n == before)
		*out = w;
	return ERR_OK;
}

enum err decision_draft_check(struct year_decision *out, struct problems *problems,
                              const struct decision_draft *draft)
{
	long long year = 0, tet = 0;
	size_t before = problems->n;

	if (!draft->year || !str_to_int(draft->year, &year) || year < CALENDAR_FIRST_YEAR ||
	    year > CALENDAR_LAST_YEAR)
		TRY(problems_say(problems, "year", 0, MSG_CALENDAR_YEAR_RANGE));
	if (!draft->tet_days_before || !str_to_int(draft->tet_days_before, &tet) || tet < 0 ||
	    tet > 4)
		TRY(problems_say(problems, "tet_days_before", 0, MSG_CALENDAR_BAD_TET));
	if (!str_eq(draft->national_day, "before") && !str_eq(draft->national_day, "after"))
		TRY(problems_say(problems, "national_day", 0, MSG_CALENDAR_BAD_NATIONAL));
	TRY(check_text(problems, "source", draft->source, MSG_CALENDAR_NO_SOURCE));
	if (problems->n == before)
		*out = (struct year_decision){ .year = (int)year,
			                       .tet_days_before = (int)tet,
			                       .national_day_before =
			                               str_eq(draft->national_day, "before"),
			                       .source = draft->source,
			                       .verified = true };
	return ERR_OK;
}
