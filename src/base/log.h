/* log.h - one line for each event, for the engineer who runs the server.
 *
 *	2026-11-20T08:15:02Z error request.failed route=/dossiers/:id err=DB text="disk full"
 *
 * The words of an event are stable; values are quoted when they need it.  No personal data:
 * no names, numbers, addresses, form values or paths with search words, only ids and routes.
 * Lines go to standard error whole, so that threads do not mix them.  log_as_json() makes each
 * line an object of JSON: {"time":"...","level":"error","event":"request.failed","route":...}.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/clock.h"
#include "base/str.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO };

struct log_field {
	const char *name, *value; /* a NULL value leaves the field out */
};

#define log_event(level, event, ...)                                                           \
	log_write((level), (event), (const struct log_field[]){ __VA_ARGS__, { NULL, NULL } })
void log_write(enum log_level level, const char *event, const struct log_field *fields);

/* For the whole process, whose standard error is one too. */
void log_as_json(bool on);

/* The line itself, for tests; `at` is the time it carries. */
void log_format(struct str *out, instant_t at, enum log_level level, const char *event,
                const struct log_field *fields);
void log_format_json(struct str *out, instant_t at, enum log_level level, const char *event,
                     const struct log_field *fields);

#endif
