#include "app/dossier/dossier_stops_store.h"

#include "app/dossier/dossier_store.sql.h"
#include "base/messages.h"
#include "base/str.h"

static ERR_RESULT load_pauses(struct dossier_stops *out, struct db *db, struct arena *a,
                              row_id dossier, instant_t now)
{
	struct q_dossier_pauses_in in = { dossier };
	struct q_dossier_pauses_row row;
	struct pause *pauses;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &pauses, DOSSIER_MOST_PAUSES));
	TRY(q_dossier_pauses_open(&rows, db, &in));
	while (n < DOSSIER_MOST_PAUSES && q_dossier_pauses_next(&rows, &row)) {
		bool payment = str_eq(row.kind, "payment");
		struct pause p = {
			.from = row.from_at,
			.to = instant_is_none(row.to_at) ? now : row.to_at,
			.reason = msg_text(payment ? MSG_DOSSIER_WAITS_PAYMENT
			                           : MSG_DOSSIER_WAITS_SUPPLEMENT),
		};

		if (!supplement_rule_parse(&p.effect, row.effect))
			return err_set(ERR_DB, "unknown effect of a pause: %s", row.effect);
		pauses[n++] = p;
	}
	TRY(db_rows_status(&rows));
	out->pauses = pauses;
	out->n_pauses = n;
	return ERR_OK;
}

ERR_RESULT dossier_stops_load(struct dossier_stops *out, struct db *db, struct arena *a,
                              row_id dossier, instant_t now)
{
	struct q_dossier_apology_in in = { dossier };
	struct q_dossier_apology_row row;
	struct dossier_stops stops = { .extension = { INSTANT_NONE, INSTANT_NONE } };
	enum err e = q_dossier_apology_one(db, a, &in, &row);

	if (e == ERR_OK)
		stops.extension = (struct extension){ row.at, row.due_after };
	else if (e != ERR_NOT_FOUND)
		return e;
	TRY(load_pauses(&stops, db, a, dossier, now));
	*out = stops;
	return ERR_OK;
}
