#include "app/login/login_store.h"

#include <string.h>

#include "app/journal/journal_store.h"
#include "app/login/login_store.sql.h"
#include "base/secret.h"

static const int64_t kept_us = 2 * US_PER_DAY;

enum err login_session_find(struct login_session *out, struct db *db, struct arena *a,
                            const char *token, const struct login_session_limits *limits,
                            instant_t now)
{
	unsigned char digest[SECRET_DIGEST];
	struct q_login_session_find_row row;
	struct login_session found = { .seen_at = INSTANT_NONE };
	DB_ROWS rows = { 0 };

	secret_digest(digest, token, strlen(token));
	TRY(q_login_session_find_open(
	        &rows, db,
	        &(struct q_login_session_find_in){ .token_hash = { digest, sizeof(digest) },
	                                           .now = now,
	                                           .idle_since = limits->idle_since,
	                                           .today = instant_day(now) }));
	while (q_login_session_find_next(&rows, &row)) {
		if (row_is_none(found.actor.session_id)) {
			found.actor.session_id = row.id;
			found.actor.account_id = row.account_id;
			found.actor.unit_id = row.unit_id;
			found.seen_at = row.seen_at;
			TRY(arena_strdup(a, &found.csrf, row.csrf));
			TRY(arena_strdup(a, &found.actor.name, row.name));
			TRY(arena_strdup(a, &found.actor.unit_name, row.unit_name));
		}
		if (row.role)
			found.actor.permissions |= role_permissions_of(row.role);
	}
	TRY(db_rows_status(&rows));
	if (row_is_none(found.actor.session_id))
		return err_set(ERR_NOT_FOUND, "no such session");
	*out = found;
	return ERR_OK;
}

/* Rows come in the order of units: the roles of one unit stand together. */
static enum err add_place(struct login_places *places, size_t *room, struct arena *a,
                          const struct q_login_places_row *row)
{
	struct login_place *last = places->n ? &places->items[places->n - 1] : NULL;

	if (last && row_eq(last->unit_id, row->id))
		return arena_printf(a, &last->roles, "%s, %s", last->roles,
		                    role_title_of(row->role));
	if (places->n == *room) {
		struct login_place *bigger;

		*room = *room ? *room * 2 : 8;
		TRY(arena_array(a, &bigger, *room));
		if (places->n)
			memcpy(bigger, places->items, places->n * sizeof(*bigger));
		places->items = bigger;
	}
	last = &places->items[places->n];
	last->unit_id = row->id;
	TRY(arena_strdup(a, &last->unit_name, row->name));
	TRY(arena_strdup(a, &last->roles, role_title_of(row->role)));
	places->n++;
	return ERR_OK;
}

enum err login_places_find(struct login_places *out, struct db *db, struct arena *a,
                           row_id account_id, date_t today)
{
	struct login_places places = { NULL, 0 };
	struct q_login_places_row row;
	size_t room = 0;
	DB_ROWS rows = { 0 };

	TRY(q_login_places_open(&rows, db, &(struct q_login_places_in){ account_id, today }));
	while (q_login_places_next(&rows, &row))
		TRY(add_place(&places, &room, a, &row));
	TRY(db_rows_status(&rows));
	*out = places;
	return ERR_OK;
}

enum err login_last_place(row_id *out, struct db *db, struct arena *a, row_id account_id)
{
	struct q_login_last_place_row row;

	TRY(q_login_last_place_one(db, a, &(struct q_login_last_place_in){ account_id }, &row));
	*out = row.unit_id;
	return ERR_OK;
}

