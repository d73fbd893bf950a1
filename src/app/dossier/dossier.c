#include "app/dossier/dossier.h"

#include "base/messages.h"
#include "base/str.h"

struct state_row {
	const char *text;
	enum dossier_group group;
};

#define STATE(name, code, text, group) [code] = { text, GROUP_##group },
static const struct state_row states[DOSSIER_STATES] = {
	[DOSSIER_NONE] = { "Chưa tiếp nhận", GROUP_NONE },
#include "app/dossier/dossier_states.def"
};
#undef STATE

#define FROM(state) (1U << DOSSIER_##state)
#define ACTION(name, word, label, past, may, reason, from, to)                                 \
	{ word, label, past, may, reason, from, DOSSIER_##to },
static const struct dossier_action_rule actions[] = {
#include "app/dossier/dossier_actions.def"
};
#undef ACTION
#undef FROM

const char *dossier_state_text(enum dossier_state s)
{
	return states[s].text;
}

enum dossier_group dossier_group(const struct dossier *d)
{
	enum dossier_group group = states[d->state].group;

	return group == GROUP_WAITING && instant_is_none(d->paused_at) ? GROUP_OPEN : group;
}

const struct dossier_action_rule *dossier_action_rule(enum dossier_action a)
{
	return &actions[a];
}

bool dossier_action_parse(enum dossier_action *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
		if (str_eq(actions[i].word, word)) {
			*out = (enum dossier_action)i;
			return true;
		}
	}
	return false;
}

bool dossier_transition(enum dossier_state s, enum dossier_action a, enum dossier_state *to)
{
	const struct dossier_action_rule *rule = &actions[a];

	if ((rule->from >> s & 1) == 0)
		return false;
	*to = rule->to == DOSSIER_SAME ? s : rule->to;
	return true;
}

const char *dossier_objection(const struct dossier *d, const struct dossier_act *act)
{
	enum dossier_state to;

	if (!dossier_transition(d->state, act->action, &to))
		return msg_text(MSG_DOSSIER_NOT_IN_STATE);
	if (d->state != DOSSIER_NONE && instant_cmp(act->at, d->received_at) < 0)
		return msg_text(MSG_DOSSIER_BEFORE_RECEIPT);
	if (act->action == ACTION_RETURN && instant_cmp(act->at, d->finished_at) < 0)
		return msg_text(MSG_DOSSIER_BEFORE_FINISH);
	if (act->action == ACTION_EXTEND) {
		if (instant_is_none(d->due_at))
			return msg_text(MSG_DOSSIER_EXTEND_NO_DUE);
		if (instant_cmp(act->due, d->due_at) <= 0 ||
		    instant_cmp(act->due, act->at) <= 0)
			return msg_text(MSG_DOSSIER_EXTEND_EARLIER);
	}
	return NULL;
}

static void wait(struct dossier *d, const struct dossier_act *act)
{
	if (act->action == ACTION_ASK_PAYMENT)
		d->payment_state = PAYMENT_STATE_DUE;
	else if (d->supplement_rule == SUPPLEMENT_NEVER_STOPS)
		return;
	d->paused_at = act->at;
}

static void resume(struct dossier *d, const struct dossier_act *act)
{
	if (act->action == ACTION_PAID)
		d->payment_state = PAYMENT_STATE_PAID;
	d->paused_at = INSTANT_NONE;
	d->due_at = act->due;
}

static void finish(struct dossier *d, const struct dossier_act *act)
{
	d->refused = act->action == ACTION_REFUSE;
	d->finished_at = act->at;
	d->outcome = act->outcome;
	d->delivery_state = DELIVERY_STATE_WAITING;
}

static void hand_to_citizen(struct dossier *d, const struct dossier_act *act)
{
	d->returned_at = act->at;
	d->delivery_state =
	        d->delivery == DELIVERY_POST ? DELIVERY_STATE_SENT : DELIVERY_STATE_DELIVERED;
}

static void close_without_result(struct dossier *d, const struct dossier_act *act)
{
	d->closed_on = instant_day(act->at);
	d->paused_at = INSTANT_NONE;
	if (d->payment_state == PAYMENT_STATE_DUE)
		d->payment_state = PAYMENT_STATE_NONE;
}

