/* deadline.h - when a dossier is due (hạn trả kết quả), and the days that were counted.
 *
 * What is counted, to the minute (seconds are dropped):
 * - working days from the instant: n x day_minutes worked minutes from the receipt; a receipt
 *   outside the sessions counts from the next session's start, so 15:20 + 1 day is 15:20 of the
 *   next working day, and a receipt at 18:00 loses nothing;
 * - working days from the next working day: whole days after the day of receipt, due at the end
 *   of the last one's last session; a fraction of a day is that part of day_minutes after it;
 * - working hours: worked minutes from the instant under either rule;
 * - calendar days: the day of receipt is not counted; the last one, when off, rolls to the next
 *   working day unless the rule set says otherwise; due at the end of its last session; a
 *   fraction is worked minutes after it;
 * - "trong ngày": the end of the day of receipt, or of the next working day when received after
 *   the cut-off, after the sessions or on a day off.
 *
 * Pauses (chờ bổ sung, chờ nghĩa vụ tài chính) move the due.  Under `continues` terms counted
 * in minutes leave out the minutes between; terms counted in days leave out each day touched by
 * the wait, working days for working days (the day on which it begins only when its work was
 * not over, the day on which it ends always); "trong ngày" begins again.  Under `restarts` the
 * whole term begins again at the resumption.  A pause that begins when the due is already past
 * moves nothing.  The original due is kept; an extension (gia hạn) is a second one.
 *
 * Pure.  About 0.1 us each; the explanation is made only when asked for.
 */
#ifndef APP_DEADLINE_DEADLINE_H
#define APP_DEADLINE_DEADLINE_H

#include "app/calendar/calendar.h"
#include "app/deadline/rule_set.h"
#include "app/deadline/term.h"

struct pause {
	instant_t from, to;          /* [from, to); to INSTANT_NONE: still waiting */
	enum supplement_rule effect; /* the rule set's, or the procedure's own */
	const char *reason; /* "Chờ bổ sung hồ sơ"; printed in the explanation */
};

struct extension {
	instant_t decided, until; /* until: the second appointment; INSTANT_NONE: none */
};

struct deadline_question {
	instant_t received;
	struct term term;
	const struct rule_set *rules;
	const struct pause *pauses; /* by `from`, none before the one before it ended */
	size_t n_pauses;
	struct extension extension;
};

struct deadline {
	instant_t start;        /* from when the term counts (the last restart) */
	instant_t original_due; /* without pauses; kept for ever */
	instant_t due;          /* moved by pauses: what "on time" means */
	instant_t extended_due; /* second appointment moved by later pauses; INSTANT_NONE */
	bool waiting;           /* the last pause is open: `due` is as it stood before it */
	bool provisional;       /* a year between has no decision on its holidays yet */
	int64_t calendar_version;
};

/* ERR_RANGE when the calendar ends before the due, ERR_INPUT when a pause ends before it begins
 * or begins before the one before it ended. */
ERR_RESULT deadline_compute(struct deadline *out, const struct calendar *cal,
                            const struct deadline_question *q);

/* One row for each day from the receipt to the due. */
struct deadline_day {
	date_t date;
	bool counted;
	int minutes;        /* counted minutes where minutes are counted, else 0 */
	bool verified;      /* false: the day rests on a document nobody has checked yet */
	const char *amount; /* "1 ngày", "1 giờ 40 phút"; "" when not counted */
	const char *reason; /* "Giỗ Tổ Hùng Vương"; never NULL */
	const char *source; /* law or document; "" when the day is a plain one */
};
struct deadline_days {
	struct deadline_day *at;
	size_t n;
};
/* `d` is what deadline_compute() said of `q`. */
ERR_RESULT deadline_explain(struct deadline_days *out, struct arena *a,
                            const struct calendar *cal, const struct deadline_question *q,
                            const struct deadline *d);

#endif
