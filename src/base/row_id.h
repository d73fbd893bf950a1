/* row_id.h - the identity of a row: a 63-bit number made by the program.
 *
 * Milliseconds since 2020-01-01 UTC (41 bits), installation (12), sequence (10): ids grow
 * with time, are unique over installations without asking anybody, and can be partitioned
 * by range.  ROW_NONE (0) means "no row" and is stored as NULL.  JSON carries ids as text.
 */
#ifndef BASE_ROW_ID_H
#define BASE_ROW_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

typedef struct {
	int64_t value;
} row_id;

#define ROW_NONE ((row_id){ 0 })

static inline bool row_is_none(row_id id)
{
	return id.value == 0;
}
static inline bool row_eq(row_id a, row_id b)
{
	return a.value == b.value;
}

/* One source of ids; threads may share it.  Zero it except for `installation` (0-4095). */
struct id_source {
	unsigned installation;
	_Atomic int64_t last; /* milliseconds and sequence last given, packed */
};
row_id row_id_next(struct id_source *s, instant_t now);
bool row_id_parse(row_id *out, const char *text); /* positive decimal number */

#endif
