/* err.h - the error codes of the whole program, and how a failure travels up.
 *
 * A function that can fail returns `enum err` and is marked ERR_RESULT, so the
 * compiler objects when the result is dropped.  err_set() records one English message
 * per thread, for the log; what a user reads comes from messages.def.  On error a
 * function leaves its out parameters untouched.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

#define ERR(name, http_status, text) ERR_##name,
enum err {
#include "base/errors.def"
};
#undef ERR

#define ERR_RESULT __attribute__((warn_unused_result)) enum err

/* Returns the result to the caller unless it is ERR_OK. */
#define TRY(call)                                                                              \
	do {                                                                                   \
		enum err try_ = (call);                                                        \
		if (try_ != ERR_OK)                                                            \
			return try_;                                                           \
	} while (0)

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Records the message and returns `code`, so that `return err_set(...)` reads well. */
__attribute__((format(printf, 2, 3))) ERR_RESULT err_set(enum err code, const char *fmt, ...);

/* Tells the static analyser what a reader knows: err_set gives back what it was given. */
#ifdef __clang_analyzer__
#define err_set(code, ...) ((void)(err_set)((code), __VA_ARGS__), (code))
#endif

/* Only the outermost layer (a page, a command, a test) reads these. */
const char *err_message(void); /* last message on this thread; "" when none was set */
void err_clear(void);
const char *err_text(enum err code);
const char *err_name(enum err code); /* "NOT_FOUND" */
int err_http_status(enum err code);

#endif
