#include "app/dossier/dossier_counting.h"

static date_t day_of(instant_t at)
{
	return instant_is_none(at) ? DATE_NONE : instant_day(at);
}

/* Has its result by the due date, or by the second one that an apology gave. */
static bool within_extension(const struct dossier *d)
{
	instant_t due = instant_is_none(d->extended_due_at) ? d->due_at : d->extended_due_at;

	if (instant_is_none(d->finished_at))
		return false;
	return instant_is_none(due) || instant_cmp(d->finished_at, due) <= 0;
}

struct counter_facts dossier_counter_facts(const struct dossier *d)
{
	bool stands = !instant_is_none(d->paused_at);

	return (struct counter_facts){
		.receiving_unit_id = d->receiving_unit_id,
		.competent_unit_id = d->competent_unit_id,
		.procedure_version_id = d->procedure_version_id,
		.channel = choice_word(d->channel),
		.accepted = d->state != DOSSIER_REGISTERED && d->state != DOSSIER_NOT_ACCEPTED,
		.received_on = day_of(d->received_at),
		.finished_on = day_of(d->finished_at),
		.outcome = outcome_word(d->outcome),
		.within_extension = within_extension(d),
		.refused = d->refused,
		.closed_on = d->closed_on,
		.due_on = stands ? DATE_NONE : day_of(d->due_at),
		.returned = !instant_is_none(d->returned_at),
	};
}
