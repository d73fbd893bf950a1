/* json.h - writes JSON (RFC 8259) into a text, piece by piece; commas and escapes are ours.
 *
 *	struct json j;
 *	json_init(&j, &text);
 *	json_begin_object(&j);
 *	json_key(&j, "due");  json_text(&j, "2024-02-15 15:20");
 *	json_end(&j);
 *
 * Ids go out as text (they exceed what JavaScript holds exactly).  NULL text and the NONE
 * values become null.  Calls must nest properly (asserted); failures stay in the struct str.
 */
#ifndef JSON_JSON_H
#define JSON_JSON_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/row_id.h"
#include "base/str.h"

enum { JSON_MOST_DEPTH = 32 };
struct json {
	struct str *to;
	int depth;
	char closers[JSON_MOST_DEPTH];
	bool need_comma;
};

void json_init(struct json *j, struct str *to);
void json_begin_object(struct json *j);
void json_begin_array(struct json *j);
void json_end(struct json *j); /* of the innermost object or array */
void json_key(struct json *j, const char *key);
void json_text(struct json *j, const char *text);
void json_int(struct json *j, long long n);
void json_bool(struct json *j, bool b);
void json_put_null(struct json *j);
void json_id(struct json *j, row_id id);
void json_dec(struct json *j, dec_t d);          /* as text: "53.125" */
void json_date(struct json *j, date_t d);        /* "2024-02-07" */
void json_instant(struct json *j, instant_t at); /* local "2024-02-07 15:20" */

#endif
