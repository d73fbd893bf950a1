/* Rows of the inbox, and held packages that are looked at again. */
#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "base/vec.h"

/* ---- rows ---- */

static bool inbox_parse(enum exchange_inbox *out, const char *word)
{
	*out = str_eq(word, "taken")  ? INBOX_TAKEN
	       : str_eq(word, "held") ? INBOX_HELD
	                              : INBOX_REFUSED;
	return *out != INBOX_REFUSED || str_eq(word, "refused");
}

static ERR_RESULT row_of(struct exchange_inbox_row *out, const struct q_exchange_in_find_row *r)
{
	*out = (struct exchange_inbox_row){ .id = r->id,
		                            .peer_id = r->peer_id,
		                            .office_id = r->office_id,
		                            .report_id = r->report_id,
		                            .sha256 = r->sha256,
		                            .reason = r->reason,
		                            .told = r->told,
		                            .tries = r->tries,
		                            .times = r->times,
		                            .number = r->number == INT_NONE ? 0 : r->number };
	if (!inbox_parse(&out->state, r->state) ||
	    !exchange_finding_parse(&out->finding, r->finding))
		return err_set(ERR_DB, "inbox %lld is \"%s\", \"%s\"", (long long)r->id.value,
		               r->state, r->finding);
	return ERR_OK;
}

ERR_RESULT exchange_inbox_find(struct exchange_inbox_row *out, struct db *db, struct arena *a,
                               row_id scope, row_id id)
{
	struct q_exchange_in_find_in in = { id, scope };
	struct q_exchange_in_find_row row;

	TRY(q_exchange_in_find_one(db, a, &in, &row));
	return row_of(out, &row);
}

ERR_RESULT exchange_inbox_of(struct exchange_inbox_row *out, struct db *db, struct arena *a,
                             row_id peer, const char *sha256)
{
	struct q_exchange_in_of_peer_in of_peer = { peer, sha256 };
	struct q_exchange_in_of_file_in of_file = { sha256 };
	struct q_exchange_in_of_peer_row by_peer;
	struct q_exchange_in_of_file_row by_file;

	if (!row_is_none(peer)) {
		TRY(q_exchange_in_of_peer_one(db, a, &of_peer, &by_peer));
		return exchange_inbox_find(out, db, a, ROW_NONE, by_peer.id);
	}
	TRY(q_exchange_in_of_file_one(db, a, &of_file, &by_file));
	return exchange_inbox_find(out, db, a, ROW_NONE, by_file.id);
}

/* ---- again ---- */

static ERR_RESULT list_due(row_id **out, size_t *n, struct arena *a,
                           const struct exchange_office *office)
{
	instant_t now = clock_now(&office->clock);
	struct q_exchange_in_due_in in = { now, { now.us + EXCHANGE_LONGEST_WAIT } };
	struct q_exchange_in_due_row row;
	row_id *at = NULL;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(q_exchange_in_due_open(&rows, office->db, &in));
	while (q_exchange_in_due_next(&rows, &row)) {
		TRY(vec_room(a, at, *n));
		at[(*n)++] = row.id;
	}
	*out = at;
	return db_rows_status(&rows);
}

struct later_call {
	row_id id;
	int64_t tries;
};

/* Without an action: nothing was decided. */
static enum err run_later(struct db_write_context *w, void *arg)
{
	const struct later_call *c = arg;
	struct q_exchange_in_later_in in = { .id = c->id, .tries = c->tries };

	in.next_at = (instant_t){ w->change->at.us +
		                  exchange_wait(c->tries + 1, (uint64_t)c->id.value) };
	return q_exchange_in_later_run(w->db, &in);
}

ERR_RESULT exchange_inbox_again(struct arena *a, struct db_writer *writer,
                                struct change *change, const struct exchange_inbox_row *row,
                                struct slice bytes)
{
	struct change later = { .at = INSTANT_NONE, .origin = "exchange" };
	struct later_call c = { row->id, row->tries + 1 };
	struct exchange_coming x = { .peer_id = row->peer_id,
		                     .office_id = row->office_id,
		                     .sha256 = row->sha256,
		                     .bytes = bytes };
	struct exchange_receipt receipt;

	TRY(db_write(writer, &later, run_later, &c));
	return exchange_take_in(&receipt, a, writer, change, &x);
}

static ERR_RESULT look_at(struct arena *a, const struct exchange_office *office, row_id id)
{
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "exchange",
		                 .action = "exchange.again" };
	struct exchange_inbox_row row;
	struct slice bytes;

	TRY(exchange_inbox_find(&row, office->db, a, ROW_NONE, id));
	if (row.state != INBOX_HELD)
		return ERR_OK;
	struct q_exchange_bytes_find_in in = { id };
	struct q_exchange_bytes_find_row found;
	TRY(q_exchange_bytes_find_one(office->db, a, &in, &found));
	bytes = (struct slice){ (const char *)found.content.at, found.content.n };
	return exchange_inbox_again(a, office->writer, &change, &row, bytes);
}

ERR_RESULT exchange_look_again(struct arena *a, const struct exchange_office *office)
{
	row_id *due;
	size_t n;

	TRY(exchange_tell(office->writer, office->db, a));
	TRY(list_due(&due, &n, a, office));
	for (size_t i = 0; i < n; i++)
		TRY(look_at(a, office, due[i]));
	return ERR_OK;
}
