/* json_read.h - reads JSON that json.h wrote: known members in a known order, no white space.
 *
 * The reader goes through the text once.  What does not fit stops it: from then on everything
 * reads as absent, and json_read_end() says that it failed and where.
 *
 *	json_read_init(&r, bytes, n, arena);
 *	json_read_open(&r, '{');
 *	if (json_read_key(&r, "due"))   a member may be missing
 *		due = json_read_text(&r);
 *	json_read_close(&r, '}');
 */
#ifndef JSON_JSON_READ_H
#define JSON_JSON_READ_H

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"

struct json_reader {
	const char *start, *at, *end;
	struct arena *arena; /* texts are copied into it */
	enum err status;     /* ERR_INPUT: it does not fit; ERR_NO_MEMORY */
	bool need_comma;
};

void json_read_init(struct json_reader *r, const char *bytes, size_t n, struct arena *a);
void json_read_open(struct json_reader *r, char opener); /* '{' or '[' */
void json_read_close(struct json_reader *r, char closer);
/* Whether the next member is `key`; then its value comes next. */
bool json_read_key(struct json_reader *r, const char *key);
/* Whether another element of an array comes; else its end was taken. */
bool json_read_more(struct json_reader *r);

const char *json_read_text(struct json_reader *r); /* valid UTF-8; NULL when it failed */
long long json_read_int(struct json_reader *r);
bool json_read_bool(struct json_reader *r);
dec_t json_read_dec(struct json_reader *r);   /* "53.125" */
date_t json_read_date(struct json_reader *r); /* "2024-02-07" */

/* ERR_INPUT unless all of it was read; *where: the byte at which it stopped. */
ERR_RESULT json_read_end(const struct json_reader *r, size_t *where);

#endif
