#include "app/account/actor.h"
#include "http/http.h"

struct change actor_change(const struct req *req, const char *action,
                           struct url (*link)(row_id result))
{
	return (struct change){ .account_id = req->actor->account_id,
		                .unit_id = req->actor->unit_id,
		                .at = INSTANT_NONE,
		                .origin = req->client,
		                .action = action,
		                .request_id = req->request_id,
		                .link = link };
}
