/* outcome.h - early, on time or late (trước hạn, đúng hạn, trễ hạn).  Pure.
 *
 * `finished` is when the result was there (ngày kết thúc xử lý), not when the citizen fetched
 * it.  Compared to the minute, as both are shown.  A dossier without a due date has no outcome:
 * it must not count as early.
 */
#ifndef APP_DEADLINE_OUTCOME_H
#define APP_DEADLINE_OUTCOME_H

#include "app/calendar/calendar.h"
#include "app/deadline/rule_set.h"

enum outcome { OUTCOME_NONE, OUTCOME_EARLY, OUTCOME_ON_TIME, OUTCOME_LATE };

/* `due` is the one moved by pauses, never by an extension. */
enum outcome outcome_of(const struct calendar *cal, enum early_rule rule, instant_t due,
                        instant_t finished);

const char *outcome_word(enum outcome o); /* "early", "on_time", "late"; NULL for none */
const char *outcome_text(enum outcome o); /* "trước hạn" ...; "" for none */
bool outcome_parse(enum outcome *out, const char *word); /* NULL: OUTCOME_NONE */

#endif
