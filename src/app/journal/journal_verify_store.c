#include "app/journal/journal_verify_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/journal/journal_chain.h"
#include "app/journal/journal_store.sql.h"
#include "app/journal/time_stamp.h"

enum { IN_BLOCK = 2000, MOST_MEMORY = 512 << 20 };

struct verifying {
	struct db *db;
	struct arena arena; /* of one block */
	struct journal_verdict v;
	struct chain chain;
	instant_t sealed_at; /* of the last seal */
	/* The digests of days, in their order. */
	struct arena kept;
	struct q_journal_digests_row *digests;
	size_t n_digests, at_digest;
	int64_t digested; /* last number of the digest before at_digest */
};

static bool sound(const struct verifying *g)
{
	return g->v.fault == JOURNAL_SOUND;
}

static bool hash_is(const struct chain *c, struct db_bytes hash)
{
	return hash.n == CHAIN_HASH && memcmp(c->hash, hash.at, CHAIN_HASH) == 0;
}

static void blame(struct verifying *g, enum journal_fault fault, int64_t number, row_id change,
                  int64_t position)
{
	if (!sound(g))
		return;
	g->v.fault = fault;
	g->v.number = number;
	g->v.change_id = change;
	g->v.position = position;
}

static void blame_day(struct verifying *g, enum journal_fault fault, date_t day)
{
	if (!sound(g))
		return;
	g->v.fault = fault;
	g->v.day = day;
}

/* ---- personal values ---- */

static enum err check_erased(struct verifying *g, const struct q_journal_sealed_entries_row *e)
{
	struct q_journal_erasure_in in = { e->erased_change_id, e->record_id };
	struct q_journal_erasure_row row;
	enum err found = q_journal_erasure_one(g->db, NULL, &in, &row);

	if (found != ERR_OK && found != ERR_NOT_FOUND)
		return found;
	if (found == ERR_NOT_FOUND)
		blame(g, JOURNAL_PERSONAL_MISSING, e->number, e->change_id, e->position);
	g->v.erased++;
	return ERR_OK;
}

static enum err check_personal(struct verifying *g,
                               const struct q_journal_sealed_entries_row *e)
{
	unsigned char digest[CHAIN_HASH];

	if (!e->personal_digest.at)
		return ERR_OK; /* a personal row beside it is found as a stray one */
	if (!e->personal) {
		blame(g, JOURNAL_PERSONAL_MISSING, e->number, e->change_id, e->position);
		return ERR_OK;
	}
	if (!row_is_none(e->erased_change_id))
		return check_erased(g, e);
	chain_personal(digest, e->salt.at, e->salt.n, e->personal_fields);
	if (e->personal_digest.n != CHAIN_HASH ||
	    memcmp(digest, e->personal_digest.at, CHAIN_HASH) != 0)
		blame(g, JOURNAL_PERSONAL_ALTERED, e->number, e->change_id, e->position);
	return ERR_OK;
}

/* ---- digests of days ---- */

static enum err read_digests(struct verifying *g)
{
	struct q_journal_digests_row row;
	size_t room = 0;
	DB_ROWS rows = { 0 };

	TRY(q_journal_digests_open(&rows, g->db));
	while (q_journal_digests_next(&rows, &row)) {
		if (g->n_digests == room) {
			struct q_journal_digests_row *bigger;

			room = room ? room * 2 : 512;
			TRY(arena_array(&g->kept, &bigger, room));
			if (g->n_digests)
				memcpy(bigger, g->digests, g->n_digests * sizeof(*bigger));
			g->digests = bigger;
		}
		TRY(db_keep_row(&g->kept, &query_journal_digests, &row));
		g->digests[g->n_digests++] = row;
	}
	return db_rows_status(&rows);
}

static void check_token(struct verifying *g, const struct q_journal_digests_row *d)
{
	instant_t at = INSTANT_NONE;

	if (!d->token.at && instant_is_none(d->token_at))
		return;
	if (!d->token.at || !time_stamp_is_of(&at, d->token.at, d->token.n, d->hash.at) ||
	    instant_cmp(at, d->token_at) != 0)
		blame_day(g, JOURNAL_TIME_STAMP, d->on_day);
}

/* `last` is the chain at the last seal of `day`; `next_day` is that of the seal behind it. */
static void end_of_day(struct verifying *g, const struct chain *last, date_t day,
                       date_t next_day)
{
	const struct q_journal_digests_row *d = &g->digests[g->at_digest];
	bool there = g->at_digest < g->n_digests;

	if (there && d->on_day.days == day.days) {
		if (d->first_number != g->digested + 1 || d->last_number != last->number ||
		    !hash_is(last, d->hash))
			blame_day(g, JOURNAL_DIGEST, day);
		else
			check_token(g, d);
		g->digested = d->last_number;
		g->at_digest++;
	} else if (!date_is_none(next_day)) {
		blame_day(g, JOURNAL_DIGEST_MISSING, day);
	}
}

