/* unit_note_store.h - what the journal says about units.  For the stores of this folder. */
#ifndef APP_UNIT_UNIT_NOTE_STORE_H
#define APP_UNIT_UNIT_NOTE_STORE_H

#include "app/unit/unit_store.h"

ERR_RESULT unit_note_added(struct db_write_context *w, row_id unit,
                           const struct unit_draft *draft);
ERR_RESULT unit_note_edited(struct db_write_context *w, const struct unit *old,
                            const struct unit_draft *draft);
ERR_RESULT unit_note_renamed(struct db_write_context *w, const char *old_name,
                             const struct unit_renaming *r);
ERR_RESULT unit_note_moved(struct db_write_context *w, row_id old_parent,
                           const struct unit_moving *m);
ERR_RESULT unit_note_ended(struct db_write_context *w, row_id unit, date_t last_day);
ERR_RESULT unit_note_succeeded(struct db_write_context *w, const struct unit_succession *s,
                               row_id old, row_id successor);

#endif
