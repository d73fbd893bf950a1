#include "app/dossier/dossier_clock_store.h"

ERR_RESULT dossier_clock_load(struct dossier_clock *out, struct db *db, struct arena *a,
                              row_id unit)
{
	struct calendar_rules rules;
	struct calendar *calendar;

	(void)db;
	(void)unit;
	TRY(calendar_built_in(&rules, a));
	TRY(calendar_compile(&calendar, a, &rules, 2020, 2035));
	out->calendar = calendar;
	out->sets = rule_set_built_in(&out->n_sets);
	return ERR_OK;
}