/* ---- the chain ---- */

static enum err read_block(struct q_journal_seals_row **out, size_t *n, struct verifying *g)
{
	struct q_journal_seals_in in = { g->chain.number, IN_BLOCK };
	struct q_journal_seals_row *at;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(arena_array(&g->arena, &at, IN_BLOCK));
	TRY(q_journal_seals_open(&rows, g->db, &in));
	while (*n < IN_BLOCK && q_journal_seals_next(&rows, &at[*n])) {
		TRY(db_keep_row(&g->arena, &query_journal_seals, &at[*n]));
		++*n;
	}
	*out = at;
	return db_rows_status(&rows);
}

static void begin_seal(struct chain *c, instant_t sealed_at,
                       const struct q_journal_seals_row *s)
{
	chain_begin(c, sealed_at,
	            &(struct chain_change){ s->id, s->account_id, s->unit_id, s->at, s->origin,
	                                    s->action, s->reason, s->request_id });
}

static void hash_entry(struct chain *c, const struct q_journal_sealed_entries_row *e)
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

/* Whether seal `s` holds once the change of another seal is put in its place. */
static enum err holds_with(bool *out, struct verifying *g, const struct chain *before,
                           const struct q_journal_seals_row *s,
                           const struct q_journal_seals_row *other)
{
	struct q_journal_sealed_entries_in in = { other->number - 1, other->number };
	struct q_journal_sealed_entries_row e;
	struct chain c = *before;
	DB_ROWS rows = { 0 };

	begin_seal(&c, s->sealed_at, other);
	TRY(q_journal_sealed_entries_open(&rows, g->db, &in));
	while (q_journal_sealed_entries_next(&rows, &e))
		hash_entry(&c, &e);
	TRY(db_rows_status(&rows));
	chain_end(&c);
	*out = hash_is(&c, s->hash) || hash_is(&c, other->hash);
	return ERR_OK;
}

/* A seal does not hold: is its change one of those behind it? */
static enum err blame_seal(struct verifying *g, const struct chain *before,
                           const struct q_journal_seals_row *s, size_t n_behind)
{
	bool holds = false;

	for (size_t i = 1; i <= n_behind && !holds; i++)
		if (!row_is_none(s[i].id))
			TRY(holds_with(&holds, g, before, s, &s[i]));
	blame(g, holds ? JOURNAL_REORDERED : JOURNAL_ALTERED, s->number, s->change_id, 0);
	return ERR_OK;
}

static bool seal_is_there(struct verifying *g, const struct q_journal_seals_row *s)
{
	if (s->number != g->chain.number + 1)
		blame(g, JOURNAL_NUMBER_MISSING, g->chain.number + 1, ROW_NONE, 0);
	else if (row_is_none(s->id))
		blame(g, JOURNAL_CHANGE_MISSING, s->number, s->change_id, 0);
	else if (g->chain.number > 0 && instant_cmp(s->sealed_at, g->sealed_at) < 0)
		blame(g, JOURNAL_TIME_BACKWARDS, s->number, s->change_id, 0);
	return sound(g);
}

static enum err verify_seals(struct verifying *g, const struct q_journal_seals_row *at,
                             size_t n)
{
	struct q_journal_sealed_entries_in in = { g->chain.number, at[n - 1].number };
	struct q_journal_sealed_entries_row e;
	DB_ROWS rows = { 0 };

	TRY(q_journal_sealed_entries_open(&rows, g->db, &in));
	bool more = q_journal_sealed_entries_next(&rows, &e);
	for (size_t i = 0; i < n; i++) {
		const struct q_journal_seals_row *s = &at[i];
		struct chain before = g->chain;

		if (!seal_is_there(g, s))
			return ERR_OK;
		begin_seal(&g->chain, s->sealed_at, s);
		for (; more && e.number == s->number;
		     more = q_journal_sealed_entries_next(&rows, &e)) {
			TRY(check_personal(g, &e));
			hash_entry(&g->chain, &e);
		}
		chain_end(&g->chain);
		if (!hash_is(&g->chain, s->hash)) {
			g->v.fault = JOURNAL_SOUND; /* more than a personal value */
			return blame_seal(g, &before, s, n - 1 - i);
		}
		if (before.number > 0 &&
		    date_cmp(instant_day(g->sealed_at), instant_day(s->sealed_at)) != 0)
			end_of_day(g, &before, instant_day(g->sealed_at),
			           instant_day(s->sealed_at));
		g->sealed_at = s->sealed_at;
		if (!sound(g))
			return ERR_OK;
	}
	return db_rows_status(&rows);
}

