/* seen.h - writes down who saw personal data. */
#ifndef WEB_SEEN_H
#define WEB_SEEN_H

#include "web/route.h"

/* The page of `r` was made for `req` and is about to be sent. */
ERR_RESULT seen_note(const struct route *r, const struct req *req);

#endif
