/* Packages on their way up: packed, sent, answered. */
#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/journal/journal_store.h"
#include "app/package/package_store.h"
#include "app/report/report_remote_store.h"
#include "base/vec.h"

enum {
	MOST_SENT = 200,         /* in one round */
	MOST_IN_A_ROW = 3,       /* failures of single packages, then the line is at fault */
	ROUND_MEMORY = 256 << 20 /* of one package */
};

/* ---- items ---- */

static ERR_RESULT item_of(struct exchange_out_item *out,
                          const struct q_exchange_out_find_row *row)
{
	*out = (struct exchange_out_item){
		.id = row->id,
		.peer_id = row->peer_id,
		.report_id = row->report_id,
		.sha256 = row->sha256,
		.reason = row->reason,
		.item = { .tries = row->tries, .next_at = row->next_at, .heard = row->heard }
	};
	if (!exchange_state_parse(&out->item.state, row->state))
		return err_set(ERR_DB, "outbox %lld is \"%s\"", (long long)row->id.value,
		               row->state);
	return ERR_OK;
}

ERR_RESULT exchange_out_find(struct exchange_out_item *out, struct db *db, struct arena *a,
                             row_id scope, row_id id)
{
	struct q_exchange_out_find_in in = { id, scope };
	struct q_exchange_out_find_row row;

	TRY(q_exchange_out_find_one(db, a, &in, &row));
	return item_of(out, &row);
}

static ERR_RESULT find_sha(struct exchange_out_item *out, struct db *db, struct arena *a,
                           row_id peer, const char *sha256)
{
	struct q_exchange_out_by_sha_in in = { peer, sha256 };
	struct q_exchange_out_by_sha_row row;

	TRY(q_exchange_out_by_sha_one(db, a, &in, &row));
	return exchange_out_find(out, db, a, ROW_NONE, row.id);
}

ERR_RESULT exchange_out_store(struct db *db, const struct exchange_out_item *x)
{
	struct q_exchange_out_set_in in = { .id = x->id,
		                            .state = exchange_state_word(x->item.state),
		                            .tries = x->item.tries,
		                            .next_at = x->item.next_at,
		                            .heard = x->item.heard,
		                            .reason = x->reason };

	return q_exchange_out_set_run(db, &in);
}

/* ---- a round ---- */

struct round {
	const struct exchange_line *line;
	const struct exchange_office *office;
	const struct exchange_peer *peer;
	struct arena *arena;
	struct exchange_done *done;
};

static struct change housekeeping(void)
{
	return (struct change){ .at = INSTANT_NONE, .origin = "exchange" };
}

/* ---- packing ---- */

struct making {
	row_id peer_id, report_id;
	const char *sha256;
	struct slice bytes;
};

static enum err run_make(struct db_write_context *w, void *arg)
{
	const struct making *m = arg;
	struct exchange_item item = exchange_item_new(w->change->at);
	struct q_exchange_out_add_in in = { .id = db_new_id(w),
		                            .peer_id = m->peer_id,
		                            .report_id = m->report_id,
		                            .sha256 = m->sha256,
		                            .state = exchange_state_word(item.state),
		                            .next_at = item.next_at,
		                            .made_at = w->change->at,
		                            .change_id = w->change->id };
	struct q_exchange_bytes_put_in bytes = {
		in.id, { (const unsigned char *)m->bytes.at, m->bytes.len }
	};
	struct journal_note n = journal_note(w, SUBJECT_PACKAGE, in.id, KIND_CREATE);
	int64_t added;

	TRY(q_exchange_out_add_run(w->db, &in));
	TRY(db_changed_rows(&added, w->db));
	if (added == 0) { /* by somebody else meanwhile */
		journal_nothing(w);
		return ERR_OK;
	}
	TRY(q_exchange_bytes_put_run(w->db, &bytes));
	journal_put(&n, FIELD_HASH, NULL, m->sha256);
	journal_put(&n, FIELD_STATE, NULL, in.state);
	return journal_write(&n);
}

static ERR_RESULT make_one(const struct round *r, struct arena *a, row_id report)
{
	struct change change = housekeeping();
	struct making m = { .peer_id = r->peer->id, .report_id = report };
	struct package_frozen frozen;

	change.action = "exchange.pack";
	TRY(package_find(&frozen, r->office->db, a, report));
	m.sha256 = frozen.sha256;
	TRY(exchange_pack(&m.bytes, r->office->db, a, report, clock_today(&r->office->clock)));
	TRY(db_write(r->office->writer, &change, run_make, &m));
	r->done->made++;
	return ERR_OK;
}

