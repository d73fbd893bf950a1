/* rollup_list.h - lists of codes as they are stored behind a frozen cell: a line for each code,
 * procedure, level, field and amount with tabs between.  Pure. */
#ifndef APP_ROLLUP_ROLLUP_LIST_H
#define APP_ROLLUP_ROLLUP_LIST_H

#include "app/rollup/rollup.h"

/* Lists that were read, so that units with the same list share it. */
struct rollup_lists {
	struct rollup_codes *codes;
	struct rollup_list *slots;
	size_t n, room;
};
struct rollup_list {
	const char *text; /* NULL: a free slot */
	uint64_t hash;
	const struct rollup_code *const *codes;
	const dec_t *amounts; /* NULL: no line states one */
	size_t n;
};
ERR_RESULT rollup_lists_init(struct rollup_lists *lists, struct rollup_codes *codes);
/* ERR_INPUT: a line is malformed. */
ERR_RESULT rollup_list_read(const struct rollup_list **out, struct rollup_lists *lists,
                            const char *text);

#endif
