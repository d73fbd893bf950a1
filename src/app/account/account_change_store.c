/* account_change_store.c - adding accounts, giving and taking roles, locking, passwords. */
#include "app/account/account_store.h"
#include "app/account/account_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

static date_t today_of(const struct db_write_context *w)
{
	return instant_day(w->change->at);
}

static ERR_RESULT refuse_if_any(const struct problems *problems)
{
	if (problems->n > 0)
		return err_set(ERR_INPUT, "the change of accounts was refused: %s",
		               problems->first->message);
	return ERR_OK;
}

static ERR_RESULT check_unit(struct db_write_context *w, row_id unit, struct problems *problems)
{
	struct q_account_unit_seen_in in = { w->change->unit_id, today_of(w), unit };
	struct q_account_unit_seen_row row;
	enum err e = q_account_unit_seen_one(w->db, w->arena, &in, &row);

	if (e == ERR_NOT_FOUND)
		return problems_say(problems, "unit_id", 0, MSG_ACCOUNT_UNIT_OUTSIDE);
	return e;
}

/* The account, when the change's scope may manage it. ERR_NOT_FOUND when it is not even seen.
 */
static ERR_RESULT find_managed(struct account *out, struct db_write_context *w, row_id account,
                               struct problems *problems)
{
	row_id scope = w->change->unit_id;
	bool managed;

	TRY(account_find(out, w->db, w->arena, scope, account, today_of(w)));
	TRY(account_is_managed(&managed, w->db, scope, account, today_of(w)));
	if (!managed)
		return problems_say(problems, "", 0, MSG_ACCOUNT_NOT_MANAGED);
	return ERR_OK;
}

/* `old` NULL: a new one. */
static ERR_RESULT note_account(struct db_write_context *w, row_id id, const struct account *old,
                               const struct account_draft *draft)
{
	struct journal_note n =
	        journal_note(w, SUBJECT_ACCOUNT, id, old ? KIND_UPDATE : KIND_CREATE);
	const struct account none = { .login = draft->login }, *was = old ? old : &none;

	journal_put(&n, FIELD_LOGIN, was->login, draft->login);
	journal_put(&n, FIELD_NAME, was->name, draft->name);
	journal_put(&n, FIELD_TITLE, was->title, draft->title);
	journal_put(&n, FIELD_UNIT, was->unit_id, draft->unit_id);
	return journal_write(&n);
}

ERR_RESULT account_add_in(row_id *out, struct db_write_context *w, struct account_draft *draft,
                          struct problems *problems)
{
	struct q_account_insert_in in;
	struct account_login taken;
	enum err e;

	problems_init(problems, problems->arena);
	TRY(account_draft_check(draft, problems));
	TRY(refuse_if_any(problems));
	e = account_find_login(&taken, w->db, w->arena, draft->login);
	if (e == ERR_OK)
		TRY(problems_say(problems, "login", 0, MSG_ACCOUNT_LOGIN_TAKEN, draft->login));
	else if (e != ERR_NOT_FOUND)
		return e;
	TRY(check_unit(w, draft->unit_id, problems));
	TRY(refuse_if_any(problems));

	in = (struct q_account_insert_in){
		.id = db_new_id(w),
		.login = draft->login,
		.name = draft->name,
		.title = draft->title,
		.unit_id = draft->unit_id,
		.password_hash = draft->password_hash,
		.from_change = w->change->id,
	};
	TRY(q_account_insert_run(w->db, &in));
	TRY(note_account(w, in.id, NULL, draft));
	w->change->result = in.id;
	*out = in.id;
	return ERR_OK;
}

ERR_RESULT account_edit_in(struct db_write_context *w, row_id account,
                           struct account_draft *draft, struct problems *problems)
{
	struct q_account_update_in in;
	struct account old;

	problems_init(problems, problems->arena);
	TRY(find_managed(&old, w, account, problems));
	draft->login = old.login;
	TRY(account_draft_check(draft, problems));
	TRY(refuse_if_any(problems));
	TRY(check_unit(w, draft->unit_id, problems));
	TRY(refuse_if_any(problems));
	in = (struct q_account_update_in){ account, draft->name, draft->title, draft->unit_id,
		                           w->change->id };
	w->change->result = account;
	TRY(note_account(w, account, &old, draft));
	return q_account_update_run(w->db, &in);
}

/* ---- roles ---- */

static bool overlap(const struct account_grant *held, const struct account_granting *g)
{
	return (date_is_none(g->to_on) || date_cmp(held->from_on, g->to_on) <= 0) &&
	       (date_is_none(held->to_on) || date_cmp(held->to_on, g->from_on) >= 0);
}

