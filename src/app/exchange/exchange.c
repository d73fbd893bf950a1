#include "app/exchange/exchange.h"

#include "base/str.h"

/* ---- words ---- */

#define STATE(name, word, text, rests) [EXCHANGE_##name] = { word, text, rests },
static const struct {
	const char *word, *text;
	bool rests;
} states[EXCHANGE_STATE_COUNT_] = {
#include "app/exchange/exchange_states.def"
};
#undef STATE

#define FINDING(name, word, does)                                                              \
	[FOUND_##name] = { word, MSG_EXCHANGE_FOUND_##name, VERDICT_##does },
static const struct {
	const char *word;
	enum msg text;
	enum exchange_verdict verdict;
} findings[EXCHANGE_FINDINGS] = {
#include "app/exchange/exchange_findings.def"
};
#undef FINDING

static const char *const words[EXCHANGE_WORDS] = {
	[SAID_HELD] = "held",         [SAID_REFUSED] = "refused",   [SAID_TAKEN] = "taken",
	[SAID_ACCEPTED] = "accepted", [SAID_RETURNED] = "returned",
};

const char *exchange_state_word(enum exchange_state s)
{
	return states[s].word;
}

const char *exchange_state_text(enum exchange_state s)
{
	return states[s].text;
}

bool exchange_state_rests(enum exchange_state s)
{
	return states[s].rests;
}

bool exchange_state_parse(enum exchange_state *out, const char *word)
{
	for (int i = 0; i < EXCHANGE_STATE_COUNT_; i++) {
		if (str_eq(states[i].word, word)) {
			*out = (enum exchange_state)i;
			return true;
		}
	}
	return false;
}

const char *exchange_word_code(enum exchange_word w)
{
	return words[w];
}

bool exchange_word_parse(enum exchange_word *out, const char *code)
{
	for (int i = 0; i < EXCHANGE_WORDS; i++) {
		if (str_eq(words[i], code)) {
			*out = (enum exchange_word)i;
			return true;
		}
	}
	return false;
}

const char *exchange_finding_word(enum exchange_finding f)
{
	return findings[f].word;
}

enum msg exchange_finding_msg(enum exchange_finding f)
{
	return findings[f].text;
}

enum exchange_verdict exchange_verdict(enum exchange_finding f)
{
	return findings[f].verdict;
}

bool exchange_finding_parse(enum exchange_finding *out, const char *word)
{
	for (int i = 0; i < EXCHANGE_FINDINGS; i++) {
		if (str_eq(findings[i].word, word)) {
			*out = (enum exchange_finding)i;
			return true;
		}
	}
	return false;
}

/* ---- pauses ---- */

static uint64_t stir(uint64_t x) /* splitmix64 (Steele, Lea, Flood 2014) */
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

int64_t exchange_wait(int64_t tries, uint64_t seed)
{
	int64_t wait = EXCHANGE_FIRST_WAIT;

	for (int64_t i = 1; i < tries && wait < EXCHANGE_LONGEST_WAIT; i++)
		wait *= 2;
	if (wait > EXCHANGE_LONGEST_WAIT)
		wait = EXCHANGE_LONGEST_WAIT;
	return wait - (int64_t)(stir(seed ^ (uint64_t)tries) % (uint64_t)(wait / 4));
}

bool exchange_reached(instant_t at, instant_t now)
{
	return instant_cmp(at, now) <= 0 || at.us - now.us > EXCHANGE_LONGEST_WAIT;
}

/* ---- the sender ---- */

struct exchange_item exchange_item_new(instant_t now)
{
	return (struct exchange_item){ .state = EXCHANGE_WAITING, .next_at = now };
}

bool exchange_due(const struct exchange_item *item, instant_t now)
{
	return (item->state == EXCHANGE_WAITING || item->state == EXCHANGE_SENDING) &&
	       exchange_reached(item->next_at, now);
}

bool exchange_begin(struct exchange_item *item, instant_t now)
{
	if (!exchange_due(item, now))
		return false;
	item->state = EXCHANGE_SENDING;
	item->tries++;
	item->next_at = (instant_t){ now.us + EXCHANGE_SENDING_LASTS };
	return true;
}

void exchange_failed(struct exchange_item *item, instant_t now, uint64_t seed)
{
	if (item->state != EXCHANGE_SENDING)
		return;
	item->state = EXCHANGE_WAITING;
	item->next_at = (instant_t){ now.us + exchange_wait(item->tries, seed) };
}

bool exchange_heard(struct exchange_item *item, enum exchange_word word, int64_t number)
{
	static const enum exchange_state leads_to[EXCHANGE_WORDS] = {
		[SAID_HELD] = EXCHANGE_HELD,         [SAID_REFUSED] = EXCHANGE_REFUSED,
		[SAID_TAKEN] = EXCHANGE_DELIVERED,   [SAID_ACCEPTED] = EXCHANGE_ACCEPTED,
		[SAID_RETURNED] = EXCHANGE_RETURNED,
	};

	/* The word that holds, again: the answer to a package that was sent once more. */
	bool again = number == item->heard && !exchange_state_rests(item->state);

	if (number < item->heard || (number == item->heard && !again))
		return false;
	item->heard = number;
	item->state = leads_to[word];
	return !again;
}

/* The receiver has it among its reports. */
static bool has_arrived(const struct exchange_item *item)
{
	return item->state == EXCHANGE_DELIVERED || item->state == EXCHANGE_ACCEPTED ||
	       item->state == EXCHANGE_RETURNED;
}

bool exchange_try_now(struct exchange_item *item, instant_t now)
{
	if (has_arrived(item))
		return false;
	item->state = EXCHANGE_WAITING;
	item->next_at = now;
	return true;
}

bool exchange_give_up(struct exchange_item *item)
{
	if (has_arrived(item))
		return false;
	item->state = EXCHANGE_GIVEN_UP;
	return true;
}

size_t exchange_next(const struct exchange_item *items, size_t n, instant_t now)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++)
		if (exchange_due(&items[i], now) &&
		    (best == n || instant_cmp(items[i].next_at, items[best].next_at) < 0))
			best = i;
	return best;
}

