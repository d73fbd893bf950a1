/* rule_set.h - how terms are counted, as dated data that names its legal basis (bộ quy tắc
 * tính hạn).  A dossier keeps the rule set of its day of receipt.  Pure.
 *
 * What is verified: Bộ luật Dân sự 2015 Điều 147 (the day of receipt is not counted in terms of
 * days) and Điều 148 khoản 5 (a term that ends on a rest day ends with the next working day)
 * for calendar days; 15:00 for "trong ngày" is stated in procedures themselves.  What is
 * practice and therefore only data: counting working days from the instant of receipt with 8
 * hours a day (OpenCPS), that a supplement lets the term continue, and the days on which the
 * sets before NĐ 118/2025/NĐ-CP began.
 */
#ifndef APP_DEADLINE_RULE_SET_H
#define APP_DEADLINE_RULE_SET_H

#include <stdbool.h>

#include "base/date.h"

/* The words of the database and of JSON stand beside each. */
enum start_rule {
	START_INSTANT,          /* instant: from the moment of receipt, clamped to sessions */
	START_NEXT_WORKING_DAY, /* next_working_day: whole days, due at the last one's end */
};
/* What a request for supplement does to the term. */
enum supplement_rule {
	SUPPLEMENT_CONTINUES,   /* continues: the time between does not count */
	SUPPLEMENT_RESTARTS,    /* restarts: the term begins again when it is complete */
	SUPPLEMENT_NEVER_STOPS, /* never_stops */
};
/* A term of calendar days that ends on a day off. */
enum rest_day_rule {
	REST_DAY_NEXT_WORKING_DAY, /* next_working_day */
	REST_DAY_AS_IS,            /* as_is: ends at 17:00 of that very day */
};
/* trước hạn (domain: no legal definition; three rules are in use). */
enum early_rule {
	EARLY_HALF_DAY, /* half_day: before the session of the due began (OpenCPS) */
	EARLY_DAY,      /* day: on an earlier day than the due */
	EARLY_NEVER,    /* never: only đúng hạn and trễ hạn (DVCQG) */
};

struct rule_set {
	const char *code, *name;
	const char *basis;     /* "Nghị định số 118/2025/NĐ-CP ..." */
	date_t from, to;       /* days of receipt, inclusive; DATE_NONE: open */
	enum start_rule start; /* of working days; hours always begin at the instant */
	int same_day_cutoff;   /* minute of the day; received after it: next working day */
	int day_minutes;       /* a working day counted from the instant is so long: 480 */
	enum supplement_rule supplement;
	enum rest_day_rule rest_day;
	enum early_rule early;
};

/* The rule sets that came with the program, in order of time. */
const struct rule_set *rule_set_built_in(size_t *n);
/* The one for a day of receipt; when several hold, the last.  NULL when none does. */
const struct rule_set *rule_set_find(const struct rule_set *sets, size_t n, date_t received);

/* Words of the database; false when unknown. */
const char *start_rule_word(enum start_rule r);
const char *supplement_rule_word(enum supplement_rule r);
const char *rest_day_rule_word(enum rest_day_rule r);
const char *early_rule_word(enum early_rule r);
bool start_rule_parse(enum start_rule *out, const char *word);
bool supplement_rule_parse(enum supplement_rule *out, const char *word);
bool rest_day_rule_parse(enum rest_day_rule *out, const char *word);
bool early_rule_parse(enum early_rule *out, const char *word);
/* The same in Vietnamese, for pages. */
const char *start_rule_text(enum start_rule r);
const char *supplement_rule_text(enum supplement_rule r);
const char *rest_day_rule_text(enum rest_day_rule r);
const char *early_rule_text(enum early_rule r);

#endif
