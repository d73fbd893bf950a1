/* The other installations. */
#include <string.h>

#include "app/exchange/exchange_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/secret.h"
#include "base/vec.h"

enum { LONGEST_NAME = 200, LONGEST_URL = 500 };

static struct exchange_peer peer_of(const struct q_exchange_peer_list_row *r)
{
	return (struct exchange_peer){ .id = r->id,
		                       .name = r->name,
		                       .above = r->above,
		                       .installation = r->installation,
		                       .unit_id = r->unit_id,
		                       .unit_name = r->unit_name,
		                       .url = r->url,
		                       .secret = r->secret,
		                       .failures = r->failures,
		                       .next_at = r->next_at,
		                       .trouble = r->trouble,
		                       .heard = r->heard };
}

ERR_RESULT exchange_peers(struct exchange_peers *out, struct db *db, struct arena *a)
{
	struct q_exchange_peer_list_row row;
	struct exchange_peer *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_exchange_peer_list_open(&rows, db));
	while (q_exchange_peer_list_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_exchange_peer_list, &row));
		TRY(vec_room(a, at, n));
		at[n++] = peer_of(&row);
	}
	*out = (struct exchange_peers){ at, n };
	return db_rows_status(&rows);
}

ERR_RESULT exchange_peer_of_token(row_id *peer, row_id *office, struct db *db, struct arena *a,
                                  const char *token)
{
	struct q_exchange_peer_by_token_row row;
	char sha256[SECRET_HEX];

	if (!secret_is_token(token))
		return err_set(ERR_NOT_FOUND, "no token");
	secret_digest_hex(sha256, token, strlen(token));
	TRY(q_exchange_peer_by_token_one(db, a, &(struct q_exchange_peer_by_token_in){ sha256 },
	                                 &row));
	*peer = row.id;
	*office = row.unit_id;
	return ERR_OK;
}

/* ---- adding ---- */

/* Nobody listens on the way to this machine itself. */
static bool url_is_safe(const char *url)
{
	static const char *const near[] = { "http://127.0.0.1", "http://localhost",
		                            "http://[::1]" };

	if (!url || strlen(url) > LONGEST_URL || strpbrk(url, " \t\n\"<>@?#"))
		return false;
	if (str_starts(url, "https://"))
		return url[strlen("https://")] != '\0';
	for (size_t i = 0; i < ARRAY_LEN(near); i++) {
		if (!str_starts(url, near[i]))
			continue;
		char next = url[strlen(near[i])];

		if (next == '\0' || next == ':' || next == '/')
			return true;
	}
	return false;
}

static ERR_RESULT check(const struct exchange_peer_draft *d, struct problems *problems)
{
	if (str_blank(d->name) || strlen(d->name) > LONGEST_NAME)
		TRY(problems_say(problems, "name", 0, MSG_EXCHANGE_NAME_MISSING));
	if (d->above && !url_is_safe(d->url))
		TRY(problems_say(problems, "url", 0, MSG_EXCHANGE_URL_BAD));
	if (!secret_is_token(d->token))
		TRY(problems_say(problems, "token", 0, MSG_EXCHANGE_TOKEN_BAD));
	if (!d->above && row_is_none(d->unit_id))
		TRY(problems_say(problems, "unit", 0, MSG_EXCHANGE_UNIT_MISSING));
	return problems->n > 0 ? err_set(ERR_INPUT, "the connection was refused") : ERR_OK;
}

static ERR_RESULT note(struct db_write_context *w, row_id id,
                       const struct exchange_peer_draft *d)
{
	struct journal_note n = journal_note(w, SUBJECT_EXCHANGE_PEER, id, KIND_CREATE);

	journal_put(&n, FIELD_NAME, NULL, d->name);
	journal_put(&n, FIELD_INSTALLATION, INT_NONE, d->installation);
	journal_put(&n, FIELD_OFFICE, ROW_NONE, d->unit_id);
	journal_put(&n, FIELD_URL, NULL, d->above ? d->url : NULL);
	return journal_write(&n);
}

static ERR_RESULT end_one(struct db_write_context *w, row_id id)
{
	struct journal_note n = journal_note(w, SUBJECT_EXCHANGE_PEER, id, KIND_UPDATE);

	journal_put(&n, FIELD_DISABLED, false, true);
	TRY(journal_write(&n));
	return q_exchange_peer_end_run(w->db, &(struct q_exchange_peer_end_in){ id });
}

static ERR_RESULT end_above(struct db_write_context *w)
{
	struct exchange_peers peers;

	TRY(exchange_peers(&peers, w->db, w->arena));
	for (size_t i = 0; i < peers.n; i++)
		if (peers.at[i].above)
			TRY(end_one(w, peers.at[i].id));
	return ERR_OK;
}

struct adding {
	const struct exchange_peer_draft *draft;
	struct problems *problems;
};

static enum err run_add(struct db_write_context *w, void *arg)
{
	const struct adding *x = arg;
	const struct exchange_peer_draft *d = x->draft;
	char sha256[SECRET_HEX];
	struct q_exchange_peer_add_in in = { .id = db_new_id(w),
		                             .name = d->name,
		                             .above = d->above,
		                             .installation = d->installation,
		                             .unit_id = d->unit_id,
		                             .url = d->above ? d->url : "",
		                             .secret = d->above ? d->token : NULL,
		                             .token_sha256 = d->above ? NULL : sha256,
		                             .change_id = w->change->id };

	problems_init(x->problems, x->problems->arena);
	TRY(check(d, x->problems));
	secret_digest_hex(sha256, d->token, strlen(d->token));
	if (d->above)
		TRY(end_above(w));
	TRY(q_exchange_peer_add_run(w->db, &in));
	TRY(note(w, in.id, d));
	w->change->result = in.id;
	return ERR_OK;
}

ERR_RESULT exchange_peer_add(struct db_writer *writer, struct change *change,
                             const struct exchange_peer_draft *draft, struct problems *problems)
{
	struct adding x = { draft, problems };

	return db_write(writer, change, run_add, &x);
}

static enum err run_end(struct db_write_context *w, void *arg)
{
	const row_id *id = arg;

	return end_one(w, *id);
}

ERR_RESULT exchange_peer_end(struct db_writer *writer, struct change *change, row_id peer)
{
	return db_write(writer, change, run_end, &peer);
}
