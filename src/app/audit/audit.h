/* audit.h - the auditor (kiểm tra số liệu báo cáo): what a report says against what else it
 * says.  Pure: a document comes in, findings go out.  Nothing outside the document is asked but
 * the known forms and the register of well-known decrees.
 *
 * A relation is something the document itself lets one compute: a total and its parts, a rate
 * and its operands, one quantity in two places.  Each relation that was checked is counted;
 * what does not hold becomes a finding.
 */
#ifndef APP_AUDIT_AUDIT_H
#define APP_AUDIT_AUDIT_H

#include "text/document.h"

enum audit_verdict {
	AUDIT_HOLDS,
	AUDIT_SUSPECT, /* a person must decide */
	AUDIT_FAIL     /* contradicted by the document itself */
};
const char *audit_verdict_word(enum audit_verdict verdict); /* "holds", "suspect", "fail" */

enum audit_kind {
#define AUDIT_KIND(name, word, label) AUDIT_##name,
#include "app/audit/audit_kinds.def"
#undef AUDIT_KIND
	AUDIT_KINDS
};
const char *audit_kind_word(enum audit_kind kind);  /* "zero-denominator" */
const char *audit_kind_label(enum audit_kind kind); /* in Vietnamese */

/* A passage that the finding is about: bytes of a line as extracted. */
struct audit_place {
	struct doc_line line;
	const char *quote; /* short, as it stands there, markup taken out */
	size_t at, n;      /* the passage itself within the quote; n 0: all of it */
	bool operand;      /* one of the figures that were compared */
};
enum { AUDIT_MOST_PLACES = 24 };

struct audit_finding {
	enum audit_verdict verdict;
	enum audit_kind kind;
	const struct audit_place *places; /* in the order of the document */
	size_t n_places;
	const char *relation;   /* "6.3.1 = 6.1.2 + 6.2.2" */
	const char *stated;     /* "140" */
	const char *computed;   /* "78 + 54 = 132" */
	const char *message;    /* a sentence in Vietnamese that an officer understands */
	const char *correction; /* what to write instead; NULL: a person must say */
	const char *check;      /* name of the check that found it */
};

struct audit_options {
	bool draft;                      /* a blank number and day are no fault yet */
	bool all;                        /* keep the relations that hold */
	const struct document *previous; /* last period's report, or NULL */
};

struct audit_result {
	const struct audit_finding *findings; /* in the order of the document; no AUDIT_HOLDS */
	size_t n_findings;
	const struct audit_finding *holds; /* with options->all */
	size_t n_holds;
	size_t n_relations; /* checked, those that hold included */
};

ERR_RESULT audit_run(struct audit_result *out, struct arena *a, const struct document *document,
                     const struct audit_options *options);

#endif
