#include "app/journal/journal_seal_store.h"

#include <string.h>

#include "app/journal/journal_store.h"
#include "app/journal/journal_store.sql.h"

/* A round holds the one writer of SQLite for some milliseconds. */
enum { MOST_IN_ROUND = 500 };

struct head {
	struct chain chain;
	instant_t sealed_at; /* of the last seal; INSTANT_NONE: there is none */
};

static enum err read_head(struct head *out, struct db_write_context *w)
{
	struct q_journal_head_row row;
	struct head head;

	TRY(q_journal_head_lock_run(w->db));
	TRY(q_journal_head_one(w->db, w->arena, &row));
	chain_init(&head.chain);
	head.chain.number = row.number;
	head.sealed_at = row.sealed_at;
	if (row.number > 0 && row.hash.n != CHAIN_HASH)
		return err_set(ERR_DB, "the end of the journal's chain has no hash");
	if (row.number > 0)
		memcpy(head.chain.hash, row.hash.at, CHAIN_HASH);
	*out = head;
	return ERR_OK;
}

static struct db_bytes hash_of(const struct chain *c)
{
	return (struct db_bytes){ c->hash, CHAIN_HASH };
}

/* ---- the digest of a day that is over ---- */

static enum err close_day(struct db_write_context *w, const struct head *head)
{
	struct q_journal_digest_last_row last = { .last_number = 0 };
	enum err e = q_journal_digest_last_one(w->db, w->arena, &last);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (last.last_number == head->chain.number)
		return ERR_OK; /* it was closed already */
	return q_journal_digest_add_run(w->db, &(struct q_journal_digest_add_in){
	                                               .on_day = instant_day(head->sealed_at),
	                                               .first_number = last.last_number + 1,
	                                               .last_number = head->chain.number,
	                                               .hash = hash_of(&head->chain) });
}

/* Time goes on along the chain even when a clock is set back, and never into a closed day. */
static enum err seal_time(instant_t *out, struct db_write_context *w, const struct head *head)
{
	struct q_journal_digest_last_row last;
	instant_t at = w->change->at, begin;
	enum err e = q_journal_digest_last_one(w->db, w->arena, &last);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (!instant_is_none(head->sealed_at) && instant_cmp(at, head->sealed_at) < 0)
		at = head->sealed_at;
	if (e == ERR_OK) {
		begin = instant_local(date_add(last.on_day, 1), 0);
		at = instant_cmp(at, begin) < 0 ? begin : at;
	}
	*out = at;
	return ERR_OK;
}

static enum err close_if_over(struct db_write_context *w, const struct head *head,
                              instant_t now)
{
	if (head->chain.number == 0 ||
	    date_cmp(instant_day(head->sealed_at), instant_day(now)) >= 0)
		return ERR_OK;
	return close_day(w, head);
}

/* ---- one round ---- */

struct round {
	struct q_journal_waiting_changes_row *at;
	size_t n;
	unsigned char (*hashes)[CHAIN_HASH];
	instant_t sealed_at;
};

static enum err read_waiting(struct round *r, struct db_write_context *w)
{
	DB_ROWS rows = { 0 };

	r->n = 0;
	TRY(arena_array(w->arena, &r->at, MOST_IN_ROUND));
	TRY(arena_array(w->arena, &r->hashes, MOST_IN_ROUND));
	TRY(q_journal_waiting_changes_open(
	        &rows, w->db,
	        &(struct q_journal_waiting_changes_in){ MOST_IN_ROUND, w->change->id }));
	while (r->n < MOST_IN_ROUND && q_journal_waiting_changes_next(&rows, &r->at[r->n])) {
		TRY(db_keep_row(w->arena, &query_journal_waiting_changes, &r->at[r->n]));
		r->n++;
	}
	return db_rows_status(&rows);
}

static void add_entry(struct chain *c, const struct q_journal_waiting_entries_row *e)
{
	chain_entry(c, &(struct chain_entry){ .position = e->position,
	                                      .subject = e->subject,
	                                      .record_id = e->record_id,
	                                      .part = e->part,
	                                      .kind = e->kind,
	                                      .fields = e->fields,
	                                      .personal_digest = e->personal_digest.at,
	                                      .n_digest = e->personal_digest.n });
}

static void begin_change(struct chain *c, const struct round *r, size_t i)
{
	const struct q_journal_waiting_changes_row *row = &r->at[i];

	chain_begin(c, r->sealed_at,
	            &(struct chain_change){ row->id, row->account_id, row->unit_id, row->at,
	                                    row->origin, row->action, row->reason,
	                                    row->request_id });
}

/* Entries come in the order of the changes.  Those of changes that were committed since the
 * changes were read are left for the next round. */
static enum err hash_round(struct round *r, struct db_write_context *w, struct chain *c)
{
	struct q_journal_waiting_entries_in in = { r->at[r->n - 1].id };
	struct q_journal_waiting_entries_row e;
	DB_ROWS rows = { 0 };

