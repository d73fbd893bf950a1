/* login.h - the rules of logging in (đăng nhập): how long a wrong password makes one wait, how
 * long a session lasts.  Pure.
 *
 * Failures are counted for each login name and for each client address.  The first few are
 * free; each further one makes the next attempt wait twice as long as the one before, up to a
 * longest wait.  Failures are forgotten when none came for a while.  (NIST SP 800-63B, 5.2.2.)
 */
#ifndef APP_LOGIN_LOGIN_H
#define APP_LOGIN_LOGIN_H

#include "base/date.h"
#include "base/settings.h"

#define LOGIN_COOKIE "__Host-session"
#define LOGIN_VISIT  "__Host-visit" /* of a stranger: what the login form's token hangs on */

enum { LOGIN_LONGEST_NAME = 64 };

/* How one kind of key (a login name, a client address) is judged. */
struct login_rule {
	int free_tries;
	int64_t forget_us;  /* failures older than this no longer count */
	int64_t longest_us; /* the longest wait */
};
struct login_rule login_rule_of_name(const struct settings *s);
struct login_rule login_rule_of_client(const struct settings *s);

struct login_failures {
	int64_t n;
	instant_t last_at;      /* INSTANT_NONE: there was none */
	instant_t locked_until; /* INSTANT_NONE: not locked */
};
bool login_is_locked(const struct login_failures *f, instant_t now);
/* What stands after one more attempt failed at `now`. */
struct login_failures login_failed(struct login_failures f, const struct login_rule *rule,
                                   instant_t now);

/* The key of a client: its IPv4 address, or the /64 network of its IPv6 address, because a
 * household or an attacker has all addresses of one.  "" stays "". */
enum { LOGIN_KEY = 80 };
void login_client_key(char out[LOGIN_KEY], const char *client);
void login_name_key(char out[LOGIN_KEY], const char *name);

/* A login name as accounts have it: trimmed, in small letters; cut off when too long. */
void login_name_written(char out[LOGIN_LONGEST_NAME + 1], const char *typed);

struct login_session_limits {
	instant_t idle_since; /* a session last used before this is over */
	instant_t note_since; /* one last used before this is noted as used again */
};
struct login_session_limits login_session_limits(const struct settings *s, instant_t now);

/* Whether `target` is a place in this program that a login may lead back to: a path of ours
 * with its query, never another site's address. */
bool login_return_ok(const char *target);

#endif
