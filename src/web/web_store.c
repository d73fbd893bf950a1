#include "web/web_store.h"

#include "web/web_store.sql.h"

static const int64_t kept_us = 7 * US_PER_DAY;

enum err web_answered(struct url *out, struct db *db, struct arena *a, const char *request_id,
                      row_id account_id)
{
	struct q_web_request_result_row row;

	TRY(q_web_request_result_one(db, a, &(struct q_web_request_result_in){ request_id },
	                             &row));
	if (!row_eq(row.account_id, account_id))
		return err_set(ERR_FORBIDDEN, "a request_id of another account");
	*out = url_path(*row.link ? row.link : "/"); /* a write that leads nowhere */
	return ERR_OK;
}

static enum err forget(struct db_write_context *w, void *arg)
{
	(void)arg;
	return q_web_request_result_delete_old_run(
	        w->db,
	        &(struct q_web_request_result_delete_old_in){ { w->change->at.us - kept_us } });
}

enum err web_answers_forget(struct db_writer *w)
{
	struct change housekeeping = { .at = INSTANT_NONE,
		                       .origin = "server",
		                       .concurrent = true };

	return db_write(w, &housekeeping, forget, NULL);
}

enum err web_sessions(int64_t *out, struct db *db, instant_t now)
{
	struct q_web_session_count_row row;

	TRY(q_web_session_count_one(db, NULL, &(struct q_web_session_count_in){ now }, &row));
	*out = row.n;
	return ERR_OK;
}
