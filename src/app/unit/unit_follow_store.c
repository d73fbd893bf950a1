#include "app/unit/unit_follow_store.h"

#include "app/journal/journal_store.h"
#include "app/unit/unit_store.sql.h"
#include "base/vec.h"

enum { FOR_EVER = 2932896 }; /* 31/12/9999, in unit_roles_of */

struct role {
	row_id account;
	const char *role;
	date_t to_on;
};

struct roles {
	struct role *at;
	size_t n;
};

static enum err read_roles(struct roles *out, struct db_write_context *w, row_id old,
                           row_id successor, date_t on)
{
	struct q_unit_roles_of_in in = { old, successor, on };
	struct q_unit_roles_of_row row;
	struct roles roles = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_unit_roles_of_open(&rows, w->db, &in));
	while (q_unit_roles_of_next(&rows, &row)) {
		struct role role = { row.account_id, NULL, row.to_on };

		TRY(arena_strdup(w->arena, &role.role, row.role));
		TRY(vec_room(w->arena, roles.at, roles.n));
		roles.at[roles.n++] = role;
	}
	*out = roles;
	return db_rows_status(&rows);
}

static enum err note_role(struct db_write_context *w, const struct role *role, row_id successor,
                          date_t on)
{
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, role->account, KIND_UPDATE);

	journal_put(&n, FIELD_ROLE, NULL, role->role);
	journal_put(&n, FIELD_UNIT, ROW_NONE, successor);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, on);
	if (role->to_on.days != FOR_EVER)
		journal_put(&n, FIELD_VALID_TO, DATE_NONE, role->to_on);
	return journal_write(&n);
}

enum err unit_roles_follow(struct db_write_context *w, row_id old, row_id successor, date_t on)
{
	struct roles roles;

	TRY(read_roles(&roles, w, old, successor, on));
	for (size_t i = 0; i < roles.n; i++) {
		const struct role *role = &roles.at[i];
		struct q_unit_role_insert_in in = { .id = db_new_id(w),
			                            .account_id = role->account,
			                            .role = role->role,
			                            .unit_id = successor,
			                            .from_on = on,
			                            .to_on = role->to_on,
			                            .change_id = w->change->id };

		TRY(q_unit_role_insert_run(w->db, &in));
		TRY(note_role(w, role, successor, on));
	}
	return ERR_OK;
}
