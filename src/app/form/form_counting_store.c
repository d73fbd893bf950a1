/* form_counting_store.c - which figures the counters answer: what form check says. */
#include "app/form/form_counted_store.h"

/* Whether the counters answer every dossier count of the row; *any: whether it has one. */
static enum err all_counted(bool *all, bool *any, const struct form_asking *asking,
                            const struct form_row *row)
{
	*all = true;
	*any = false;
	for (size_t i = 0; row->value && i < row->value->n_totals; i++) {
		const struct calc_total *total = row->value->totals[i];
		struct form_counted ignored;
		bool can;

		if (!str_eq(total->set, "dossier"))
			continue;
		*any = true;
		TRY(form_counted_of(&ignored, &can, asking, total));
		*all = *all && can;
	}
	return ERR_OK;
}

enum err form_counting_of(enum form_counting *out, struct arena *a, const struct form_set *set,
                          const struct form_row *row)
{
	struct form_asking asking = { .arena = a, .set = set };
	const char **choices;
	bool regular, odd, any;

	TRY(arena_array(a, &choices, set->n_settings + 1));
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = set->settings[i].choices[set->settings[i].usual].word;
	asking.choices = choices;
	asking.period = period_of_days(date_make(2025, 12, 15), date_make(2026, 3, 14));
	TRY(all_counted(&regular, &any, &asking, row));
	asking.period = period_of_days(date_make(2025, 12, 20), date_make(2026, 3, 8));
	TRY(all_counted(&odd, &any, &asking, row));
	*out = FORM_BY_RECORDS;
	if (!any)
		*out = FORM_NOT_COUNTED;
	else if (regular)
		*out = odd ? FORM_BY_COUNTERS : FORM_BY_COUNTERS_IN_HALVES;
	return ERR_OK;
}
