/* unit_follow_store.h - what follows a unit to the one that takes it over; private to the
 * stores of src/app/unit. */
#ifndef APP_UNIT_UNIT_FOLLOW_STORE_H
#define APP_UNIT_UNIT_FOLLOW_STORE_H

#include "db/write.h"

/* Who holds a role over `old` holds it over `successor` from the day on; the old role stays, so
 * that what `old` left behind can be finished by the same people.  Records need no such step:
 * a successor stands above what it took over. */
ERR_RESULT unit_roles_follow(struct db_write_context *w, row_id old, row_id successor,
                             date_t on);

#endif