static ERR_RESULT make_all(const struct round *r)
{
	struct q_exchange_unsent_in in = { r->peer->id, clock_today(&r->office->clock) };
	struct q_exchange_unsent_row row;
	row_id *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_exchange_unsent_open(&rows, r->office->db, &in));
	while (q_exchange_unsent_next(&rows, &row)) {
		TRY(vec_room(r->arena, at, n));
		at[n++] = row.report_id;
	}
	TRY(db_rows_status(&rows));
	for (size_t i = 0; i < n; i++) {
		ARENA_CLEANUP struct arena a;

		arena_init(&a, ROUND_MEMORY);
		TRY(make_one(r, &a, at[i]));
	}
	return ERR_OK;
}

/* ---- one step of an item: read, moved by the rules, stored ---- */

struct stepping {
	row_id id;
	enum { STEP_BEGIN, STEP_FAIL, STEP_HEAR } step;
	const struct exchange_said *said;
	const char *reason;
	uint64_t seed;
	bool moved;
};

static enum err run_step(struct db_write_context *w, void *arg)
{
	struct stepping *s = arg;
	struct exchange_out_item x;

	TRY(exchange_out_find(&x, w->db, w->arena, ROW_NONE, s->id));
	s->moved = true;
	if (s->step == STEP_BEGIN) {
		s->moved = exchange_begin(&x.item, w->change->at);
	} else if (s->step == STEP_FAIL) {
		exchange_failed(&x.item, w->change->at, s->seed ^ (uint64_t)s->id.value);
		x.reason = s->reason;
	} else {
		s->moved = exchange_heard(&x.item, s->said->word, s->said->number);
		if (s->moved)
			x.reason = str_blank(s->said->reason) ? NULL : s->said->reason;
	}
	return exchange_out_store(w->db, &x);
}

static ERR_RESULT step(const struct round *r, struct stepping *s)
{
	struct change change = housekeeping();

	s->seed = r->office->seed;
	return db_write(r->office->writer, &change, run_step, s);
}

/* ---- the line ---- */

static enum err run_line(struct db_write_context *w, void *arg)
{
	return q_exchange_peer_line_run(w->db, arg);
}

static ERR_RESULT line_is(const struct round *r, const char *trouble)
{
	struct change change = housekeeping();
	instant_t now = clock_now(&r->office->clock);
	int64_t failures = trouble ? r->peer->failures + 1 : 0;
	struct q_exchange_peer_line_in in = { .id = r->peer->id,
		                              .failures = failures,
		                              .next_at = INSTANT_NONE,
		                              .trouble = trouble };

	r->done->trouble = trouble;
	if (!trouble && r->peer->failures == 0)
		return ERR_OK;
	if (trouble)
		in.next_at.us = now.us + exchange_wait(failures, r->office->seed);
	return db_write(r->office->writer, &change, run_line, &in);
}

/* What an HTTP status says of the line itself; NULL: it is the package's. */
static ERR_RESULT line_trouble(const char **out, struct arena *a,
                               const struct exchange_reply *y)
{
	char status[24];

	snprintf(status, sizeof(status), "%d", y->status);
	*out = NULL;
	if (y->status == 0) {
		*out = y->trouble;
		return ERR_OK;
	}
	if (y->status == 401 || y->status == 403)
		return msg_format(out, a, MSG_EXCHANGE_NO_ENTRY);
	if (y->status == 429 || y->status == 503)
		return msg_format(out, a, MSG_EXCHANGE_BUSY, status);
	return ERR_OK;
}

/* ---- sending ---- */

enum went { WENT_WELL, WENT_WRONG, LINE_IS_DOWN };

static ERR_RESULT package_trouble(const char **out, struct arena *a,
                                  const struct exchange_reply *y)
{
	char status[24];

	snprintf(status, sizeof(status), "%d", y->status);
	return y->status == 413 ? msg_format(out, a, MSG_EXCHANGE_TOO_LARGE)
	                        : msg_format(out, a, MSG_EXCHANGE_NO_ANSWER, status);
}

