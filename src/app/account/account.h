/* account.h - roles (vai trò), what they allow, and the rules about accounts (tài khoản). Pure.
 *
 * Roles are rows of roles.def, permissions of permissions.def.  A role is held over a unit and
 * everything below it, between two days.  An administrator has no right to data: the two kinds
 * of role are never held by one account at the same time, and nobody grants roles to
 * themselves.
 */
#ifndef APP_ACCOUNT_ACCOUNT_H
#define APP_ACCOUNT_ACCOUNT_H

#include "app/account/actor.h"
#include "base/date.h"
#include "base/problems.h"

#define ROLE(name, title, permissions) ROLE_##name,
enum role {
#include "app/account/roles.def"
	ROLE_COUNT_
};
#undef ROLE

const char *role_name(enum role r);  /* "INTAKE", as stored */
const char *role_title(enum role r); /* "Cán bộ tiếp nhận" */
uint64_t role_permissions(enum role r);
bool role_parse(enum role *out, const char *name); /* of a stored name */
const char *role_title_of(const char *name);       /* the name itself when it is unknown */
uint64_t role_permissions_of(const char *name);    /* 0 when it is unknown */
const char *permission_about(enum permission p);   /* what it allows */
bool role_reads_data(enum role r);                 /* dossiers, forms, history */
bool role_excludes(enum role a, enum role b);      /* not for one account at one time */

enum {
	ACCOUNT_LOGIN_SHORTEST = 3,
	ACCOUNT_LOGIN_LONGEST = 40,
	ACCOUNT_NAME_LONGEST = 100,
};

struct account_draft {
	const char *login; /* small letters, digits, ". - _"; begins with a letter */
	const char *name;  /* họ và tên */
	const char *title; /* chức vụ, printed under a signature; may be blank */
	row_id unit_id;    /* where the person works */
	const char *password_hash;
};
/* Puts login into its written form (in the arena of `problems`); fields are the members. */
ERR_RESULT account_draft_check(struct account_draft *draft, struct problems *problems);

/* Length only, and not the login name (NIST SP 800-63B: no rules on composition). Field
 * "password"; `again` (field "password_again") must equal it when not NULL. */
ERR_RESULT account_password_check(const char *password, const char *again, const char *login,
                                  struct problems *problems);

#endif
