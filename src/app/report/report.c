#include "app/report/report.h"

#include <stdio.h>
#include <string.h>

#include "base/messages.h"
#include "base/str.h"

#define STATE(name, word, text, locks, sent) [REPORT_##name] = { word, text, locks, sent },
static const struct state_row {
	const char *word, *text;
	bool locks, sent;
} states[REPORT_STATE_COUNT_] = {
#include "app/report/report_states.def"
};
#undef STATE

#define FROM(state) (1U << REPORT_##state)
#define ACTION(name, word, label, past, may, where, person, reason, from, to)                  \
	{ word, label, past, may, REPORT_##where, REPORT_##person, reason, from, REPORT_##to },
static const struct report_action_rule actions[] = {
#include "app/report/report_actions.def"
};
#undef ACTION
#undef FROM

const char *report_state_word(enum report_state s)
{
	return states[s].word;
}

const char *report_state_text(enum report_state s)
{
	return states[s].text;
}

bool report_state_parse(enum report_state *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		if (str_eq(states[i].word, word)) {
			*out = (enum report_state)i;
			return true;
		}
	}
	return false;
}

bool report_state_locks(enum report_state s)
{
	return states[s].locks;
}

bool report_state_is_sent(enum report_state s)
{
	return states[s].sent;
}

const struct report_action_rule *report_action_rule(enum report_action a)
{
	return &actions[a];
}

bool report_action_parse(enum report_action *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
		if (str_eq(actions[i].word, word)) {
			*out = (enum report_action)i;
			return true;
		}
	}
	return false;
}

/* ---- who may ---- */

struct report_actor report_actor_of(const struct actor *a)
{
	return (struct report_actor){ a->account_id, a->unit_id, a->permissions };
}

bool report_stands(enum report_place place, const struct report_actor *who,
                   const struct report *r)
{
	if (row_is_none(who->unit_id))
		return false;
	if (place == REPORT_OWN)
		return row_eq(who->unit_id, r->unit_now);
	if (place != REPORT_ABOVE)
		return false;
	return row_eq(who->unit_id,
	              row_is_none(r->receiver_now) ? r->unit_now : r->receiver_now);
}

static const char *waits_for(enum report_state s)
{
	static const enum msg text[] = {
		[REPORT_COMPILING] = MSG_REPORT_WAITS_COMPILING,
		[REPORT_CHECKING] = MSG_REPORT_WAITS_CHECKING,
		[REPORT_SUBMITTED] = MSG_REPORT_WAITS_SUBMITTED,
		[REPORT_SIGNED] = MSG_REPORT_WAITS_SIGNED,
		[REPORT_NUMBERED] = MSG_REPORT_WAITS_NUMBERED,
		[REPORT_SENT] = MSG_REPORT_WAITS_SENT,
		[REPORT_ACCEPTED] = MSG_REPORT_WAITS_ACCEPTED,
		[REPORT_RETURNED] = MSG_REPORT_WAITS_RETURNED,
		[REPORT_EXEMPT] = MSG_REPORT_WAITS_EXEMPT,
	};

	return msg_text(text[s]);
}

static const char *whose_work(uint64_t may)
{
	if (may == MAY(REPORT_COMPILE))
		return msg_text(MSG_REPORT_ONLY_COMPILE);
	if (may == MAY(REPORT_SIGN))
		return msg_text(MSG_REPORT_ONLY_SIGN);
	if (may == MAY(REPORT_NUMBER))
		return msg_text(MSG_REPORT_ONLY_NUMBER);
	if (may == MAY(REPORT_RECEIVE))
		return msg_text(MSG_REPORT_ONLY_RECEIVE);
	return msg_text(MSG_REPORT_ONLY_COMPILE_OR_SIGN);
}