/* No failure yet is no error. */
static enum err failures_of(struct login_failures *out, struct db_write_context *w,
                            const char *key)
{
	struct q_login_failures_row row;
	enum err e = q_login_failures_one(w->db, w->arena, &(struct q_login_failures_in){ key },
	                                  &row);

	if (e == ERR_NOT_FOUND)
		*out = (struct login_failures){ 0, INSTANT_NONE, INSTANT_NONE };
	else if (e == ERR_OK)
		*out = (struct login_failures){ row.failures, row.last_at, row.locked_until };
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err put_failures(struct db_write_context *w, const char *key,
                             const struct login_failures *f)
{
	return q_login_failures_put_run(
	        w->db,
	        &(struct q_login_failures_put_in){ key, f->n, f->last_at, f->locked_until });
}

struct begin {
	const struct login_attempt *attempt;
	instant_t locked_until;
};

static enum err begin_attempt(struct db_write_context *w, void *arg)
{
	struct begin *begin = arg;
	const struct login_attempt *attempt = begin->attempt;
	struct login_failures name, client;
	char name_key[LOGIN_KEY], client_key[LOGIN_KEY];
	instant_t now = w->change->at;

	login_name_key(name_key, attempt->name);
	login_client_key(client_key, attempt->client);
	TRY(db_write_lock(w, name_key)); /* guesses at the same time are counted one by one */
	TRY(db_write_lock(w, client_key));
	TRY(failures_of(&name, w, name_key));
	TRY(failures_of(&client, w, client_key));
	begin->locked_until = login_is_locked(&name, now) ? name.locked_until : INSTANT_NONE;
	if (login_is_locked(&client, now) &&
	    instant_cmp(client.locked_until, begin->locked_until) > 0)
		begin->locked_until = client.locked_until;
	if (!instant_is_none(begin->locked_until))
		return ERR_OK;
	name = login_failed(name, &attempt->name_rule, now);
	client = login_failed(client, &attempt->client_rule, now);
	TRY(put_failures(w, name_key, &name));
	return put_failures(w, client_key, &client);
}

enum err login_attempt_begin(instant_t *locked_until, struct db_writer *w,
                             const struct login_attempt *attempt)
{
	struct begin begin = { attempt, INSTANT_NONE };
	struct change housekeeping = { .at = INSTANT_NONE,
		                       .origin = attempt->client,
		                       .concurrent = true };

	TRY(db_write(w, &housekeeping, begin_attempt, &begin));
	*locked_until = begin.locked_until;
	return ERR_OK;
}

static enum err refuse(struct db_write_context *w, void *arg)
{
	const struct login_refusal *r = arg;
	struct login_failures failures;
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, r->account_id, KIND_REFUSE);
	char key[LOGIN_KEY];

	login_name_key(key, r->name);
	TRY(failures_of(&failures, w, key));
	journal_put(&n, FIELD_FAILURES, INT_NONE, failures.n);
	journal_put(&n, FIELD_LOCKED_UNTIL, INSTANT_NONE, failures.locked_until);
	return journal_write(&n);
}

enum err login_refused(struct db_writer *w, struct change *change,
                       const struct login_refusal *refusal)
{
	struct login_refusal copy = *refusal;

	return db_write(w, change, refuse, &copy);
}

/* The attempt was counted as failed in advance; a good password takes that back.  An address
 * keeps its other failures, or one known password would let it guess for ever. */
static enum err forgive(struct db_write_context *w, const struct login_attempt *attempt)
{
	struct login_failures client;
	char key[LOGIN_KEY];

	login_name_key(key, attempt->name);
	TRY(db_write_lock(w, key));
	TRY(q_login_failures_delete_run(w->db, &(struct q_login_failures_delete_in){ key }));
	login_client_key(key, attempt->client);
	TRY(db_write_lock(w, key));
	TRY(failures_of(&client, w, key));
	if (client.n <= 1)
		return q_login_failures_delete_run(w->db,
		                                   &(struct q_login_failures_delete_in){ key });
	client.n--;
	client.locked_until = INSTANT_NONE;
	return put_failures(w, key, &client);
}

static struct db_bytes digest_of(unsigned char out[SECRET_DIGEST], const char *token)
{
	secret_digest(out, token, strlen(token));
	return (struct db_bytes){ out, SECRET_DIGEST };
}

