/* behind.h - lists that are read from a replica, and so may be some seconds behind.
 *
 * Who has just sent a form reads from the primary for as long as a replica may be late, so that
 * they see what they did: a cookie says so, and it holds on every server of an installation.
 */
#ifndef WEB_BEHIND_H
#define WEB_BEHIND_H

#include "http/http.h"

/* Lends a connection to the replica, if there is one that this reader may use. */
bool behind_lend(const struct req *req, struct resp *resp, struct db **out);
/* failed: the page went wrong on it; resp is emptied for the next try. */
void behind_take_back(const struct req *req, struct resp *resp, struct db *db, bool failed);

/* After a POST: the cookie. */
ERR_RESULT behind_note_write(const struct req *req, struct resp *resp);

/* What the reader is told; NULL when the page was read from the primary. */
ERR_RESULT behind_words(const char **out, const struct req *req, const struct resp *resp);

#endif