static void hand_over(struct dossier *d, const struct dossier_act *act)
{
	if (!row_is_none(act->holder_id))
		d->holder_id = act->holder_id;
	if (act->step > 0)
		d->step = act->step;
}

static void extend(struct dossier *d, const struct dossier_act *act)
{
	d->extended_due_at = act->due;
}

static void receive_and_return(struct dossier *d, const struct dossier_act *act)
{
	finish(d, act);
	hand_to_citizen(d, act);
}

void dossier_apply(struct dossier *d, const struct dossier_act *act)
{
	/* What an action does beside changing the state; RECEIVE and CORRECT do nothing. */
	static void (*const effects[ACTION_COUNT_])(struct dossier *,
	                                            const struct dossier_act *) = {
		[ACTION_RECEIVE_RETURN] = receive_and_return,
		[ACTION_NOT_ACCEPT] = close_without_result,
		[ACTION_HAND_OVER] = hand_over,
		[ACTION_ASK_SUPPLEMENT] = wait,
		[ACTION_SUPPLEMENT_RECEIVED] = resume,
		[ACTION_ASK_PAYMENT] = wait,
		[ACTION_PAID] = resume,
		[ACTION_FINISH] = finish,
		[ACTION_RETURN] = hand_to_citizen,
		[ACTION_EXTEND] = extend,
		[ACTION_REFUSE] = finish,
		[ACTION_STOP] = close_without_result,
		[ACTION_WITHDRAW] = close_without_result,
	};
	enum dossier_state to = d->state;

	if (!dossier_transition(d->state, act->action, &to))
		return;
	if (effects[act->action] != NULL)
		effects[act->action](d, act);
	d->state = to;
}

enum dossier_standing dossier_standing_of(enum dossier_group group, instant_t due,
                                          instant_t now)
{
	int days;

	if (group == GROUP_WAITING)
		return STANDING_WAITING;
	if (group != GROUP_OPEN)
		return STANDING_DONE;
	if (instant_is_none(due))
		return STANDING_NO_DUE;
	if (instant_cmp(due, now) < 0)
		return STANDING_OVERDUE;
	days = instant_day(due).days - instant_day(now).days;
	if (days == 0)
		return STANDING_TODAY;
	return days == 1 ? STANDING_TOMORROW : STANDING_IN_TIME;
}

enum dossier_standing dossier_standing(const struct dossier *d, instant_t now)
{
	return dossier_standing_of(dossier_group(d), d->due_at, now);
}

const char *dossier_standing_text(enum dossier_standing s)
{
	static const enum msg text[] = {
		[STANDING_NO_DUE] = MSG_STANDING_NO_DUE,
		[STANDING_IN_TIME] = MSG_STANDING_IN_TIME,
		[STANDING_TOMORROW] = MSG_STANDING_TOMORROW,
		[STANDING_TODAY] = MSG_STANDING_TODAY,
		[STANDING_OVERDUE] = MSG_STANDING_OVERDUE,
		[STANDING_WAITING] = MSG_STANDING_WAITING,
		[STANDING_DONE] = MSG_STANDING_DONE,
	};

	return msg_text(text[s]);
}

static bool times_differ(const struct dossier *a, const struct dossier *b)
{
	return instant_cmp(a->received_at, b->received_at) != 0 ||
	       instant_cmp(a->due_at, b->due_at) != 0 ||
	       instant_cmp(a->extended_due_at, b->extended_due_at) != 0 ||
	       instant_cmp(a->paused_at, b->paused_at) != 0 ||
	       instant_cmp(a->finished_at, b->finished_at) != 0 ||
	       date_cmp(a->closed_on, b->closed_on) != 0 ||
	       instant_cmp(a->returned_at, b->returned_at) != 0;
}

bool dossier_figures_differ(const struct dossier *a, const struct dossier *b)
{
	return !row_eq(a->receiving_unit_id, b->receiving_unit_id) ||
	       !row_eq(a->competent_unit_id, b->competent_unit_id) ||
	       !row_eq(a->procedure_version_id, b->procedure_version_id) ||
	       a->channel != b->channel || a->state != b->state || a->refused != b->refused ||
	       a->outcome != b->outcome || a->quantity != b->quantity || times_differ(a, b);
}