	TRY(q_journal_waiting_entries_open(&rows, w->db, &in));
	bool more = q_journal_waiting_entries_next(&rows, &e);
	for (size_t i = 0; i < r->n; i++) {
		begin_change(c, r, i);
		while (more && e.change_id.value <= r->at[i].id.value) {
			if (row_eq(e.change_id, r->at[i].id))
				add_entry(c, &e);
			more = q_journal_waiting_entries_next(&rows, &e);
		}
		chain_end(c);
		memcpy(r->hashes[i], c->hash, CHAIN_HASH);
	}
	return db_rows_status(&rows);
}

static enum err store_round(struct db_write_context *w, const struct round *r, int64_t before)
{
	for (size_t i = 0; i < r->n; i++) {
		struct q_journal_seal_add_in in = { .number = before + 1 + (int64_t)i,
			                            .change_id = r->at[i].id,
			                            .sealed_at = r->sealed_at,
			                            .hash = { r->hashes[i], CHAIN_HASH } };

		TRY(q_journal_seal_add_run(w->db, &in));
	}
	return q_journal_waiting_take_out_run(
	        w->db, &(struct q_journal_waiting_take_out_in){ before });
}

static enum err seal_round(struct db_write_context *w, void *arg)
{
	size_t *n = arg;
	struct round r;
	struct head head;

	*n = 0;
	TRY(read_head(&head, w));
	TRY(close_if_over(w, &head, w->change->at));
	TRY(read_waiting(&r, w));
	if (r.n == 0)
		return ERR_OK;
	int64_t before = head.chain.number;
	TRY(seal_time(&r.sealed_at, w, &head));
	TRY(hash_round(&r, w, &head.chain));
	TRY(store_round(w, &r, before));
	*n = r.n;
	return q_journal_head_set_run(
	        w->db, &(struct q_journal_head_set_in){ head.chain.number, hash_of(&head.chain),
	                                                r.sealed_at });
}

enum err journal_seal(size_t *n, struct db_writer *writer)
{
	size_t sum = 0, sealed;

	do {
		struct change housekeeping = { .at = INSTANT_NONE,
			                       .origin = "server",
			                       .concurrent = true };

		TRY(db_write(writer, &housekeeping, seal_round, &sealed));
		sum += sealed;
	} while (sealed == MOST_IN_ROUND);
	if (n)
		*n = sum;
	return ERR_OK;
}

enum err journal_pin_in(struct journal_pin *out, struct db_write_context *w)
{
	struct q_journal_pin_row row;
	size_t sealed;
	enum err e;

	do
		TRY(seal_round(w, &sealed));
	while (sealed == MOST_IN_ROUND);
	e = q_journal_pin_one(w->db, w->arena, &row);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = (struct journal_pin){ 0 };
	if (e == ERR_OK)
		*out = (struct journal_pin){ row.number, row.change_id };
	return ERR_OK;
}

enum err journal_needs_seal(bool *out, struct db *db, instant_t now)
{
	struct q_journal_unsealed_row row;
	const struct q_journal_unsealed_in in = { instant_local(instant_day(now), 0) };

	TRY(q_journal_unsealed_one(db, NULL, &in, &row));
	*out = row.needed;
	return ERR_OK;
}

enum err journal_waiting(int64_t *out, struct db *db)
{
	struct q_journal_waiting_count_row row;

	TRY(q_journal_waiting_count_one(db, NULL, &row));
	*out = row.n;
	return ERR_OK;
}

/* ---- digests ---- */

enum err journal_digest_find(struct journal_digest *out, struct db *db, struct arena *a,
                             date_t on)
{
	struct q_journal_digest_of_in in = { on };
	struct q_journal_digest_of_row row;

	TRY(q_journal_digest_of_one(db, a, &in, &row));
	if (row.hash.n != CHAIN_HASH)
		return err_set(ERR_DB, "the digest of a day has no hash");
	*out = (struct journal_digest){ .on = on,
		                        .first = row.first_number,
		                        .last = row.last_number,
		                        .token = row.token.at,
		                        .n_token = row.token.n,
		                        .token_at = row.token_at };
	memcpy(out->hash, row.hash.at, CHAIN_HASH);
	return ERR_OK;
}

static enum err stamp(struct db_write_context *w, void *arg)
{
	const struct journal_digest *d = arg;
	struct q_journal_digest_stamp_in in = { d->on, { d->token, d->n_token }, d->token_at };
	struct journal_note n =
	        journal_note(w, SUBJECT_JOURNAL, (row_id){ d->last }, KIND_SEAL);
	int64_t changed;

	journal_put(&n, FIELD_DAY, DATE_NONE, d->on);
	journal_put(&n, FIELD_FROM_NUMBER, INT_NONE, d->first);
	journal_put(&n, FIELD_TO_NUMBER, INT_NONE, d->last);
	TRY(journal_write(&n));
	TRY(q_journal_digest_stamp_run(w->db, &in));
	w->change->result = (row_id){ d->last };
	TRY(db_changed_rows(&changed, w->db));
	return changed == 1 ? ERR_OK : err_set(ERR_NOT_FOUND, "no digest of that day");
}

enum err journal_digest_stamp(struct db_writer *writer, struct change *change,
                              const struct journal_digest *d)
{
	struct journal_digest copy = *d;

	return db_write(writer, change, stamp, &copy);
}
