/* rollup_note.h - Ghi chú of a rolled-up figure, from the notes of those that gave it.  Pure.
 */
#ifndef APP_ROLLUP_ROLLUP_NOTE_H
#define APP_ROLLUP_ROLLUP_NOTE_H

#include "base/arena.h"

struct rollup_noted {
	const char *name, *note; /* of a unit below; note NULL or blank: none */
};
/* The unit's own note first, then what each unit below noted, "Xã A, Xã B: ..."; equal notes
 * stand once, and after some the rest are counted.  NULL: nobody noted anything. */
ERR_RESULT rollup_note(const char **out, struct arena *a, const char *own,
                       const struct rollup_noted *below, size_t n);

#endif
