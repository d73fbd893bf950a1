/* calendar_draft.h - what people type about a calendar, checked.  Texts are as typed and may be
 * NULL; problems name the fields of the forms.  Pure.
 */
#ifndef APP_CALENDAR_CALENDAR_DRAFT_H
#define APP_CALENDAR_CALENDAR_DRAFT_H

#include "app/calendar/calendar.h"
#include "base/problems.h"

enum { CALENDAR_MOST_DAYS_AT_ONCE = 31, CALENDAR_LONGEST_TEXT = 300 };

/* One or more days off, or worked. */
struct exception_draft {
	const char *on, *to; /* to: blank for one day */
	const char *kind;    /* off, worked */
	const char *sessions;
	const char *name, *source;
};
struct exceptions_checked {
	struct calendar_exception exception; /* of the first day */
	int n_days;
};
/* *out is set when nothing was added to `problems`. */
ERR_RESULT exception_draft_check(struct exceptions_checked *out, struct problems *problems,
                                 const struct exception_draft *draft);

struct week_draft {
	const char *from;
	const char *days[7]; /* fields day0 ... day6 */
	const char *source;
};
ERR_RESULT week_draft_check(struct work_week *out, struct problems *problems,
                            const struct week_draft *draft);

struct decision_draft {
	const char *year, *tet_days_before, *national_day; /* before, after */
	const char *source;
};
ERR_RESULT decision_draft_check(struct year_decision *out, struct problems *problems,
                                const struct decision_draft *draft);

#endif
