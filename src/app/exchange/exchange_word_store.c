/* What is said to the installations below. */
#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/vec.h"

ERR_RESULT exchange_say_in(int64_t *number, struct db_write_context *w,
                           const struct exchange_saying *x)
{
	struct q_exchange_word_last_in last = { x->peer_id };
	struct q_exchange_word_last_row row = { .number = 0 };
	enum err e = q_exchange_word_last_one(w->db, w->arena, &last, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	struct q_exchange_word_add_in in = { .peer_id = x->peer_id,
		                             .number = row.number + 1,
		                             .inbox_id = x->inbox_id,
		                             .word = exchange_word_code(x->word),
		                             .reason = x->reason ? x->reason : "",
		                             .event_id = x->event_id,
		                             .change_id = w->change->id };
	TRY(q_exchange_word_add_run(w->db, &in));
	*number = in.number;
	return ERR_OK;
}

/* ---- what people did ---- */

static enum err run_tell(struct db_write_context *w, void *arg)
{
	struct q_exchange_untold_row row;
	struct exchange_saying *at = NULL;
	size_t n = 0;
	int64_t number;
	DB_ROWS rows = { 0 };

	(void)arg;
	TRY(q_exchange_untold_open(&rows, w->db));
	while (q_exchange_untold_next(&rows, &row)) {
		TRY(db_keep_row(w->arena, &query_exchange_untold, &row));
		TRY(vec_room(w->arena, at, n));
		at[n++] = (struct exchange_saying){ .peer_id = row.peer_id,
			                            .inbox_id = row.inbox_id,
			                            .word = str_eq(row.to_state, "accepted")
			                                            ? SAID_ACCEPTED
			                                            : SAID_RETURNED,
			                            .reason = row.reason,
			                            .event_id = row.event_id };
	}
	TRY(db_rows_status(&rows));
	for (size_t i = 0; i < n; i++)
		TRY(exchange_say_in(&number, w, &at[i]));
	return ERR_OK;
}

ERR_RESULT exchange_tell(struct db_writer *writer, struct db *db, struct arena *a)
{
	struct change change = { .at = INSTANT_NONE, .origin = "exchange" };
	struct q_exchange_untold_row row;
	enum err e = q_exchange_untold_one(db, a, &row);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return db_write(writer, &change, run_tell, NULL);
}

/* ---- asked for ---- */

static ERR_RESULT add_remarks(struct exchange_said *s, struct db *db, struct arena *a,
                              row_id report, row_id change)
{
	struct q_exchange_word_remarks_in in = { report, change };
	struct q_exchange_word_remarks_row row;
	struct exchange_remark *at = NULL;
	DB_ROWS rows = { 0 };

	TRY(q_exchange_word_remarks_open(&rows, db, &in));
	while (q_exchange_word_remarks_next(&rows, &row)) {
		if (s->n_remarks == EXCHANGE_MOST_REMARKS)
			break;
		TRY(db_keep_row(a, &query_exchange_word_remarks, &row));
		TRY(vec_room(a, at, s->n_remarks));
		at[s->n_remarks++] =
		        (struct exchange_remark){ row.form, row.indicator, row.body };
	}
	s->remarks = at;
	return db_rows_status(&rows);
}

static ERR_RESULT add_word(struct exchange_words *words, struct exchange_said **at,
                           struct db *db, struct arena *a,
                           const struct q_exchange_word_list_row *row)
{
	struct exchange_said *s;

	TRY(vec_room(a, *at, words->n));
	s = &(*at)[words->n];
	*s = (struct exchange_said){ .number = row->number,
		                     .sha256 = row->sha256,
		                     .reason = row->reason };
	if (!exchange_word_parse(&s->word, row->word))
		return err_set(ERR_DB, "word %lld is \"%s\"", (long long)row->number,
		               row->word);
	words->n++;
	if (row_is_none(row->event_change_id))
		return ERR_OK;
	return add_remarks(s, db, a, row->report_id, row->event_change_id);
}

ERR_RESULT exchange_words_after(struct exchange_words *out, struct db *db, struct arena *a,
                                row_id peer, int64_t after)
{
	struct q_exchange_word_list_in in = { peer, after };
	struct q_exchange_word_list_row row;
	struct exchange_words words = { NULL, 0 };
	struct exchange_said *at = NULL;
	DB_ROWS rows = { 0 };

	TRY(q_exchange_word_list_open(&rows, db, &in));
	while (q_exchange_word_list_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_exchange_word_list, &row));
		TRY(add_word(&words, &at, db, a, &row));
	}
	words.at = at;
	*out = words;
	return db_rows_status(&rows);
}