/* ---- the receiver ---- */

static enum exchange_finding judge_report(const struct exchange_arrival *a)
{
	bool replaces = a->amends && a->amends_known;

	if (a->standing == STANDING_WORKED_ON)
		return FOUND_BEING_MADE;
	if (a->standing == STANDING_OPEN)
		return a->amends && !replaces && !a->told ? FOUND_AMENDS_UNKNOWN : FOUND_SOUND;
	if (!replaces && !a->told)
		return a->amends ? FOUND_AMENDS_UNKNOWN : FOUND_SECOND;
	return a->standing == STANDING_ACCEPTED ? FOUND_AMENDS_ACCEPTED : FOUND_SOUND;
}

enum exchange_finding exchange_judge(const struct exchange_arrival *a)
{
	if (!a->whole)
		return FOUND_CUT;
	if (!a->unaltered)
		return FOUND_ALTERED;
	if (!a->format_known)
		return FOUND_NEWER;
	if (!a->well_signed)
		return FOUND_SIGNATURE;
	if (!a->unit_known)
		return FOUND_UNKNOWN_UNIT;
	if (!a->unit_below)
		return FOUND_NOT_BELOW;
	if (!a->owed)
		return FOUND_NOT_OWED;
	if (!a->same_forms)
		return FOUND_OTHER_FORMS;
	if (a->period_closed)
		return FOUND_CLOSED;
	enum exchange_finding f = judge_report(a);
	return f == FOUND_SOUND && a->number_taken ? FOUND_NUMBER_TAKEN : f;
}

bool exchange_replaces(enum exchange_inbox there, enum exchange_verdict v)
{
	return there == INBOX_REFUSED || (there == INBOX_HELD && v != VERDICT_REFUSE);
}