/* Who came and went is written to the account's history. */
static enum err note_visit(struct db_write_context *w, enum journal_kind kind, row_id unit_id)
{
	struct journal_note n = journal_note(w, SUBJECT_ACCOUNT, w->change->account_id, kind);

	journal_put(&n, FIELD_UNIT, ROW_NONE, unit_id);
	return journal_write(&n);
}

static enum err open_session(struct db_write_context *w, void *arg)
{
	const struct login_opening *opening = arg;
	unsigned char digest[SECRET_DIGEST];
	row_id id = db_new_id(w);
	instant_t now = w->change->at;

	TRY(forgive(w, opening->attempt));
	if (opening->old_token)
		TRY(q_login_session_delete_by_token_run(
		        w->db, &(struct q_login_session_delete_by_token_in){
		                       digest_of(digest, opening->old_token) }));
	TRY(q_login_session_insert_run(w->db,
	                               &(struct q_login_session_insert_in){
	                                       .id = id,
	                                       .token_hash = digest_of(digest, opening->token),
	                                       .account_id = opening->account_id,
	                                       .unit_id = opening->unit_id,
	                                       .csrf = opening->csrf,
	                                       .now = now,
	                                       .expires_at = { now.us + opening->lasts_us } }));
	w->change->result = id;
	return note_visit(w, KIND_ENTER, opening->unit_id);
}

enum err login_session_open(struct db_writer *w, struct change *change,
                            const struct login_opening *opening)
{
	struct login_opening copy = *opening;

	change->concurrent = true;
	return db_write(w, change, open_session, &copy);
}

static enum err move_session(struct db_write_context *w, void *arg)
{
	const struct q_login_session_place_in *in = arg;

	TRY(note_visit(w, KIND_ENTER, in->unit_id));
	return q_login_session_place_run(w->db, in);
}

enum err login_session_move(struct db_writer *w, struct change *change, row_id session_id,
                            row_id unit_id)
{
	struct q_login_session_place_in in = { session_id, unit_id };

	change->concurrent = true;
	return db_write(w, change, move_session, &in);
}

static enum err close_session(struct db_write_context *w, void *arg)
{
	TRY(note_visit(w, KIND_LEAVE, ROW_NONE));
	return q_login_session_delete_run(w->db, arg);
}

enum err login_session_close(struct db_writer *w, struct change *change, row_id session_id)
{
	struct q_login_session_delete_in in = { session_id };

	change->concurrent = true;
	return db_write(w, change, close_session, &in);
}

enum err login_sessions_end(struct db_write_context *w, row_id account_id)
{
	return q_login_session_delete_of_account_run(
	        w->db, &(struct q_login_session_delete_of_account_in){ account_id });
}

struct note {
	const row_id *sessions;
	size_t n;
};

static enum err note_sessions(struct db_write_context *w, void *arg)
{
	const struct note *note = arg;
	instant_t now = w->change->at;

	for (size_t i = 0; i < note->n; i++)
		TRY(q_login_session_seen_run(
		        w->db, &(struct q_login_session_seen_in){ note->sessions[i], now }));
	return ERR_OK;
}

static enum err clean(struct db_write_context *w, void *arg)
{
	instant_t old = { w->change->at.us - kept_us };

	(void)arg;
	TRY(q_login_session_delete_old_run(w->db,
	                                   &(struct q_login_session_delete_old_in){ old }));
	return q_login_failures_delete_old_run(w->db,
	                                       &(struct q_login_failures_delete_old_in){ old });
}

enum err login_sessions_clean(struct db_writer *w)
{
	struct change housekeeping = { .at = INSTANT_NONE,
		                       .origin = "server",
		                       .concurrent = true };

	return db_write(w, &housekeeping, clean, NULL);
}

enum err login_sessions_note(struct db_writer *w, const row_id *sessions, size_t n)
{
	struct note note = { sessions, n };
	struct change housekeeping = { .at = INSTANT_NONE,
		                       .origin = "server",
		                       .concurrent = true };

	return db_write(w, &housekeeping, note_sessions, &note);
}