static enum err verify_chain(struct verifying *g)
{
	struct q_journal_seals_row *at;
	size_t n;

	do {
		arena_reset(&g->arena);
		TRY(read_block(&at, &n, g));
		if (n > 0)
			TRY(verify_seals(g, at, n));
	} while (n == IN_BLOCK && sound(g));
	g->v.sealed = sound(g) || g->v.number == 0 ? g->chain.number : g->v.number - 1;
	return ERR_OK;
}

static enum err verify_end(struct verifying *g)
{
	struct q_journal_head_row head;

	if (g->chain.number > 0)
		end_of_day(g, &g->chain, instant_day(g->sealed_at), DATE_NONE);
	if (g->at_digest < g->n_digests)
		blame_day(g, JOURNAL_DIGEST, g->digests[g->at_digest].on_day);
	TRY(q_journal_head_one(g->db, &g->arena, &head));
	if (head.number != g->chain.number ||
	    (head.number > 0 && (!hash_is(&g->chain, head.hash) ||
	                         instant_cmp(head.sealed_at, g->sealed_at) != 0)))
		blame(g, JOURNAL_TAIL, g->chain.number, ROW_NONE, 0);
	return ERR_OK;
}

/* ---- beside the chain ---- */

static enum err verify_changes(struct verifying *g)
{
	struct q_journal_stray_change_row change;
	struct q_journal_stray_waiting_row waiting;
	enum err e = q_journal_stray_change_one(g->db, NULL, &change);

	if (e == ERR_OK)
		blame(g, JOURNAL_STRAY_CHANGE, 0, change.id, 0);
	else if (e != ERR_NOT_FOUND)
		return e;
	e = q_journal_stray_waiting_one(g->db, NULL, &waiting);
	if (e == ERR_OK)
		blame(g, JOURNAL_STRAY_WAITING, 0, waiting.change_id, 0);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err verify_beside(struct verifying *g)
{
	struct q_journal_stray_entry_row entry;
	struct q_journal_stray_personal_row personal;

	TRY(verify_changes(g));
	enum err e = q_journal_stray_entry_one(g->db, NULL, &entry);
	if (e == ERR_OK)
		blame(g, JOURNAL_STRAY_ENTRY, 0, entry.change_id, entry.position);
	else if (e != ERR_NOT_FOUND)
		return e;
	e = q_journal_stray_personal_one(g->db, NULL, &personal);
	if (e == ERR_OK)
		blame(g, JOURNAL_STRAY_PERSONAL, 0, personal.change_id, personal.position);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err verify_all(struct verifying *g)
{
	struct q_journal_waiting_count_row waiting;
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, g->db));
	TRY(read_digests(g));
	TRY(verify_chain(g));
	if (sound(g))
		TRY(verify_end(g));
	if (sound(g))
		TRY(verify_beside(g));
	TRY(q_journal_waiting_count_one(g->db, NULL, &waiting));
	g->v.waiting = waiting.n;
	return db_commit(&tx);
}

enum err journal_verify(struct journal_verdict *out, struct db *db)
{
	struct verifying g = { .db = db, .v = { .day = DATE_NONE }, .sealed_at = INSTANT_NONE };

	arena_init(&g.arena, MOST_MEMORY);
	arena_init(&g.kept, MOST_MEMORY);
	chain_init(&g.chain);
	enum err e = verify_all(&g);
	arena_release(&g.arena);
	arena_release(&g.kept);
	if (e == ERR_OK)
		*out = g.v;
	return e;
}

enum err journal_fault_text(const char **out, struct arena *a, const struct journal_verdict *v)
{
#define FAULT(name) MSG_JOURNAL_FAULT_##name,
	static const enum msg texts[] = {
		MSG_JOURNAL_FAULT_SOUND,
#include "app/journal/journal_faults.def"
	};
#undef FAULT
	char number[24], change[24], position[24], day[DATE_TEXT];

	snprintf(number, sizeof(number), "%" PRId64, v->number);
	snprintf(change, sizeof(change), "%" PRId64, v->change_id.value);
	snprintf(position, sizeof(position), "%" PRId64, v->position);
	return msg_format(out, a, texts[v->fault], number, change, position,
	                  date_vn(v->day, day));
}
