/* package_sign_store.h - the detached CMS signature (chữ ký số) of a frozen content: beside it,
 * never in it, so that a content can be signed later.
 */
#ifndef APP_PACKAGE_PACKAGE_SIGN_STORE_H
#define APP_PACKAGE_PACKAGE_SIGN_STORE_H

#include "app/package/package_store.h"
#include "base/str.h"

/* at NULL: it has none. */
ERR_RESULT package_signature_of(struct slice *out, struct db *db, struct arena *a,
                                row_id frozen);
/* Keeps it, in place of one that was there; noted in the journal with its SHA-256. */
ERR_RESULT package_signature_keep(struct db_writer *writer, struct change *change,
                                  const struct package_frozen *frozen, struct slice signature);

#endif
