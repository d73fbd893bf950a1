#include "app/exchange/exchange_desk_store.h"

#include <string.h>

#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/vec.h"

enum { LONGEST_REASON = 2000 };

/* ---- lists ---- */

static ERR_RESULT list_out(struct exchange_lists *l, struct db *db, struct arena *a,
                           row_id scope)
{
	struct q_exchange_out_list_in in = { .scope = scope };
	struct q_exchange_out_list_row row;
	DB_ROWS rows = { 0 };

	TRY(q_exchange_out_list_open(&rows, db, &in));
	while (q_exchange_out_list_next(&rows, &row)) {
		struct exchange_out_row *x;

		TRY(db_keep_row(a, &query_exchange_out_list, &row));
		TRY(vec_room(a, l->out, l->n_out));
		x = &l->out[l->n_out++];
		*x = (struct exchange_out_row){ .id = row.id,
			                        .report_id = row.report_id,
			                        .unit_name = row.unit_name,
			                        .period_name = row.period_name,
			                        .peer_name = row.peer_name,
			                        .sha256 = row.sha256,
			                        .tries = row.tries,
			                        .next_at = row.next_at,
			                        .made_at = row.made_at,
			                        .reason = row.reason };
		if (!exchange_state_parse(&x->state, row.state))
			return err_set(ERR_DB, "an item is \"%s\"", row.state);
	}
	return db_rows_status(&rows);
}

static ERR_RESULT list_in(struct exchange_lists *l, struct db *db, struct arena *a,
                          row_id scope)
{
	struct q_exchange_in_list_in in = { .scope = scope };
	struct q_exchange_in_list_row row;
	DB_ROWS rows = { 0 };

	TRY(q_exchange_in_list_open(&rows, db, &in));
	while (q_exchange_in_list_next(&rows, &row)) {
		struct exchange_in_row *x;

		TRY(db_keep_row(a, &query_exchange_in_list, &row));
		TRY(vec_room(a, l->in, l->n_in));
		x = &l->in[l->n_in++];
		*x = (struct exchange_in_row){ .id = row.id,
			                       .report_id = row.report_id,
			                       .unit_code = row.unit_code,
			                       .unit_name = row.unit_name,
			                       .period_name = row.period_name,
			                       .sha256 = row.sha256,
			                       .peer_name = row.peer_name,
			                       .state = str_eq(row.state, "taken") ? INBOX_TAKEN
			                                : str_eq(row.state, "held")
			                                        ? INBOX_HELD
			                                        : INBOX_REFUSED,
			                       .reason = row.reason,
			                       .times = row.times,
			                       .came_at = row.came_at };
		if (!exchange_finding_parse(&x->finding, row.finding))
			return err_set(ERR_DB, "a finding is \"%s\"", row.finding);
	}
	return db_rows_status(&rows);
}

ERR_RESULT exchange_lists(struct exchange_lists *out, struct db *db, struct arena *a,
                          row_id scope)
{
	struct exchange_lists l = { .n_out = 0 };

	TRY(list_out(&l, db, a, scope));
	TRY(list_in(&l, db, a, scope));
	l.more_out = l.n_out > EXCHANGE_LISTED;
	l.more_in = l.n_in > EXCHANGE_LISTED;
	l.n_out -= l.more_out;
	l.n_in -= l.more_in;
	*out = l;
	return ERR_OK;
}

ERR_RESULT exchange_bytes(struct slice *out, struct db *db, struct arena *a, row_id scope,
                          row_id item)
{
	struct q_exchange_bytes_find_in in = { item };
	struct q_exchange_bytes_find_row row;
	struct exchange_inbox_row inbox;
	struct exchange_out_item outbox;
	enum err e = exchange_out_find(&outbox, db, a, scope, item);

	if (e == ERR_NOT_FOUND)
		e = exchange_inbox_find(&inbox, db, a, scope, item);
	TRY(e);
	TRY(q_exchange_bytes_find_one(db, a, &in, &row));
	*out = (struct slice){ (const char *)row.content.at, row.content.n };
	return ERR_OK;
}

/* ---- deciding ---- */

struct deciding {
	const struct exchange_deciding *x;
	struct problems *problems;
	struct arena *arena;             /* of who waits */
	struct exchange_inbox_row again; /* to be judged anew; id ROW_NONE: no */
	struct slice bytes;
};

static ERR_RESULT refuse(struct deciding *d, const char *field, enum msg id)
{
	TRY(problems_say(d->problems, field, 0, id));
	return err_set(ERR_INPUT, "what was decided was refused");
}

