/* actor.h - who makes a request: an account (tài khoản) working on one unit's subtree.
 *
 * A session works on one unit at a time (`unit_id`, the `:scope` of every query); a person
 * with roles in several places chooses.  Permissions are those held over that unit today.
 */
#ifndef APP_ACCOUNT_ACTOR_H
#define APP_ACCOUNT_ACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/change.h"

#define PERMISSION(name, about) PERMISSION_##name,
enum permission {
#include "app/account/permissions.def"
	PERMISSION_COUNT_
};
#undef PERMISSION

#define MAY(name) (UINT64_C(1) << PERMISSION_##name)
/* Who does steps of periodic reports, and who sees them. */
#define MAY_ACT_ON_REPORTS                                                                     \
	(MAY(REPORT_COMPILE) | MAY(REPORT_SIGN) | MAY(REPORT_NUMBER) | MAY(REPORT_RECEIVE))
#define MAY_READ_REPORTS (MAY(FORM_READ) | MAY_ACT_ON_REPORTS)

struct actor {
	row_id account_id; /* ROW_NONE: nobody is logged in */
	row_id session_id;
	row_id unit_id; /* the unit whose subtree is worked on */
	const char *name, *unit_name;
	uint64_t permissions;
};

static inline bool actor_is_nobody(const struct actor *a)
{
	return row_is_none(a->account_id);
}
static inline bool actor_may(const struct actor *a, enum permission p)
{
	return (a->permissions >> p & 1) != 0;
}

struct req;
/* The change of a POST: account, unit, client, request_id; `link` builds the place a success
 * leads to.  `action` is a stable English word pair such as "dossier.receive". */
struct change actor_change(const struct req *req, const char *action,
                           struct url (*link)(row_id result));
#endif
