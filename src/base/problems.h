/* problems.h - what is wrong with something a person typed or sent.  A user's mistake is
 * data, not an error: a page shows it beside the field, a command prints it by line.
 */
#ifndef BASE_PROBLEMS_H
#define BASE_PROBLEMS_H

#include <stdbool.h>

#include "base/messages.h"

struct problem {
	const char *field;   /* the form field's name, or "" for the whole */
	const char *message; /* in the user's language: what, where, what to do */
	int line;            /* of a file, counted from 1; 0 when there is none */
	const struct problem *next;
};

struct problems {
	struct arena *arena;
	struct problem *first, *last;
	size_t n;
};

void problems_init(struct problems *p, struct arena *arena);
/* `message` is kept, not copied.  Beyond 1,000 further ones are counted in `n` only. */
ERR_RESULT problems_add(struct problems *p, const char *field, int line, const char *message);
/* problems_say(p, "due", 0, MSG_X, arg...): formats and adds. */
#define problems_say(p, field, line, ...) PROBLEMS_SAY_(p, field, line, __VA_ARGS__, NULL)
#define PROBLEMS_SAY_(p, field, line, id, ...)                                                 \
	problems_fill((p), (field), (line), (id), (const char *const[]){ __VA_ARGS__ })
ERR_RESULT problems_fill(struct problems *p, const char *field, int line, enum msg id,
                         const char *const *args);
const char *problems_for(const struct problems *p, const char *field); /* first, or NULL */

#endif