static ERR_RESULT check_reason(struct deciding *d)
{
	if (d->x->deed != EXCHANGE_STOP)
		return ERR_OK;
	if (str_blank(d->x->reason))
		return refuse(d, "reason", MSG_EXCHANGE_REASON_MISSING);
	if (strlen(d->x->reason) > LONGEST_REASON)
		return refuse(d, "reason", MSG_EXCHANGE_REASON_LONG);
	return ERR_OK;
}

static ERR_RESULT note(struct db_write_context *w, row_id id, const char *state,
                       const char *reason)
{
	struct journal_note n = journal_note(w, SUBJECT_PACKAGE, id, KIND_UPDATE);

	journal_put(&n, FIELD_STATE, NULL, state);
	journal_put(&n, FIELD_REASON, NULL, reason);
	return journal_write(&n);
}

static ERR_RESULT decide_out(struct deciding *d, struct db_write_context *w)
{
	struct exchange_out_item x;
	bool may;

	TRY(exchange_out_find(&x, w->db, w->arena, w->change->unit_id, d->x->item));
	if (d->x->deed == EXCHANGE_STOP) {
		may = exchange_give_up(&x.item);
		x.reason = d->x->reason;
	} else {
		struct q_exchange_peer_now_in now = { x.peer_id };

		may = exchange_try_now(&x.item, w->change->at);
		TRY(q_exchange_peer_now_run(w->db, &now));
	}
	if (!may)
		return refuse(d, "", MSG_EXCHANGE_ARRIVED_ALREADY);
	TRY(exchange_out_store(w->db, &x));
	w->change->result = x.id;
	return note(w, x.id, exchange_state_text(x.item.state), d->x->reason);
}

/* The bytes are in the outbox of who sent it; here they are not needed any more. */
static ERR_RESULT decline(struct deciding *d, struct db_write_context *w,
                          struct exchange_inbox_row *row)
{
	struct q_exchange_in_decline_in in = { .id = row->id };
	struct exchange_saying say = { .peer_id = row->peer_id,
		                       .inbox_id = row->id,
		                       .word = SAID_REFUSED };
	int64_t number = INT_NONE;

	TRY(msg_format(&in.reason, w->arena, MSG_EXCHANGE_DECLINED, d->x->reason));
	say.reason = in.reason;
	if (!row_is_none(row->peer_id))
		TRY(exchange_say_in(&number, w, &say));
	in.number = number;
	TRY(q_exchange_in_decline_run(w->db, &in));
	return note(w, row->id, "refused", d->x->reason);
}

static ERR_RESULT decide_in(struct deciding *d, struct db_write_context *w)
{
	struct q_exchange_bytes_find_in in = { d->x->item };
	struct q_exchange_bytes_find_row found;
	struct exchange_inbox_row row;
	char *copy;

	TRY(exchange_inbox_find(&row, w->db, d->arena, w->change->unit_id, d->x->item));
	w->change->result = row.id;
	if (row.state != INBOX_HELD)
		return refuse(d, "", MSG_EXCHANGE_NOT_HELD);
	if (d->x->deed == EXCHANGE_STOP)
		return decline(d, w, &row);
	if (d->x->deed == EXCHANGE_TAKE_INSTEAD)
		TRY(q_exchange_in_told_run(w->db, &(struct q_exchange_in_told_in){ row.id }));
	TRY(q_exchange_bytes_find_one(w->db, w->arena, &in, &found));
	copy = arena_alloc_unset(d->arena, found.content.n);
	if (!copy)
		return arena_no_memory(d->arena);
	memcpy(copy, found.content.at, found.content.n);
	d->bytes = (struct slice){ copy, found.content.n };
	d->again = row;
	return note(w, row.id, "held", d->x->reason);
}

static enum err run_decide(struct db_write_context *w, void *arg)
{
	struct deciding *d = arg;

	problems_init(d->problems, d->problems->arena);
	d->again.id = ROW_NONE;
	TRY(check_reason(d));
	return d->x->inbox ? decide_in(d, w) : decide_out(d, w);
}

ERR_RESULT exchange_decide(struct db_writer *writer, struct change *change,
                           const struct exchange_deciding *x, struct problems *problems)
{
	struct deciding d = { .x = x, .problems = problems, .arena = problems->arena };
	struct change again = { .account_id = change->account_id,
		                .at = INSTANT_NONE,
		                .origin = change->origin,
		                .action = "exchange.again" };

	TRY(db_write(writer, change, run_decide, &d));
	if (row_is_none(d.again.id))
		return ERR_OK;
	return exchange_inbox_again(problems->arena, writer, &again, &d.again, d.bytes);
}
