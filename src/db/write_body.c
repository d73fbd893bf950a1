/* write_body.c - what every write does between the beginning and the commit. */
#include <stdatomic.h>
#include <time.h>

#include "db/write.sql.h"
#include "db/writer.h"

row_id db_new_id(struct db_write_context *w)
{
	return row_id_next(w->ids, w->change->at);
}

/* FNV-1a: two keys with the same number only wait for each other. */
enum err db_write_lock(struct db_write_context *w, const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	if (!w->change->concurrent)
		return ERR_OK;
	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return w->db->engine->lock(w->db, (int64_t)h);
}

/* *repeated: the request was answered before, and how. */
static enum err find_answer(bool *repeated, struct db *db, struct change *c)
{
	struct q_request_result_find_in in = { c->request_id };
	struct q_request_result_find_row row;

	*repeated = false;
	if (!c->request_id)
		return ERR_OK;
	enum err e = q_request_result_find_one(db, NULL, &in, &row);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	if (!row_eq(row.account_id, c->account_id))
		return err_set(ERR_CONFLICT, "the request was made by another account");
	c->result = row.result_id;
	*repeated = true;
	return ERR_OK;
}

static enum err store_change(struct db *db, const struct change *c)
{
	if (!c->action)
		return ERR_OK; /* housekeeping */
	TRY(q_change_await_seal_run(db, &(struct q_change_await_seal_in){ c->id }));
	return q_change_add_run(db, &(struct q_change_add_in){
	                                    .id = c->id,
	                                    .account_id = c->account_id,
	                                    .unit_id = c->unit_id,
	                                    .at = c->at,
	                                    .origin = c->origin ? c->origin : "",
	                                    .action = c->action,
	                                    .reason = c->reason,
	                                    .request_id = c->request_id,
	                            });
}

static enum err store_answer(struct db *db, const struct change *c)
{
	struct url link = { "" };

	if (!c->request_id)
		return ERR_OK;
	if (c->link)
		link = c->link(c->result);
	return q_request_result_add_run(db, &(struct q_request_result_add_in){
	                                            .request_id = c->request_id,
	                                            .account_id = c->account_id,
	                                            .result_id = c->result,
	                                            .link = link.text,
	                                            .at = c->at,
	                                    });
}

enum err write_body(struct db_writer *w, struct db *db, struct arena *a, struct job *j)
{
	struct change *c = j->change;
	struct db_write_context context = { .db = db, .change = c, .ids = w->ids, .arena = a };
	bool repeated;

	TRY(find_answer(&repeated, db, c));
	if (repeated)
		return ERR_OK;
	if (instant_is_none(c->at) || c->at.us == 0)
		c->at = clock_now(&w->clock);
	c->id = row_id_next(w->ids, c->at);
	TRY(store_change(db, c));
	TRY(j->fn(&context, j->arg));
	if (c->action && context.n_noted == 0)
		return err_set(ERR_INTERNAL, "the write %s noted nothing in the journal",
		               c->action);
	return store_answer(db, c);
}

int64_t write_now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

enum err write_commit(struct db_writer *w, struct db_tx *tx)
{
	int64_t start = write_now_us();
	enum err e = db_commit(tx);

	histogram_add(&w->stats.commit_times, &histogram_times, write_now_us() - start);
	return e;
}

void write_count(struct db_writer *w, enum err result)
{
	atomic_fetch_add_explicit(result == ERR_OK ? &w->stats.written : &w->stats.failed, 1,
	                          memory_order_relaxed);
}
