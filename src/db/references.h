/* references.h - rows that refer to a row that is not there.
 *
 * Asked of the rows themselves, so that it is also known where the engine does not watch the
 * references: after a load, or on a table that is divided into partitions.
 */
#ifndef DB_REFERENCES_H
#define DB_REFERENCES_H

#include "db/schema.h"

struct reference_orphans {
	int64_t n; /* rows; 0: all is well */
	const char
	        *first; /* the smallest first key column of them, as text; NULL when n is 0 */
};

/* `r` is a reference of `t`. */
ERR_RESULT reference_orphans(struct reference_orphans *out, struct db *db, struct arena *a,
                             const struct schema_table *t, const struct schema_reference *r);

#endif
