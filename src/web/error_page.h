/* error_page.h - what a user reads when a request fails. */
#ifndef WEB_ERROR_PAGE_H
#define WEB_ERROR_PAGE_H

#include "http/http.h"

/* Fills resp with the page for an HTTP status; leaves the headers that stand there.  From 500
 * on it is plain, without frame or template, so that it works when little else does. */
void error_page(struct req *req, struct resp *resp, int status);

/* The page for an error: its status, and its own words where they help. */
void error_page_of(struct req *req, struct resp *resp, enum err e);

/* The same with words of its own. */
void error_page_say(struct req *req, struct resp *resp, int status, enum msg heading,
                    enum msg remedy);

#endif
