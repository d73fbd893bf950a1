/* report_freeze_store.h - what signing freezes of a report, and how it is derived again.
 *
 * Signing collects the figures with everything behind them (definitions, tree of the day,
 * contributions, decisions, text) into a package_content, whose canonical bytes have one
 * SHA-256, and pins the number in the journal's chain up to which all was known.  The same
 * bytes come out of the database at any time later: report_rederive() opens the database as it
 * stood at that number and runs the same collecting over it (docs/decisions/0008).
 */
#ifndef APP_REPORT_REPORT_FREEZE_STORE_H
#define APP_REPORT_REPORT_FREEZE_STORE_H

#include "app/package/package_store.h"
#include "app/report/report_store.h"

/* The content of a report as the database has it now. */
ERR_RESULT report_collect(struct package_content *out, struct db *db, struct arena *a,
                          row_id report);

/* In the write that signs `r`, which must run alone: freezes and pins.  ERR_INPUT when a
 * figure of an amending report differs from the document before it and nobody said why. */
ERR_RESULT report_freeze_in(struct db_write_context *w, struct report *r,
                            struct problems *problems);

/* ---- again ---- */

struct report_again {
	struct package_frozen frozen; /* what was kept when it was signed */
	struct package_bytes bytes;   /* derived now */
	struct package_content content;
	bool same; /* bytes.sha256 is frozen.sha256 */
};
/* The latest freezing of a report, derived from what was known at its pinned number; what is
 * kept of it besides number and hash is not read.  ERR_NOT_FOUND: it was never signed.  A
 * received content cannot be derived: its bytes are read. */
ERR_RESULT report_rederive(struct report_again *out, struct db *db, struct arena *a,
                           row_id report);

/* ---- what moved since ---- */

/* One cell whose figure is another one now than when the report was signed. */
struct report_moved_cell {
	const char *form, *indicator;
	dec_t before, after; /* DEC_NONE: blank */
	const struct report_cause *causes;
	size_t n_causes; /* at most REPORT_MOST_CAUSES of them */
	bool more;
};
enum report_cause_kind {
	REPORT_CAUSE_CELL,       /* a figure was entered, changed or taken back */
	REPORT_CAUSE_DOSSIER,    /* a dossier was changed or taken in later */
	REPORT_CAUSE_PROCEDURE,  /* a procedure has another version */
	REPORT_CAUSE_DEFINITION, /* another definition was installed */
	REPORT_CAUSE_UNIT,       /* a unit was merged, moved, ended, renamed */
	REPORT_CAUSE_SETTING,    /* a decision on counting */
	REPORT_CAUSE_CHILD,      /* a report of a unit below */
	REPORT_CAUSE_KINDS
};
const char *report_cause_name(enum report_cause_kind kind); /* "hồ sơ thay đổi" */
struct report_cause {
	enum report_cause_kind kind;
	row_id change_id;         /* who and when: in the journal */
	const char *what;         /* code of the dossier, procedure, unit ...; or "" */
	const char *account_name; /* NULL: the program */
	instant_t at;
};
enum { REPORT_MOST_CAUSES = 20 };
struct report_moved {
	const struct report_moved_cell *at;
	size_t n;
};
/* Against the frozen content; n 0 when nothing moved.  ERR_NOT_FOUND: it was never signed. */
ERR_RESULT report_moved(struct report_moved *out, struct db *db, struct arena *a,
                        row_id report);

/* ---- amendments ---- */

/* A cell in which an amending report differs from the document before it. */
struct report_amendment {
	const char *form, *indicator;
	dec_t before, after;
	const char *reason; /* NULL: not said yet */
};
struct report_amendments {
	const struct report_amendment *at;
	size_t n, n_without_reason;
};
/* n 0 when the report replaces none. */
ERR_RESULT report_amendments(struct report_amendments *out, struct db *db, struct arena *a,
                             row_id report);
struct report_amending {
	row_id report_id;
	struct report_actor who; /* REPORT_COMPILE, in the own office */
	const char *form, *indicator, *reason;
};
/* Fields of problems: "reason". */
ERR_RESULT report_amendment_say(struct db_writer *writer, struct change *change,
                                const struct report_amending *x, struct problems *problems);

#endif