static const char *wrong_person(enum report_person person, const struct report_actor *who,
                                const struct report *r)
{
	if (row_is_none(who->account_id))
		return msg_text(MSG_REPORT_NOBODY);
	if (person == REPORT_NOT_COMPILER && row_eq(who->account_id, r->compiler_id))
		return msg_text(MSG_REPORT_NOT_COMPILER);
	if (person == REPORT_SIGNER && !row_eq(who->account_id, r->signer_id))
		return msg_text(MSG_REPORT_ONLY_SIGNER);
	return NULL;
}

const char *report_may(enum report_action a, const struct report_actor *who,
                       const struct report *r)
{
	const struct report_action_rule *rule = &actions[a];

	if (!row_is_none(r->amended_by_id))
		return msg_text(MSG_REPORT_WAS_AMENDED);
	if ((rule->from >> r->state & 1) == 0)
		return waits_for(r->state);
	if (!report_stands(rule->where, who, r))
		return msg_text(rule->where == REPORT_OWN ? MSG_REPORT_ONLY_OWN
		                                          : MSG_REPORT_ONLY_ABOVE);
	if ((rule->may & who->permissions) == 0)
		return whose_work(rule->may);
	return wrong_person(rule->person, who, r);
}

unsigned report_actions_of(const struct report_actor *who, const struct report *r)
{
	unsigned out = 0;

	for (int a = 0; a < REPORT_ACTION_COUNT_; a++)
		if (!report_may((enum report_action)a, who, r))
			out |= 1U << a;
	return out;
}

bool report_next_action(enum report_action *out, enum report_state s)
{
	static const enum report_action next[REPORT_STATE_COUNT_] = {
		[REPORT_COMPILING] = REPORT_DO_TO_CHECK,  [REPORT_CHECKING] = REPORT_DO_SUBMIT,
		[REPORT_SUBMITTED] = REPORT_DO_SIGN,      [REPORT_SIGNED] = REPORT_DO_NUMBER,
		[REPORT_NUMBERED] = REPORT_DO_SEND,       [REPORT_SENT] = REPORT_DO_ACCEPT,
		[REPORT_ACCEPTED] = REPORT_ACTION_COUNT_, [REPORT_RETURNED] = REPORT_DO_AMEND,
		[REPORT_EXEMPT] = REPORT_ACTION_COUNT_,
	};

	if (next[s] == REPORT_ACTION_COUNT_)
		return false;
	*out = next[s];
	return true;
}

/* ---- the lock ---- */

ERR_RESULT report_title(const char **out, struct arena *a, const struct report *r)
{
	char number[24], day[DATE_TEXT];

	if (r->number == REPORT_NO_NUMBER)
		return arena_strdup(a, out, r->period_name);
	snprintf(number, sizeof(number), "%02lld", (long long)r->number);
	return msg_format(out, a, MSG_REPORT_TITLE, r->period_name, number, r->notation,
	                  date_vn(r->dated_on, day));
}

ERR_RESULT report_lock_why(const char **out, struct arena *a, const struct report *r)
{
	static const enum msg text[] = {
		[REPORT_SUBMITTED] = MSG_REPORT_LOCK_SUBMITTED,
		[REPORT_SIGNED] = MSG_REPORT_LOCK_SIGNED,
		[REPORT_NUMBERED] = MSG_REPORT_LOCK_SIGNED,
		[REPORT_SENT] = MSG_REPORT_LOCK_SENT,
		[REPORT_ACCEPTED] = MSG_REPORT_LOCK_ACCEPTED,
		[REPORT_RETURNED] = MSG_REPORT_LOCK_RETURNED,
	};
	const char *title, *opener = r->receiver_name;

	*out = NULL;
	if (!report_state_locks(r->state))
		return ERR_OK;
	TRY(report_title(&title, a, r));
	if (!report_state_is_sent(r->state))
		opener = r->signer_name;
	return msg_format(out, a, text[r->state], title,
	                  opener ? opener : msg_text(MSG_REPORT_LOCK_NOBODY));
}

