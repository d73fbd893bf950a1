/* dossier_due.h - the due dates of a dossier, counted by the deadline engine.  Pure.
 *
 * A dossier keeps for ever the rule set of its day of receipt and the term of the procedure
 * version of that day (the shortened one when there is one).
 */
#ifndef APP_DOSSIER_DOSSIER_DUE_H
#define APP_DOSSIER_DOSSIER_DUE_H

#include "app/deadline/deadline.h"
#include "app/dossier/dossier.h"

/* What counting needs besides the dossier; threads share it. */
struct dossier_clock {
	const struct calendar *calendar; /* of the receiving unit */
	const struct rule_set *sets;
	size_t n_sets;
};

/* Its stops and its apology, as the engine takes them. */
struct dossier_stops {
	const struct pause *pauses; /* by `from` */
	size_t n_pauses;
	struct extension extension; /* both INSTANT_NONE: none */
};

/* The rule set of a dossier: by its code, else by its day of receipt.  Never NULL: before all
 * dated sets the first one holds. */
const struct rule_set *dossier_rules(const struct dossier_clock *clock,
                                     const struct dossier *d);

/* What the engine is asked about `d`; false when its procedure states no term. */
bool dossier_question(struct deadline_question *out, const struct dossier_clock *clock,
                      const struct dossier *d, const struct dossier_stops *stops);

/* Sets term-dependent facts of `d` (rule set, calendar version, all dues) from its receipt,
 * term and `stops`.  The original due is set once and then kept.  ERR_RANGE when the calendar
 * ends before the due. */
ERR_RESULT dossier_count_due(struct dossier *d, const struct dossier_clock *clock,
                             const struct dossier_stops *stops);

/* Early, on time or late when finished at `at`. */
enum outcome dossier_outcome(const struct dossier *d, const struct dossier_clock *clock,
                             instant_t at);

/* When a step with this budget ("2 giờ làm việc") that starts at `from` should be done;
 * INSTANT_NONE without a budget that can be counted. */
instant_t dossier_step_due(const struct dossier_clock *clock, const struct dossier *d,
                           const char *budget, instant_t from);

#endif