static ERR_RESULT check_others(struct db_write_context *w, const struct account_granting *g,
                               enum role role, struct problems *problems)
{
	struct account_grants held;

	TRY(account_grants(&held, w->db, w->arena, g->account, DATE_NONE));
	for (size_t i = 0; i < held.n; i++) {
		enum role other;

		if (!overlap(&held.at[i], g) || !role_parse(&other, held.at[i].role))
			continue;
		if (other == role && row_eq(held.at[i].unit_id, g->unit))
			return problems_say(problems, "role", 0, MSG_ACCOUNT_ROLE_HELD);
		if (role_excludes(role, other))
			return problems_say(problems, "role", 0, MSG_ACCOUNT_ROLE_EXCLUDED,
			                    role_title(other));
	}
	return ERR_OK;
}

static ERR_RESULT check_grant(struct db_write_context *w, const struct account_granting *g,
                              struct problems *problems)
{
	struct account account;
	enum role role;

	TRY(account_find(&account, w->db, w->arena, w->change->unit_id, g->account,
	                 today_of(w)));
	if (row_eq(g->account, w->change->account_id))
		TRY(problems_say(problems, "", 0, MSG_ACCOUNT_ROLE_OWN));
	if (date_is_none(g->from_on))
		TRY(problems_say(problems, "from_on", 0, MSG_ACCOUNT_ROLE_FROM_MISSING));
	else if (!date_is_none(g->to_on) && date_cmp(g->to_on, g->from_on) < 0)
		TRY(problems_say(problems, "to_on", 0, MSG_ACCOUNT_ROLE_TO_EARLY));
	TRY(check_unit(w, g->unit, problems));
	if (!role_parse(&role, g->role))
		return problems_say(problems, "role", 0, MSG_ACCOUNT_ROLE_UNKNOWN);
	return problems->n > 0 ? ERR_OK : check_others(w, g, role, problems);
}

static ERR_RESULT note_grant(struct db_write_context *w, const struct account_granting *g)
{
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, g->account, KIND_UPDATE);

	journal_put(&n, FIELD_ROLE, NULL, role_title_of(g->role));
	journal_put(&n, FIELD_UNIT, ROW_NONE, g->unit);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, g->from_on);
	journal_put(&n, FIELD_VALID_TO, DATE_NONE, g->to_on);
	return journal_write(&n);
}

static ERR_RESULT note_revoked(struct db_write_context *w,
                               const struct q_account_role_by_id_row *row, date_t last)
{
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, row->account_id, KIND_UPDATE);

	journal_put(&n, FIELD_ROLE, role_title_of(row->role), NULL);
	journal_put(&n, FIELD_UNIT, row->unit_id, ROW_NONE);
	journal_put(&n, FIELD_VALID_TO, row->to_on, last);
	return journal_write(&n);
}

ERR_RESULT account_grant_in(struct db_write_context *w, const struct account_granting *g,
                            struct problems *problems)
{
	struct q_account_role_insert_in in = {
		.id = db_new_id(w),
		.account_id = g->account,
		.role = g->role,
		.unit_id = g->unit,
		.from_on = g->from_on,
		.to_on = g->to_on,
		.change_id = w->change->id,
	};

	problems_init(problems, problems->arena);
	TRY(check_grant(w, g, problems));
	TRY(refuse_if_any(problems));
	w->change->result = g->account;
	TRY(note_grant(w, g));
	return q_account_role_insert_run(w->db, &in);
}

ERR_RESULT account_revoke_in(struct db_write_context *w, row_id grant, date_t on,
                             struct problems *problems)
{
	struct q_account_role_by_id_in in = { grant };
	struct q_account_role_by_id_row row;
	struct account account;

	problems_init(problems, problems->arena);
	if (date_is_none(on))
		TRY(problems_say(problems, "on", 0, MSG_ACCOUNT_ROLE_FROM_MISSING));
	TRY(refuse_if_any(problems));
	TRY(q_account_role_by_id_one(w->db, w->arena, &in, &row));
	TRY(account_find(&account, w->db, w->arena, w->change->unit_id, row.account_id,
	                 today_of(w)));
	TRY(check_unit(w, row.unit_id, problems));
	if (row_eq(row.account_id, w->change->account_id))
		TRY(problems_say(problems, "", 0, MSG_ACCOUNT_ROLE_OWN));
	TRY(refuse_if_any(problems));
	w->change->result = row.account_id;
	if (!date_is_none(row.to_on) && date_cmp(row.to_on, on) < 0) {
		journal_nothing(w); /* it had ended by then */
		return ERR_OK;
	}
	TRY(note_revoked(w, &row, date_add(on, -1)));
	return q_account_role_close_run(
	        w->db,
	        &(struct q_account_role_close_in){ grant, date_add(on, -1), w->change->id });
}

