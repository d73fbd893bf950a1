#include "web/behind.h"

#include <stdio.h>

#include "base/log.h"
#include "base/messages.h"
#include "web/app.h"

static const char cookie[] = "__Host-wrote";

bool behind_lend(const struct req *req, struct resp *resp, struct db **out)
{
	struct db_replica *replica = req->app->replica;

	if (!replica || params_get(&req->cookies, cookie) ||
	    db_replica_lease(replica, out, &resp->behind_s) != ERR_OK)
		return false;
	resp->behind = true;
	return true;
}

void behind_take_back(const struct req *req, struct resp *resp, struct db *db, bool failed)
{
	struct db_replica *replica = req->app->replica;

	db_replica_return(replica, db);
	if (!failed)
		return;
	log_event(LOG_ERROR, "replica.failed", { "text", err_message() });
	db_replica_distrust(replica);
	str_clear(&resp->body);
	resp->out = (struct html_out){ .to = &resp->body, .tokens = &req->tokens };
	resp->title = NULL;
	resp->n_headers = 0;
	resp->behind = false;
}

enum err behind_note_write(const struct req *req, struct resp *resp)
{
	char text[128];

	if (!req->app->replica || req->method != POST)
		return ERR_OK;
	snprintf(text, sizeof(text),
	         "%s=1; Path=/; Max-Age=%lld; Secure; HttpOnly; SameSite=Lax", cookie,
	         req->settings->replica_most_lag_seconds);
	return resp_header(resp, "Set-Cookie", text);
}

enum err behind_words(const char **out, const struct req *req, const struct resp *resp)
{
	char seconds[24];

	*out = NULL;
	if (!resp->behind)
		return ERR_OK;
	snprintf(seconds, sizeof(seconds), "%lld", (long long)resp->behind_s);
	return msg_format(out, req->arena, MSG_WEB_BEHIND, seconds);
}
