/* procedure_note_store.h - what the journal says about procedures.  For the stores of this
 * folder.
 */
#ifndef APP_PROCEDURE_PROCEDURE_NOTE_STORE_H
#define APP_PROCEDURE_PROCEDURE_NOTE_STORE_H

#include "app/procedure/procedure.h"
#include "db/write.h"

/* A new version beside the one before it; `before` NULL: a new procedure. */
ERR_RESULT procedure_note(struct db_write_context *w, row_id procedure,
                          const struct procedure_draft *before,
                          const struct procedure_draft *after);

#endif