static ERR_RESULT take_answer(enum went *out, const struct round *r, struct arena *a,
                              const struct exchange_out_item *x, const struct exchange_reply *y)
{
	struct stepping s = { .id = x->id, .step = STEP_HEAR };
	struct exchange_said said;
	const char *trouble;
	enum err e = ERR_INPUT;

	TRY(line_trouble(&trouble, a, y));
	if (y->status == 200)
		e = exchange_receipt_read(&said, a, y->body);
	if (e == ERR_OK && str_eq(said.sha256, x->sha256)) {
		s.said = &said;
		*out = WENT_WELL;
		return step(r, &s);
	}
	if (e != ERR_OK && e != ERR_INPUT)
		return e;
	*out = trouble ? LINE_IS_DOWN : WENT_WRONG;
	s.step = STEP_FAIL;
	s.reason = trouble;
	if (!trouble)
		TRY(package_trouble(&s.reason, a, y));
	TRY(step(r, &s));
	return trouble ? line_is(r, trouble) : ERR_OK;
}

static ERR_RESULT send_one(enum went *out, const struct round *r, row_id id)
{
	struct stepping begin = { .id = id, .step = STEP_BEGIN };
	struct q_exchange_bytes_find_in in = { id };
	struct q_exchange_bytes_find_row row;
	struct exchange_reply reply = { .status = 0 };
	struct exchange_out_item x;
	struct exchange_parcel parcel;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, ROUND_MEMORY);
	*out = WENT_WELL;
	TRY(step(r, &begin));
	if (!begin.moved)
		return ERR_OK;
	TRY(exchange_out_find(&x, r->office->db, &a, ROW_NONE, id));
	TRY(q_exchange_bytes_find_one(r->office->db, &a, &in, &row));
	parcel = (struct exchange_parcel){ x.sha256,
		                           { (const char *)row.content.at, row.content.n } };
	TRY(r->line->send(&reply, &a, r->line->context, r->peer, &parcel));
	TRY(take_answer(out, r, &a, &x, &reply));
	if (*out == WENT_WELL)
		r->done->sent++;
	else
		r->done->failed++;
	return ERR_OK;
}

static ERR_RESULT list_due(row_id **ids, struct exchange_item **items, size_t *n,
                           const struct round *r)
{
	struct q_exchange_out_due_in in = { r->peer->id };
	struct q_exchange_out_due_row row;
	DB_ROWS rows = { 0 };

	*ids = NULL;
	*items = NULL;
	*n = 0;
	TRY(q_exchange_out_due_open(&rows, r->office->db, &in));
	while (q_exchange_out_due_next(&rows, &row)) {
		struct exchange_item item = { .tries = row.tries, .next_at = row.next_at };

		if (!exchange_state_parse(&item.state, row.state))
			return err_set(ERR_DB, "an item is \"%s\"", row.state);
		TRY(vec_room(r->arena, *items, *n));
		(*items)[*n] = item;
		TRY(vec_room(r->arena, *ids, *n));
		(*ids)[(*n)++] = row.id;
	}
	return db_rows_status(&rows);
}

/* One after another, past those that fail; the line itself failing ends the round. */
static ERR_RESULT send_all(bool *line_down, const struct round *r)
{
	instant_t now = clock_now(&r->office->clock);
	struct exchange_item *items;
	row_id *ids;
	size_t n, in_a_row = 0;

	*line_down = false;
	TRY(list_due(&ids, &items, &n, r));
	if (n == 0)
		return ERR_OK;
	for (size_t sent = 0; sent < MOST_SENT && in_a_row < MOST_IN_A_ROW; sent++) {
		size_t next = exchange_next(items, n, now);
		enum went went;

		if (next == n)
			break;
		items[next].state = EXCHANGE_GIVEN_UP; /* in this round */
		TRY(send_one(&went, r, ids[next]));
		*line_down = went == LINE_IS_DOWN;
		if (*line_down)
			break;
		in_a_row = went == WENT_WELL ? 0 : in_a_row + 1;
	}
	return ERR_OK;
}

/* ---- hearing ---- */

struct hearing {
	row_id peer_id;
	const struct exchange_said *said;
	bool news;
};

