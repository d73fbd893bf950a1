/* package_store.h - frozen contents of reports: of the own offices, as signing froze them, and
 * of packages that came from other installations.
 *
 * `package_content` has a row for each freezing of a report: the one with to_change null is the
 * latest; those before it are history (the report was reopened and signed again, or a corrected
 * package came).  `package_bytes` keeps the canonical bytes, `package_cell` the cells as rows,
 * which the office above adds up; the cells follow from the bytes, and the bytes of an own
 * report from the database as it stood at the pinned number (report_freeze_store.h).
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
/* Every freezing of a report, oldest first. */
struct package_freezings {
	struct package_frozen *at;
	size_t n;
};
ERR_RESULT package_history(struct package_freezings *out, struct db *db, struct arena *a,
                           row_id report);
/* Its bytes; ERR_DB when they do not have the hash that was kept with them, ERR_NOT_FOUND when
 * they were thrown away. */
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

/* The text of a definition, the installation's own or one that came with a package. */
ERR_RESULT package_definition_text(const char **out, struct db *db, struct arena *a,
                                   const char *sha256);

/* Adds a freezing with its bytes and cells; of `frozen` all but sha256 and to_change is read.
 * For whoever builds a database: others call package_freeze_in. */
ERR_RESULT package_put(struct db *db, struct arena *a, const struct package_frozen *frozen,
                       const struct package_content *content,
                       const struct package_bytes *bytes);
/* Bytes and cells of a freezing that is there, made anew. */
ERR_RESULT package_put_again(struct db *db, struct arena *a, row_id frozen,
                             const struct package_content *content,
                             const struct package_bytes *bytes);

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
