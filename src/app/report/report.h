/* report.h - a periodic report (báo cáo định kỳ): its states, who may do what, what is locked.
 * Pure.
 *
 * lập -> kiểm tra -> trình ký -> ký -> vào số -> gửi -> tiếp nhận or trả lại.  From trình ký on
 * the figures of the unit, form set and period are locked: the leader signs what they read.
 * Compiler and signer are different people.  Before sending, the signer alone reopens;
 * afterwards only the office above returns it (not accepted yet) or unlocks it (accepted), with
 * a reason, and the correction is a new numbered document: a report that amends the old one,
 * which stays as it was signed.
 */
#ifndef APP_REPORT_REPORT_H
#define APP_REPORT_REPORT_H

#include "app/account/actor.h"
#include "base/date.h"
#include "base/problems.h"
#include "base/row_id.h"

#define STATE(name, word, text, locks, sent) REPORT_##name,
enum report_state {
#include "app/report/report_states.def"
	REPORT_STATE_COUNT_,
	REPORT_SAME = REPORT_STATE_COUNT_, /* in the table of actions: the state stays */
};
#undef STATE

const char *report_state_word(enum report_state s); /* "compiling", as stored */
const char *report_state_text(enum report_state s); /* "Đang lập" */
bool report_state_parse(enum report_state *out, const char *word);
bool report_state_locks(enum report_state s);
bool report_state_is_sent(enum report_state s); /* the office above has seen it */

#define ACTION(name, word, label, past, may, where, person, reason, from, to) REPORT_DO_##name,
enum report_action {
#include "app/report/report_actions.def"
	REPORT_ACTION_COUNT_
};
#undef ACTION

enum report_place { REPORT_ELSEWHERE, REPORT_OWN, REPORT_ABOVE };
enum report_person { REPORT_ANYONE, REPORT_NOT_COMPILER, REPORT_SIGNER };

struct report_action_rule {
	const char *word;  /* "give-back": in addresses and in the journal */
	const char *label; /* on the button */
	const char *past;  /* in the history */
	uint64_t may;      /* any of these permissions suffices */
	enum report_place where;
	enum report_person person;
	bool needs_reason;
	unsigned from;        /* bit of each state in which it may be done */
	enum report_state to; /* REPORT_SAME: the state stays */
};
const struct report_action_rule *report_action_rule(enum report_action a);
bool report_action_parse(enum report_action *out, const char *word);

struct report {
	row_id id, unit_id, receiver_id; /* receiver of the period's last day; ROW_NONE: none */
	/* The offices that answer for the two today: themselves, or who took them over. */
	row_id unit_now, receiver_now;
	const char *unit_code, *unit_name, *unit_level, *receiver_name; /* name NULL: none */
	row_id regime_id;
	const char *regime_code, *regime_title;
	const char *period;      /* "2024-Q1" in its regime */
	const char *period_name; /* "quý I năm 2024" */
	date_t from_on, to_on, send_by_on;
	const char *set_code; /* of the forms behind it */
	enum report_state state;
	int64_t revision;
	row_id compiler_id, checker_id, signer_id, clerk_id;
	const char *compiler_name, *checker_name, *signer_name, *clerk_name; /* NULL: nobody */
	int64_t number;       /* REPORT_NO_NUMBER, or 15 of 15/BC-UBND */
	const char *notation; /* "BC-UBND"; "" when there is no number */
	date_t dated_on;
	date_t signed_on, sent_on; /* of this document */
	date_t first_sent_on;      /* of the first document of the period: timeliness */
	row_id amends_report_id;   /* the document it replaces; ROW_NONE: the first */
	row_id amended_by_id;      /* ROW_NONE: it is the current one of its period */
	/* What freezing (signing) pins; ROW_NONE and NULL before. */
	row_id pinned_change_id;
	const char *content_sha256; /* 64 hexadecimal digits */
};

/* The account that acts, and the permissions it holds over the unit that it works on. */
struct report_actor {
	row_id account_id, unit_id;
	uint64_t permissions;
};
struct report_actor report_actor_of(const struct actor *a);

/* An office without one above it in this installation notes itself what the office above did
 * with its reports: it counts as both. */
bool report_stands(enum report_place place, const struct report_actor *who,
                   const struct report *r);
/* NULL when `who` may do `a` now; else why not, in Vietnamese, and who may. */
const char *report_may(enum report_action a, const struct report_actor *who,
                       const struct report *r);
/* Every action that `who` may do now, in the order of the table: bit of each. */
unsigned report_actions_of(const struct report_actor *who, const struct report *r);
/* What comes next on the way to the office above; false: nothing does. */
bool report_next_action(enum report_action *out, enum report_state s);
/* "quý I năm 2024", with number and day when it has them: "15/BC-UBND ngày 18/03/2024". */
ERR_RESULT report_title(const char **out, struct arena *a, const struct report *r);
/* Why the figures cannot be changed and who can open them; NULL: they are not locked. */
ERR_RESULT report_lock_why(const char **out, struct arena *a, const struct report *r);

/* What is given with an action. */
#define REPORT_NO_NUMBER INT64_MIN /* as a blank number is read */
enum { REPORT_REASON_LONGEST = 2000, REPORT_NOTATION_LONGEST = 30, REPORT_NUMBER_MOST = 99999 };
struct report_given {
	const char *reason; /* NULL: none */
	int64_t number;     /* NUMBER */
	const char *notation;
	date_t dated_on;
};
/* Fields "reason", "number", "notation", "dated_on".  `today` is the last day a document can
 * carry, the day of signing the first. */
ERR_RESULT report_given_check(const struct report_given *given, enum report_action a,
                              const struct report *r, date_t today, struct problems *problems);

/* How a report stands to its send-by day. */
enum report_standing {
	REPORT_IN_TIME, /* not sent, the day has not passed */
	REPORT_OVERDUE, /* not sent, the day has passed */
	REPORT_SENT_IN_TIME,
	REPORT_SENT_LATE,
	REPORT_NOT_OWED
};
enum report_standing report_standing(enum report_state s, date_t send_by_on,
                                     date_t first_sent_on, date_t today);
const char *report_standing_text(enum report_standing s);

#endif
