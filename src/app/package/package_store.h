/* package_store.h - frozen contents of reports: of the own offices, as signing froze them, and
 * of packages that came from other installations.
 *
 * `package_content` keeps the canonical bytes, a row for each freezing of a report: the one
 * with to_change null is the latest; those before it are history (the report was reopened and
 * signed again, or a corrected package came).  `package_cell` has the cells of each content as
 * rows, which the office above adds up; they follow from the bytes (package_cells_again).
 *
 * Whether a report has been sent is said by `report`, not here: a frozen content may belong to
 * a report that is open again.
 */
#ifndef APP_PACKAGE_PACKAGE_STORE_H
#define APP_PACKAGE_PACKAGE_STORE_H

#include "app/package/package.h"
#include "db/write.h"

struct package_frozen {
	row_id id, report_id;
	bool received; /* from another installation: it cannot be derived here */
	char sha256[PACKAGE_SHA256_TEXT];
	int64_t pinned; /* number in the journal's chain of this installation; 0 when received
	                 */
	row_id from_change, to_change; /* to_change ROW_NONE: the latest */
};

/* The latest frozen content of a report; ERR_NOT_FOUND when it was never signed. */
ERR_RESULT package_find(struct package_frozen *out, struct db *db, struct arena *a,
                        row_id report);
/* Its bytes. */
ERR_RESULT package_bytes_of(struct package_bytes *out, struct db *db, struct arena *a,
                            row_id frozen);

/* The cells of a report as they were sent, by form and indicator; without shares.  n 0 when it
 * was never frozen. */
struct package_cells {
	struct package_cell *at;
	size_t n;
};
ERR_RESULT package_cells_of(struct package_cells *out, struct db *db, struct arena *a,
                            row_id report);

/* Keeps `content` as what the report is now; the one before becomes history.  `w` is the write
 * that signs or takes in; nothing is noted in the journal here. */
struct package_freezing {
	row_id report_id;
	bool received;
	int64_t pinned;
	const struct package_content *content;
	const struct package_bytes *bytes; /* package_write of it */
};
ERR_RESULT package_freeze_in(struct db_write_context *w, const struct package_freezing *f);

/* What EXCHANGE calls for a package of another installation, after it looked at the report's
 * state: keeps content and cells, and the definitions that this installation does not have. */
struct package_text {
	const char *form, *text; /* "set", "1" ...: a .form file */
};
struct package_receiving {
	row_id report_id;
	const struct package_content *content;
	const struct package_bytes *bytes;
	const struct package_text *definitions; /* one for each of content->definitions */
	size_t n_definitions;
};
ERR_RESULT package_store_received_in(struct db_write_context *w,
                                     const struct package_receiving *r);

#endif
