/* deadline_store.h - rule sets as they are kept.  They hold for every unit; those that came
 * with the program stand first, so that a stored one of the same days wins (rule_set_find).
 */
#ifndef APP_DEADLINE_DEADLINE_STORE_H
#define APP_DEADLINE_DEADLINE_STORE_H

#include "app/deadline/rule_set.h"
#include "base/problems.h"
#include "db/write.h"

struct rule_sets {
	const struct rule_set *at;
	size_t n;
};
/* Shipped and stored, in `a`. */
ERR_RESULT rule_sets_load(struct rule_sets *out, struct db *db, struct arena *a);
/* By code; NULL when there is none. */
const struct rule_set *rule_sets_by_code(const struct rule_sets *sets, const char *code);

/* ERR_INPUT with a problem at "code" when the code is taken.  Stored sets are never changed:
 * dossiers point at them. */
ERR_RESULT rule_set_add(struct db_writer *writer, struct change *change,
                        const struct rule_set *set, struct problems *problems);

#endif
