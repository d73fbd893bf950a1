/* login_store.h - sessions and failed logins, as stored.  A session survives a restart, and is
 * over at once when it is deleted or its account is disabled. */
#ifndef APP_LOGIN_LOGIN_STORE_H
#define APP_LOGIN_LOGIN_STORE_H

#include "app/account/account.h"
#include "app/login/login.h"
#include "db/write.h"

/* ERR_NOT_FOUND: no such session, or it is over. */
struct login_session {
	struct actor actor;
	const char *csrf;
	instant_t seen_at;
};
ERR_RESULT login_session_find(struct login_session *out, struct db *db, struct arena *a,
                              const char *token, const struct login_session_limits *limits,
                              instant_t now);

/* The units over which an account holds a role today, each once, by name. */
struct login_place {
	row_id unit_id;
	const char *unit_name;
	const char *roles; /* as users call them, with commas between */
};
struct login_places {
	struct login_place *items;
	size_t n;
};
ERR_RESULT login_places_find(struct login_places *out, struct db *db, struct arena *a,
                             row_id account_id, date_t today);
/* Where the account worked last; ERR_NOT_FOUND when it never logged in or long ago. */
ERR_RESULT login_last_place(row_id *out, struct db *db, struct arena *a, row_id account_id);

/* Counts an attempt as failed before its password is looked at, so that many attempts at once
 * gain nothing.  *locked_until is INSTANT_NONE when the attempt may go on; else it may not,
 * and was not counted. */
struct login_attempt {
	const char *name, *client;
	struct login_rule name_rule, client_rule;
};
ERR_RESULT login_attempt_begin(instant_t *locked_until, struct db_writer *w,
                               const struct login_attempt *attempt);

/* Writes down that an attempt on an account that exists failed, and until when it is locked. */
struct login_refusal {
	row_id account_id;
	const char *name;
};
ERR_RESULT login_refused(struct db_writer *w, struct change *change,
                         const struct login_refusal *refusal);

/* Opens a session after a good password; forgets the failures of this attempt.  `old_token`
 * (NULL: none) is the session that the new one replaces. */
struct login_opening {
	const struct login_attempt *attempt;
	const char *token, *old_token, *csrf;
	row_id account_id, unit_id;
	int64_t lasts_us;
};
ERR_RESULT login_session_open(struct db_writer *w, struct change *change,
                              const struct login_opening *opening);

ERR_RESULT login_session_move(struct db_writer *w, struct change *change, row_id session_id,
                              row_id unit_id);
ERR_RESULT login_session_close(struct db_writer *w, struct change *change, row_id session_id);

/* For other writes, inside theirs: a changed password or disabled account ends all sessions. */
ERR_RESULT login_sessions_end(struct db_write_context *w, row_id account_id);

/* Notes that sessions were used. */
ERR_RESULT login_sessions_note(struct db_writer *w, const row_id *sessions, size_t n);

/* Deletes sessions and failures of days ago. */
ERR_RESULT login_sessions_clean(struct db_writer *w);

#endif
