/* account_store.c - reading accounts; account_change_store.c writes them. */
#include "app/account/account_store.h"

#include <string.h>

#include "app/account/account_store.sql.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/vntext.h"

ERR_RESULT account_find_login(struct account_login *out, struct db *db, struct arena *a,
                              const char *login)
{
	struct q_account_login_in in = { login };
	struct q_account_login_row row;

	TRY(q_account_login_one(db, a, &in, &row));
	*out = (struct account_login){ row.id, row.unit_id, row.name, row.password_hash,
		                       row.disabled };
	return ERR_OK;
}

ERR_RESULT account_find(struct account *out, struct db *db, struct arena *a, row_id scope,
                        row_id id, date_t today)
{
	struct q_account_by_id_in in = { id, scope, today };
	struct q_account_by_id_row row;

	TRY(q_account_by_id_one(db, a, &in, &row));
	*out = (struct account){ row.id,    row.unit_id,   row.login,   row.name,
		                 row.title, row.unit_name, row.disabled };
	return ERR_OK;
}

/* Whether every word of `words` (folded) occurs in the account's texts. */
static ERR_RESULT matches(bool *out, struct arena *a, const struct q_account_list_row *row,
                          const char *words)
{
	struct slice rest = slice_of(words), word;
	const char *all, *folded;
	bool found = true;

	TRY(arena_printf(a, &all, "%s %s %s", row->login, row->name, row->title));
	TRY(text_fold(a, &folded, all));
	while (found && slice_cut(&rest, ' ', &word))
		found = memmem(folded, strlen(folded), word.at, word.len) != NULL;
	*out = found;
	return ERR_OK;
}

static ERR_RESULT read_list(struct account_list *out, struct db *db, struct arena *a,
                            const struct account_filter *filter, const char *words)
{
	struct q_account_list_in in = { filter->scope, filter->today, filter->unit_id,
		                        filter->after_login ? filter->after_login : "" };
	struct q_account_list_row row;
	DB_ROWS rows = { 0 };

	TRY(q_account_list_open(&rows, db, &in));
	while (!out->more && q_account_list_next(&rows, &row)) {
		bool matching = true;

		if (words[0])
			TRY(matches(&matching, a, &row, words));
		if (!matching)
			continue;
		if (out->n == filter->limit) {
			out->more = true;
			break;
		}
		TRY(db_keep_row(a, &query_account_list, &row));
		TRY(vec_room(a, out->at, out->n));
		out->at[out->n++] =
		        (struct account){ row.id,    row.unit_id,   row.login,   row.name,
			                  row.title, row.unit_name, row.disabled };
	}
	return db_rows_status(&rows);
}

ERR_RESULT account_list(struct account_list *out, struct db *db, struct arena *a,
                        const struct account_filter *filter)
{
	struct account_list list = { 0 };
	const char *words = "";

	if (filter->words)
		TRY(text_fold(a, &words, filter->words));
	TRY(read_list(&list, db, a, filter, words));
	*out = list;
	return ERR_OK;
}

static struct account_worker *find_worker(struct account_workers *list, row_id id)
{
	for (size_t i = 0; i < list->n; i++)
		if (row_eq(list->at[i].id, id))
			return &list->at[i];
	return NULL;
}

ERR_RESULT account_workers(struct account_workers *out, struct db *db, struct arena *a,
                           row_id unit, date_t today)
{
	struct q_account_over_unit_in in = { unit, today };
	struct q_account_over_unit_row row;
	struct account_workers list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_account_over_unit_open(&rows, db, &in));
	while (q_account_over_unit_next(&rows, &row)) {
		struct account_worker *worker = find_worker(&list, row.id);

		if (!worker) {
			TRY(db_keep_row(a, &query_account_over_unit, &row));
			TRY(vec_room(a, list.at, list.n));
			worker = &list.at[list.n++];
			*worker = (struct account_worker){ row.id, row.name, row.title, 0 };
		}
		worker->permissions |= role_permissions_of(row.role);
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}

static bool holds_on(const struct q_account_roles_row *row, date_t day)
{
	return date_is_none(day) ||
	       (date_cmp(row->from_on, day) <= 0 &&
	        (date_is_none(row->to_on) || date_cmp(row->to_on, day) >= 0));
}

ERR_RESULT account_grants(struct account_grants *out, struct db *db, struct arena *a,
                          row_id account, date_t day)
{
	struct q_account_roles_in in = { account };
	struct q_account_roles_row row;
	struct account_grants list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_account_roles_open(&rows, db, &in));
	while (q_account_roles_next(&rows, &row)) {
		if (!holds_on(&row, day))
			continue;
		TRY(db_keep_row(a, &query_account_roles, &row));
		TRY(vec_room(a, list.at, list.n));
		list.at[list.n++] = (struct account_grant){
			.id = row.id,
			.unit_id = row.unit_id,
			.role = row.role,
			.unit_code = row.unit_code,
			.unit_name = row.unit_name,
			.from_on = row.from_on,
			.to_on = row.to_on,
			.permissions = role_permissions_of(row.role),
		};
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}

ERR_RESULT account_permissions(uint64_t *out, struct db *db, row_id account, row_id unit,
                               date_t day)
{
	struct q_account_roles_over_in in = { account, unit, day };
	struct q_account_roles_over_row row;
	uint64_t all = 0;
	DB_ROWS rows = { 0 };

	TRY(q_account_roles_over_open(&rows, db, &in));
	while (q_account_roles_over_next(&rows, &row))
		all |= role_permissions_of(row.role);
	TRY(db_rows_status(&rows));
	*out = all;
	return ERR_OK;
}

static ERR_RESULT holds_outside(bool *out, struct db *db, row_id scope, row_id account,
                                date_t today)
{
	struct q_account_roles_outside_in in = { account, scope, today };
	struct q_account_roles_outside_row row;
	DB_ROWS rows = { 0 };

	TRY(q_account_roles_outside_open(&rows, db, &in));
	*out = q_account_roles_outside_next(&rows, &row);
	return db_rows_status(&rows);
}

ERR_RESULT account_is_managed(bool *out, struct db *db, row_id scope, row_id account,
                              date_t today)
{
	bool outside = false;

	if (!row_is_none(scope))
		TRY(holds_outside(&outside, db, scope, account, today));
	*out = !outside;
	return ERR_OK;
}

ERR_RESULT account_units(struct account_units *out, struct db *db, struct arena *a,
                         row_id scope, date_t today)
{
	struct q_account_units_in in = { scope, today };
	struct q_account_units_row row;
	struct account_units list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_account_units_open(&rows, db, &in));
	while (q_account_units_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_account_units, &row));
		TRY(vec_room(a, list.at, list.n));
		list.at[list.n++] = (struct account_unit){ row.id, row.code, row.name };
	}
	TRY(db_rows_status(&rows));
	*out = list;
	return ERR_OK;
}

ERR_RESULT account_find_unit(row_id *out, struct db *db, struct arena *a, const char *code)
{
	struct q_account_unit_by_code_in in = { code };
	struct q_account_unit_by_code_row row;

	TRY(q_account_unit_by_code_one(db, a, &in, &row));
	*out = row.id;
	return ERR_OK;
}