/* ---- what is given with an action ---- */

static ERR_RESULT check_reason(const char *reason, bool needed, struct problems *problems)
{
	if (str_blank(reason))
		return needed ? problems_say(problems, "reason", 0, MSG_REPORT_REASON_MISSING)
		              : ERR_OK;
	if (strlen(reason) > REPORT_REASON_LONGEST)
		return problems_say(problems, "reason", 0, MSG_REPORT_TOO_LONG, "2000");
	return ERR_OK;
}

/* "BC-UBND", "BC-VP.HĐND": letters beyond ASCII are bytes above 127. */
static bool notation_is_sound(const char *notation)
{
	for (const char *p = notation; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 128 && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
		    !(c >= '0' && c <= '9') && c != '-' && c != '.')
			return false;
	}
	return true;
}

static ERR_RESULT check_notation(const char *notation, struct problems *problems)
{
	if (str_blank(notation))
		return problems_say(problems, "notation", 0, MSG_REPORT_NOTATION_MISSING);
	if (strlen(notation) > REPORT_NOTATION_LONGEST)
		return problems_say(problems, "notation", 0, MSG_REPORT_TOO_LONG, "30");
	if (!notation_is_sound(notation))
		return problems_say(problems, "notation", 0, MSG_REPORT_NOTATION_BAD);
	return ERR_OK;
}

static ERR_RESULT check_dated(date_t dated_on, date_t signed_on, date_t today,
                              struct problems *problems)
{
	char day[DATE_TEXT];

	if (date_is_none(dated_on))
		return problems_say(problems, "dated_on", 0, MSG_REPORT_DATED_MISSING);
	if (!date_is_none(signed_on) && date_cmp(dated_on, signed_on) < 0)
		return problems_say(problems, "dated_on", 0, MSG_REPORT_DATED_EARLY,
		                    date_vn(signed_on, day));
	if (date_cmp(dated_on, today) > 0)
		return problems_say(problems, "dated_on", 0, MSG_REPORT_DATED_LATE,
		                    date_vn(today, day));
	return ERR_OK;
}

ERR_RESULT report_given_check(const struct report_given *given, enum report_action a,
                              const struct report *r, date_t today, struct problems *problems)
{
	TRY(check_reason(given->reason, actions[a].needs_reason, problems));
	if (a != REPORT_DO_NUMBER)
		return ERR_OK;
	if (given->number < 1 || given->number > REPORT_NUMBER_MOST)
		TRY(problems_say(problems, "number", 0, MSG_REPORT_NUMBER_MISSING));
	TRY(check_notation(given->notation, problems));
	return check_dated(given->dated_on, r->signed_on, today, problems);
}

/* ---- standing ---- */

enum report_standing report_standing(enum report_state s, date_t send_by_on,
                                     date_t first_sent_on, date_t today)
{
	if (s == REPORT_EXEMPT)
		return REPORT_NOT_OWED;
	if (s != REPORT_SENT && s != REPORT_ACCEPTED)
		return date_cmp(today, send_by_on) > 0 ? REPORT_OVERDUE : REPORT_IN_TIME;
	return date_cmp(first_sent_on, send_by_on) > 0 ? REPORT_SENT_LATE : REPORT_SENT_IN_TIME;
}

const char *report_standing_text(enum report_standing s)
{
	static const enum msg text[] = {
		[REPORT_IN_TIME] = MSG_REPORT_STANDS_IN_TIME,
		[REPORT_OVERDUE] = MSG_REPORT_STANDS_OVERDUE,
		[REPORT_SENT_IN_TIME] = MSG_REPORT_STANDS_SENT_IN_TIME,
		[REPORT_SENT_LATE] = MSG_REPORT_STANDS_SENT_LATE,
		[REPORT_NOT_OWED] = MSG_REPORT_STANDS_NOT_OWED,
	};

	return msg_text(text[s]);
}
