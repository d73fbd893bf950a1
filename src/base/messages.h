/* messages.h - every user-visible text that code (not a template) says.
 *
 * Each folder keeps its own `*_messages.def` (rows: MSG(NAME, "Vietnamese text")); the build
 * gathers them into one enum.  A text may hold {1} ... {9}, filled from the arguments, which
 * are texts too.  A second language is a second set of the same files.
 *
 *	TRY(msg_format(&text, a, MSG_DEADLINE_BAD_TERM, term));
 */
#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#include "base/arena.h"

#define MSG(name, text) MSG_##name,
enum msg {
#include "gen/messages.def"
	MSG_COUNT_
};
#undef MSG

const char *msg_text(enum msg id); /* the text as it stands */

/* Fills {1}... from the texts that follow.  ERR_NO_MEMORY only. */
#define msg_format(out, a, ...) MSG_FORMAT_(out, a, __VA_ARGS__, NULL)
#define MSG_FORMAT_(out, a, id, ...)                                                           \
	msg_fill((out), (a), (id), (const char *const[]){ __VA_ARGS__ })
/* `args` ends with NULL. */
ERR_RESULT msg_fill(const char **out, struct arena *a, enum msg id, const char *const *args);

#endif
