/* home.c - GET /: leads to the first page of the menu that the actor may open. */
#include "gen/links.h"
#include "gen/pages.h"
#include "web/layout.h"

enum err home_show(struct req *req, struct resp *resp)
{
	struct url first;

	return resp_redirect(resp, layout_first(&first, req) ? first : link_login_place());
}