static ERR_RESULT tell_report(struct db_write_context *w, const struct exchange_out_item *x,
                              const struct exchange_said *s)
{
	struct report_telling telling = { .report_id = x->report_id,
		                          .accepted = s->word == SAID_ACCEPTED,
		                          .reason = s->reason,
		                          .n = s->n_remarks };
	struct report_remark *remarks;
	bool done;

	if (s->word != SAID_ACCEPTED && s->word != SAID_RETURNED)
		return ERR_OK;
	TRY(arena_array(w->arena, &remarks, s->n_remarks + 1));
	for (size_t i = 0; i < s->n_remarks; i++)
		remarks[i] =
		        (struct report_remark){ s->remarks[i].form, s->remarks[i].indicator,
			                        s->remarks[i].text };
	telling.remarks = remarks;
	return report_told_in(&done, w, &telling);
}

/* One word: to the item, to the report, and that it was read, in one transaction. */
static enum err run_hear(struct db_write_context *w, void *arg)
{
	struct hearing *h = arg;
	const struct exchange_said *s = h->said;
	struct q_exchange_peer_heard_in heard = { h->peer_id, s->number };
	struct exchange_out_item x;
	enum err e;
	int64_t news;

	journal_nothing(w);
	TRY(q_exchange_peer_heard_run(w->db, &heard));
	TRY(db_changed_rows(&news, w->db));
	h->news = news > 0;
	if (!h->news) /* by somebody else meanwhile */
		return ERR_OK;
	e = find_sha(&x, w->db, w->arena, h->peer_id, s->sha256);
	if (e == ERR_NOT_FOUND) /* sent by another program of the same office, or as a file */
		return ERR_OK;
	TRY(e);
	if (exchange_heard(&x.item, s->word, s->number))
		x.reason = str_blank(s->reason) ? NULL : s->reason;
	TRY(exchange_out_store(w->db, &x));
	return tell_report(w, &x, s);
}

static ERR_RESULT hear(const struct round *r, const struct exchange_said *s)
{
	struct change change = housekeeping();
	struct hearing h = { .peer_id = r->peer->id, .said = s };

	change.action = "exchange.hear";
	TRY(db_write(r->office->writer, &change, run_hear, &h));
	r->done->heard += h.news;
	return ERR_OK;
}

static ERR_RESULT ask_once(size_t *n, int64_t *after, const struct round *r, struct arena *a)
{
	struct exchange_reply reply = { .status = 0 };
	struct exchange_words words = { NULL, 0 };
	const char *trouble;
	enum err e = ERR_INPUT;

	*n = 0;
	TRY(r->line->ask(&reply, a, r->line->context, r->peer, *after));
	TRY(line_trouble(&trouble, a, &reply));
	if (reply.status == 200)
		e = exchange_words_read(&words, a, reply.body);
	if (e == ERR_INPUT && !trouble)
		TRY(package_trouble(&trouble, a, &reply));
	if (e == ERR_INPUT)
		return line_is(r, trouble);
	TRY(e);
	for (size_t i = 0; i < words.n; i++)
		TRY(hear(r, &words.at[i]));
	*n = words.n;
	if (words.n > 0)
		*after = words.at[words.n - 1].number;
	return words.n < EXCHANGE_MOST_WORDS ? line_is(r, NULL) : ERR_OK;
}

static ERR_RESULT ask_all(const struct round *r)
{
	int64_t after = r->peer->heard;
	size_t n = EXCHANGE_MOST_WORDS;

	while (n == EXCHANGE_MOST_WORDS) {
		ARENA_CLEANUP struct arena a;

		arena_init(&a, ROUND_MEMORY);
		TRY(ask_once(&n, &after, r, &a));
	}
	return ERR_OK;
}

/* ---- the door ---- */

ERR_RESULT exchange_round(struct exchange_done *out, struct arena *a,
                          const struct exchange_line *line,
                          const struct exchange_office *office)
{
	struct round r = { .line = line, .office = office, .arena = a, .done = out };
	instant_t now = clock_now(&office->clock);
	struct exchange_peers peers;
	bool line_down;

	*out = (struct exchange_done){ .trouble = NULL };
	TRY(exchange_peers(&peers, office->db, a));
	if (peers.n == 0 || !peers.at[0].above)
		return ERR_OK;
	r.peer = &peers.at[0];
	TRY(make_all(&r));
	if (!instant_is_none(r.peer->next_at) && !exchange_reached(r.peer->next_at, now))
		return ERR_OK;
	TRY(send_all(&line_down, &r));
	return line_down ? ERR_OK : ask_all(&r);
}
