#include "web/layout.h"

#include <assert.h>
#include <string.h>

#include "gen/links.h"
#include "gen/pages.h"
#include "web/behind.h"
#include "web/layout_view.h"
#include "web/route.h"

struct nav {
	page_fn *page;
	struct url (*link)(void);
	const char *label, *icon;
};

#define NAV(handler, label, icon) { handler, link_##handler, label, icon },
static const struct nav navs[] = {
#include "web/nav.def"
	{ NULL, NULL, NULL, NULL },
};
#undef NAV

/* Beside the route's own "who may", the menu hides from a stranger nothing that is public. */
static bool shown(const struct nav *nav, const struct req *req)
{
	const struct route *r = route_of(nav->page);

	return r && route_allows(r, req->actor);
}

/* "/dossiers" is current on "/dossiers" and "/dossiers/7", not on "/dossiers-x". */
static bool below(const char *path, const char *item)
{
	size_t n = strlen(item);

	return strncmp(path, item, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

/* Only the deepest item that holds the page is marked. */
static void mark_current(struct layout_nav *items, size_t n, const char *path)
{
	struct layout_nav *deepest = NULL;

	for (size_t i = 0; i < n; i++)
		if (below(path, items[i].to.text) &&
		    (!deepest || strlen(items[i].to.text) > strlen(deepest->to.text)))
			deepest = &items[i];
	if (deepest)
		deepest->current = true;
}

static enum err nav_for(struct layout_view *v, const struct req *req)
{
	struct layout_nav *items;

	TRY(arena_array(req->arena, &items, ARRAY_LEN(navs)));
	assert(items);
	for (const struct nav *nav = navs; nav->page; nav++)
		if (shown(nav, req))
			items[v->n_nav++] = (struct layout_nav){ .to = nav->link(),
				                                 .label = nav->label,
				                                 .icon = nav->icon };
	mark_current(items, v->n_nav, req->path);
	v->nav = items;
	return ERR_OK;
}

bool layout_first(struct url *out, const struct req *req)
{
	for (const struct nav *nav = navs; nav->page; nav++)
		if (shown(nav, req)) {
			*out = nav->link();
			return true;
		}
	return false;
}

enum err layout_wrap(struct req *req, struct resp *resp)
{
	struct layout_view v = { .title = resp->title,
		                 .path = req->path,
		                 .logged_in = !actor_is_nobody(req->actor),
		                 .actor_name = req->actor->name,
		                 .unit_name = req->actor->unit_name };
	struct str page;

	TRY(str_finish(&resp->body, &v.body.markup));
	TRY(nav_for(&v, req));
	TRY(behind_words(&v.behind, req, resp));
	str_init(&page, req->arena, resp->body.max);
	resp->out.to = &page;
	tmpl_layout(&resp->out, &v);
	resp->out.to = &resp->body;
	resp->body = page;
	return str_check(&page);
}
