/* rollup_codes.h - procedures behind the figures of catalogue rows, each (procedure, level)
 * once in memory: equal codes are equal pointers, so a list is compared without reading it. */
#ifndef APP_ROLLUP_ROLLUP_CODES_H
#define APP_ROLLUP_ROLLUP_CODES_H

#include "app/form/form.h"

struct rollup_code {
	const char *procedure; /* mã thủ tục: "1.003583" */
	enum form_tier tier;   /* cấp thực hiện */
	const char *field;     /* lĩnh vực; "" when nobody said it */
	size_t number;         /* 0, 1, 2 ... in the order they were met */
};

struct rollup_codes {
	struct arena *arena;
	const struct rollup_code **slots;
	const struct rollup_code **next; /* by number: what stood behind it in a list */
	size_t n, room;
};
ERR_RESULT rollup_codes_init(struct rollup_codes *codes, struct arena *a);
/* The one code; texts are copied when it is new, the field as it was said first. */
ERR_RESULT rollup_code(const struct rollup_code **out, struct rollup_codes *codes,
                       const char *procedure, enum form_tier tier, const char *field);
/* One code of a list after another, from pieces of its text: *at is the one before, NULL at the
 * first, and becomes this one.  Lists are sorted and alike, so most are found without a search.
 */
struct rollup_code_text {
	struct slice procedure, field;
	enum form_tier tier;
};
ERR_RESULT rollup_code_next(const struct rollup_code **at, struct rollup_codes *codes,
                            const struct rollup_code_text *text);
/* By procedure, then level: the order of any list that is shown or frozen. */
int rollup_code_order(const struct rollup_code *a, const struct rollup_code *b);

#endif