/* ---- locking and passwords ---- */

static ERR_RESULT end_sessions(struct db_write_context *w, row_id account)
{
	return q_account_end_sessions_run(w->db,
	                                  &(struct q_account_end_sessions_in){ account });
}

static ERR_RESULT note_disabled(struct db_write_context *w, const struct account *found,
                                bool disabled)
{
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, found->id, KIND_UPDATE);

	journal_put(&n, FIELD_DISABLED, found->disabled, disabled);
	return journal_write(&n);
}

/* That it was changed, never what it is. */
static ERR_RESULT note_password(struct db_write_context *w, row_id account)
{
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, account, KIND_UPDATE);

	journal_put(&n, FIELD_PASSWORD, NULL, msg_text(MSG_ACCOUNT_PASSWORD_SET));
	return journal_write(&n);
}

ERR_RESULT account_set_disabled_in(struct db_write_context *w, row_id account, bool disabled,
                                   struct problems *problems)
{
	struct q_account_update_disabled_in in = { account, disabled, w->change->id };
	struct account found;

	problems_init(problems, problems->arena);
	TRY(find_managed(&found, w, account, problems));
	if (row_eq(account, w->change->account_id))
		TRY(problems_say(problems, "", 0, MSG_ACCOUNT_OWN_DISABLE));
	TRY(refuse_if_any(problems));
	TRY(q_account_update_disabled_run(w->db, &in));
	TRY(note_disabled(w, &found, disabled));
	w->change->result = account;
	return disabled ? end_sessions(w, account) : ERR_OK;
}

ERR_RESULT account_set_password_in(struct db_write_context *w, row_id account,
                                   const char *password_hash, struct problems *problems)
{
	struct q_account_update_password_in in = { account, password_hash, w->change->id };
	struct account found;

	problems_init(problems, problems->arena);
	TRY(find_managed(&found, w, account, problems));
	TRY(refuse_if_any(problems));
	TRY(q_account_update_password_run(w->db, &in));
	TRY(note_password(w, account));
	w->change->result = account;
	return end_sessions(w, account);
}

/* ---- each as a write of its own ---- */

struct task {
	row_id id; /* an account or a grant */
	struct account_draft *draft;
	const struct account_granting *granting;
	date_t on;
	bool disabled;
	const char *password_hash;
	struct problems *problems;
};

static enum err run_add(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;
	row_id id;

	return account_add_in(&id, w, t->draft, t->problems);
}

ERR_RESULT account_add(struct db_writer *writer, struct change *change,
                       struct account_draft *draft, struct problems *problems)
{
	struct task t = { .draft = draft, .problems = problems };

	return db_write(writer, change, run_add, &t);
}

static enum err run_edit(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return account_edit_in(w, t->id, t->draft, t->problems);
}

ERR_RESULT account_edit(struct db_writer *writer, struct change *change, row_id account,
                        struct account_draft *draft, struct problems *problems)
{
	struct task t = { .id = account, .draft = draft, .problems = problems };

	return db_write(writer, change, run_edit, &t);
}

static enum err run_grant(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return account_grant_in(w, t->granting, t->problems);
}

ERR_RESULT account_grant(struct db_writer *writer, struct change *change,
                         const struct account_granting *g, struct problems *problems)
{
	struct task t = { .granting = g, .problems = problems };

	return db_write(writer, change, run_grant, &t);
}

static enum err run_revoke(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return account_revoke_in(w, t->id, t->on, t->problems);
}

ERR_RESULT account_revoke(struct db_writer *writer, struct change *change, row_id grant,
                          date_t on, struct problems *problems)
{
	struct task t = { .id = grant, .on = on, .problems = problems };

	return db_write(writer, change, run_revoke, &t);
}

static enum err run_disable(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return account_set_disabled_in(w, t->id, t->disabled, t->problems);
}

ERR_RESULT account_set_disabled(struct db_writer *writer, struct change *change, row_id account,
                                bool disabled, struct problems *problems)
{
	struct task t = { .id = account, .disabled = disabled, .problems = problems };

	return db_write(writer, change, run_disable, &t);
}

static enum err run_password(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return account_set_password_in(w, t->id, t->password_hash, t->problems);
}

ERR_RESULT account_set_password(struct db_writer *writer, struct change *change, row_id account,
                                const char *password_hash, struct problems *problems)
{
	struct task t = { .id = account, .password_hash = password_hash, .problems = problems };

	return db_write(writer, change, run_password, &t);
}
