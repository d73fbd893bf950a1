#include "app/deadline/outcome.h"

#include "base/messages.h"
#include "base/str.h"

/* When the session began in which the due lies; a due outside every session (as_is rule,
 * another system's) has the day's beginning. */
static instant_t session_start(const struct calendar *cal, instant_t due)
{
	date_t day = instant_day(due);
	int minute = instant_minute(due);

	if (calendar_covers(cal, day)) {
		const struct day_sessions *s = calendar_day(cal, day).sessions;

		for (int i = 0; i < s->n; i++)
			if (s->at[i].from < minute && minute <= s->at[i].to)
				return instant_local(day, s->at[i].from);
	}
	return instant_local(day, 0);
}

static instant_t to_the_minute(instant_t at)
{
	return instant_local(instant_day(at), instant_minute(at));
}

enum outcome outcome_of(const struct calendar *cal, enum early_rule rule, instant_t due,
                        instant_t finished)
{
	if (instant_is_none(due) || instant_is_none(finished))
		return OUTCOME_NONE;
	instant_t done = to_the_minute(finished), limit = to_the_minute(due);
	if (instant_cmp(done, limit) > 0)
		return OUTCOME_LATE;
	bool early = false;
	switch (rule) {
	case EARLY_HALF_DAY:
		early = instant_cmp(done, session_start(cal, limit)) < 0;
		break;
	case EARLY_DAY:
		early = date_cmp(instant_day(done), instant_day(limit)) < 0;
		break;
	case EARLY_NEVER:
		break;
	}
	return early ? OUTCOME_EARLY : OUTCOME_ON_TIME;
}

static const char *const words[] = { NULL, "early", "on_time", "late" };

const char *outcome_word(enum outcome o)
{
	return words[o];
}

const char *outcome_text(enum outcome o)
{
	switch (o) {
	case OUTCOME_EARLY:
		return msg_text(MSG_OUTCOME_EARLY);
	case OUTCOME_ON_TIME:
		return msg_text(MSG_OUTCOME_ON_TIME);
	case OUTCOME_LATE:
		return msg_text(MSG_OUTCOME_LATE);
	case OUTCOME_NONE:
		break;
	}
	return "";
}

bool outcome_parse(enum outcome *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i], word)) {
			*out = (enum outcome)i;
			return true;
		}
	return false;
}
