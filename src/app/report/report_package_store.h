/* report_package_store.h - a signed report as a package (app/package/package_zip.h). */
#ifndef APP_REPORT_REPORT_PACKAGE_STORE_H
#define APP_REPORT_REPORT_PACKAGE_STORE_H

#include "app/package/package_zip.h"
#include "app/report/report_freeze_store.h"

/* The content that was signed with its definitions and what stands outside the hash, and
 * its signature if it has one; no documents.  Bytes that were thrown away are derived again.
 * ERR_NOT_FOUND: it was never signed; ERR_DB: what is kept or derived is not what was signed.
 */
ERR_RESULT report_package_open(struct package_file *out, struct db *db, struct arena *a,
                               const struct report *r);

#endif
