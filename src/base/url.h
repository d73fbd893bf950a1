/* url.h - a link inside the program.  Only link builders make one (the generated
 * gen/links.h, one function for each route), and only a struct url may stand in href, src
 * or action, so a text of a user can never become a link.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/row_id.h"

enum { URL_MAX = 512 };
struct url {
	char text[URL_MAX]; /* percent-encoded; cut off links become "/" */
};

struct url url_path(const char *path);                      /* a literal path */
struct url url_add_segment(struct url u, const char *text); /* "/" + encoded text */
struct url url_add_id(struct url u, row_id id);             /* "/" + digits */
struct url url_add_literal(struct url u, const char *path); /* "/edit" */
/* "?name=value" or "&name=value"; an empty or NULL value adds nothing. */
struct url url_with(struct url u, const char *name, const char *value);
struct url url_with_int(struct url u, const char *name, long long value);

#endif
