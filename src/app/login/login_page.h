/* login_page.h - what web asks of the login pages beside those of the site map. */
#ifndef APP_LOGIN_LOGIN_PAGE_H
#define APP_LOGIN_LOGIN_PAGE_H

#include "http/http.h"

/* A form arrived, but its session is over: shows the login page, which carries the whole form
 * in hidden fields and brings it back after the login (resp->resume, req->refill). */
ERR_RESULT login_ask_again(struct req *req, struct resp *resp);

#endif
