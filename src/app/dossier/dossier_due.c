#include "app/dossier/dossier_due.h"

#include "base/str.h"

const struct rule_set *dossier_rules(const struct dossier_clock *clock, const struct dossier *d)
{
	const struct rule_set *found;

	for (size_t i = 0; i < clock->n_sets; i++) {
		if (str_eq(clock->sets[i].code, d->rule_set))
			return &clock->sets[i];
	}
	found = rule_set_find(clock->sets, clock->n_sets, instant_day(d->received_at));
	return found ? found : clock->sets;
}

bool dossier_question(struct deadline_question *out, const struct dossier_clock *clock,
                      const struct dossier *d, const struct dossier_stops *stops)
{
	struct term term;

	if (str_blank(d->term) || term_parse(&term, d->term) != TERM_OK)
		return false;
	*out = (struct deadline_question){
		.received = d->received_at,
		.term = term,
		.rules = dossier_rules(clock, d),
		.pauses = stops->pauses,
		.n_pauses = stops->n_pauses,
		.extension = stops->extension,
	};
	return true;
}

ERR_RESULT dossier_count_due(struct dossier *d, const struct dossier_clock *clock,
                             const struct dossier_stops *stops)
{
	struct deadline_question question;
	struct deadline deadline;

	d->calendar_version = calendar_version(clock->calendar);
	d->rule_set = dossier_rules(clock, d)->code;
	if (!dossier_question(&question, clock, d, stops))
		return ERR_OK;
	TRY(deadline_compute(&deadline, clock->calendar, &question));
	if (instant_is_none(d->original_due_at))
		d->original_due_at = deadline.original_due;
	d->due_at = deadline.due;
	d->extended_due_at = deadline.extended_due;
	return ERR_OK;
}

enum outcome dossier_outcome(const struct dossier *d, const struct dossier_clock *clock,
                             instant_t at)
{
	if (instant_is_none(d->due_at))
		return OUTCOME_NONE;
	return outcome_of(clock->calendar, dossier_rules(clock, d)->early, d->due_at, at);
}

instant_t dossier_step_due(const struct dossier_clock *clock, const struct dossier *d,
                           const char *budget, instant_t from)
{
	struct deadline_question question = {
		.received = from,
		.rules = dossier_rules(clock, d),
		.extension = { INSTANT_NONE, INSTANT_NONE },
	};
	struct deadline deadline;

	if (str_blank(budget) || term_parse(&question.term, budget) != TERM_OK ||
	    deadline_compute(&deadline, clock->calendar, &question) != ERR_OK)
		return INSTANT_NONE;
	return deadline.due;
}
