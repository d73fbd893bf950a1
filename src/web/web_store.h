/* web_store.h - the answers of forms already sent. */
#ifndef WEB_WEB_STORE_H
#define WEB_WEB_STORE_H

#include "base/url.h"
#include "db/write.h"

/* Where the first answer to `request_id` of this account led; ERR_NOT_FOUND when it is new. */
ERR_RESULT web_answered(struct url *out, struct db *db, struct arena *a, const char *request_id,
                        row_id account_id);

/* How many sessions have not ended. */
ERR_RESULT web_sessions(int64_t *out, struct db *db, instant_t now);

/* Forgets answers of days ago: no browser repeats them. */
ERR_RESULT web_answers_forget(struct db_writer *w);

#endif
