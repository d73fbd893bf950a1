#include "app/dossier/dossier_clock_store.h"

#include "app/deadline/deadline_store.h"

ERR_RESULT dossier_clock_load(struct dossier_clock *out, struct db *db, struct arena *a,
                              struct calendar_cache *cache, row_id unit, date_t today)
{
	struct rule_sets sets;
	const struct calendar *calendar;

	TRY(rule_sets_load(&sets, db, a));
	TRY(calendar_load(&calendar, db, a, cache, unit, today));
	*out = (struct dossier_clock){ calendar, sets.at, sets.n };
	return ERR_OK;
}
