/* exchange_wire.h - what two installations say to each other about packages, as JSON.  Pure.
 *
 * The answer to a package:  {"sha256":"...","word":"taken","number":7,"reason":""}
 * The answer to "what was said after number 6":
 *	{"words":[{"number":7,"sha256":"...","word":"returned","reason":"...",
 *	           "remarks":[{"form":"3","indicator":"...","text":"..."}]}]}
 */
#ifndef APP_EXCHANGE_EXCHANGE_WIRE_H
#define APP_EXCHANGE_EXCHANGE_WIRE_H

#include "app/exchange/exchange.h"
#include "base/str.h"

enum {
	EXCHANGE_MOST_WORDS = 100, /* in one answer */
	EXCHANGE_MOST_REMARKS = 200,
	EXCHANGE_REASON_LONGEST = 8000,
	EXCHANGE_ANSWER_MOST = 16 * 1024 * 1024 /* bytes */
};

struct exchange_remark {
	const char *form, *indicator, *text;
};
struct exchange_said {
	int64_t number;
	const char *sha256; /* of the package's content */
	enum exchange_word word;
	const char *reason; /* "" when there is none */
	const struct exchange_remark *remarks;
	size_t n_remarks;
};
struct exchange_words {
	const struct exchange_said *at;
	size_t n;
};

ERR_RESULT exchange_receipt_write(const char **out, struct arena *a,
                                  const struct exchange_said *receipt);
ERR_RESULT exchange_words_write(const char **out, struct arena *a,
                                const struct exchange_words *words);

/* ERR_INPUT: it is no such answer.  The numbers of words grow. */
ERR_RESULT exchange_receipt_read(struct exchange_said *out, struct arena *a, struct slice text);
ERR_RESULT exchange_words_read(struct exchange_words *out, struct arena *a, struct slice text);

/* 64 small hexadecimal digits. */
bool exchange_is_sha256(const char *text);

#endif
