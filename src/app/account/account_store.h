/* account_store.h - accounts, and the roles they hold over units.
 *
 * Writing functions come as xxx_in (inside somebody's db_write) and xxx (a db_write of its own;
 * change->result is the account).  `problems` belongs to the caller's arena; they empty it
 * first, and ERR_INPUT means that it now says why nothing was written.  change->unit_id is the
 * scope (ROW_NONE, a command: all), change->account_id who does it.
 *
 * Whoever sets a password can act as that account, so an account is managed only from a scope
 * that covers all roles it holds.
 */
#ifndef APP_ACCOUNT_ACCOUNT_STORE_H
#define APP_ACCOUNT_ACCOUNT_STORE_H

#include "app/account/account.h"
#include "db/write.h"

struct account_login {
	row_id id, unit_id;
	const char *name, *password_hash;
	bool disabled;
};
/* ERR_NOT_FOUND. */
ERR_RESULT account_find_login(struct account_login *out, struct db *db, struct arena *a,
                              const char *login);

struct account {
	row_id id, unit_id;
	const char *login, *name, *title, *unit_name;
	bool disabled;
};
/* ERR_NOT_FOUND when there is none or its unit is outside `scope` (ROW_NONE: all). */
ERR_RESULT account_find(struct account *out, struct db *db, struct arena *a, row_id scope,
                        row_id id, date_t today);

struct account_filter {
	row_id scope, unit_id; /* ROW_NONE: any */
	date_t today;
	const char *words;       /* each must occur in login, name or title; NULL: any */
	const char *after_login; /* the next page; NULL: the first */
	size_t limit;
};
struct account_list {
	struct account *at;
	size_t n;
	bool more;
};
ERR_RESULT account_list(struct account_list *out, struct db *db, struct arena *a,
                        const struct account_filter *filter);

/* Who may be handed a dossier of `unit`: each account once, nearest unit first. */
struct account_worker {
	row_id id;
	const char *name, *title;
	uint64_t permissions;
};
struct account_workers {
	struct account_worker *at;
	size_t n;
};
ERR_RESULT account_workers(struct account_workers *out, struct db *db, struct arena *a,
                           row_id unit, date_t today);

/* A role held over a unit. */
struct account_grant {
	row_id id, unit_id;
	const char *role; /* a name of roles.def */
	const char *unit_code, *unit_name;
	date_t from_on, to_on;
	uint64_t permissions;
};
struct account_grants {
	struct account_grant *at;
	size_t n;
};
/* Those of `day`; DATE_NONE: all that ever were. */
ERR_RESULT account_grants(struct account_grants *out, struct db *db, struct arena *a,
                          row_id account, date_t day);
/* What the account may do to `unit` on `day`: the union of its roles there and above. */
ERR_RESULT account_permissions(uint64_t *out, struct db *db, row_id account, row_id unit,
                               date_t day);
/* Whether `scope` covers every role the account holds now or later. */
ERR_RESULT account_is_managed(bool *out, struct db *db, row_id scope, row_id account,
                              date_t today);

/* Units of a scope (ROW_NONE: all) where somebody can work or hold a role, by code. */
struct account_unit {
	row_id id;
	const char *code, *name;
};
struct account_units {
	struct account_unit *at;
	size_t n;
};
ERR_RESULT account_units(struct account_units *out, struct db *db, struct arena *a,
                         row_id scope, date_t today);

/* By its code of QĐ 20/2020, as it is written; ERR_NOT_FOUND. */
ERR_RESULT account_find_unit(row_id *out, struct db *db, struct arena *a, const char *code);

/* draft->password_hash is stored as it is (base/password.h makes one). */
ERR_RESULT account_add_in(row_id *out, struct db_write_context *w, struct account_draft *draft,
                          struct problems *problems);
ERR_RESULT account_add(struct db_writer *writer, struct change *change,
                       struct account_draft *draft, struct problems *problems);
/* Name, title and unit; the login name stays. */
ERR_RESULT account_edit_in(struct db_write_context *w, row_id account,
                           struct account_draft *draft, struct problems *problems);
ERR_RESULT account_edit(struct db_writer *writer, struct change *change, row_id account,
                        struct account_draft *draft, struct problems *problems);

struct account_granting {
	row_id account, unit;
	const char *role;
	date_t from_on, to_on; /* to_on DATE_NONE: open */
};
ERR_RESULT account_grant_in(struct db_write_context *w, const struct account_granting *g,
                            struct problems *problems);
ERR_RESULT account_grant(struct db_writer *writer, struct change *change,
                         const struct account_granting *g, struct problems *problems);
/* The role ends with the day before `on`. */
ERR_RESULT account_revoke_in(struct db_write_context *w, row_id grant, date_t on,
                             struct problems *problems);
ERR_RESULT account_revoke(struct db_writer *writer, struct change *change, row_id grant,
                          date_t on, struct problems *problems);

ERR_RESULT account_set_disabled_in(struct db_write_context *w, row_id account, bool disabled,
                                   struct problems *problems);
ERR_RESULT account_set_disabled(struct db_writer *writer, struct change *change, row_id account,
                                bool disabled, struct problems *problems);
ERR_RESULT account_set_password_in(struct db_write_context *w, row_id account,
                                   const char *password_hash, struct problems *problems);
ERR_RESULT account_set_password(struct db_writer *writer, struct change *change, row_id account,
                                const char *password_hash, struct problems *problems);

#endif
