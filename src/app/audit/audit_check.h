/* audit_check.h - what a check works with; included by the checks only.
 *
 *	enum err audit_rates_in_rows(struct audit *x)
 *	{
 *		for each relation that the document lets us compute:
 *			struct audit_draft d;
 *			audit_begin(&d, x, AUDIT_RATIO, fits ? AUDIT_HOLDS : AUDIT_FAIL);
 *			audit_at_cell(&d, row, column);          ... one call for each operand
 *			audit_say(&d, relation, stated, computed);
 *			TRY(audit_end(&d, MSG_AUDIT_RATE_DIFFERS, "53,12", "51/99 = 51,52%"));
 *	}
 */
#ifndef APP_AUDIT_AUDIT_CHECK_H
#define APP_AUDIT_AUDIT_CHECK_H

#include "app/audit/audit.h"
#include "base/messages.h"

struct fact_list;
struct passages;

struct audit {
	struct arena *arena;
	const struct document *document;
	const struct audit_options *options;
	struct fact_list *facts; /* app/audit/fact.h; read once before the checks run */
	const struct passages
	        *passages; /* app/audit/audit_paper.h; read once, when asked for */
	struct audit_finding *findings, *holds;
	size_t n_findings, n_holds, n_relations;
	const char *check; /* name of the one that runs */
};

/* A finding in the making. */
struct audit_draft {
	struct audit *audit;
	struct audit_finding finding;
	struct audit_place places[AUDIT_MOST_PLACES];
	size_t n_places;
	const char *message, *correction;
	enum err failed; /* of a call before audit_end */
};

void audit_begin(struct audit_draft *d, struct audit *x, enum audit_kind kind,
                 enum audit_verdict verdict);
/* Passages: bytes [start, end) of a joined text, widened to whole words of a short quote; a
 * whole line; a row of a table as "label | unit | value".  `operand`: its figure is
 * highlighted. */
void audit_at(struct audit_draft *d, const struct joined *text, size_t start, size_t end,
              bool operand);
void audit_at_line(struct audit_draft *d, struct doc_line line, const char *quote);
void audit_at_row(struct audit_draft *d, const struct table *t, size_t row, bool operand);
/* Both are copied; printf-like helpers are arena_printf's business. */
void audit_say(struct audit_draft *d, const char *relation, const char *stated,
               const char *computed);
void audit_correct(struct audit_draft *d, const char *correction);
/* Ends the finding with its sentence: audit_end(&d, MSG_..., arguments).  A relation that holds
 * needs no sentence: audit_end_holds. */
#define audit_end(d, ...)      AUDIT_END_(d, __VA_ARGS__, NULL)
#define AUDIT_END_(d, id, ...) audit_end_with((d), (id), (const char *const[]){ __VA_ARGS__ })
ERR_RESULT audit_end_with(struct audit_draft *d, enum msg id, const char *const *args);
ERR_RESULT audit_end_holds(struct audit_draft *d);
/* Counts a relation that holds without keeping it, where keeping it would tell nobody anything.
 */
void audit_count(struct audit *x);

#define AUDIT_CHECK(function, about) ERR_RESULT function(struct audit *x);
#include "app/audit/audit_checks.def"
#undef AUDIT_CHECK

#endif
