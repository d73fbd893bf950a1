#include "app/form/form_lock_store.h"

#include "app/form/form_lock_store.sql.h"

enum err form_lock_find(const struct form_lock **out, struct db *db, struct arena *a,
                        const struct form_lock_place *place)
{
	struct q_form_lock_find_in in = { place->unit, place->set_code, place->from_on,
		                          place->to_on };
	struct q_form_lock_find_row row;
	struct form_lock *lock;
	enum err e = q_form_lock_find_one(db, a, &in, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = NULL;
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(arena_array(a, &lock, 1));
	*lock = (struct form_lock){ row.report_id, row.why };
	*out = lock;
	return ERR_OK;
}

/* ---- the decisions that a locked sheet keeps ---- */

enum err form_lock_decisions(struct form_decision *out, struct db *db, struct arena *a,
                             const struct form_set *set, const struct form_lock_place *place)
{
	struct q_form_lock_settings_in in = { place->unit, place->set_code, place->from_on,
		                              place->to_on };
	struct q_form_lock_settings_row row;
	DB_ROWS rows = { 0 };

	TRY(q_form_lock_settings_open(&rows, db, &in));
	while (q_form_lock_settings_next(&rows, &row)) {
		const struct form_setting *s = form_find_setting(set, row.name);

		if (!s || !calc_word_among(s->words, row.value))
			continue;
		struct form_decision *d = &out[s - set->settings];
		TRY(arena_strdup(a, &d->word, row.value));
		if (row.unit_name)
			TRY(arena_strdup(a, &d->unit_name, row.unit_name));
		d->own = row.own;
	}
	return db_rows_status(&rows);
}

static enum err keep_decisions(struct db_write_context *w, const struct form_lock_place *place)
{
	const struct form_decision *decisions;
	const struct form_set *set;
	enum err e = form_set_open(&set, w->db, w->arena, place->set_code);

	if (e == ERR_NOT_FOUND)
		return ERR_OK; /* nothing is counted without its definitions */
	TRY(e);
	TRY(form_decisions(&decisions, w->db, w->arena, set, place->unit));
	for (size_t i = 0; i < set->n_settings; i++) {
		struct q_form_lock_setting_add_in in = { .unit_id = place->unit,
			                                 .set_code = place->set_code,
			                                 .from_on = place->from_on,
			                                 .to_on = place->to_on,
			                                 .name = set->settings[i].name,
			                                 .value = decisions[i].word,
			                                 .unit_name = decisions[i].unit_name,
			                                 .own = decisions[i].own };

		TRY(q_form_lock_setting_add_run(w->db, &in));
	}
	return ERR_OK;
}

/* ---- keeping the lock ---- */

enum err form_lock_put_in(struct db_write_context *w, const struct form_lock_place *place,
                          const struct form_lock *lock)
{
	struct q_form_lock_put_in in = { .unit_id = place->unit,
		                         .set_code = place->set_code,
		                         .from_on = place->from_on,
		                         .to_on = place->to_on,
		                         .report_id = lock->report_id,
		                         .why = lock->why,
		                         .change_id = w->change->id };
	const struct form_lock *was;

	TRY(form_lock_find(&was, w->db, w->arena, place));
	if (!was)
		TRY(keep_decisions(w, place));
	return q_form_lock_put_run(w->db, &in);
}

/* What the sheet was signed with stays known after it was opened. */
static enum err keep_past(struct db_write_context *w, const struct form_lock_place *place,
                          row_id report)
{
	struct q_form_lock_settings_in in = { place->unit, place->set_code, place->from_on,
		                              place->to_on };
	struct q_form_lock_settings_row row;
	DB_ROWS rows = { 0 };

	TRY(q_form_lock_settings_open(&rows, w->db, &in));
	while (q_form_lock_settings_next(&rows, &row)) {
		struct q_form_lock_setting_keep_in past = { .id = db_new_id(w),
			                                    .unit_id = place->unit,
			                                    .set_code = place->set_code,
			                                    .from_on = place->from_on,
			                                    .to_on = place->to_on,
			                                    .name = row.name,
			                                    .value = row.value,
			                                    .unit_name = row.unit_name,
			                                    .own = row.own,
			                                    .report_id = report,
			                                    .to_change = w->change->id };

		TRY(q_form_lock_setting_keep_run(w->db, &past));
	}
	return db_rows_status(&rows);
}

enum err form_lock_drop_in(struct db_write_context *w, const struct form_lock_place *place)
{
	struct q_form_lock_drop_in lock = { place->unit, place->set_code, place->from_on,
		                            place->to_on };
	struct q_form_lock_settings_drop_in settings = { place->unit, place->set_code,
		                                         place->from_on, place->to_on };
	const struct form_lock *was;

	TRY(form_lock_find(&was, w->db, w->arena, place));
	if (was)
		TRY(keep_past(w, place, was->report_id));
	TRY(q_form_lock_settings_drop_run(w->db, &settings));
	return q_form_lock_drop_run(w->db, &lock);
}
