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
	size_t n, room;
};
ERR_RESULT rollup_codes_init(struct rollup_codes *codes, struct arena *a);
/* The one code; texts are copied when it is new, the field as it was said first. */
ERR_RESULT rollup_code(const struct rollup_code **out, struct rollup_codes *codes,
                       const char *procedure, enum form_tier tier, const char *field);
/* By procedure, then level: the order of any list that is shown or frozen. */
int rollup_code_order(const struct rollup_code *a, const struct rollup_code *b);

#endif
