/* password.h - Argon2id with 19 MiB and two passes (OWASP's choice), by libsodium.
 *
 * One check costs about 14 ms and 19 MiB, so every page passes req->passwords, which lets
 * only a few run at a time; a command passes NULL.  Both run on workers only (WORKS).
 */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include <stdbool.h>

#include "base/err.h"
#include "base/gate.h"

enum { PASSWORD_HASH = 128, PASSWORD_SHORTEST = 10, PASSWORD_LONGEST = 200 };

/* The text to store: algorithm, cost, salt and digest. ERR_NO_MEMORY. */
ERR_RESULT password_hash(char out[PASSWORD_HASH], struct gate *gate, const char *password);

/* Whether it is the one.  A NULL `hash` (no such account) takes just as long and is false,
 * so that nobody learns from the time which accounts exist. */
bool password_check(const char *hash, struct gate *gate, const char *password);

#endif
