/* dossier.h - a dossier (hồ sơ): its facts, its ten states and what may be done in each.
 *
 * Business (state), payment and delivery are kept apart.  Finished (có kết quả) is not
 * returned (đã trả): a result that waits for the citizen is never late.  Three due dates live
 * side by side: the one promised at first, kept for ever; the one moved by pauses, which is
 * what "on time" means; the second appointment of an apology.  Pure: the store computes dues
 * and outcomes with the deadline engine and hands them in.
 *
 * Sources: Nghị định 61/2018/NĐ-CP and 118/2025/NĐ-CP; states as the national portal codes
 * them.
 */
#ifndef APP_DOSSIER_DOSSIER_H
#define APP_DOSSIER_DOSSIER_H

#include "app/account/actor.h"
#include "app/deadline/outcome.h"
#include "app/dossier/choice.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/row_id.h"

/* What a state means on the desk; the numbers are stored (dossier.state_group). */
enum dossier_group {
	GROUP_NONE,
	GROUP_NEW,
	GROUP_OPEN,     /* the clock runs */
	GROUP_WAITING,  /* for the citizen, the clock stands: supplement, payment */
	GROUP_CLOSED,   /* ended without a result: not accepted, withdrawn, stopped */
	GROUP_FINISHED, /* result there, not handed over */
	GROUP_RETURNED,
};

#define STATE(name, code, text, group) DOSSIER_##name = (code),
enum dossier_state {
	DOSSIER_NONE = 0, /* not taken in yet */
#include "app/dossier/dossier_states.def"
	DOSSIER_SAME, /* in the table of actions: the state stays */
};
#undef STATE
enum { DOSSIER_STATES = DOSSIER_SAME }; /* DOSSIER_NONE ... DOSSIER_RETURNED */

const char *dossier_state_text(enum dossier_state s);

#define ACTION(name, word, label, past, may, reason, from, to) ACTION_##name,
enum dossier_action {
#include "app/dossier/dossier_actions.def"
	ACTION_COUNT_
};
#undef ACTION

struct dossier_action_rule {
	const char *word;  /* "ask-supplement": in addresses and in the journal */
	const char *label; /* on the button */
	const char *past;  /* in the history */
	uint64_t may;      /* any of these permissions suffices */
	bool needs_reason;
	unsigned from;         /* bit of each state in which it may be done */
	enum dossier_state to; /* DOSSIER_SAME: the state stays */
};
const struct dossier_action_rule *dossier_action_rule(enum dossier_action a);
bool dossier_action_parse(enum dossier_action *out, const char *word);
/* Whether `a` may be done in state `s`; *to is the state it leads to. */
bool dossier_transition(enum dossier_state s, enum dossier_action a, enum dossier_state *to);

struct dossier {
	row_id id;
	const char *code;
	row_id receiving_unit_id; /* đơn vị tiếp nhận */
	row_id competent_unit_id; /* đơn vị có thẩm quyền giải quyết */
	row_id procedure_version_id, procedure_id, field_id, applicant_id;
	const char *applicant_name; /* as stated with this dossier */
	const char *summary;        /* trích yếu */
	int quantity;               /* copies certified, sets handed in */
	enum dossier_choice channel;
	enum dossier_state state;
	bool refused; /* finished by a refusal after examination */
	enum dossier_choice payment_state;
	money_t fee;
	enum dossier_choice delivery, delivery_state;
	instant_t received_at;
	const char *term; /* that was counted; "" when the procedure states none: no due */
	enum supplement_rule supplement_rule;
	const char *rule_set; /* code of the rules of the day of receipt */
	int64_t calendar_version;
	instant_t original_due_at, due_at, extended_due_at;
	instant_t source_due_at; /* what the system it was imported from says */
	instant_t paused_at;     /* the clock stands since then */
	instant_t finished_at;
	enum outcome outcome;
	date_t closed_on;
	instant_t returned_at;
	int step;         /* position of the current step; 0: none */
	row_id holder_id; /* who has it on the desk */
	const char *book; /* quyển số, số thứ tự of the follow-up book */
	row_id source_id;
	int64_t revision;
	row_id from_change;
};

/* One action, with what the store found out for it. */
struct dossier_act {
	enum dossier_action action;
	instant_t at;
	instant_t due;        /* SUPPLEMENT_RECEIVED, PAID: as moved; EXTEND: the second one */
	enum outcome outcome; /* FINISH, REFUSE, RECEIVE_RETURN */
	row_id holder_id;     /* HAND_OVER: the next person */
	int step;             /* HAND_OVER: the next step, 0: as it is */
};

/* What the desk makes of its state: a request for supplement that does not stop the clock
 * leaves it among those whose clock runs. */
enum dossier_group dossier_group(const struct dossier *d);

/* What is wrong with doing `act` to `d` now; NULL when nothing is. */
const char *dossier_objection(const struct dossier *d, const struct dossier_act *act);
/* Does it: changes the facts, not the revision.  There must be no objection. */
void dossier_apply(struct dossier *d, const struct dossier_act *act);

/* Where an unfinished dossier stands at `now`. */
enum dossier_standing {
	STANDING_NO_DUE, /* the procedure states no term */
	STANDING_IN_TIME,
	STANDING_TOMORROW, /* due on the next calendar day */
	STANDING_TODAY,    /* due today, the hour has not come yet */
	STANDING_OVERDUE,
	STANDING_WAITING, /* the clock stands: for supplement or payment */
	STANDING_DONE,    /* finished, returned or closed */
};
enum dossier_standing dossier_standing(const struct dossier *d, instant_t now);
enum dossier_standing dossier_standing_of(enum dossier_group group, instant_t due,
                                          instant_t now);
const char *dossier_standing_text(enum dossier_standing s);

/* Whether a fact that feeds figures differs (dossier_past is then written). */
bool dossier_figures_differ(const struct dossier *a, const struct dossier *b);

#endif
