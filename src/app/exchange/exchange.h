/* exchange.h - packages on their way up: the protocol between two installations.  Pure.
 *
 * The sender keeps an item for every package (its outbox), the receiver a row for every package
 * that arrived (its inbox).  Whatever is lost, repeated, late or killed between them:
 *
 * - An item is sent again and again, with growing pauses, until its receiver said something
 *   about it.  Sending is noted before it begins; a program that died while sending sends
 * again.
 * - The receiver knows a package by its sender and the SHA-256 of its content: one that was
 * taken in changes nothing when it comes again and gets the same receipt.
 * - Everything that the receiver says about a package (arrived, held, refused, accepted,
 *   returned) is a word with a number, which only grows, per sender.  The receipt of a sending
 * is such a word; the sender also asks for all words after the last one that it has read.  Of
 * two words about an item the one with the higher number holds, however they came.
 * - Items do not wait for each other: one that is refused, held or fails is passed by.
 * - No instant of one machine is ever compared with one of another; a clock that jumps makes a
 *   pause shorter, or longer by no more than EXCHANGE_LONGEST_WAIT.
 */
#ifndef APP_EXCHANGE_EXCHANGE_H
#define APP_EXCHANGE_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/messages.h"

#define STATE(name, word, text, rests) EXCHANGE_##name,
enum exchange_state {
#include "app/exchange/exchange_states.def"
	EXCHANGE_STATE_COUNT_
};
#undef STATE
const char *exchange_state_word(enum exchange_state s);
const char *exchange_state_text(enum exchange_state s);
bool exchange_state_parse(enum exchange_state *out, const char *word);
bool exchange_state_rests(enum exchange_state s);

/* ---- the sender ---- */

/* What the receiver says.  TAKEN: the package went in (technical receipt); ACCEPTED and
 * RETURNED: its people's answer. */
enum exchange_word { SAID_HELD, SAID_REFUSED, SAID_TAKEN, SAID_ACCEPTED, SAID_RETURNED };
enum { EXCHANGE_WORDS = SAID_RETURNED + 1 };
const char *exchange_word_code(enum exchange_word w); /* "held": on the wire, stored */
bool exchange_word_parse(enum exchange_word *out, const char *code);

#define EXCHANGE_FIRST_WAIT    (INT64_C(30) * 1000000) /* microseconds */
#define EXCHANGE_LONGEST_WAIT  (INT64_C(3600) * 1000000)
#define EXCHANGE_SENDING_LASTS (INT64_C(600) * 1000000) /* then whoever sent it is dead */

struct exchange_item {
	enum exchange_state state;
	int64_t tries;     /* sendings begun */
	instant_t next_at; /* WAITING: when to send; SENDING: when it counts as failed */
	int64_t heard;     /* number of the word that holds; 0: none */
};
struct exchange_item exchange_item_new(instant_t now); /* due at once */

/* The pause after so many tries: doubled from EXCHANGE_FIRST_WAIT up to EXCHANGE_LONGEST_WAIT,
 * less up to a quarter of it, by `seed`: a hundred offices do not come back in one second. */
int64_t exchange_wait(int64_t tries, uint64_t seed);

bool exchange_due(const struct exchange_item *item, instant_t now);
/* An instant that was written by a clock which has been set back since. */
bool exchange_reached(instant_t at, instant_t now);
/* False: it is not due.  Store the item before a byte goes out. */
bool exchange_begin(struct exchange_item *item, instant_t now);
/* Nobody answered, or with a failure of their own.  Changes nothing unless it is SENDING. */
void exchange_failed(struct exchange_item *item, instant_t now, uint64_t seed);
/* False: an older word, or the one that holds again. */
bool exchange_heard(struct exchange_item *item, enum exchange_word word, int64_t number);
/* A person: send it now, also what was refused, held or given up.  False: it has arrived. */
bool exchange_try_now(struct exchange_item *item, instant_t now);
/* A person: do not send it any more.  False: it has arrived. */
bool exchange_give_up(struct exchange_item *item);
/* Of n items in the order in which they were made: the one to send next; n: none is due.  What
 * was due longest goes first, so that no item keeps another one back. */
size_t exchange_next(const struct exchange_item *items, size_t n, instant_t now);

/* ---- the receiver ---- */

#define FINDING(name, word, does) FOUND_##name,
enum exchange_finding {
#include "app/exchange/exchange_findings.def"
	EXCHANGE_FINDINGS
};
#undef FINDING
enum exchange_verdict { VERDICT_REFUSE, VERDICT_HOLD, VERDICT_TAKE };
const char *exchange_finding_word(enum exchange_finding f);
enum msg exchange_finding_msg(enum exchange_finding f); /* {1} the unit, {2} the day */
bool exchange_finding_parse(enum exchange_finding *out, const char *word);
enum exchange_verdict exchange_verdict(enum exchange_finding f);

/* What stands in the inbox about a package. */
enum exchange_inbox { INBOX_HELD, INBOX_REFUSED, INBOX_TAKEN };

/* What the receiver knows about a package that can be read. */
struct exchange_arrival {
	bool whole, unaltered, well_signed; /* no signature: true */
	bool format_known, unit_known;
	bool unit_below; /* the sender's unit and of the receiver, in the tree of the period */
	bool owed, same_forms;
	bool period_closed; /* the office that adds it up has submitted or signed its own */
	/* The receiver's report of the unit and period. */
	enum exchange_standing {
		STANDING_OPEN,      /* nobody works on it */
		STANDING_WORKED_ON, /* somebody here compiles or signs it */
		STANDING_SENT,      /* a document came, not accepted */
		STANDING_RETURNED,  /* ... and was returned or unlocked */
		STANDING_ACCEPTED
	} standing;
	bool amends;       /* it says that it replaces a document, */
	bool amends_known; /* which is the one that stands here */
	bool told;         /* a person said: take it in place of what stands here */
	bool number_taken; /* by another of the unit's documents */
};
enum exchange_finding exchange_judge(const struct exchange_arrival *a);

/* Whether a verdict on bytes that came under the hash of a package changes what stands there.
 * Nothing changes one that was taken in; altered bytes do not push out sound ones that are
 * held; what was refused may have been altered on the way, so it is judged anew. */
bool exchange_replaces(enum exchange_inbox there, enum exchange_verdict v);

#endif
