/* layout.h - puts a page into its frame. */
#ifndef WEB_LAYOUT_H
#define WEB_LAYOUT_H

#include "http/http.h"

/* Replaces resp->body by the whole page.  resp->title is set. */
ERR_RESULT layout_wrap(struct req *req, struct resp *resp);

/* The first page of the menu this actor may open; false when there is none. */
bool layout_first(struct url *out, const struct req *req);

#endif
